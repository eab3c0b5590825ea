import { join } from 'node:path';
import { drawPlainTimeline, drawTimeline, drawTimelineReply } from '../blocks/cards/account-request';
import { drawBulletin, drawBulletinPicture, plainBulletin } from '../blocks/cards/bulletin';
import { drawChange, drawChangeReply, drawPlainChange } from '../blocks/cards/change';
import { drawNotice } from '../blocks/cards/notice';
import { drawPlain, drawRequest } from '../blocks/cards/request';
import { drawEntry } from '../blocks/cards/thread';
import { type AccessRules, type Directory, loadAccessRules, slackDirectory } from '../src/access';
import {
  type AccountForm,
  type AccountRegistration,
  type AccountRequests,
  describeRegisterAccount,
  describeRequestAccount,
  loadAccountForm,
  REQUEST_KINDS,
  registerAccount,
  requestAccount,
  tableAccountRequests,
} from '../src/account-requests';
import {
  type AccountDefaults,
  type AccountFile,
  type AccountRegister,
  accountRegister,
  type ChannelFile,
  loadAccounts,
  loadChannels,
  type Principal,
  tableAccounts,
} from '../src/accounts';
import { type Audit, tableAudit } from '../src/audit';
import {
  type AwsClients,
  awsClients,
  type ControlSwitches,
  callerIdentity,
  controlSwitches,
  type FindingSource,
  type FindingWriter,
  type MemberAccounts,
  memberAccounts,
  type Objects,
  s3Objects,
  securityHub,
} from '../src/aws';
import { tableBulletins } from '../src/bulletins';
import { loadCalendar } from '../src/calendar';
import {
  type BulletinPublisher,
  type ChangePublisher,
  channelSafety,
  type NoticePublisher,
  type Publisher,
  type TimelinePublisher,
} from '../src/cards';
import {
  type Changes,
  type DescribeChange,
  type Engine,
  kindRegister,
  registered,
  tableChanges,
} from '../src/changes';
import type { Clock, Rules } from '../src/clock';
import { type Catalogue, loadCatalogue } from '../src/controls';
import type { HomeSources } from '../src/home';
import type { Log } from '../src/log';
import { giveNotice, tableNotices } from '../src/notices';
import { type Language, loadPlaybooks } from '../src/playbooks';
import { ANY_ACCOUNT, loadPolicy, type PolicyFile, type TablePolicies, tablePolicies } from '../src/policy';
import { type Quarantine, tableQuarantine } from '../src/quarantine';
import { answer, ask, type Questions, tableQuestions } from '../src/questions';
import { delayMessage, type Queues, sqsQueues } from '../src/queues';
import { confirmAccount, type Reconcile, tableReconcileRuns } from '../src/reconcile';
import {
  type AccountListSources,
  claimAccount,
  describeClaimAccount,
  describeRegisterOwner,
  type OwnerCheck,
  ownerWatch,
  type RegistryChanges,
  registerOwner,
  registryEffects,
  viewAccountList,
} from '../src/registry';
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
import {
  type CelebrationSources,
  type CountSources,
  disabledControls,
  loadScoreRules,
  markingIssues,
  type Scores,
  tableScores,
  viewCelebration,
  viewRanking,
  type WeeklyRanking,
} from '../src/scores';
import type { Settings } from '../src/settings';
import { type Respond, responder, type Slack, slackGateway, webClient } from '../src/slack';
import { dynamoTable, type Table, tableHistory } from '../src/store';
import {
  describeSuppress,
  describeSuppressMany,
  suppress,
  suppressByDesign,
  suppressMany,
} from '../src/suppressions';
import { buildUndecidedView, decideControl, holdUndecided, type Undecided } from '../src/undecided';
import { tellBulk } from './tell-bulk';
import { tellVerdict } from './tell-verdict';

/** The outside, one small gateway each. Tests put faults around them; nothing else replaces them. */
export interface Ports {
  readonly table: Table;
  readonly queues: Queues;
  readonly slack: Slack;
  readonly hub: FindingSource & FindingWriter;
  readonly objects: Objects;
  readonly members: MemberAccounts;
  readonly switches: ControlSwitches;
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
  /** What the file says; the bot goes by `Bot.accounts`. */
  readonly accounts: AccountFile;
  readonly channels: ChannelFile;
  readonly playbooks: ReturnType<typeof loadPlaybooks>;
  readonly access: AccessRules;
  readonly accountForm: AccountForm;
  readonly calendar: ReturnType<typeof loadCalendar>;
  readonly scoreRules: ReturnType<typeof loadScoreRules>;
}

