import { shownWords } from '../../blocks/words/shown';
import type { Ports } from '../../handlers/composition';
import type { AccountId, Principal } from '../../src/accounts';
import type { AuditEvent } from '../../src/audit';
import { readAloud } from '../blocks/read-aloud';
import { asff } from '../fixtures/findings';
import { elements, openStage, type Stage } from './stage';

const [ja, en] = [shownWords('ja').history, shownWords('en').history];
const { usage } = shownWords('en').misread.history;
const SHOP = '111122223333' as AccountId;
const REF = '111122223333/control/s3.5';
const finding = asff({ control: 'S3.5', resource: 'arn:aws:s3:::example-a', resourceType: 'AwsS3Bucket' });

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

const history = (user: string, of: string) =>
  stage.act(() => stage.people.command(user, 'C0REQUESTS', `history ${of}`.trim()));
/** What the person reads once the job has answered. */
async function read(user: string, of: string): Promise<string> {
  await history(user, of);
  return readAloud(await stage.whispered(user));
}
const denied = async (subject: Parameters<typeof stage.bot.audit.of>[0]) =>
  (await stage.bot.audit.of(subject, { limit: 50 })).events.filter(({ what }) => what === 'denied');

async function turn(user: string, label: string): Promise<string> {
  const shown = (await stage.whispered(user)) as { ts: string } | undefined;
  const found = elements(shown).find((element) => element.label === label);
  await stage.act(() =>
    stage.people.press(
      user,
      { channel: 'C0REQUESTS', ts: shown?.ts ?? '' },
      { action_id: found?.action_id ?? '', block_id: found?.block_id ?? '' },
    ),
  );
  return readAloud(await stage.whispered(user));
}

test('what somebody did is in the history of the account, the request and the person', async () => {
  await stage.report(finding);
  await stage.press('U0OWNER1', await stage.card(), stage.words.card.take);
  const line = `@U0OWNER1 さん — *${ja.kinds['take']}*: ${ja.steps['proposed']}`;
  const own = await read('U0OWNER1', '<@U0OWNER1|owner>');
  for (const text of [
    await read('U0OWNER1', 'shop-prod'),
    await read('U0OWNER1', '111122223333'),
    await read('U0OWNER1', 'shop-prod s3.5'),
    await read('U0OWNER1', REF),
    own,
    await read('U0ANALYST', '<@U0OWNER1>'),
  ]) {
    expect(text).toContain(line);
    expect(text).toContain('`S3.5` shop-prod (111122223333)');
  }
  expect(own).toContain('*@U0OWNER1 さんの履歴*');
  // Another account and another request have nothing of it.
  const other = await read('U0OWNER1', 'shop-dev');
  expect(other).toContain(ja.steps['imported']);
  expect(other).not.toContain('@U0OWNER1');
  expect(await read('U0OWNER1', 'shop-prod EC2.19')).toContain(ja.empty.markup);
});

test('a person’s history is for themselves and the security team; asking for it is on record', async () => {
  const refused = await read('U0MEMBER', '<@U0OWNER1|owner>');
  expect(refused).toContain('This can be done by');
  expect(refused).not.toContain('*History');
  expect(await denied({ person: 'U0MEMBER' as Principal })).toMatchObject([
    { kind: 'look', detail: 'not-allowed' },
  ]);
  expect(await read('U0MEMBER', '<@U0MEMBER>')).toContain(`*${en.kinds['look']}*: ${en.steps['denied']}`);
  expect(await read('U0LEAD', '<@U0MEMBER>')).toContain(`*${ja.kinds['look']}*: ${ja.steps['denied']}`);
});

test('a turned page is ruled again: a button’s value grants nothing', async () => {
  const body = {
    job: 'history',
    user: 'U0MEMBER',
    of: 'U#U0OWNER1',
    responseUrl: `${stage.slack.url}/response/T0LOCAL/abc`,
    turn: true,
  };
  await stage.bot.ports.queues.change({ id: 'forged', version: 0, group: 'U0MEMBER', body });
  const said: unknown[] = [];
  const respond: Ports['respond'] = async (_, message) => void said.push(message);
  await stage.drain({ bot: stage.composeWith({ respond }) });
  expect(readAloud(said)).toContain('This can be done by');
  expect(await denied({ person: 'U0MEMBER' as Principal })).toHaveLength(1);
});

test('what was refused at a click is on record, once however often it is tried', async () => {
  await stage.report(finding);
  const card = await stage.card();
  for (let press = 0; press < 5; press += 1) await stage.press('U0GUEST', card, stage.words.card.take);
  expect(await denied({ request: REF })).toMatchObject([
    { kind: 'take', by: 'U0GUEST', account: SHOP, request: REF, seq: 0 },
  ]);
  expect(await read('U0MEMBER', 'shop-prod')).toContain(
    `@U0GUEST — *${en.kinds['take']}*: ${en.steps['denied']}`,
  );
});

test('turns pages, and back to the newest', async () => {
  // After the file's accounts were imported.
  const start = Date.parse('2026-11-24T02:00:00.000Z');
  const events = Array.from(
    { length: 23 },
    (_, seq): AuditEvent => ({
      at: new Date(start + seq * 3_600_000 * 5).toISOString(),
      id: `change-${seq}`,
      seq: 1,
      kind: 'suppress',
      what: 'applied',
      by: 'U0OWNER1' as Principal,
      account: SHOP,
      request: REF,
      reason: `Reason number ${seq}.`,
    }),
  );
  await stage.bot.audit.record(events);
  const numbers = (text: string) => [...text.matchAll(/number (\d+)\./g)].map(([, number]) => Number(number));
  const downFrom = (from: number, count: number) => Array.from({ length: count }, (_, index) => from - index);

  const first = await read('U0MEMBER', 'shop-prod');
  expect(numbers(first)).toEqual(downFrom(22, 10));
  expect(first).not.toContain(en.newest);
  expect(numbers(await turn('U0MEMBER', en.older))).toEqual(downFrom(12, 10));
  const last = await turn('U0MEMBER', en.older);
  expect(numbers(last)).toEqual(downFrom(2, 3));
  expect(last).not.toContain(en.older);
  expect(numbers(await turn('U0MEMBER', en.newest))).toEqual(downFrom(22, 10));
  expect(stage.logged).toEqual([]);
});

test.each([
  { typed: '', said: usage.markup },
  { typed: '@somebody', said: usage.markup },
  { typed: '<!subteam^S0LEADS>', said: usage.markup },
  { typed: 'shop-prd', said: '/secops history 111122223333' },
  { typed: 'shop-prd EC2.19', said: '/secops history 111122223333 EC2.19' },
])('"$typed" is answered with how it is typed', async ({ typed, said }) => {
  const { message } = await history('U0MEMBER', typed);
  expect(readAloud(message)).toContain(said);
});
