import type { App } from '@slack/bolt';
import { ACTIONS, approvalValue, BLOCKS, CALLBACKS, moreValue, readApproval } from '../../blocks/ids';
import { checkSuggestions, checkView } from '../../blocks/kit/check';
import { words } from '../../blocks/words';
import { registerListeners } from '../../handlers/slack/register';
import type { Call } from '../../local/slack/calls';
import { asff } from '../fixtures/findings';
import { quietConsole } from '../setup/log-lines';
import { type Card, elements } from '../story/stage';
import { askToSuppress, GUEST, LEAD, MEMBER, OWNER, PARTNER, REASON, suppressions } from './asked';
import { type FrontDoor, openFrontDoor, type Payload } from './front-door';

const ACCOUNTS = `
accounts:
  - { id: '111122223333', name: shop-prod, kind: production, owner: U0OWNER1, channel: C0REQUESTS }
  - { id: '444455556666', name: shop-dev, kind: non-production, owner: U0LEAD, channel: C0SHOPDEV }
`;
const [PROD, OTHER] = ['111122223333/control/s3.8', '444455556666/control/s3.8'] as const;

let door: FrontDoor;
let card: Card;
/** A change of another account's owner that waits. */
let waiting: { id: string; hash: string };
let modal = { id: 'V0GONE', hash: '' };
beforeAll(async () => {
  door = await openFrontDoor({ accounts: ACCOUNTS });
  await door.report(
    asff({ control: 'S3.8', severity: 'HIGH' }),
    asff({
      control: 'S3.8',
      severity: 'HIGH',
      account: '444455556666',
      resource: 'arn:aws:s3:::example-secret',
    }),
  );
  card = await door.card('C0REQUESTS');
  const asked = await askToSuppress(door, { user: OWNER, card });
  const { id, hash = '' } = readApproval(elements(asked)[0]?.value ?? '') ?? { id: '' };
  waiting = { id, hash };
});
afterAll(() => door.close());

/** A list that the member has open, whose pages can be turned. */
async function openList(): Promise<void> {
  await door.people.close(MEMBER, true).catch(() => undefined);
  const open = await pressBy(MEMBER);
  await door.interact({ ...open, actions: [{ type: 'button', action_id: ACTIONS.resources, value: PROD }] });
  const { modal: opened } = await door.people.user(MEMBER);
  modal = { id: String(opened?.['id']), hash: String(opened?.['hash']) };
}
// What Bolt says of ids that nobody listens to.
quietConsole();

/** Everything that can be put into a value that comes back from Slack. */
const hostile = (): readonly string[] => [
  '',
  '__proto__',
  'constructor',
  'x'.repeat(3_000),
  '💩'.repeat(1_000),
  `${PROD}\u0000`,
  '\ud800',
  '999988887777/control/s3.8',
  `../../${OTHER}`,
  OTHER,
  `- request/${OTHER}`,
  '-1 all 444455556666',
  moreValue('details', '__proto__'),
  moreValue('check', OTHER),
  `${PROD}\n<!channel> <@U0LEAD> \u202e`,
  waiting.id,
  approvalValue(waiting.id, 'a'.repeat(26)),
  approvalValue('0'.repeat(26), waiting.hash),
  'account-request/__proto__',
  'bulletin/undecided/2040-11-20/__proto__',
  '{"request":"__proto__"}',
];
/** For those to whom nothing is shown anyway. */
const some = () => [
  '__proto__',
  PROD,
  OTHER,
  waiting.id,
  moreValue('details', PROD),
  '1',
  '1 444455556666',
  '1 all 444455556666',
  '444455556666',
  `- request/${OTHER}`,
  '- account/444455556666',
];

const listening = new Set<string>();
const patterns: RegExp[] = [];
const remember = (kind: string) => (id: unknown) => {
  if (id instanceof RegExp) patterns.push(id);
  else if (typeof id === 'string') listening.add(`${kind} ${id}`);
  else listening.add(`${kind} ${(id as { action_id: string }).action_id}`);
};
const listens = (kind: string, id: string) =>
  listening.has(`${kind} ${id}`) || (kind === 'action' && patterns.some((pattern) => pattern.test(id)));