/** Everything the handlers work with. */
export interface Bot {
  readonly settings: Settings;
  readonly ports: Ports;
  readonly config: Config;
  /** The policy in force; `config.policy` is what the file says. */
  readonly policies: TablePolicies;
  /** The accounts as they are registered; `config.accounts` is what the file says. */
  readonly accounts: AccountRegister;
  readonly registry: RegistryChanges;
  readonly accountRequests: AccountRequests;
  readonly timelinePublisher: TimelinePublisher;
  readonly owners: OwnerCheck;
  readonly accountList: AccountListSources;
  readonly intake: Intake;
  readonly mirror: Mirror;
  readonly publisher: Publisher;
  readonly noticePublisher: NoticePublisher;
  readonly bulletinPublisher: BulletinPublisher;
  readonly changePublisher: ChangePublisher;
  readonly engine: Engine;
  readonly changes: Changes;
  readonly clock: Clock & Rules;
  readonly reconcile: Reconcile;
  readonly scores: Scores;
  readonly counts: CountSources;
  readonly celebrations: CelebrationSources;
  readonly weekly: WeeklyRanking;
  readonly questions: Questions;
  readonly quarantine: Quarantine;
  readonly audit: Audit;
  readonly home: HomeSources;
  readonly directory: Directory;
  readonly views: ViewSources;
  /** The language for one person: what Slack says, else the deployment's. */
  readonly languageOf: (person: Principal) => Promise<Language>;
  /** The same without asking Slack, for what must be shown at once. */
  readonly knownLanguageOf: (person: Principal) => Language;
}

/** About one message a second and channel is what Slack takes. */
const PACE_MS = 1_000;

function accountDefaults(settings: Pick<Settings, 'UNKNOWN_ACCOUNT_MODE'>): AccountDefaults {
  return { kind: 'production', mode: settings.UNKNOWN_ACCOUNT_MODE };
}

/** @throws ConfigError naming file, line and column of what is wrong */
export function loadConfig(
  settings: Pick<Settings, 'CONFIG_DIR' | 'UNKNOWN_ACCOUNT_MODE' | 'TIME_ZONE' | 'QUIET'>,
): Config {
  const file = (name: string) => join(settings.CONFIG_DIR, name);
  const catalogue = loadCatalogue(settings.CONFIG_DIR);
  return {
    catalogue,
    policy: loadPolicy(file('policy.yml'), catalogue),
    accounts: loadAccounts(file('accounts.yml'), accountDefaults(settings)),
    channels: loadChannels(file('channels.yml')),
    playbooks: loadPlaybooks(file('playbooks')),
    access: loadAccessRules(file('access.yml')),
    accountForm: loadAccountForm(file('account-request.yml')),
    calendar: loadCalendar(file('calendar.yml'), {
      timeZone: settings.TIME_ZONE,
      quiet: settings.QUIET === 'on',
    }),
    scoreRules: loadScoreRules(file('scores.yml')),
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
  const memberRole = {
    roleName: settings.MEMBER_ROLE_NAME,
    externalId: settings.MEMBER_EXTERNAL_ID,
    ownAccount: async () => (await identity()).account,
  };
  const now = () => new Date();
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
    members: memberAccounts(clients.sts, clients.securityHub, memberRole),
    switches: controlSwitches(clients.sts, clients.securityHub, memberRole, now),
    respond: responder(
      settings.SLACK_API_URL === undefined ? 'hooks.slack.com' : new URL(settings.SLACK_API_URL).host,
    ),
    delay: (queueUrl, receiptHandle, seconds) => delayMessage(clients.sqs, queueUrl, receiptHandle, seconds),
    now,
    pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    log,
  };
}

