import { setTimeout as pause } from 'node:timers/promises';
import { ACTIONS } from '../blocks/ids';
import type { SlackPeople } from '../local/slack';
import type { StormWorld } from './storm-world';

/** What came of everything that people did. */
export interface Pressed {
  /** From each request to its answer, in ms. */
  readonly answeredMs: readonly number[];
  /** Requests that were not answered with 200 in Slack's three seconds. */
  readonly unanswered: number;
  /** How often each was done. */
  readonly acts: Readonly<Record<string, number>>;
}

const EVERY_MS = 500;
/** Cards are looked for in one channel after the other. */
const LOOK_EVERY_MS = 3_000;

interface Card {
  readonly channel: string;
  readonly ts: string;
}

type Act = (user: string) => Promise<{ readonly ack: string }>;

/** People press buttons of cards that stand in these channels, and send commands, until told to stop. */
export function pressThroughout(
  people: SlackPeople,
  { channels, owners }: Pick<StormWorld, 'channels' | 'owners'>,
): { stop(): Promise<Pressed> } {
  const cards = new Map<string, Card>();
  const answeredMs: number[] = [];
  const acts: Record<string, number> = {};
  let unanswered = 0;
  const stopped = new AbortController();
  const failures: unknown[] = [];
  const failed = (error: unknown) => void failures.push(error);
  const under = new Set<Promise<void>>();
  const aCard = (number: number): Card | undefined => [...cards.values()][number % Math.max(1, cards.size)];

  const acting: readonly (readonly [string, (number: number) => Act | undefined])[] = [
    ['help', () => (user) => people.command(user, 'C0REQUESTS', 'help')],
    [
      'take',
      (number) => {
        const card = aCard(number);
        return card && ((user) => people.press(user, card, { action_id: ACTIONS.take }));
      },
    ],
    ['requests', () => (user) => people.command(user, 'C0REQUESTS', 'requests')],
    [
      'suppress',
      (number) => {
        const card = aCard(number);
        return card && ((user) => people.press(user, card, { action_id: ACTIONS.suppress }));
      },
    ],
    ['home', () => (user) => people.home(user)],
  ];

  const act = async (name: string, doing: Act, user: string): Promise<void> => {
    try {
      // A dialog that is open covers everything else.
      if ((await people.user(user)).modal !== null) await people.close(user, true);
      const from = performance.now();
      const { ack } = await doing(user);
      answeredMs.push(performance.now() - from);
      acts[name] = (acts[name] ?? 0) + 1;
      if (ack === 'acked') return;
      unanswered += 1;
      acts[`${name}, ${ack}`] = (acts[`${name}, ${ack}`] ?? 0) + 1;
    } catch (error) {
      // The card has changed under the finger, or somebody has closed the dialog: nothing was sent.
      if (!(error instanceof Error) || !/is not shown|no open modal/.test(error.message)) throw error;
      acts['missed'] = (acts['missed'] ?? 0) + 1;
    }
  };
  const pressing = (async () => {
    for (let number = 0; !stopped.signal.aborted; number += 1) {
      const [name, wanted] = acting[number % acting.length] ?? ['', () => undefined];
      const doing = wanted(Math.floor(number / acting.length));
      const user = owners[number % owners.length] ?? '';
      if (doing !== undefined) {
        const done = act(name, doing, user)
          .catch(failed)
          .finally(() => under.delete(done));
        under.add(done);
      }
      await pause(EVERY_MS);
    }
  })();
  const looking = (async () => {
    for (let number = 0; !stopped.signal.aborted; number += 1) {
      const channel = channels[number % channels.length] ?? '';
      for (const { ts, blocks } of await people.channel(channel)) {
        if (JSON.stringify(blocks ?? []).includes(ACTIONS.take)) cards.set(ts, { channel, ts });
        else cards.delete(ts);
      }
      await pause(LOOK_EVERY_MS);
    }
  })().catch(failed);
  return {
    async stop() {
      stopped.abort();
      await Promise.all([pressing, looking]);
      await Promise.all(under);
      if (failures.length > 0) throw failures[0];
      return { answeredMs, unanswered, acts };
    },
  };
}
