import { join } from 'node:path';
import { drawBulletin, plainBulletin } from '../blocks/cards/bulletin';
import { drawNotice } from '../blocks/cards/notice';
import { drawPlain, drawRequest } from '../blocks/cards/request';
import { drawEntry } from '../blocks/cards/thread';
import { type AccessRules, type Directory, loadAccessRules, slackDirectory } from '../src/access';
import { type AccountRegister, loadAccounts, type Principal } from '../src/accounts';
import {
  type AwsClients,
  awsClients,
  callerIdentity,
  type FindingSource,
  type FindingWriter,
  type Objects,
  s3Objects,
  securityHub,
} from '../src/aws';
import { tableBulletins } from '../src/bulletins';
import { loadCalendar } from '../src/calendar';
import type { BulletinPublisher, NoticePublisher, Publisher } from '../src/cards';
import { type Changes, type Engine, kindRegister, registered, tableChanges } from '../src/changes';
import type { Clock, Rules } from '../src/clock';
import { type Catalogue, loadCatalogue } from '../src/controls';
import { type Log, structuredLog } from '../src/log';
import { tableNotices } from '../src/notices';
import { type Language, loadPlaybooks } from '../src/playbooks';
import { loadPolicy, type PolicyFile, type TablePolicies, tablePolicies } from '../src/policy';
import { type Quarantine, tableQuarantine } from '../src/quarantine';
import { answer, ask, type Questions, tableQuestions } from '../src/questions';
import { delayMessage, type Queues, sqsQueues } from '../src/queues';
import { type Reconcile, tableReconcileRuns } from '../src/reconcile';
import {
  type Intake,
  type Mirror,
  NOTE_AUTHOR,
  reportFixed,
  tableFlow,
  tableIdentities,
  tableIssues,
  tableKnown,
  tableRequests,
  take,
  type ViewSources,
} from '../src/requests';
import { readSettings, type Settings } from '../src/settings';
import { type Respond, responder, type Slack, slackGateway, webClient } from '../src/slack';
import { dynamoTable, type Table, tableHistory } from '../src/store';
import { suppress } from '../src/suppressions';
import { buildUndecidedView, decideControl, holdUndecided, type Undecided } from '../src/undecided';
import { tellVerdict } from './tell-verdict';

/** The outside, one small gateway each. Tests put faults around them; nothing else replaces them. */
export interface Ports {
  readonly table: Table;
  readonly queues: Queues;
  readonly slack: Slack;
  readonly hub: FindingSource & FindingWriter;
  readonly objects: Objects;
  readonly respond: Respond;
  /** Lets a message that is being handled come back after so many seconds. */
  readonly delay: (queueUrl: string, receiptHandle: string, seconds: number) => Promise<void>;
  readonly now: () => Date;
  readonly pause: (ms: number) => Promise<void>;
  readonly log: Log;
}

/** The data files of `config/`, checked. */
export interface Config {
  readonly catalogue: Catalogue;
  readonly policy: PolicyFile;
  readonly accounts: AccountRegister;
  readonly playbooks: ReturnType<typeof loadPlaybooks>;
  readonly access: AccessRules;
  readonly calendar: ReturnType<typeof loadCalendar>;
}

/** Everything the handlers work with. */
export interface Bot {
  readonly settings: Settings;
  readonly ports: Ports;
  readonly config: Config;
  /** The policy in force; `config.policy` is what the file says. */
  readonly policies: TablePolicies;
  readonly intake: Intake;
  readonly mirror: Mirror;
  readonly publisher: Publisher;
  readonly noticePublisher: NoticePublisher;
  readonly bulletinPublisher: BulletinPublisher;
  readonly engine: Engine;
  readonly changes: Changes;
  readonly clock: Clock & Rules;
  readonly reconcile: Reconcile;
  readonly questions: Questions;
  readonly quarantine: Quarantine;
  readonly directory: Directory;
  readonly views: ViewSources;
  /** The language for one person: what Slack says, else the deployment's. */
  readonly languageOf: (person: Principal) => Promise<Language>;
  /** The same without asking Slack, for what must be shown at once. */
  readonly knownLanguageOf: (person: Principal) => Language;
}

