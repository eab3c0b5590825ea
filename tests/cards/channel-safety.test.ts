import { channelSafety, EXTERNALLY_SHARED } from '../../src/cards';
import { type SlackChannel, SlackRefused, SlackUnreachable } from '../../src/slack';
import { type ManualClock, manualClock } from '../setup/spine';

let clock: ManualClock;
let shared: boolean;
let refusal: Error | undefined;
let asked: string[];
let told: string[];
let check: (channel: string) => Promise<void>;
beforeEach(() => {
  clock = manualClock();
  [shared, refusal, asked, told] = [false, undefined, [], []];
  const slack = {
    async channel(id: string): Promise<SlackChannel> {
      asked.push(id);
      if (refusal) throw refusal;
      return { id, name: 'requests', externallyShared: shared, archived: false, private: false };
    },
  };
  check = channelSafety(slack, clock.now, async (channel) => void told.push(channel));
});

it('lets a channel of our own pass, and asks once in five minutes', async () => {
  await check('C0REQUESTS');
  clock.advance(5 * 60_000 - 1);
  await check('C0REQUESTS');
  expect(asked).toEqual(['C0REQUESTS']);
  shared = true;
  clock.advance(1);
  await expect(check('C0REQUESTS')).rejects.toThrow(SlackRefused);
  expect(asked).toHaveLength(2);
});

it('refuses a shared one each time, and asks about each channel by itself', async () => {
  shared = true;
  await expect(check('C0SHARED')).rejects.toMatchObject({ code: EXTERNALLY_SHARED });
  await expect(check('C0SHARED')).rejects.toMatchObject({ code: EXTERNALLY_SHARED });
  shared = false;
  await check('C0REQUESTS');
  expect(asked).toEqual(['C0SHARED', 'C0REQUESTS']);
  // The security team, that is.
  expect(told).toEqual(['C0SHARED']);
});

it('leaves a channel that Slack does not show to the post itself', async () => {
  refusal = new SlackRefused('conversations.info', 'channel_not_found');
  await expect(check('C0PRIVATE')).resolves.toBeUndefined();
});

test.each([new SlackRefused('conversations.info', 'missing_scope'), new SlackUnreachable('no answer')])(
  'lets nothing pass, and remembers nothing, when Slack does not tell: %s',
  async (error) => {
    refusal = error;
    await expect(check('C0REQUESTS')).rejects.toBe(error);
    refusal = undefined;
    await check('C0REQUESTS');
    expect(asked).toHaveLength(2);
  },
);
