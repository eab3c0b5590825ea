import type { Bot } from '../../../handlers/composition';
import { type Denial, noteDenial } from '../../../handlers/slack/note-denial';
import type { AccountId, Principal } from '../../../src/accounts';
import { type Counted, counting } from '../../setup/counting';
import { openSpine, type Spine } from '../../setup/spine';

const MEMBER = 'U0MEMBER' as Principal;
const PARTNER = 'U0PARTNER' as Principal;
const SHOP = '111122223333' as AccountId;
const REF = '111122223333/control/ec2.19';

const denial = (over: Partial<Denial> = {}): Denial => ({
  user: MEMBER,
  name: 'member',
  kind: 'undo',
  ref: REF,
  ruling: { effect: 'deny', reason: { code: 'not-allowed', who: ['analyst'] } },
  ...over,
});

let spine: Spine;
beforeAll(async () => {
  spine = await openSpine();
});
afterAll(() => spine.close());
beforeEach(() => spine.clock.advance(60 * 60_000));

const recorded = async (by: Principal, bot: Bot = spine.bot) =>
  (await bot.audit.of({ person: by }, { limit: 50 })).events;

it('keeps who wanted what, about what, and why not', async () => {
  await noteDenial(denial(), spine.bot);
  const [event] = await recorded(MEMBER);
  expect(event).toEqual({
    at: spine.clock.now().toISOString(),
    id: expect.any(String) as unknown,
    seq: 0,
    kind: 'undo',
    what: 'denied',
    by: MEMBER,
    byName: 'member',
    account: SHOP,
    request: REF,
    detail: 'not-allowed',
  });
  const about = await Promise.all([
    spine.bot.audit.of({ account: SHOP }, { limit: 1 }),
    spine.bot.audit.of({ request: REF }, { limit: 1 }),
  ]);
  expect(about.map(({ events }) => events)).toEqual([[event], [event]]);
});

it('is counted each time, also when it is the same wish', async () => {
  const counted: Counted = {};
  const bot = spine.composeWith({ metrics: counting(counted) });
  await noteDenial(denial(), bot);
  await noteDenial(denial(), bot);
  expect(counted).toEqual({ PressesDenied: [2] });
});

it('the same wish is one event a minute; another one is one of its own', async () => {
  const before = (await recorded(MEMBER)).length;
  for (let press = 0; press < 20; press += 1) {
    await noteDenial(denial(), spine.bot);
    spine.clock.advance(1_000);
  }
  expect(await recorded(MEMBER)).toHaveLength(before + 1);
  await noteDenial(denial({ kind: 'answer' }), spine.bot);
  await noteDenial(denial({ ref: '111122223333/control/s3.5' }), spine.bot);
  expect(await recorded(MEMBER)).toHaveLength(before + 3);
  spine.clock.advance(60_000);
  await noteDenial(denial(), spine.bot);
  expect(await recorded(MEMBER)).toHaveLength(before + 4);
});

it('of somebody from outside, the id is kept and no name', async () => {
  const ruling = { effect: 'deny', reason: { code: 'outsider' } } as const;
  await noteDenial(denial({ user: PARTNER, name: 'Real Name', ruling }), spine.bot);
  const [event] = await recorded(PARTNER);
  expect(event).toMatchObject({ by: PARTNER, detail: 'outsider' });
  expect(JSON.stringify(event)).not.toContain('Real Name');
});

it('what is no request’s reference is not kept as one', async () => {
  await noteDenial(denial({ kind: 'look', ref: 'A#111122223333', account: SHOP }), spine.bot);
  const [event] = await recorded(MEMBER);
  expect(event).toMatchObject({ kind: 'look', account: SHOP });
  expect(event).not.toHaveProperty('request');
});

it('a log that cannot be written to stops nobody', async () => {
  const broken = spine.composeWith({
    table: { ...spine.ports.table, put: () => Promise.reject(new Error('the table is away')) },
  });
  const said = spine.logged.length;
  await expect(noteDenial(denial(), broken)).resolves.toBeUndefined();
  expect(spine.logged.slice(said).join()).toContain('a denial could not be recorded');
});
