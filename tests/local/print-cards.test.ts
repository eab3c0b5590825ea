import { WebClient } from '@slack/web-api';
import { printCards } from '../../local/print-cards';
import { startSlackStandIn } from '../../local/slack';

type StandIn = Awaited<ReturnType<typeof startSlackStandIn>>;

let server: StandIn;
let client: WebClient;
let said: string[];
let complained: string[];
let heard: () => void;
let printer: { stop(): void };
beforeEach(async () => {
  server = await startSlackStandIn({ now: () => Date.parse('2026-11-24T01:00:00.000Z') });
  client = new WebClient('xoxb-test', { slackApiUrl: server.apiUrl });
  said = [];
  complained = [];
  heard = () => undefined;
  printer = printCards(
    server.url,
    (text) => {
      said.push(text);
      heard();
    },
    (text) => void complained.push(text),
    'Asia/Tokyo',
  );
});
afterEach(async () => {
  printer.stop();
  await server.close();
});

/** Resolves when everything said so far matches. */
function until(pattern: RegExp): Promise<void> {
  return new Promise((resolve) => {
    heard = () => {
      if (pattern.test(said.join('\n'))) resolve();
    };
    heard();
  });
}

it('prints what people see, where they see it', async () => {
  const channel = 'C0REQUESTS';
  const { ts } = await client.chat.postMessage({ channel, text: 'the card' });
  await client.chat.postMessage({ channel, text: 'a reply', thread_ts: String(ts) });
  await client.chat.update({ channel, ts: String(ts), text: 'the card, again' });
  await client.chat.postEphemeral({ channel, user: 'U0OWNER1', text: 'only you' });
  await until(/only you/);
  expect(said.filter((line) => line.startsWith('──')).map((line) => line.split(' · ').slice(0, 2))).toEqual([
    ['── #security-requests', 'new'],
    ['── #security-requests', 'reply in the thread'],
    ['── #security-requests', 'updated'],
    ['── #security-requests', 'only for owner'],
  ]);
  const text = said.join('\n');
  for (const shown of ['the card', 'a reply', 'the card, again', 'only you']) expect(text).toContain(shown);
  expect(text).toContain(`${channel} ${String(ts)}`);
  expect(complained).toEqual([]);
});

it('stopped, it prints and complains no more', async () => {
  await client.chat.postMessage({ channel: 'C0REQUESTS', text: 'before' });
  await until(/before/);
  printer.stop();
  await client.chat.postMessage({ channel: 'C0REQUESTS', text: 'after' });
  expect(said.join('\n')).not.toContain('after');
  expect(complained).toEqual([]);
});
