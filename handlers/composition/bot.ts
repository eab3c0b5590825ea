import type { Directory } from '../../src/access';
import type { AccountRequests } from '../../src/account-requests';
import type { AccountRegister, Principal } from '../../src/accounts';
import type { Audit } from '../../src/audit';
import type {
  BulletinPublisher,
  BulletinSources,
  ChangePublisher,
  NoticePublisher,
  Publisher,
  TimelinePublisher,
} from '../../src/cards';
import type { Changes, Engine } from '../../src/changes';
import type { Clock, Rules } from '../../src/clock';
import type { HomeSources } from '../../src/home';
import type { Language, Playbooks } from '../../src/playbooks';
import type { TablePolicies } from '../../src/policy';
import type { Quarantine } from '../../src/quarantine';
import type { Questions } from '../../src/questions';
import type { Reconcile } from '../../src/reconcile';
import type { AccountListSources, OwnerCheck, RegistryChanges } from '../../src/registry';
import type { Intake, Mirror, ViewSources } from '../../src/requests';
import type { CelebrationSources, CountSources, Scores, WeeklyRanking } from '../../src/scores';
import type { Settings } from '../../src/settings';
import type { Config } from './config';
import type { CorePorts, FrontPorts, IntakePorts, MirrorPorts, Ports } from './ports';

/**
 * What every handler works with. A function that has to start fast loads its own part of the bot and nothing beside it:
 * `FrontBot`, `IntakeBot` and `MirrorBot` are such parts, `Bot` is all of it.
 */
export interface CoreBot {
  readonly settings: Settings;
  readonly ports: CorePorts;
  readonly config: Config;
  /** The policy in force; `config.policy` is what the file says. */
  readonly policies: TablePolicies;
  /** The accounts as they are registered; `config.accounts` is what the file says. */
  readonly accounts: AccountRegister;
  /** All of the intake that asks nobody outside. */
  readonly intake: Omit<Intake, 'hub'>;
  readonly scores: Scores;
}

/** Takes findings in. */
export interface IntakeBot extends CoreBot {
  readonly ports: IntakePorts;
  readonly intake: Intake;
  readonly quarantine: Quarantine;
}

/** Makes Security Hub follow. */
export interface MirrorBot extends CoreBot {
  readonly ports: MirrorPorts;
  readonly mirror: Mirror;
}

/** Answers Slack at once: looks, opens modals, queues whatever takes longer. */
export interface FrontBot extends CoreBot {
  readonly ports: FrontPorts;
  readonly registry: RegistryChanges;
  readonly accountRequests: AccountRequests;
  readonly accountList: AccountListSources;
  /** What bulletins are read from; publishing them takes more. */
  readonly bulletins: BulletinSources;
  readonly changes: Changes;
  readonly questions: Questions;
  readonly audit: Audit;
  readonly directory: Directory;
  readonly playbooks: Playbooks;
  readonly views: ViewSources;
  /** The language for one person: what Slack says, else the deployment's. */
  readonly languageOf: (person: Principal) => Promise<Language>;
  /** The same without asking Slack, for what must be shown at once. */
  readonly knownLanguageOf: (person: Principal) => Language;
}

/** Everything the handlers work with. */
export interface Bot extends FrontBot, IntakeBot, MirrorBot {
  readonly ports: Ports;
  readonly intake: Intake;
  readonly timelinePublisher: TimelinePublisher;
  readonly owners: OwnerCheck;
  readonly publisher: Publisher;
  readonly noticePublisher: NoticePublisher;
  readonly bulletinPublisher: BulletinPublisher;
  readonly changePublisher: ChangePublisher;
  readonly engine: Engine;
  readonly clock: Clock & Rules;
  readonly reconcile: Reconcile;
  readonly counts: CountSources;
  readonly celebrations: CelebrationSources;
  readonly weekly: WeeklyRanking;
  readonly home: HomeSources;
}
