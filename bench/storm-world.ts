import type { Config } from '../handlers/composition';
import { type Fixtures, LOCAL_WORKSPACE } from '../local/slack';
import type { Control } from '../src/controls';
import type { Treatment } from '../src/policy';
import type { configWith } from './config-with';
import { type Document, document } from './documents';
import { random, shuffled } from './random';
import { controlsTreated } from './tracked-controls';

const CHANNELS = 25;
/** Findings of each account on the average, of 40 controls and in no order. */
const FINDINGS_AN_ACCOUNT = 20;
/** One finding in five is delivered once more. */
const AGAIN = 0.2;

/** How many controls there are of each treatment (in a production account) and severity: 40. */
const CONTROLS: readonly (readonly [Treatment, string, number])[] = [
  ['track', 'CRITICAL', 3],
  ['track', 'HIGH', 10],
  ['track', 'MEDIUM', 12],
  ['track', 'LOW', 3],
  ['notify', 'MEDIUM', 4],
  ['ignore', 'MEDIUM', 8],
];

type RegisteredAccount = Parameters<typeof configWith>[0][number];

/** Where a storm rages. */
export interface StormWorld {
  readonly accounts: readonly RegisteredAccount[];
  readonly channels: readonly string[];
  /** One owner a channel. */
  readonly owners: readonly string[];
  /** The workspace, with these channels and people. */
  readonly workspace: Fixtures;
}

/** What a storm brings. */
export interface Storm {
  /** Each finding once. */
  readonly findings: readonly Document[];
  /** What is sent: all of them and the duplicates, shuffled. */
  readonly sent: readonly Document[];
}

const two = (number: number) => String(number).padStart(2, '0');
const channelId = (number: number) => `C0STORM${two(number)}`;
const ownerId = (number: number) => `U0STORM${two(number)}`;

/** So many findings' accounts, three in five of them production, one in ten without an owner, and their channels. */
export function stormWorld(findings: number): StormWorld {
  const channels = Array.from({ length: CHANNELS }, (_, number) => channelId(number));
  const owners = channels.map((_, number) => ownerId(number));
  const [example] = LOCAL_WORKSPACE.channels;
  if (example === undefined) throw new Error('the workspace has no channel to take its people from');
  return {
    accounts: Array.from({ length: Math.ceil(findings / FINDINGS_AN_ACCOUNT) }, (_, number) => ({
      id: String(200_000_000_000 + number),
      name: `storm-${number}`,
      kind: number % 5 < 3 ? 'production' : 'non-production',
      channel: channelId(number % CHANNELS),
      ...(number % 10 !== 9 && { owner: ownerId(number % CHANNELS) }),
    })),
    channels,
    owners,
    workspace: {
      ...LOCAL_WORKSPACE,
      users: [
        ...LOCAL_WORKSPACE.users,
        ...owners.map((id) => ({
          id,
          name: id.toLowerCase(),
          realName: `Owner ${id.slice(-2)}`,
          email: `${id.toLowerCase()}@example.com`,
          locale: 'ja-JP',
        })),
      ],
      channels: [
        ...LOCAL_WORKSPACE.channels,
        ...channels.map((id, number) => ({
          ...example,
          id,
          name: `storm-${number}-security`,
          members: [...example.members, ownerId(number)],
        })),
      ],
    },
  };
}

/** 40 regional controls as the policy treats them in this account: most are chased, some told once, some only suppressed. */
function stormControls(config: Config, account: string): readonly Control[] {
  return CONTROLS.flatMap(([treatment, wanted, count]) => {
    const some = controlsTreated(treatment, config, account).filter(({ severity }) => severity === wanted);
    if (some.length < count) throw new Error(`the policy says ${treatment} to too few ${wanted} controls`);
    return some.slice(0, count);
  });
}

/** @param count of findings, each of a resource of its own */
export function stormOf(count: number, { accounts }: StormWorld, config: Config, updatedAt: Date): Storm {
  const next = random(20_260_115);
  const controls = stormControls(config, accounts[0]?.id ?? '');
  const findings = Array.from({ length: count }, (_, resource) => {
    const account = accounts[resource % accounts.length];
    const control = controls[Math.floor(next() * controls.length)];
    if (account === undefined || control === undefined) throw new RangeError('there is nothing to find');
    const { id, severity } = control;
    return document({ account: account.id, control: id, severity, resource, updatedAt });
  });
  const again = shuffled(findings, next).slice(0, count * AGAIN);
  return { findings, sent: shuffled([...findings, ...again], next) };
}
