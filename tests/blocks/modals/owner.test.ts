import type { ModalView } from '@slack/types';
import * as fc from 'fast-check';
import { drawAccount } from '../../../blocks/cards/account';
import { drawAccountList } from '../../../blocks/cards/account-list';
import { drawOwnerAsked, drawOwnerOffer } from '../../../blocks/cards/owner';
import { BLOCKS } from '../../../blocks/ids';
import { checkMessage, checkView } from '../../../blocks/kit/check';
import { drawAccountsCsv } from '../../../blocks/modals/accounts-csv';
import { drawClaim } from '../../../blocks/modals/claim';
import { drawOwner, groupOptions, type OwnerDialog } from '../../../blocks/modals/owner';
import { readOwner, readOwnerTarget } from '../../../blocks/modals/read-owner';
import { words } from '../../../blocks/words';
import { LANGUAGES } from '../../../src/playbooks';
import { writeAccountsCsv } from '../../../src/registry';
import { hostile, intruders } from '../hostile';
import { readAloud } from '../read-aloud';
import { account, HELPER, OWNER, person, TEAM } from '../records';

const w = words('en');
const draw = (over: Partial<OwnerDialog> = {}): ModalView => {
  const modal = drawOwner({ account: account(), groups: [], ...over }, 'en');
  expect(checkView(modal)).toEqual([]);
  expect(intruders(modal)).toEqual([]);
  return modal;
};

/** The state of a view in which these inputs hold something, by block. */
const sent = (modal: ModalView, values: Record<string, object>) =>
  readOwner(
    {
      private_metadata: modal.private_metadata ?? '',
      state: {
        values: Object.fromEntries(
          Object.entries(values).map(([block, value]) => [block, { [block]: value }]),
        ),
      },
    },
    'en',
  );
const NAME = { [BLOCKS.accountName]: { value: 'payments-prod' } };
const user = (id: string) => ({ selected_user: id });
const group = (id: string) => ({ selected_option: { value: id } });

/** What somebody could have typed themselves, and what Slack never reads as markup, may be anything. */
const withoutTyped = (view: ModalView): unknown =>
  JSON.parse(
    JSON.stringify(view, (key, value) =>
      key === 'initial_value' || (key === 'elements' && value?.[0]?.type === 'rich_text_preformatted')
        ? undefined
        : value,
    ),
  );

test('what was left as it was is not said again', () => {
  const modal = draw();
  expect(sent(modal, { ...NAME, [BLOCKS.ownerPerson]: user(OWNER) })).toEqual({
    ok: false,
    errors: { [BLOCKS.ownerPerson]: w.owners.dialog.unchanged },
  });
  const changed = sent(modal, {
    ...NAME,
    [BLOCKS.ownerPerson]: user(OWNER),
    [BLOCKS.deputyPerson]: user(HELPER),
    [BLOCKS.accountMail]: { value: 'team@example.com' },
  });
  expect(changed).toMatchObject({ ok: true, wish: { deputy: HELPER, mail: 'team@example.com' } });
});

test('emptied is taken away', () => {
  const modal = draw({ account: account({ deputy: HELPER, project: 'P', channel: 'C0HOME001' }) });
  expect(sent(modal, NAME)).toMatchObject({
    wish: { owner: null, deputy: null, project: null, channel: null },
  });
});

test.each([
  ['a group beside the registered person', user(OWNER), group(TEAM), TEAM],
  ['a person beside nobody', user(HELPER), {}, HELPER],
])('%s: whichever was changed counts', (_, one, other, expected) => {
  const read = sent(draw(), { ...NAME, [BLOCKS.ownerPerson]: one, [BLOCKS.ownerGroup]: other });
  expect(read).toMatchObject({ ok: true, wish: { owner: expected } });
});

test('a person beside the registered group: the person; both changed: neither', () => {
  const modal = draw({ account: account({ owner: TEAM }) });
  const inputs = { [BLOCKS.ownerPerson]: user(HELPER), [BLOCKS.ownerGroup]: group(TEAM) };
  expect(sent(modal, { ...NAME, ...inputs })).toMatchObject({ wish: { owner: HELPER } });
  expect(sent(draw(), { ...NAME, ...inputs })).toEqual({
    ok: false,
    errors: { [BLOCKS.ownerGroup]: w.owners.dialog.both },
  });
});

