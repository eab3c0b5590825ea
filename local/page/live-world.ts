import type { Calendar } from '../../src/calendar';
import type { Catalogue } from '../../src/controls';
import type { Scores } from '../../src/scores';
import type { AwsControl } from '../aws';
import type { SlackPeople } from '../slack';
import type { FindingFormat, ThreatAct, World, WorldAct } from './api';
import type { WorldAccountFields } from './register-world-account';

/** What the AWS to break works with. */
export interface WorldDeps {
  /** The moved clock. */
  readonly now: () => Date;
  /** Security Hub's stand-in: it holds a finding before its event is sent. */
  readonly hub: Pick<AwsControl, 'putFindings' | 'reportFindings' | 'findings'>;
  /** Puts events of EventBridge on the findings queue, each as a message of its own. */
  readonly send: (events: readonly object[]) => Promise<void>;
  /** Acts as people in Slack, for the believable past. */
  readonly people: SlackPeople;
  /** Resolves when all queues are quiet: what was sent has reached Slack and Security Hub. */
  readonly settle: () => Promise<void>;
  /**
   * Moves the clock forward through the mornings in between, as `POST /api/clock` does. Waits its turn.
   * @param to a moment that is not before the clock's
   */
  readonly walkTo: (to: Date) => Promise<void>;
  /** Sets the clock without walking, back as well: for the beginning of the past alone. */
  readonly setClock: (to: Date) => Promise<void>;
  /** The day's first working morning so many working days ago, in the deployment's calendar. */
  readonly workingMorning: (daysAgo: number) => Date;
  /** Where the past ends: this machine's clock when left out. */
  readonly present?: () => Date;
  readonly catalogue: Catalogue;
  /** Where the bot keeps its scores, for those of a past that is not played. */
  readonly scores: Scores;
  readonly calendar: Pick<Calendar, 'dayOf' | 'timeZone'>;
  /** Registers an account of this world. */
  readonly registerAccount: (id: string, about: WorldAccountFields) => Promise<void>;
  /** Keeps how far the past has been played, over a restart. In memory when left out. */
  readonly dataFile?: string;
}

/** The AWS to break, as the page's server drives it. Every act resolves when its events are on the queue. */
export interface LiveWorld {
  /** Read from what Security Hub holds. */
  state(): Promise<World>;
  /** @throws ImpossibleWorldAct for an account, resource or control that is not there */
  act(act: WorldAct): Promise<World>;
  threat(act: ThreatAct): Promise<World>;
  /** Enables one more account, with the flood of findings of its first day. */
  newAccount(): Promise<World>;
  setFormat(format: FindingFormat): Promise<World>;
  /**
   * What Security Hub does by itself as time passes: findings that are not news are reported once more about every 18 to
   * 24 hours. Does nothing while nothing is due.
   */
  refresh(): Promise<void>;
  /** Plays the believable past; resolves when the clock shows the present again. */
  seed(): Promise<void>;
}

/** What cannot be done in this world; the message says why to the person at the page. */
export class ImpossibleWorldAct extends Error {
  override readonly name = 'ImpossibleWorldAct';
}
