import { WebAPIPlatformError, WebClient } from '@slack/web-api';
import { SlackPeople, type SlackStandIn, startSlackStandIn } from '../../../local/slack';
import { plainPng } from '../../fixtures/plain-png';
import { quietLogger } from './quiet-logger';

const CHANNEL = 'C0SHOPPRD';
const NOWHERE = 'F0NOWHERE00';

let standIn: SlackStandIn;
let people: SlackPeople;
let web: WebClient;

async function start(fileProcessingMs: number): Promise<void> {
  standIn = await startSlackStandIn({ fileProcessingMs });
  people = new SlackPeople(standIn.url);
  web = new WebClient('xoxb-local', {
    slackApiUrl: standIn.apiUrl,
    retryConfig: { retries: 0 },
    logger: quietLogger,
  });
}
beforeEach(() => start(0));
afterEach(() => standIn.close());

async function refusal(work: Promise<unknown>): Promise<{ error: string; errors: unknown }> {
  const error: unknown = await work.then(
    () => undefined,
    (caught: unknown) => caught,
  );
  if (!(error instanceof WebAPIPlatformError)) throw new Error(`Slack did not refuse: ${String(error)}`);
  const { error: code, errors } = error.data as { error: string; errors?: unknown };
  return { error: code, errors };
}

const put = async (url: string | undefined, bytes: Buffer<ArrayBuffer>) =>
  (await fetch(url ?? '', { method: 'POST', body: bytes })).status;

async function upload(bytes = plainPng(60, 30), name = 'a.png'): Promise<string> {
  const { upload_url: url, file_id: id = '' } = await web.files.getUploadURLExternal({
    filename: name,
    length: bytes.length,
  });
  await put(url, bytes);
  await web.files.completeUploadExternal({ files: [{ id, title: 'a' }] });
  return id;
}

async function processed(id: string): Promise<string> {
  for (;;) {
    const { file } = await web.files.info({ file: id });
    if (file?.mimetype) return file.mimetype;
  }
}

const image = (id: string) => ({ type: 'image' as const, alt_text: 'a', slack_file: { id } });

describe('uploading', () => {
  test('an upload takes the bytes that were announced, once, and only there', async () => {
    const png = plainPng(4, 4);
    const asked = await web.files.getUploadURLExternal({ filename: 'a.png', length: png.length });
    const id = asked.file_id ?? '';
    expect(id).toMatch(/^F[A-Z0-9]{8,}$/);
    const complete = () => web.files.completeUploadExternal({ files: [{ id, title: 'a' }] });
    expect((await refusal(complete())).error).toBe('file_not_found');
    expect(await put(`${standIn.url}/upload/v1/unknown`, png)).toBe(404);
    expect(await put(asked.upload_url, plainPng(5, 5))).toBe(400);
    expect(await put(asked.upload_url, png)).toBe(200);
    await complete();
    expect(await put(asked.upload_url, png)).toBe(404);
  });

  test.each([
    ['an empty file', { filename: 'a.png', length: 0 }, 'missing_argument'],
    ['no name', { filename: '', length: 1 }, 'missing_argument'],
    ['a long description', { filename: 'a.png', length: 1, alt_txt: 'x'.repeat(1_001) }, 'alt_txt_too_large'],
  ])('%s is refused', async (_name, args, error) => {
    expect((await refusal(web.files.getUploadURLExternal(args))).error).toBe(error);
  });

  test('a file has its type and size once it is processed; what is no picture is none', async () => {
    await standIn.close();
    await start(60_000);
    const waiting = await upload();
    expect((await web.files.info({ file: waiting })).file).toMatchObject({ id: waiting, mimetype: '' });
    await standIn.close();
    await start(0);
    const id = await upload();
    expect(await processed(id)).toBe('image/png');
    expect((await web.files.info({ file: id })).file).toMatchObject({ original_w: 60, original_h: 30 });
    expect(await processed(await upload(Buffer.from('text'), 'a.txt'))).toBe('application/octet-stream');
    expect((await refusal(web.files.info({ file: NOWHERE }))).error).toBe('file_not_found');
  });

  test('is told to whoever listens, and pictures alone are given out', async () => {
    const [id, text] = [await upload(), await upload(Buffer.from('text'), 'a.txt')];
    await Promise.all([id, text].map(processed));
    expect(await people.wait({ type: 'file.uploaded', since: 0 })).toMatchObject({ shown: { id } });
    const shown = await fetch(`${standIn.url}/control/files/${id}`);
    expect([shown.status, shown.headers.get('content-type')]).toEqual([200, 'image/png']);
    expect((await fetch(`${standIn.url}/control/files/${text}`)).status).toBe(400);
    expect((await fetch(`${standIn.url}/control/files/${NOWHERE}`)).status).toBe(400);
  });
});

