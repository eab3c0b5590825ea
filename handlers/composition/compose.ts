import { drawPlainTimeline, drawTimeline, drawTimelineReply } from '../../blocks/cards/account-request';
import { drawBulletin, drawBulletinPicture, plainBulletin } from '../../blocks/cards/bulletin';
import { drawChange, drawChangeReply, drawPlainChange } from '../../blocks/cards/change';
import { drawNotice } from '../../blocks/cards/notice';
import { drawPlain, drawRequest } from '../../blocks/cards/request';
import { drawEntry } from '../../blocks/cards/thread';
import {
  type AccountRegistration,
  describeRegisterAccount,
  describeRequestAccount,
  REQUEST_KINDS,
  registerAccount,
  requestAccount,
} from '../../src/account-requests';
import { channelSafety, noteShown } from '../../src/cards';
import { type DescribeChange, kindRegister, registered } from '../../src/changes';
import { giveNotice } from '../../src/notices';
import { ANY_ACCOUNT } from '../../src/policy';
import { tableQuarantine } from '../../src/quarantine';
import { answer, ask } from '../../src/questions';
import { confirmAccount, type Reconcile, tableReconcileRuns } from '../../src/reconcile';
import {
  claimAccount,
  describeClaimAccount,
  describeRegisterOwner,
  type OwnerCheck,
  ownerWatch,
  registerOwner,
} from '../../src/registry';
import { type Intake, reportFixed, take } from '../../src/requests';
import {
  type CelebrationSources,
  type CountSources,
  disabledControls,
  type WeeklyRanking,
} from '../../src/scores';
import type { Settings } from '../../src/settings';
import {
  describeSuppress,
  describeSuppressMany,
  suppress,
  suppressByDesign,
  suppressMany,
} from '../../src/suppressions';
import { decideControl } from '../../src/undecided';
import { tellBulk } from '../tell-bulk';
import { tellVerdict } from '../tell-verdict';
import type { Bot } from './bot';
import { composeCore } from './compose-core';
import { frontOf, teamOf } from './compose-front';
import type { Config } from './config';
import type { Ports } from './ports';

/** About one message a second and channel is what Slack takes. */
const PACE_MS = 1_000;

/** Puts the whole program together: the same one for Lambda, a container and this machine. */
export function compose(settings: Settings, ports: Ports, config: Config, paceMs = PACE_MS): Bot {
  const { table, queues, slack, hub, now, pause, log, metrics } = ports;
  const core = composeCore(settings, ports, config);
  const front = frontOf(core, ports);
  const { undecided, scores, warn, accounts: register } = core;
  const { registry, accountRequests, changes, questions, audit, directory, views, languageOf } = front;
  const accounts = register.lookup;
  const team = teamOf(settings);
  const intake: Intake = { ...core.intake, hub };
  const { history, notices } = intake;
  const checkChannel = channelSafety(slack, now, async (shared) => {
    const channel = settings.SECURITY_CHANNEL_ID;
    // It cannot be told there that it is shared itself: the log says so.
    if (shared === channel) return;
    const at = now().toISOString();
    await giveNotice({ kind: 'shared-channel', subject: shared, at, channel }, notices, queues);
  });
  const shown = noteShown(log, metrics);
  const counts: CountSources = {
    scores,
    issues: intake.issues,
    requests: intake.requests,
    known: intake.known,
    calendar: config.calendar,
    disabled: (account) => disabledControls(account, { table }),
    now,
  };
  const kindDeps = { ...intake, directory, rules: config.access, changes };
  const owners: OwnerCheck = { effects: registry, slack, now, warn, table, calendar: config.calendar };
  const lookAtOwners = ownerWatch(owners).look;
  const fallbackChannels = [...new Set([settings.DEFAULT_CHANNEL_ID, settings.SECURITY_CHANNEL_ID])];
  const channelLanguage = (channel: string) => config.channels.languageOf(channel) ?? settings.DEFAULT_LANG;
  const registration: AccountRegistration = {
    ...registry,
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
    registered(registerOwner(registry)),
    registered(claimAccount(registry)),
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
    ...front,
    ports,
    owners,
    intake,
    mirror: { ...intake, hub, pause, log, metrics },
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
      shown,
      warn,
    },
    noticePublisher: {
      slack,
      checkChannel,
      now,
      pause,
      paceMs,
      shown,
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
      ...front.bulletins,
      queues,
      slack,
      checkChannel,
      drawBulletin: { bulletin: drawBulletin, plain: plainBulletin, picture: drawBulletinPicture },
      lookAtOwners,
      languageOf: channelLanguage,
      fallbackChannels,
      pause,
      paceMs,
      shown,
      warn,
    },
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
      shown,
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
      shown,
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
      log,
      metrics,
    },
    clock: {
      ...intake,
      table,
      changes,
      notices,
      warn,
      metrics,
      securityTeam: team.analysts,
      reconcile,
      registry,
      accountRequests: { ...registration, changes, known: intake.known },
      registered: register.list,
    },
    counts,
    celebrations,
    weekly,
    reconcile,
    quarantine: tableQuarantine(table, ports.objects, now),
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
  };
}