beforeAll(() => {
  const none = () => undefined;
  const app = {
    action: remember('action'),
    view: remember('view'),
    options: remember('options'),
    command: none,
    event: none,
    error: none,
    use: none,
  };
  registerListeners(app as unknown as App, door.bot);
});

let counted = 0;

/** What Slack says of every press by this person on the card: who, where, and how to answer. */
async function pressBy(user: string): Promise<Payload> {
  // Of a command, so that an answer that replaces what it was asked from leaves the card alone.
  const typed = await door.caught(() => door.people.command(user, card.channel, 'help'));
  const fields = new URLSearchParams(String(typed.body));
  return {
    type: 'block_actions',
    team: { id: fields.get('team_id'), domain: 'local' },
    user: { id: user, username: user, name: user, team_id: user === PARTNER ? 'T0PARTNER' : 'T0LOCAL' },
    api_app_id: 'A0LOCAL',
    container: { type: 'message', message_ts: card.ts, channel_id: card.channel },
    channel: { id: card.channel, name: 'security-requests' },
    message: { type: 'message', ts: card.ts, text: card.text },
    trigger_id: fields.get('trigger_id'),
    response_url: fields.get('response_url'),
  };
}

/** A press that Slack could have sent, with something else in it. */
async function press(user: string, action: string, value: string, place: 'message' | 'modal', metadata = '') {
  const { message, channel, response_url, container, ...rest } = await pressBy(user);
  const option = { text: { type: 'plain_text', text: 'x' }, value };
  counted += 1;
  const view = {
    id: modal.id,
    hash: `${modal.hash}${counted}`,
    type: 'modal',
    private_metadata: metadata,
    state: { values: {} },
    blocks: [],
  };
  return door.interact({
    ...rest,
    ...(place === 'message'
      ? { message, channel, response_url, container }
      : { container: { type: 'view', view_id: modal.id }, view }),
    actions: [
      {
        type:
          action === ACTIONS.more ? 'overflow' : action.endsWith('.account') ? 'external_select' : 'button',
        action_id: action,
        block_id: value.slice(0, 255),
        value,
        selected_option: option,
        action_ts: `${2_000_000_000 + counted}.000000`,
      },
    ],
  });
}

/** All that Slack was told since, which is all that anybody may have seen. */
async function said(): Promise<readonly Call[]> {
  await door.drain();
  const calls = await door.people.calls();
  await door.people.forgetCalls();
  return calls.filter(({ method }) => /^(chat|views)\.|^response_url/.test(method));
}

