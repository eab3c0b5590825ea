import { App, type ViewClosedAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { WebSocket } from 'ws';
import { SlackPeople, type SlackStandIn, startSlackStandIn } from '../../../local/slack';
import { quietLogger } from './quiet-logger';

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const option = (value: string) => ({ text: plain(value), value });

const REASON: ModalView = {
  type: 'modal',
  callback_id: 'suppress',
  title: plain('Suppress'),
  submit: plain('Send'),
  private_metadata: 'request-1',
  blocks: [
    {
      type: 'input',
      block_id: 'reason',
      label: plain('Reason'),
      element: { type: 'plain_text_input', action_id: 'text', min_length: 3 },
    },
    {
      type: 'input',
      block_id: 'until',
      label: plain('Until'),
      element: { type: 'static_select', action_id: 'days', options: [option('30'), option('90')] },
    },
  ],
};
const simple = (title: string, over: Partial<ModalView> = {}): ModalView => ({
  type: 'modal',
  title: plain(title),
  blocks: [{ type: 'section', text: plain(title) }],
  ...over,
});
const CARD = [
  {
    type: 'actions' as const,
    elements: [
      { type: 'button' as const, action_id: 'suppress', text: plain('Suppress…'), value: 'request-1' },
      { type: 'overflow' as const, action_id: 'more', options: [option('explain'), option('history')] },
    ],
  },
];

let standIn: SlackStandIn;
let people: SlackPeople;
let app: App;
let now: number;

beforeEach(async () => {
  now = Date.UTC(2026, 10, 2);
  standIn = await startSlackStandIn({ now: () => now });
  people = new SlackPeople(standIn.url);
  app = new App({
    socketMode: true,
    token: 'xoxb-local',
    appToken: 'xapp-local',
    logger: quietLogger,
    clientOptions: {
      slackApiUrl: standIn.apiUrl,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
    },
  });
  app.error(async (error) => {
    throw error;
  });
});

afterEach(async () => {
  await app.stop();
  await standIn.close();
});

test('command, modal, errors, update, submit, button: one whole visit', async () => {
  const submitted: unknown[] = [];
  app.command('/secops', async ({ ack, client, command }) => {
    await client.views.open({ trigger_id: command.trigger_id, view: REASON });
    await ack({ response_type: 'ephemeral', text: `heard: ${command.text}` });
  });
  app.view('suppress', async ({ ack, view, body, client }) => {
    const days = view.state.values['until']?.['days']?.selected_option?.value;
    if (days === '90') {
      await ack({ response_action: 'errors', errors: { until: 'at most 30 days' } });
      return;
    }
    await ack({ response_action: 'update', view: simple('Sent') });
    submitted.push({ by: body.user.id, about: view.private_metadata, state: view.state.values });
    await client.chat.postMessage({ channel: 'C0SHOPPRD', text: 'card', blocks: CARD });
  });
  app.action('suppress', async ({ ack, body, client }) => {
    await ack();
    if (body.type !== 'block_actions' || body.container['type'] !== 'message') return;
    await client.chat.update({
      channel: String(body.channel?.id),
      ts: String(body.container['message_ts']),
      text: `pressed by ${body.user.id} with ${(body.actions[0] as { value: string }).value}`,
      blocks: [],
    });
  });
  await app.start();

  const asked = await people.command('U0OWNER1', 'C0SHOPPRD', 'suppress @lead <b> & more');
  expect(asked).toMatchObject({
    ack: 'acked',
    message: { is_ephemeral: true, text: 'heard: suppress <@U0LEAD|lead> &lt;b&gt; &amp; more' },
    modal: { callback_id: 'suppress', title: { text: 'Suppress' } },
  });

  const incomplete = await people.submit('U0OWNER1', { text: 'a' });
  expect(incomplete).toMatchObject({
    ack: 'not_sent',
    errors: { reason: 'Must be at least 3 characters.', until: 'Please complete this required field.' },
  });
  await expect(people.submit('U0OWNER1', { days: '365' })).rejects.toThrow(
    'there is no option 365; there are: 30, 90',
  );

  const wrong = await people.submit('U0OWNER1', { text: 'because', days: '90' });
  expect(wrong).toMatchObject({ ack: 'acked', errors: { until: 'at most 30 days' } });
  expect((await people.user('U0OWNER1')).modal).toMatchObject({ errors: { until: 'at most 30 days' } });

  const sent = await people.submit('U0OWNER1', { days: '30' });
  expect(sent).toMatchObject({ ack: 'acked', modal: { title: { text: 'Sent' } } });
  const { ts, channel } = await people.wait({ type: 'message.posted', since: sent.since });
  expect(submitted).toEqual([
    {
      by: 'U0OWNER1',
      about: 'request-1',
      state: {
        reason: { text: { type: 'plain_text_input', value: 'because' } },
        until: { days: { type: 'static_select', selected_option: option('30') } },
      },
    },
  ]);
  await people.close('U0OWNER1');
  expect((await people.user('U0OWNER1')).modal).toBeNull();

  const spot = { channel: String(channel), ts: String(ts) };
  const pressed = await people.press('U0LEAD', spot, { action_id: 'suppress' });
  expect(pressed.ack).toBe('acked');
  await people.wait({ type: 'message.updated', since: pressed.since });
  const [card] = await people.channel('C0SHOPPRD');
  expect(card).toMatchObject({ text: 'pressed by U0LEAD with request-1' });
  await expect(people.press('U0LEAD', spot, { action_id: 'suppress' })).rejects.toThrow(
    'suppress is not shown; there are: no elements',
  );
});

test('overflow, select and date in a message', async () => {
  const chosen: unknown[] = [];
  app.action(/.*/, async ({ ack, body }) => {
    if (body.type === 'block_actions') chosen.push([body.actions[0], body.state?.values]);
    await ack();
  });
  await app.start();
  const blocks = [
    ...CARD,
    {
      type: 'actions' as const,
      block_id: 'pickers',
      elements: [
        { type: 'static_select' as const, action_id: 'kind', options: [option('prod'), option('dev')] },
        { type: 'multi_users_select' as const, action_id: 'who', max_selected_items: 2 },
        { type: 'datepicker' as const, action_id: 'day' },
      ],
    },
  ];
  const { ts } = await app.client.chat.postMessage({ channel: 'C0SHOPPRD', text: 'card', blocks });
  const spot = { channel: 'C0SHOPPRD', ts: String(ts) };
  const choose = (action_id: string, value: unknown) => people.choose('U0LEAD', spot, { action_id, value });

  await choose('more', 'history');
  await choose('kind', 'dev');
  await choose('who', ['U0LEAD', 'U0MEMBER']);
  await choose('day', '2026-12-01');
  expect(chosen).toMatchObject([
    [{ type: 'overflow', action_id: 'more', selected_option: { value: 'history' } }, {}],
    [{ type: 'static_select', block_id: 'pickers', selected_option: { value: 'dev' } }, {}],
    [
      { selected_users: ['U0LEAD', 'U0MEMBER'] },
      { pickers: { kind: { selected_option: { value: 'dev' } } } },
    ],
    [{ selected_date: '2026-12-01' }, {}],
  ]);
  await expect(choose('more', 'delete')).rejects.toThrow('there is no option delete');
  await expect(choose('who', ['U1', 'U2', 'U3'])).rejects.toThrow('no more than 2');
  await expect(choose('day', 'tomorrow')).rejects.toThrow('a date YYYY-MM-DD');
  await expect(choose('suppress', 'x')).rejects.toThrow('is a button');
  await expect(people.press('U0LEAD', spot, { action_id: 'more' })).rejects.toThrow('not a button');
});

describe('triggers', () => {
  const attempts = async (work: (trigger: string) => Promise<unknown>) => {
    const errors: string[] = [];
    app.command('/secops', async ({ ack, command }) => {
      await ack();
      await work(command.trigger_id).catch((error: { data: { error: string } }) => {
        errors.push(error.data.error);
      });
      await app.client.chat.postMessage({ channel: 'C0SHOPPRD', text: 'done' });
    });
    await app.start();
    const { since } = await people.command('U0OWNER1', 'C0SHOPPRD', '');
    await people.wait({ type: 'message.posted', since });
    return errors;
  };
  const open = (trigger_id: string) => app.client.views.open({ trigger_id, view: simple('Hello') });

  test('a trigger is good for one modal', async () => {
    const errors = await attempts(async (trigger) => {
      await open(trigger);
      await open(trigger);
    });
    expect(errors).toEqual(['exchanged_trigger_id']);
  });

  test('a trigger expires after three seconds', async () => {
    const errors = await attempts(async (trigger) => {
      now += 3001;
      await open(trigger);
    });
    expect(errors).toEqual(['expired_trigger_id']);
    expect((await people.user('U0OWNER1')).modal).toBeNull();
  });

  test('an invented trigger is refused', async () => {
    expect(await attempts(() => open('1.2.T0LOCAL'))).toEqual(['invalid_trigger_id']);
  });

  test('a view that Slack cannot show is refused', async () => {
    const errors = await attempts((trigger_id) =>
      app.client.views.open({ trigger_id, view: simple('x'.repeat(25)) }),
    );
    expect(errors).toEqual(['invalid_arguments']);
  });
});

describe('the stack of modals', () => {
  const button = { type: 'button' as const, action_id: 'deeper', text: plain('Deeper') };
  const level = (title: string): ModalView =>
    simple(title, {
      submit: plain('Next'),
      callback_id: 'level',
      notify_on_close: true,
      external_id: title,
      blocks: [{ type: 'actions', elements: [button] }],
    });

  test('push by click and by submission, at most three, then close one by one or clear', async () => {
    const refused: string[] = [];
    const closed: unknown[] = [];
    let answer: 'push' | 'clear' = 'push';
    app.command('/secops', async ({ ack, client, command }) => {
      await client.views.open({ trigger_id: command.trigger_id, view: level('one') });
      await ack();
    });
    app.action('deeper', async ({ ack, body, client }) => {
      const trigger_id = (body as { trigger_id: string }).trigger_id;
      await client.views
        .push({ trigger_id, view: level(`after-${refused.length}`) })
        .catch((error: { data: { error: string } }) => refused.push(error.data.error));
      await ack();
    });
    app.view('level', async ({ ack }) => {
      if (answer === 'clear') await ack({ response_action: 'clear' });
      else await ack({ response_action: 'push', view: level('three') });
    });
    app.view({ type: 'view_closed', callback_id: 'level' }, async ({ ack, view, body }) => {
      closed.push([view.external_id, (body as unknown as ViewClosedAction).is_cleared]);
      await ack();
    });
    await app.start();

    await people.command('U0OWNER1', 'C0SHOPPRD', '');
    await people.press('U0OWNER1', { surface: 'modal' }, { action_id: 'deeper' });
    const third = await people.submit('U0OWNER1', {});
    expect(third.modal).toMatchObject({ external_id: 'three' });
    const { modals } = await people.user('U0OWNER1');
    expect(modals).toHaveLength(3);
    expect(modals[2]).toMatchObject({ previous_view_id: modals[1]?.['id'], root_view_id: modals[0]?.['id'] });

    await people.press('U0OWNER1', { surface: 'modal' }, { action_id: 'deeper' });
    expect(refused).toEqual(['push_limit_reached']);

    const back = await people.close('U0OWNER1');
    expect(back.modal).toMatchObject({ external_id: 'after-0' });
    expect(closed).toEqual([['three', false]]);

    answer = 'clear';
    expect(await people.submit('U0OWNER1', {})).not.toHaveProperty('modal');
    expect((await people.user('U0OWNER1')).modals).toEqual([]);
    await expect(people.submit('U0OWNER1', {})).rejects.toThrow('has no open modal');
  });

  test('updating by view id, external id and hash keeps what was filled in', async () => {
    app.command('/secops', async ({ ack, client, command }) => {
      await client.views.open({ trigger_id: command.trigger_id, view: { ...REASON, external_id: 'form' } });
      await ack();
    });
    await app.start();
    const { modal } = await people.command('U0OWNER1', 'C0SHOPPRD', '');
    const filledIn = await people.choose(
      'U0OWNER1',
      { surface: 'modal' },
      { action_id: 'text', value: 'kept' },
    );
    expect(filledIn.ack).toBe('not_sent');
    const hash = String(modal?.['hash']);
    const view_id = String(modal?.['id']);

    const updated = await app.client.views.update({
      view_id,
      hash,
      view: { ...REASON, external_id: 'form' },
    });
    expect(updated.view?.state).toMatchObject({ values: { reason: { text: { value: 'kept' } } } });
    const error = (work: Promise<unknown>) =>
      work.then(
        () => 'ok',
        (caught: { data: { error: string } }) => caught.data.error,
      );
    expect(await error(app.client.views.update({ view_id, hash, view: REASON }))).toBe('hash_conflict');
    expect(await error(app.client.views.update({ external_id: 'form', view: REASON }))).toBe('ok');
    expect(await error(app.client.views.update({ external_id: 'form', view: REASON }))).toBe('not_found');
    expect(await error(app.client.views.update({ view_id: 'V0NONE', view: REASON }))).toBe('not_found');
  });
});

describe('acks', () => {
  test('one that does not come is a timeout', async () => {
    const hasty = await startSlackStandIn({ ackLimitMs: 20 });
    const person = new SlackPeople(hasty.url);
    const silent = new App({
      socketMode: true,
      token: 'xoxb-local',
      appToken: 'xapp-local',
      logger: quietLogger,
      clientOptions: { slackApiUrl: hasty.apiUrl, retryConfig: { retries: 0 } },
    });
    silent.command('/secops', async () => undefined);
    await silent.start();
    const seen = await person.command('U0OWNER1', 'C0SHOPPRD', '');
    expect(seen).toMatchObject({ ack: 'timeout', trouble: expect.stringContaining('operation_timeout') });
    await person.wait({ type: 'ack.timeout', since: seen.since });
    await silent.stop();
    await hasty.close();
  });

  test('without a connection nothing is delivered', async () => {
    expect(await people.command('U0OWNER1', 'C0SHOPPRD', '')).toMatchObject({ ack: 'not_connected' });
    // app.stop() waits for a connection that was opened.
    await app.start();
  });

  test('errors for a block that is no input are trouble', async () => {
    app.command('/secops', async ({ ack, client, command }) => {
      await client.views.open({ trigger_id: command.trigger_id, view: REASON });
      await ack();
    });
    app.view('suppress', async ({ ack }) => {
      await ack({ response_action: 'errors', errors: { nowhere: 'wrong' } });
    });
    await app.start();
    await people.command('U0OWNER1', 'C0SHOPPRD', '');
    const seen = await people.submit('U0OWNER1', { text: 'because', days: '30' });
    expect(seen.trouble).toContain('nowhere is not an input block');
  });

  test('an ack may answer in the channel; one Slack cannot show is trouble', async () => {
    app.command('/secops', async ({ ack, command }) => {
      if (command.text === 'loud') await ack({ response_type: 'in_channel', text: 'for all' });
      else await ack({ text: 'x', blocks: [{ type: 'section' }] });
    });
    await app.start();
    await people.command('U0OWNER1', 'C0SHOPPRD', 'loud');
    expect(await people.channel('C0SHOPPRD')).toMatchObject([{ text: 'for all' }]);
    const bad = await people.command('U0OWNER1', 'C0SHOPPRD', 'bad');
    expect(bad.trouble).toContain('invalid_blocks');
  });
});

describe('events', () => {
  test('a mention in a thread', async () => {
    app.event('app_mention', async ({ event, client }) => {
      await client.chat.postMessage({
        channel: event.channel,
        text: `you said: ${event.text}`,
        thread_ts: String(event.thread_ts),
      });
    });
    await app.start();
    const { ts } = await app.client.chat.postMessage({ channel: 'C0SHOPPRD', text: 'card' });
    const seen = await people.mention('U0MEMBER', 'C0SHOPPRD', 'why?', String(ts));
    expect(seen.ack).toBe('acked');
    await people.wait({ type: 'message.posted', since: seen.since, user: 'U0BOT' });
    const thread = await people.thread('C0SHOPPRD', String(ts));
    expect(thread.replies.map(({ text }) => text)).toEqual(['<@U0BOT> why?', 'you said: <@U0BOT> why?']);
  });

  test('opening App Home', async () => {
    app.event('app_home_opened', async ({ event, client }) => {
      const view = {
        type: 'home' as const,
        blocks: [{ type: 'section' as const, text: plain(`hi ${event.user}`) }],
      };
      await client.views.publish({ user_id: event.user, view });
    });
    await app.start();
    const { since } = await people.home('U0MEMBER');
    await people.wait({ type: 'home.published', since, user: 'U0MEMBER' });
    expect((await people.user('U0MEMBER')).home).toMatchObject({
      blocks: [{ text: { text: 'hi U0MEMBER' } }],
    });
  });

  test('the bot hears nothing where it is not a member', async () => {
    await app.start();
    expect((await people.mention('U0MEMBER', 'C0LOUNGE', 'hello?')).ack).toBe('not_sent');
  });

  test('the event stream tells what changes', async () => {
    await app.start();
    const stream = await fetch(`${standIn.url}/control/events?since=0`);
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
    await app.client.chat.postMessage({ channel: 'C0SHOPPRD', text: 'news' });
    let heard = '';
    while (!heard.includes('data: ')) heard += (await reader?.read())?.value ?? '';
    expect(JSON.parse(heard.slice(heard.indexOf('data: ') + 6))).toMatchObject({
      type: 'message.posted',
      channel: 'C0SHOPPRD',
      shown: { text: 'news' },
    });
    await reader?.cancel();
  });
});

test('suggestions of an external select can be chosen', async () => {
  const chosen: unknown[] = [];
  app.options('account', async ({ ack, options }) => {
    await ack({ options: [option(`${options.value}-prod`), option(`${options.value}-dev`)] });
  });
  app.action('account', async ({ ack, body }) => {
    if (body.type === 'block_actions') chosen.push(body.actions[0]);
    await ack();
  });
  await app.start();
  const element = { type: 'external_select' as const, action_id: 'account', min_query_length: 1 };
  const blocks = [{ type: 'actions' as const, elements: [element] }];
  const { ts } = await app.client.chat.postMessage({ channel: 'C0SHOPPRD', text: 'pick', blocks });
  const spot = { channel: 'C0SHOPPRD', ts: String(ts) };
  const { options } = await people.suggest('U0LEAD', spot, { action_id: 'account' }, 'shop');
  expect(options).toMatchObject([{ value: 'shop-prod' }, { value: 'shop-dev' }]);
  await people.choose('U0LEAD', spot, { action_id: 'account', value: 'shop-dev' });
  expect(chosen).toMatchObject([{ selected_option: { value: 'shop-dev' } }]);
  await expect(people.choose('U0LEAD', spot, { action_id: 'account', value: 'bank-prod' })).rejects.toThrow(
    'there is no option bank-prod',
  );
});

test('suggestions are asked for and taken as strictly as by Slack', async () => {
  const bodies: unknown[] = [];
  const answers = [
    { options: [] },
    { options: Array.from({ length: 101 }, (_, n) => option(String(n))) },
    { options: [option('x'.repeat(76))] },
  ];
  app.options('account', async ({ ack, body }) => {
    bodies.push(body);
    await ack(answers[bodies.length - 1]);
  });
  await app.start();
  const element = { type: 'external_select' as const, action_id: 'account' };
  const blocks = [{ type: 'actions' as const, elements: [element] }];
  await app.client.chat.postEphemeral({ channel: 'C0SHOPPRD', user: 'U0LEAD', text: 'pick', blocks });
  const { ephemerals } = await people.user('U0LEAD');
  const spot = { channel: 'C0SHOPPRD', ts: String(ephemerals[0]?.['ts']) };
  const suggest = (query: string) => people.suggest('U0LEAD', spot, { action_id: 'account' }, query);

  await expect(suggest('sh')).rejects.toThrow('only after 3 characters');
  expect(await suggest('shop')).toMatchObject({ ack: 'acked', options: [] });
  expect((await suggest('shop')).trouble).toContain('no more than 100');
  expect((await suggest('shop')).trouble).toContain('less than 76');
  expect(bodies[0]).toMatchObject({ container: { is_ephemeral: true }, value: 'shop' });
  for (const absent of ['response_url', 'trigger_id', 'message'])
    expect(bodies[0]).not.toHaveProperty(absent);
});

test('a mention in a thread says which; one by a bot says that it is a bot', async () => {
  const events: unknown[] = [];
  app.event('app_mention', async ({ event }) => void events.push(event));
  await app.start();
  const { ts } = await app.client.chat.postMessage({ channel: 'C0SHOPPRD', text: 'card' });
  await people.mention('U0LEAD', 'C0SHOPPRD', 'hello', String(ts));
  await people.mention('U0TOOL', 'C0SHOPPRD', 'hello');
  expect(events).toMatchObject([
    { user: 'U0LEAD', text: '<@U0BOT> hello', thread_ts: ts, channel: 'C0SHOPPRD' },
    { user: 'U0TOOL', bot_id: 'B0TOOL' },
  ]);
  expect(events[0]).not.toHaveProperty('bot_id');
});

describe('who may act', () => {
  test.each([
    ['unknown people', 'U0NOBODY', 'there is no user'],
    ['people who left', 'U0LEFT', 'is deactivated'],
  ])('%s cannot', async (_name, user, says) => {
    await app.start();
    await expect(people.command(user, 'C0SHOPPRD', '')).rejects.toThrow(says);
  });

  test("an outsider's click carries the outsider's team", async () => {
    const teams: unknown[] = [];
    app.action('suppress', async ({ ack, body }) => {
      teams.push([body.team?.id, (body.user as { team_id?: string }).team_id]);
      await ack();
    });
    await app.start();
    const { ts } = await app.client.chat.postMessage({ channel: 'C0SHARED', text: 'card', blocks: CARD });
    await people.press('U0PARTNER', { channel: 'C0SHARED', ts: String(ts) }, { action_id: 'suppress' });
    expect(teams).toEqual([['T0LOCAL', 'T0PARTNER']]);
  });
});

describe('the socket itself', () => {
  async function connect(): Promise<{
    socket: WebSocket;
    frames: Record<string, unknown>[];
    next: () => Promise<void>;
  }> {
    const opened = await fetch(`${standIn.apiUrl}apps.connections.open`, {
      method: 'POST',
      headers: { authorization: 'Bearer xapp-local' },
    });
    const { url } = (await opened.json()) as { url: string };
    const socket = new WebSocket(url);
    const frames: Record<string, unknown>[] = [];
    let told: () => void = () => undefined;
    socket.on('message', (data: Buffer) => {
      frames.push(JSON.parse(data.toString('utf8')) as Record<string, unknown>);
      told();
    });
    const next = () => new Promise<void>((resolve) => (told = resolve));
    await next();
    return { socket, frames, next };
  }

  beforeEach(async () => {
    // app.stop() in afterEach waits for a connection that was opened.
    await app.start();
    await app.stop();
  });

  test('says hello, asks to reconnect, and takes a ticket once', async () => {
    const { socket, frames, next } = await connect();
    expect(frames[0]).toMatchObject({ type: 'hello', connection_info: { app_id: 'A0LOCAL' } });
    const asked = next();
    await fetch(`${standIn.url}/control/recycle`, { method: 'POST' });
    await asked;
    expect(frames[1]).toMatchObject({ type: 'disconnect', reason: 'refresh_requested' });
    const again = new WebSocket(socket.url);
    const error = await new Promise<Error>((resolve) => again.on('error', resolve));
    expect(error.message).toContain('403');
    socket.close();
  });

  test('a connection lost before the ack is told at once', async () => {
    const { socket, next } = await connect();
    const asked = next().then(() => socket.terminate());
    expect(await people.command('U0OWNER1', 'C0SHOPPRD', '')).toMatchObject({ ack: 'not_connected' });
    await asked;
  });
});
