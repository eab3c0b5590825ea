export type { Call } from './calls';
export {
  type ChannelFixture,
  type Fixtures,
  LOCAL_WORKSPACE,
  type UserFixture,
  type UserGroupFixture,
} from './fixtures';
export type { Happening, HappeningType } from './journal';
export type { Seen, Spot } from './people';
export { SlackPeople, type Thread } from './slack-people';
export { type SlackStandIn, type SlackStandInOptions, startSlackStandIn } from './stand-in';
export { type Names, renderForTerminal, type TerminalCard } from './terminal';