const GIVEN_AWAY = /\bundefined\b|\[object |\bNaN\b|TypeError|ValidationException|\bat .+\.ts:\d/;
const FAILURES = (['ja', 'en'] as const).map((language) => words(language).answers.failure.markup);

/** What somebody sees of it; words that are only offered to be edited mention nobody. */
const shown = (args: object) =>
  JSON.stringify(args, (name, value: unknown) => (name === 'initial_value' ? '' : value));

function expectDecent(spoken: string): void {
  expect(spoken).not.toMatch(GIVEN_AWAY);
  expect(spoken).not.toContain('<!channel>');
  for (const failure of FAILURES) expect(spoken).not.toContain(failure);
}

async function expectUnharmed(): Promise<void> {
  const logged = (door.logged as string[]).splice(0);
  expect(logged.filter((line) => !/^a (press was denied|button carried)/.test(line))).toEqual([]);
  expect(Object.keys(Object.prototype)).toEqual([]);
  expect(({} as Record<string, unknown>)['request']).toBeUndefined();
  expect(await suppressions(door)).toBe(0);
  expect(await door.bot.changes.load(waiting.id)).toMatchObject({ status: 'proposed', approvals: [] });
}

const actions = [...new Set(Object.values(ACTIONS))];
/** What is only read when its dialog is sent. */
const INPUTS: readonly string[] = [
  ACTIONS.scope,
  ACTIONS.issues,
  ACTIONS.days,
  ACTIONS.bulkRequests,
  ACTIONS.reason,
  ACTIONS.ticket,
  ACTIONS.questionText,
  ACTIONS.answerText,
  ACTIONS.denyReason,
  ACTIONS.ownerPerson,
  ACTIONS.ownerGroup,
  ACTIONS.deputyPerson,
  ACTIONS.deputyGroup,
  ACTIONS.ownerChannel,
  ACTIONS.accountName,
  ACTIONS.accountKind,
  ACTIONS.accountProject,
  ACTIONS.accountMail,
  ACTIONS.purpose,
  ACTIONS.newChannel,
  ACTIONS.cost,
  ACTIONS.formField,
  ACTIONS.accountId,
  ACTIONS.unchecked,
  ACTIONS.uncheckedNote,
];

test('everything that can be pressed has a listener', () => {
  expect(actions.filter((id) => !INPUTS.includes(id) && !listens('action', id))).toEqual([]);
});

const pressed = actions.filter((id) => !INPUTS.includes(id));

test.each(INPUTS)(
  '%s, an input that tells nobody of itself: pressed all the same, it is refused',
  async (id) => {
    const wanted = listens('action', id) ? 200 : 404;
    expect((await press(MEMBER, id, '__proto__', 'message')).status).toBe(wanted);
    await expectUnharmed();
  },
);

describe.each(pressed)('%s, pressed with a value that is not its own', (action) => {
  test('by a member: always acknowledged, and what is said is decent', async () => {
    for (const value of hostile()) expect((await press(MEMBER, action, value, 'message')).status).toBe(200);
    await openList();
    for (const metadata of hostile().slice(0, 6)) {
      expect((await press(MEMBER, action, '2', 'modal', metadata)).status).toBe(200);
    }
    for (const { args } of await said()) expectDecent(shown(args));
    await expectUnharmed();
  });

  test.each([GUEST, PARTNER])('by %s: nothing but a polite no', async (user) => {
    const before = await accountsNow();
    await openList();
    await door.people.forgetCalls();
    for (const value of some()) {
      await press(user, action, value, 'message');
    }
    for (const metadata of [PROD, OTHER]) await press(user, action, '1', 'modal', metadata);
    const spoken = shown((await said()).map(({ args }) => args));
    expectDecent(spoken);
    expect(spoken).not.toMatch(/example-|shop-(prod|dev)|S3\.8|U0LEAD|U0OWNER1/);
    expect(await accountsNow()).toEqual(before);
    await expectUnharmed();
  });
});

async function accountsNow() {
  await door.bot.accounts.refresh();
  return door.bot.accounts.list().map(({ id, owner, deputy, channel }) => ({ id, owner, deputy, channel }));
}

// --- Dialogs ---------------------------------------------------------------------------------------------------

/** What is typed and chosen where a reason and a term would be wrong. */
const IN_ORDER: Record<string, string> = {
  ticket: 'https://tickets.example.com/1',
  accountName: 'lab',
  accountProject: 'shop',
  accountMail: 'aws+lab@example.com',
  accountId: '7777-8888-9999',
  newChannel: 'lab-security',
};
const CHOSEN: Record<string, string> = { scope: 'all', accountKind: 'non-production' };

/** One answer that fits all inputs of all dialogs, with these words and this choice. */
function filled(text: unknown, choice: unknown, person: unknown): Record<string, Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(BLOCKS).flatMap(([name, block]) => {
      const action = (ACTIONS as Record<string, string>)[name];
      if (action === undefined) return [];
      const value = text === REASON ? (CHOSEN[name] ?? choice) : choice;
      const option = { value, text: { type: 'plain_text', text: 'x' } };
      const given = {
        type: 'plain_text_input',
        value: text === REASON ? (IN_ORDER[name] ?? REASON) : text,
        selected_option: option,
        selected_options: [option],
        selected_user: person,
        selected_conversation: person,
        selected_channel: person,
      };
      return [[block, { [action]: given }]];
    }),
  );
}

