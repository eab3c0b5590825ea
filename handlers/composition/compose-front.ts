import { slackDirectory } from '../../src/access';
import { tableAccountRequests } from '../../src/account-requests';
import type { Principal } from '../../src/accounts';
import { tableAudit } from '../../src/audit';
import { tableChanges } from '../../src/changes';
import { type Language, tolerantPlaybooks } from '../../src/playbooks';
import { tableQuestions } from '../../src/questions';
import {
  type AccountListSources,
  type RegistryChanges,
  registryEffects,
  viewAccountList,
} from '../../src/registry';
import type { ViewSources } from '../../src/requests';
import { viewCelebration, viewRanking } from '../../src/scores';
import type { Settings } from '../../src/settings';
import { buildUndecidedView } from '../../src/undecided';
import type { FrontBot } from './bot';
import { type Core, composeCore } from './compose-core';
import type { Config } from './config';
import type { FrontPorts } from './ports';

/** The security team's user groups. */
export function teamOf({ SECURITY_ANALYSTS: analysts, SECURITY_LEADS: leads }: Settings) {
  return { analysts, leads };
}

/** What stands between Slack and the records, and nothing of what is done later. */
export function composeFront(settings: Settings, ports: FrontPorts, config: Config): FrontBot {
  return frontOf(composeCore(settings, ports, config), ports);
}

/** The same for a core that others share. */
export function frontOf(core: Core, ports: FrontPorts): FrontBot {
  const { settings, config, intake, undecided, scores, accounts: register } = core;
  const { table, queues, slack, now } = ports;
  const registry = registryEffects({ table, queues, register, now });
  const team = teamOf(settings);
  const directory = slackDirectory(slack, team, now);
  const playbooks = tolerantPlaybooks(config.playbooks, core.warn);
  const views: ViewSources = {
    accounts: register.lookup,
    catalogue: config.catalogue,
    playbooks: playbooks.lookup,
    threats: playbooks.threat,
    securityTeam: team.analysts,
  };
  const language = (locale: string | undefined): Language => {
    if (locale === undefined) return settings.DEFAULT_LANG;
    return locale.startsWith('ja') ? 'ja' : 'en';
  };
  const registryChanges: RegistryChanges = {
    ...registry,
    directory,
    rules: config.access,
    slack,
    notices: intake.notices,
    defaultChannel: settings.DEFAULT_CHANNEL_ID,
    now,
  };
  const accountList: AccountListSources = {
    ...undecided,
    table,
    registered: register.list,
    records: registry.accounts,
    calendar: config.calendar,
  };
  return {
    ...core,
    ports,
    registry: registryChanges,
    accountRequests: tableAccountRequests(table),
    accountList,
    bulletins: {
      ...intake,
      ...views,
      slack,
      accountsView: (bulletin) => viewAccountList(bulletin, accountList),
      rankingView: (bulletin) =>
        viewRanking(bulletin, {
          ...undecided,
          scores,
          registered: register.list,
          calendar: config.calendar,
          rules: config.scoreRules,
        }),
      celebrationView: (bulletin, lines) =>
        viewCelebration(bulletin, lines, {
          accounts: register.lookup,
          scores,
          rankingChannel: settings.RANKING_CHANNEL_ID,
        }),
      undecidedView: (bulletin, lines, of) =>
        buildUndecidedView(bulletin, lines, of, { ...undecided, playbooks: views.playbooks }),
    },
    changes: tableChanges(table),
    questions: tableQuestions(table),
    audit: tableAudit(table),
    directory,
    playbooks,
    views,
    languageOf: async (person: Principal) => language(await directory.localeOf(person)),
    knownLanguageOf: (person) => language(directory.knownLocaleOf(person)),
  };
}