describe('blocks with a file', () => {
  const post = (id: string) => web.chat.postMessage({ channel: CHANNEL, text: 'a', blocks: [image(id)] });

  test('show it with its size, wherever it stands', async () => {
    const id = await upload();
    await processed(id);
    const { ts } = await post(id);
    await web.chat.update({ channel: CHANNEL, ts: String(ts), text: 'b', blocks: [image(id)] });
    const { messages } = await web.conversations.history({ channel: CHANNEL });
    expect(messages?.[0]?.blocks).toMatchObject([{ ...image(id), image_width: 60, image_height: 30 }]);
    const home = { type: 'home' as const, blocks: [image(id)] };
    const { view } = await web.views.publish({ user_id: 'U0OWNER1', view: home });
    expect(view?.blocks).toMatchObject([{ image_width: 60 }]);
  });

  test('that is not there, or not processed yet, are refused in Slack’s words', async () => {
    await standIn.close();
    await start(60_000);
    const said = ['invalid slack file [json-pointer:/blocks/0/slack_file]'];
    const wrong = { error: 'invalid_blocks', errors: said };
    const { ts } = await web.chat.postMessage({ channel: CHANNEL, text: 'a' });
    for (const id of [NOWHERE, await upload()]) {
      const content = { channel: CHANNEL, text: 'a', blocks: [image(id)] };
      expect(await refusal(web.chat.postMessage(content))).toEqual(wrong);
      expect(await refusal(web.chat.update({ ...content, ts: String(ts) }))).toEqual(wrong);
      expect(await refusal(web.chat.postEphemeral({ ...content, user: 'U0OWNER1' }))).toEqual(wrong);
      const view = { type: 'home' as const, blocks: [image(id)] };
      expect(await refusal(web.views.publish({ user_id: 'U0OWNER1', view }))).toEqual({
        error: 'invalid_arguments',
        errors: ['invalid slack file [json-pointer:/view/blocks/0/slack_file]'],
      });
    }
  });

  test('are looked for in everything that holds images', async () => {
    const text = { type: 'mrkdwn' as const, text: 'a' };
    const blocks = [
      { type: 'section' as const, text, accessory: image(NOWHERE) },
      { type: 'context' as const, elements: [text, image(NOWHERE)] },
    ];
    const { errors } = await refusal(web.chat.postMessage({ channel: CHANNEL, text: 'a', blocks }));
    expect(errors).toEqual([
      'invalid slack file [json-pointer:/blocks/0/accessory/slack_file]',
      'invalid slack file [json-pointer:/blocks/1/elements/1/slack_file]',
    ]);
  });
});

describe('reactions', () => {
  const reactions = async (ts: string) =>
    (await web.conversations.history({ channel: CHANNEL, latest: ts, oldest: ts, inclusive: true }))
      .messages?.[0]?.reactions;

  test('of people and the bot are counted together, and are seen as they come and go', async () => {
    const { ts } = await people.say('U0LEAD', CHANNEL, 'done');
    await web.reactions.add({ channel: CHANNEL, timestamp: ts, name: 'tada' });
    await people.react('U0OWNER1', CHANNEL, ts, 'tada');
    expect(await reactions(ts)).toEqual([{ name: 'tada', users: ['U0BOT', 'U0OWNER1'], count: 2 }]);
    const { seq, ...added } = await people.wait({ type: 'reaction.added', since: 0, user: 'U0OWNER1' });
    expect(added).toMatchObject({ channel: CHANNEL, ts, shown: { name: 'tada' } });

    await people.unreact('U0OWNER1', CHANNEL, ts, 'tada');
    expect(await reactions(ts)).toEqual([{ name: 'tada', users: ['U0BOT'], count: 1 }]);
    await people.wait({ type: 'reaction.removed', since: seq, user: 'U0OWNER1' });
    await people.react('U0OWNER1', CHANNEL, ts, 'eyes');
    await people.unreact('U0OWNER1', CHANNEL, ts, 'eyes');
    expect(await reactions(ts)).toHaveLength(1);
  });

  test('that nobody could give are said', async () => {
    const { ts } = await people.say('U0LEAD', CHANNEL, 'done');
    await people.react('U0OWNER1', CHANNEL, ts, 'tada');
    await expect(people.react('U0OWNER1', CHANNEL, ts, 'tada')).rejects.toThrow('already_reacted');
    await expect(people.unreact('U0LEAD', CHANNEL, ts, 'tada')).rejects.toThrow('no_reaction');
    await expect(people.react('U0LEAD', CHANNEL, '1.1', 'tada')).rejects.toThrow('there is no message');
    await expect(people.react('U0LEAD', CHANNEL, ts, ':tada:')).rejects.toThrow('without colons');
    await expect(people.react('U0LEFT', CHANNEL, ts, 'tada')).rejects.toThrow('deactivated');
  });
});