test('what cannot be is said at its field', () => {
  expect(sent(draw(), { [BLOCKS.accountMail]: { value: 'no mail' } })).toEqual({
    ok: false,
    errors: {
      [BLOCKS.accountMail]: w.owners.dialog.badMail,
      [BLOCKS.accountName]: w.owners.dialog.nameMissing,
    },
  });
  expect(readOwner({ private_metadata: 'something else', state: { values: {} } }, 'en')).toBeUndefined();
  expect(readOwnerTarget('{"account":"12"}')).toBeUndefined();
});

test('an account that nobody has registered is asked what kind it is; one whose owner has left says so', () => {
  const { owner: _, ...stray } = account({ registered: false });
  expect(readAloud(draw({ account: stray }))).toContain(w.owners.dialog.kind);
  expect(readAloud(draw())).not.toContain(w.owners.dialog.kind);
  expect(readAloud(draw({ account: account({ leftOwner: HELPER }) }))).toContain(`@${HELPER}`);
});

test('groups are found by handle or name, and shown by both', () => {
  const groups = [
    { id: TEAM, handle: 'security-analysts', name: 'Security analysts' },
    { id: person('S0PAYMENT'), handle: 'payments', name: '決済チーム' },
  ];
  const found = (typed: string) => groupOptions(groups, typed).map(({ value }) => value);
  expect(found('')).toEqual([person('S0PAYMENT'), TEAM]);
  expect(found('@SECUR')).toEqual([TEAM]);
  expect(found('決済')).toEqual([person('S0PAYMENT')]);
  expect(found('nobody')).toEqual([]);
});

test('the CSV holds a header and every account, and is cut by whole lines', () => {
  const csv = (n: number) =>
    writeAccountsCsv(
      Array.from({ length: n }, (_, place) => account({ id: String(10 ** 11 + place) as never })),
    );
  const one = drawAccountsCsv(csv(1), 'en');
  expect(checkView(one)).toEqual([]);
  expect(JSON.stringify(one)).toContain('id,name,kind');
  const many = drawAccountsCsv(csv(5_000), 'en');
  expect(checkView(many)).toEqual([]);
  expect(readAloud(many)).toMatch(/\d+ more are left out/);
  expect(readAloud(drawAccountsCsv(csv(0), 'en'))).toContain(w.owners.csv.nothing.markup);
});

test('whatever an account is called, everything about its owner can be sent, and mentions nobody of its own accord', () => {
  const ruling = { effect: 'needs approval', needs: [{ of: 'analyst', count: 1 }], other: false } as const;
  const wild = hostile();
  fc.assert(
    fc.property(
      wild,
      wild,
      fc.boolean(),
      fc.constantFrom(...LANGUAGES),
      (name, project, registered, language) => {
        const { channel: _, ...about } = account({ name, project, mail: project, registered });
        const groups = [{ id: TEAM, handle: name, name: project }];
        const views = [
          drawOwner({ account: { ...about, deputy: TEAM }, groups }, language),
          drawClaim({ account: about, ruling }, language),
          drawAccountsCsv(writeAccountsCsv([about]), language),
        ];
        const messages = [
          drawAccount(
            { account: about, changed: { at: project, byName: name }, openRequests: 3, offer: 'claim' },
            language,
          ),
          drawAccountList(
            {
              accounts: Array.from({ length: 10 }, () => ({ account: about, openRequests: 1 })),
              page: 2,
              pages: 3,
              total: 30,
              unregistered: 4,
            },
            language,
          ),
          drawOwnerAsked({ account: about, owner: OWNER, claims: false }, language),
          drawOwnerOffer({ account: about, offer: 'set' }, language),
        ];
        for (const view of views) {
          expect([checkView(view), intruders(withoutTyped(view))]).toEqual([[], []]);
        }
        for (const message of messages) expect([checkMessage(message), intruders(message)]).toEqual([[], []]);
      },
    ),
    { numRuns: 60 },
  );
});
