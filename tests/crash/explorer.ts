import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { Bot, Ports } from '../../handlers/composition';
import { SlackUnreachable } from '../../src/slack';
import { callHandler, type QueueName, type Spine } from '../setup/spine';

/**
 * Calls that change the outside. Between two of them nothing outside moves, so being killed at any await in between
 * leaves what being killed right before the second one leaves. Being overtaken is another matter: what a worker has
 * read before and what it reads afterwards may differ, so there every call counts, reads too.
 */
const EFFECTS: Readonly<Record<string, readonly string[]>> = {
  table: ['create', 'replace', 'put', 'raise'],
  queues: ['card', 'workflow', 'change'],
  slack: ['post', 'update', 'ephemeral'],
  hub: ['update'],
  objects: ['put'],
};

/** A worker that was killed does nothing any more, whatever its code would catch. */
class Killed extends Error {
  override readonly name = 'Killed';
}

/** Told of every call, before it happens; decides how it ends. */
export type Hook = (call: {
  readonly name: string;
  readonly isEffect: boolean;
  readonly run: () => Promise<unknown>;
}) => Promise<unknown>;

/** The ports of one worker, with a hook around every call. */
export function hookedPorts(ports: Ports, hook: Hook, check: () => void): Ports {
  const wrap = <T extends object>(port: T, name: string): T =>
    new Proxy(port, {
      get(target, property, receiver) {
        const value: unknown = Reflect.get(target, property, receiver);
        if (typeof value !== 'function') return value;
        return async (...args: unknown[]) => {
          check();
          const run = () => Promise.resolve(value.apply(target, args) as unknown);
          const isEffect = EFFECTS[name]?.includes(String(property)) ?? false;
          return hook({ name: `${name}.${String(property)}`, isEffect, run });
        };
      },
    });
  return {
    ...ports,
    table: wrap(ports.table, 'table'),
    queues: wrap(ports.queues, 'queues'),
    slack: wrap(ports.slack, 'slack'),
    hub: wrap(ports.hub, 'hub'),
    objects: wrap(ports.objects, 'objects'),
  };
}

/** How the worker ends at the chosen effect. */
export type Ending =
  /** It is killed before the effect. */
  | 'killed'
  /** The effect happens, its answer is lost, and the worker goes on with the error. */
  | 'answer lost'
  /** Another worker gets the same message while it stands still before the call; then it goes on. */
  | 'overtaken';

/** What one run found out. */
export interface Explored {
  /** The calls at which the flow could have been disturbed, by name: effects, or all calls for `overtaken`. */
  readonly points: readonly string[];
  /** The effect at which it was disturbed; undefined when the flow has fewer. */
  readonly at?: string;
}

/** What is disturbed: a bot on its outside, and a clock that is moved by hand. */
export type Disturbed = Pick<Spine, 'bot' | 'ports' | 'clock' | 'composeWith' | 'drain'>;

/** Puts messages on their queues, or calls a way in, with the given bot. */
export type Act = (bot: Bot) => Promise<void>;

/**
 * Plays a flow to rest, disturbed at the effect of this number (0 is the first); everything else is done by healthy
 * workers, to which the messages are delivered again. At the end the clock finds what a crash has left behind.
 * @param acts one after the other, each of them followed to rest before the next
 * @param sweep wakes what the clock finds due, and says how much that was
 */
export async function explore(
  { bot: healthy, ports, clock, composeWith, drain }: Disturbed,
  number: number,
  ending: Ending,
  acts: readonly Act[],
  sweep: (bot: Bot) => Promise<number>,
): Promise<Explored> {
  const points: string[] = [];
  let at: string | undefined;
  let dead = false;
  let overtake: (() => Promise<void>) | undefined;
  const check = () => {
    if (dead) throw new Killed('this worker is dead');
  };
  const hook: Hook = async ({ name, isEffect, run }) => {
    if (!isEffect && ending !== 'overtaken') return run();
    points.push(name);
    if (points.length - 1 !== number) return run();
    at = name;
    if (ending === 'killed') {
      dead = true;
      throw new Killed(`killed before ${name}`);
    }
    if (ending === 'answer lost') {
      await run();
      throw name.startsWith('slack.') ? new SlackUnreachable(name) : new Error(`answer of ${name} lost`);
    }
    // A post may be on its way when its worker is given up: the other starts after Slack's timeout only.
    if (name === 'slack.post') {
      await run();
      await overtake?.();
      throw new SlackUnreachable(name);
    }
    await overtake?.();
    return run();
  };
  const disturbed = composeWith(hookedPorts(ports, hook, check));

  const serve = async (queue: QueueName, event: SQSEvent): Promise<SQSBatchResponse> => {
    overtake = async () => {
      clock.advance(VISIBILITY_MS[queue]);
      await callHandler(queue, event, healthy);
    };
    const answer = await callHandler(queue, event, dead ? healthy : disturbed);
    overtake = undefined;
    return answer;
  };

  for (const act of acts) {
    overtake = () => act(healthy);
    try {
      await act(dead ? healthy : disturbed);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      await act(healthy);
    }
    await drain({ serve });
  }
  await wokenUntilStill({ bot: healthy, clock, drain }, sweep);
  return { points, ...(at !== undefined && { at }) };
}

/** Lets the clock find what a crash has left behind, until it finds nothing more. */
export async function wokenUntilStill(
  { bot, clock, drain }: Pick<Disturbed, 'bot' | 'clock' | 'drain'>,
  sweep: (bot: Bot) => Promise<number>,
): Promise<void> {
  for (let woken = 1, round = 0; woken > 0 && round < 5; round += 1) {
    clock.advance(11 * 60_000);
    woken = await sweep(bot);
    await drain({ bot });
  }
}

const VISIBILITY_MS: Record<QueueName, number> = {
  findings: 180_000,
  workflow: 180_000,
  cards: 60_000,
  changes: 180_000,
};