/** About one message a second and channel is what Slack takes. */
const PACE_MS = 1_000;

/** @throws ConfigError naming file, line and column of what is wrong */
export function loadConfig(
  settings: Pick<Settings, 'CONFIG_DIR' | 'UNKNOWN_ACCOUNT_MODE' | 'TIME_ZONE' | 'QUIET'>,
): Config {
  const file = (name: string) => join(settings.CONFIG_DIR, name);
  const catalogue = loadCatalogue(settings.CONFIG_DIR);
  return {
    catalogue,
    policy: loadPolicy(file('policy.yml'), catalogue),
    accounts: loadAccounts(file('accounts.yml'), { kind: 'production', mode: settings.UNKNOWN_ACCOUNT_MODE }),
    playbooks: loadPlaybooks(file('playbooks')),
    access: loadAccessRules(file('access.yml')),
    calendar: loadCalendar(file('calendar.yml'), {
      timeZone: settings.TIME_ZONE,
      quiet: settings.QUIET === 'on',
    }),
  };
}

/** The real outside, as the settings and the environment name it. */
export function realPorts(
  settings: Settings,
  catalogue: Catalogue,
  log: Log,
  clients: AwsClients = awsClients(),
): Ports {
  const identity = callerIdentity(clients.sts);
  return {
    table: dynamoTable(clients.dynamodb, settings.TABLE_NAME),
    queues: sqsQueues(clients.sqs, {
      cards: settings.CARDS_QUEUE_URL,
      workflow: settings.WORKFLOW_QUEUE_URL,
      changes: settings.CHANGES_QUEUE_URL,
    }),
    slack: slackGateway(
      webClient({
        token: settings.SLACK_BOT_TOKEN,
        ...(settings.SLACK_API_URL !== undefined && { apiUrl: settings.SLACK_API_URL }),
      }),
      { teamId: settings.SLACK_TEAM_ID, botId: settings.SLACK_BOT_ID },
    ),
    hub: securityHub(
      clients.securityHub,
      catalogue,
      NOTE_AUTHOR,
      async () => (await identity()).arn,
      (message, details) => log.warn(message, details),
    ),
    objects: s3Objects(clients.s3, settings.DATA_BUCKET),
    respond: responder(
      settings.SLACK_API_URL === undefined ? 'hooks.slack.com' : new URL(settings.SLACK_API_URL).host,
    ),
    delay: (queueUrl, receiptHandle, seconds) => delayMessage(clients.sqs, queueUrl, receiptHandle, seconds),
    now: () => new Date(),
    pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    log,
  };
}

