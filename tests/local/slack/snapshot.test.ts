import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebClient } from '@slack/web-api';
import { SlackPeople, startSlackStandIn } from '../../../local/slack';
import { slackGateway, webClient } from '../../../src/slack';
import { plainPng } from '../../fixtures/plain-png';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'slack-snapshot-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('messages, their threads and metadata are there after a restart, and can be updated', async () => {
  const dataFile = join(folder, 'slack.json');
  const first = await startSlackStandIn({ dataFile });
  const client = new WebClient('xoxb-test', { slackApiUrl: first.apiUrl, retryConfig: { retries: 0 } });
  const metadata = { event_type: 'secops_post', event_payload: { record: 'r', key: '1' } };
  const card = await client.chat.postMessage({ channel: 'C0SHOPPRD', text: 'card', metadata });
  await client.chat.postMessage({ channel: 'C0SHOPPRD', text: 'reply', thread_ts: card.ts ?? '' });
  await first.close();

  const second = await startSlackStandIn({ dataFile });
  const again = new WebClient('xoxb-test', { slackApiUrl: second.apiUrl, retryConfig: { retries: 0 } });
  await again.chat.update({ channel: 'C0SHOPPRD', ts: card.ts ?? '', text: 'changed' });
  const [shown] = await new SlackPeople(second.url).channel('C0SHOPPRD');
  await second.close();

  expect(shown).toMatchObject({ ts: card.ts, text: 'changed', metadata, replies: [{ text: 'reply' }] });
});

test('a language that a person has chosen stays theirs', async () => {
  const dataFile = join(folder, 'slack.json');
  const first = await startSlackStandIn({ dataFile });
  await new SlackPeople(first.url).chooseLocale('U0OWNER1', 'en-US');
  await first.close();

  const second = await startSlackStandIn({ dataFile });
  const web = new WebClient('xoxb-test', { slackApiUrl: second.apiUrl, retryConfig: { retries: 0 } });
  const locale = async (user: string) => (await web.users.info({ user, include_locale: true })).user?.locale;
  expect([await locale('U0OWNER1'), await locale('U0LEAD')]).toEqual(['en-US', 'ja-JP']);
  await new SlackPeople(second.url).chooseLocale('U0OWNER1', 'ja-JP');
  expect(await locale('U0OWNER1')).toBe('ja-JP');
  await second.close();
});

test('pictures are there after a restart, and blocks may still show them', async () => {
  const dataFile = join(folder, 'slack.json');
  const png = plainPng(40, 20);
  const first = await startSlackStandIn({ dataFile, fileProcessingMs: 0 });
  const upload = slackGateway(webClient({ token: 'xoxb-test', apiUrl: first.apiUrl }));
  const id = await upload.uploadPicture({ png, name: 'score.png', alt: 'a score' });
  await first.close();
  expect(readdirSync(`${dataFile}.files`)).toEqual([id]);

  const second = await startSlackStandIn({ dataFile });
  const web = new WebClient('xoxb-test', { slackApiUrl: second.apiUrl, retryConfig: { retries: 0 } });
  const image = { type: 'image' as const, alt_text: 'a score', slack_file: { id } };
  await web.chat.postMessage({ channel: 'C0SHOPPRD', text: 'score', blocks: [image] });
  expect((await web.files.info({ file: id })).file).toMatchObject({
    mimetype: 'image/png',
    alt_txt: 'a score',
  });
  const shown = await fetch(`${second.url}/control/files/${id}`);
  expect(Buffer.from(await shown.arrayBuffer())).toEqual(png);
  await second.close();
});