const states = (): readonly [string, unknown][] => [
  ['as it should be', filled(REASON, '14', 'U0MEMBER')],
  ['nothing', {}],
  ['null everywhere', filled(null, null, null)],
  ['numbers everywhere', filled(7, 7, 7)],
  ['lists everywhere', filled(['x'], ['x'], ['x'])],
  ['long words', filled('x'.repeat(3_001), 'x'.repeat(3_001), 'U'.repeat(300))],
  ['prototypes', filled('__proto__ constructor', '__proto__', '__proto__')],
  ['NUL, markup and half an emoji', filled(`\u0000<!channel> ${REASON}\ud83d`, '\u0000', 'U\u0000')],
  ['a prototype for a block', JSON.parse('{"__proto__":{"x":{"value":"y"}},"constructor":{"prototype":{}}}')],
];

const targets = (): readonly string[] => [
  ...hostile(),
  JSON.stringify({ request: OTHER }),
  JSON.stringify({ request: '__proto__', issue: 'constructor' }),
  JSON.stringify({ request: PROD, issue: 'x'.repeat(75) }),
  JSON.stringify({ request: PROD, extends: waiting.id }),
  JSON.stringify({ request: PROD, extends: '\u0000' }),
  JSON.stringify({ account: '444455556666' }),
  JSON.stringify({ account: '__proto__', channel: 'C0SECURITY' }),
  '{"__proto__":{"request":"x"},"constructor":{"prototype":{"request":"x"}}}',
  '[',
  'null',
];

/** A dialog that Slack could have sent, with something else in it. */
async function submit(user: string, callback: string, metadata: string, values: unknown, team = 'T0LOCAL') {
  counted += 1;
  return door.interact({
    type: 'view_submission',
    team: { id: team, domain: 'local' },
    user: { id: user, username: 'somebody', name: 'somebody', team_id: team },
    api_app_id: 'A0LOCAL',
    trigger_id: `1.${counted}.T0LOCAL`,
    view: {
      id: `V${counted}`,
      hash: `${counted}.x`,
      type: 'modal',
      callback_id: callback,
      private_metadata: metadata,
      state: { values },
      blocks: [],
    },
    response_urls: [],
  } satisfies Payload);
}

function expectDecentAck(body: string): void {
  expectDecent(body);
  if (body === '') return;
  const { response_action: action, view, errors } = JSON.parse(body) as Payload;
  expect(['errors', 'update', 'push', 'clear']).toContain(action);
  if (view !== undefined) expect(checkView(view)).toEqual([]);
  if (errors !== undefined) for (const error of Object.values(errors as object)) expect(error).not.toBe('');
}

describe.each([...new Set(Object.values(CALLBACKS))])(
  '%s, sent with metadata that are not its own',
  (callback) => {
    test('by a member: always acknowledged, and what is said is decent', async () => {
      const wanted = listens('view', callback) ? 200 : 404;
      const before = await accountsNow();
      for (const metadata of targets()) {
        const { status, body } = await submit(MEMBER, callback, metadata, filled(REASON, '14', 'U0MEMBER'));
        expect(status).toBe(wanted);
        expectDecentAck(body);
      }
      for (const [, values] of states()) {
        for (const metadata of [PROD, JSON.stringify({ request: PROD, account: '111122223333' })]) {
          const { status, body } = await submit(MEMBER, callback, metadata, values);
          expect(status).toBe(wanted);
          expectDecentAck(body);
        }
      }
      for (const { args } of await said()) expectDecent(shown(args));
      expect(await accountsNow()).toEqual(before);
      await expectUnharmed();
    });

    test.each([
      [GUEST, 'T0LOCAL'],
      [PARTNER, 'T0PARTNER'],
      ['U0LEFT', 'T0LOCAL'],
      ['U0TOOL', 'T0LOCAL'],
      ['U0NOBODY', 'T0LOCAL'],
    ])('by %s: nothing but a polite no', async (user, team) => {
      const targetsHere = [
        PROD,
        JSON.stringify({ request: PROD }),
        waiting.id,
        JSON.stringify({ account: '111122223333' }),
      ];
      for (const metadata of targetsHere) {
        const { body } = await submit(user, callback, metadata, filled(REASON, '14', 'U0MEMBER'), team);
        expectDecentAck(body);
        expect(body).not.toMatch(/example-|shop-(prod|dev)/);
      }
      expect(await door.depth('changes')).toBe(0);
      expect(await said()).toEqual([]);
      await expectUnharmed();
    });
  },
);