/** Puts the program together: the same one for Lambda, a container and this machine. */
export function compose(settings: Settings, ports: Ports, config: Config, paceMs = PACE_MS): Bot {
  const { table, queues, slack, hub, now, pause, log } = ports;
  const accounts = config.accounts.lookup;
  const team = { analysts: settings.SECURITY_ANALYSTS, leads: settings.SECURITY_LEADS };
  const directory = slackDirectory(slack, team, now);
  const history = tableHistory(table);
  const changes = tableChanges(table);
  const notices = tableNotices(table);
  const questions = tableQuestions(table);
  const warn = (message: string, details: Record<string, unknown>) => log.warn(message, details);
  const policies = tablePolicies(table, config.policy, config.catalogue, now, warn);
  const undecided: Undecided = {
    policies,
    bulletins: tableBulletins(table),
    issues: tableIssues(table),
    known: tableKnown(table),
    accounts,
    queues,
    now,
    securityChannel: settings.SECURITY_CHANNEL_ID,
  };
  const intake: Intake = {
    issues: undecided.issues,
    requests: tableRequests(table, (account) => accounts(account).owner),
    history,
    queues,
    accounts,
    defaultChannel: settings.DEFAULT_CHANNEL_ID,
    now,
    catalogue: config.catalogue,
    policy: () => policies.current(),
    holdUndecided: (issue) => holdUndecided(issue, undecided),
    hub,
    notices,
    securityChannel: settings.SECURITY_CHANNEL_ID,
    bulletins: undecided.bulletins,
    known: undecided.known,
    flow: tableFlow(table),
    identities: tableIdentities(table),
    calendar: config.calendar,
  };
  const views: ViewSources = {
    accounts,
    catalogue: config.catalogue,
    playbooks: config.playbooks.lookup,
    securityTeam: team.analysts,
  };
  const language = (locale: string | undefined): Language => {
    if (locale === undefined) return settings.DEFAULT_LANG;
    return locale.startsWith('ja') ? 'ja' : 'en';
  };
  const kindDeps = { ...intake, directory, rules: config.access };
  const fallbackChannels = [...new Set([settings.DEFAULT_CHANNEL_ID, settings.SECURITY_CHANNEL_ID])];
  const channelLanguage = (channel: string) =>
    config.accounts.channelLanguage(channel) ?? settings.DEFAULT_LANG;
  const languageOf = async (person: Principal) => language(await directory.localeOf(person));
  const kinds = [
    registered(suppress(kindDeps)),
    registered(take(kindDeps)),
    registered(reportFixed(kindDeps)),
    registered(ask({ ...kindDeps, questions, securityTeam: team.analysts })),
    registered(answer({ ...kindDeps, questions })),
    registered(decideControl({ ...undecided, directory, rules: config.access })),
  ];
  const reconcile: Reconcile = {
    ...intake,
    runs: tableReconcileRuns(table),
    registered: config.accounts.list,
    nightly: settings.RECONCILE === 'on',
    pause,
    log,
  };
  return {
    settings,
    ports,
    config,
    policies,
    intake,
    mirror: { ...intake, hub, pause, warn },
    publisher: {
      ...intake,
      ...views,
      slack,
      draw: { request: drawRequest, plain: drawPlain, entry: drawEntry },
      floodIssues: config.calendar.flood.issues,
      languageOf: channelLanguage,
      fallbackChannels,
      pause,
      paceMs,
      warn,
    },
    noticePublisher: {
      slack,
      now,
      pause,
      paceMs,
      notices,
      drawNotice: (notice) => drawNotice(notice, accounts(notice.account), channelLanguage(notice.channel)),
    },
    bulletinPublisher: {
      ...intake,
      ...views,
      slack,
      drawBulletin: { bulletin: drawBulletin, plain: plainBulletin },
      undecidedView: (bulletin, lines, language) =>
        buildUndecidedView(bulletin, lines, language, { ...undecided, playbooks: views.playbooks }),
      languageOf: channelLanguage,
      fallbackChannels,
      pause,
      paceMs,
      warn,
    },
    engine: {
      changes,
      history,
      queues,
      kinds: kindRegister(kinds),
      tell: (verdict) => tellVerdict(verdict, { slack, log, settings, languageOf }),
      now,
    },
    changes,
    clock: {
      ...intake,
      table,
      changes,
      notices,
      warn,
      securityTeam: team.analysts,
      reconcile,
      registered: config.accounts.list,
    },
    questions,
    reconcile,
    quarantine: tableQuarantine(table, ports.objects, now),
    directory,
    views,
    languageOf,
    knownLanguageOf: (person) => language(directory.knownLocaleOf(person)),
  };
}

let lambdaBot: Bot | undefined;

/** The bot of this Lambda function, made at its first event and kept while the function is warm. */
export function warmBot(): Bot {
  if (lambdaBot === undefined) {
    const settings = readSettings(process.env);
    const config = loadConfig(settings);
    lambdaBot = compose(settings, realPorts(settings, config.catalogue, structuredLog()), config);
  }
  return lambdaBot;
}