/** Puts the program together: the same one for Lambda, a container and this machine. */
export function compose(settings: Settings, ports: Ports, config: Config, paceMs = PACE_MS): Bot {
  const { table, queues, slack, hub, now, pause, log } = ports;
  const register = accountRegister(tableAccounts(table), config.accounts, accountDefaults(settings), now);
  const registry = registryEffects({ table, queues, register, now });
  const accounts = register.lookup;
  const team = { analysts: settings.SECURITY_ANALYSTS, leads: settings.SECURITY_LEADS };
  const directory = slackDirectory(slack, team, now);
  const history = tableHistory(table);
  const changes = tableChanges(table);
  const audit = tableAudit(table);
  const notices = tableNotices(table);
  const checkChannel = channelSafety(slack, now, async (shared) => {
    const channel = settings.SECURITY_CHANNEL_ID;
    // It cannot be told there that it is shared itself: the log says so.
    if (shared === channel) return;
    const at = now().toISOString();
    await giveNotice({ kind: 'shared-channel', subject: shared, at, channel }, notices, queues);
  });
  const questions = tableQuestions(table);
  const warn = (message: string, details: Record<string, unknown>) => log.warn(message, details);
  const policies = tablePolicies(table, config.policy, config.catalogue, now, warn);
  const scores = tableScores(table);
  const undecided: Undecided = {
    policies,
    bulletins: tableBulletins(table),
    issues: markingIssues(tableIssues(table), { scores, calendar: config.calendar, now }),
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
  const counts: CountSources = {
    scores,
    issues: intake.issues,
    requests: intake.requests,
    known: intake.known,
    calendar: config.calendar,
    disabled: (account) => disabledControls(account, { table }),
    now,
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
  const kindDeps = { ...intake, directory, rules: config.access, changes };
  const registryChanges: RegistryChanges = {
    ...registry,
    directory,
    rules: config.access,
    slack,
    notices,
    defaultChannel: settings.DEFAULT_CHANNEL_ID,
    now,
  };
  const owners: OwnerCheck = { effects: registry, slack, now, warn, table, calendar: config.calendar };
  const lookAtOwners = ownerWatch(owners).look;
  const accountList: AccountListSources = {
    ...undecided,
    table,
    registered: register.list,
    records: registry.accounts,
    calendar: config.calendar,
  };
  const fallbackChannels = [...new Set([settings.DEFAULT_CHANNEL_ID, settings.SECURITY_CHANNEL_ID])];
  const channelLanguage = (channel: string) => config.channels.languageOf(channel) ?? settings.DEFAULT_LANG;
  const languageOf = async (person: Principal) => language(await directory.localeOf(person));
  const accountRequests = tableAccountRequests(table);
  const registration: AccountRegistration = {
    ...registryChanges,
    accountRequests,
    members: ports.members,
    calendar: config.calendar,
    limits: config.accountForm.limits,
    registered: register.list,
  };
  const describeRequested = describeRequestAccount(config.accountForm, settings.DEFAULT_LANG);
  const kinds = [
    registered(suppress(kindDeps)),
    registered(suppressByDesign(kindDeps)),
    registered(
      suppressMany({
        ...kindDeps,
        report: (change, result) => tellBulk(change, result, { slack, log, languageOf }),
      }),
    ),
    registered(take(kindDeps)),
    registered(reportFixed(kindDeps)),
    registered(ask({ ...kindDeps, questions, securityTeam: team.analysts })),
    registered(answer({ ...kindDeps, questions })),
    registered(registerOwner(registryChanges)),
    registered(claimAccount(registryChanges)),
    registered(requestAccount(REQUEST_KINDS['non-production'], registration)),
    registered(requestAccount(REQUEST_KINDS.production, registration)),
    registered(registerAccount(registration)),
    registered(decideControl({ ...undecided, directory, rules: config.access })),
  ];
  /** What the approval card says of each kind; one without is shown by its name, reason and effect alone. */
  const describe = new Map<string, DescribeChange>([
    [REQUEST_KINDS['non-production'], describeRequested],
    [REQUEST_KINDS.production, describeRequested],
    ['register-account', describeRegisterAccount],
    ['suppress', describeSuppress(kindDeps)],
    ['suppress-by-design', describeSuppress(kindDeps)],
    ['suppress-many', describeSuppressMany(kindDeps)],
    ['register-owner', describeRegisterOwner(registry)],
    ['claim-account', describeClaimAccount(registry)],
  ]);
  const reconcile: Reconcile = {
    ...intake,
    runs: tableReconcileRuns(table),
    registered: register.list,
    nightly: settings.RECONCILE === 'on',
    pause,
    log,
    counts,
    disabled: { table, switches: ports.switches, warn },
  };
  const celebrations: CelebrationSources = {
    ...undecided,
    scores,
    audit,
    calendar: config.calendar,
    confirm: (account) => confirmAccount(account, reconcile),
    defaultChannel: settings.DEFAULT_CHANNEL_ID,
    rankingChannel: settings.RANKING_CHANNEL_ID,
  };
  const weekly: WeeklyRanking = {
    ...undecided,
    scores,
    table,
    registered: register.list,
    calendar: config.calendar,
    rules: config.scoreRules,
    rankingChannel: settings.RANKING_CHANNEL_ID,
  };
  return {
    settings,
    ports,
    config,
    policies,
    accounts: register,
    registry: registryChanges,
    owners,
    accountList,
    intake,
    mirror: { ...intake, hub, pause, warn },
    publisher: {
      ...intake,
      ...views,
      slack,
      checkChannel,
      draw: { request: drawRequest, plain: drawPlain, entry: drawEntry },
      lookAtOwners,
      floodIssues: config.calendar.flood.issues,
      languageOf: channelLanguage,
      fallbackChannels,
      pause,
      paceMs,
      warn,
    },
    noticePublisher: {
      slack,
      checkChannel,
      now,
      pause,
      paceMs,
      notices,
      queues,
      fallbackChannels,
      warn,
      drawNotice: (notice) =>
        drawNotice(
          notice,
          accounts('account' in notice ? notice.account : ANY_ACCOUNT),
          channelLanguage(notice.channel),
        ),
    },
    bulletinPublisher: {
      ...intake,
      ...views,
      slack,
      checkChannel,
      drawBulletin: { bulletin: drawBulletin, plain: plainBulletin, picture: drawBulletinPicture },
      accountsView: (bulletin) => viewAccountList(bulletin, accountList),
      rankingView: (bulletin) => viewRanking(bulletin, weekly),
      celebrationView: (bulletin, lines) => viewCelebration(bulletin, lines, celebrations),
      lookAtOwners,
      undecidedView: (bulletin, lines, language) =>
        buildUndecidedView(bulletin, lines, language, { ...undecided, playbooks: views.playbooks }),
      languageOf: channelLanguage,
      fallbackChannels,
      pause,
      paceMs,
      warn,
    },
    accountRequests,
    timelinePublisher: {
      accountRequests,
      form: config.accountForm,
      securityTeam: team.analysts,
      slack,
      queues,
      checkChannel,
      drawTimeline: { timeline: drawTimeline, plain: drawPlainTimeline, reply: drawTimelineReply },
      languageOf: channelLanguage,
      fallbackChannels,
      now,
      pause,
      paceMs,
      warn,
    },
    changePublisher: {
      ...views,
      requests: intake.requests,
      changes,
      describe,
      approvers: team,
      timeZone: settings.TIME_ZONE,
      slack,
      queues,
      checkChannel,
      drawChange: { change: drawChange, plain: drawPlainChange, reply: drawChangeReply },
      languageOf: channelLanguage,
      // Approvals are asked for in the security channel first, so the others' last choice is its own.
      fallbackChannels: [...fallbackChannels].reverse(),
      now,
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
      audit,
      askerFor: (person, account) => directory.askerFor(person, accounts(account ?? ANY_ACCOUNT), true),
      calendar: config.calendar,
      approvalChannel: settings.SECURITY_CHANNEL_ID,
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
      registry,
      accountRequests: { ...registration, changes, known: intake.known },
      registered: register.list,
    },
    scores,
    counts,
    celebrations,
    weekly,
    questions,
    reconcile,
    quarantine: tableQuarantine(table, ports.objects, now),
    audit,
    home: {
      requests: intake.requests,
      changes,
      accountRequests,
      audit,
      directory,
      scores,
      team,
      accounts,
      registered: register.list,
      now,
    },
    directory,
    views,
    languageOf,
    knownLanguageOf: (person) => language(directory.knownLocaleOf(person)),
  };
}