// --- Menus that ask while somebody types -----------------------------------------------------------------------

const searched = [
  ...[ACTIONS.pickAccount, ACTIONS.pickQuestions, ACTIONS.pickExceptions],
  ...[ACTIONS.ownerGroup, ACTIONS.deputyGroup],
];

test('every menu that asks is searched here', () => {
  expect([...listening].filter((id) => id.startsWith('options ')).sort()).toEqual(
    searched.map((id) => `options ${id}`).sort(),
  );
});

test.each(searched)('%s, searched for anything', async (action) => {
  for (const user of [MEMBER, GUEST, PARTNER]) {
    const { response_url: _, trigger_id: __, ...fields } = await pressBy(user);
    for (const value of ['', 'shop', ...hostile()]) {
      const { status, body } = await door.interact({
        ...fields,
        type: 'block_suggestion',
        action_id: action,
        block_id: 'x',
        value,
      });
      expect(status).toBe(200);
      expectDecent(body);
      const answer = JSON.parse(body) as { options: unknown[] };
      expect(checkSuggestions(answer)).toEqual([]);
      if (user !== MEMBER) expect(answer.options).toEqual([]);
    }
  }
  await expectUnharmed();
});

// --- What it must not reach ------------------------------------------------------------------------------------

describe('another account', () => {
  const denied = async (person: string) =>
    (await door.bot.audit.of({ person: person as never }, { limit: 500 })).events
      .filter(({ what }) => what === 'denied')
      .map(({ account, kind }) => `${kind} ${account}`);

  test('the approval of another’s change: denied and recorded', async () => {
    await press(MEMBER, ACTIONS.approve, approvalValue(waiting.id, waiting.hash), 'message');
    await press(MEMBER, ACTIONS.withdraw, waiting.id, 'message');
    await door.drain();
    expect(await denied(MEMBER)).toEqual(
      expect.arrayContaining(['approve 111122223333', 'withdraw 111122223333']),
    );
    await expectUnharmed();
  });

  test('the owner of one account sends the dialog of theirs with the request of another: ruled as what they are there', async () => {
    // LOW of their own they suppress alone; of another account an analyst has to approve.
    await submit(
      OWNER,
      CALLBACKS.suppress,
      JSON.stringify({ request: OTHER }),
      filled(REASON, '14', 'U0MEMBER'),
    );
    await submit(
      OWNER,
      CALLBACKS.suppress,
      JSON.stringify({ request: OTHER }),
      filled(REASON, 'design:200', 'U0MEMBER'),
    );
    await door.drain();
    expect(await suppressions(door)).toBe(0);
    expect(await denied(OWNER)).toEqual(['suppress-by-design 444455556666']);
  });

  test('an issue of another request is none of this one', async () => {
    const [issue] = await door.bot.intake.issues.of({
      account: '444455556666' as never,
      kind: 'control',
      subject: 's3.8',
    });
    const target = JSON.stringify({ request: PROD, issue: `${issue?.region}#${'0'.repeat(26)}` });
    await submit(LEAD, CALLBACKS.suppress, target, filled(REASON, '14', 'U0MEMBER'));
    await door.drain();
    expect(await suppressions(door)).toBe(0);
  });

  test('the dialog about an owner, sent for another’s account: denied and recorded', async () => {
    const before = await accountsNow();
    await submit(
      MEMBER,
      CALLBACKS.owner,
      JSON.stringify({ account: '444455556666' }),
      filled(REASON, '14', MEMBER),
    );
    await door.drain();
    expect(await accountsNow()).toEqual(before);
    expect(await denied(MEMBER)).toContain('register-owner 444455556666');
  });
});
