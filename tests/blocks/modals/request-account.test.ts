import type { InputBlock, ModalView } from '@slack/types';
import * as fc from 'fast-check';
import { ACTIONS, BLOCKS, CALLBACKS } from '../../../blocks/ids';
import { checkView } from '../../../blocks/kit/check';
import {
  drawEnterAccount,
  drawRegisterAccount,
  readEnterAccount,
  readRegisterAccount,
} from '../../../blocks/modals/enter-account';
import { readRequestAccount } from '../../../blocks/modals/read-request-account';
import { drawRequestAccount } from '../../../blocks/modals/request-account';
import { words } from '../../../blocks/words';
import type { Ruling } from '../../../src/access';
import {
  type AccountForm,
  type AccountRequest,
  AccountWish,
  RegisterPayload,
} from '../../../src/account-requests';
import type { Account, AccountId, Principal } from '../../../src/accounts';
import { hostile, intruders } from '../hostile';
import { readAloud } from '../read-aloud';

const AOI = 'U0OWNER01' as Principal;
const LIMITS: AccountForm['limits'] = { created: 2, baseline: 1, registered: 1, ready: 2 };
const ANALYST: Ruling = { effect: 'needs approval', needs: [{ of: 'analyst', count: 1 }], other: false };
const RULINGS = {
  production: { effect: 'deny', reason: { code: 'guest' } },
  'non-production': ANALYST,
} as const;
const FORM: AccountForm = {
  limits: LIMITS,
  fields: [
    {
      id: 'cost-center',
      label: { ja: 'コストセンター', en: 'Cost center' },
      type: 'text',
      required: true,
      options: [],
    },
    {
      id: 'data',
      label: { ja: 'データ', en: 'Data' },
      type: 'select',
      required: false,
      options: ['public', 'internal'],
    },
  ],
};

type State = Record<string, Record<string, unknown>>;
const view = (values: State, metadata = '') => ({ private_metadata: metadata, state: { values } });
const text = (block: string, action: string, value: string): State => ({ [block]: { [action]: { value } } });
const chosen = (block: string, action: string, value: string): State => ({
  [block]: { [action]: { selected_option: { value } } },
});

const FILLED: State = {
  ...text(BLOCKS.accountName, ACTIONS.accountName, ' lab '),
  ...chosen(BLOCKS.accountKind, ACTIONS.accountKind, 'production'),
  ...text(BLOCKS.purpose, ACTIONS.purpose, 'Trying\nnew services'),
  [BLOCKS.ownerPerson]: { [ACTIONS.ownerPerson]: { selected_user: AOI } },
  ...text(BLOCKS.accountMail, ACTIONS.accountMail, 'aws+lab@example.com'),
  ...text(`${BLOCKS.formField}:cost-center`, ACTIONS.formField, '4711'),
};

const accept = (modal: ModalView) => {
  expect(checkView(modal)).toEqual([]);
  // What stands in an input is what was typed, and no markup.
  const shown: unknown = JSON.parse(
    JSON.stringify(modal, (key, value: unknown) => (key === 'initial_value' ? '' : value)),
  );
  expect(intruders(shown)).toEqual([]);
  return modal;
};

test.each(['ja', 'en'] as const)(
  'the form asks for everything, own fields last, and says who approves (%s)',
  (language) => {
    const w = words(language);
    const modal = accept(drawRequestAccount({ asker: AOI, form: FORM, rulings: RULINGS }, language));
    expect(modal.callback_id).toBe(CALLBACKS.requestAccount);
    const ids = modal.blocks.filter(({ type }) => type === 'input').map(({ block_id }) => block_id);
    expect(ids.slice(-2)).toEqual([`${BLOCKS.formField}:cost-center`, `${BLOCKS.formField}:data`]);
    expect(new Set(ids).size).toBe(ids.length);
    const owner = modal.blocks.find(({ block_id }) => block_id === BLOCKS.ownerPerson) as InputBlock;
    expect(owner.element).toMatchObject({ initial_user: AOI });
    const channel = modal.blocks.find(({ block_id }) => block_id === BLOCKS.ownerChannel) as InputBlock;
    expect(channel.element).toMatchObject({ filter: { exclude_external_shared_channels: true } });
    const said = readAloud(modal);
    expect(said).toContain(w.newAccount.form.notAllowed(w.kind.production).markup);
    expect(said).toContain(w.ruling.approvers([{ of: 'analyst', count: 1 }]));
    expect(said).toContain(FORM.fields[0]?.label[language]);
  },
);

test('a filled form is the wish; a group is the owner rather than the person', () => {
  expect(readRequestAccount(view(FILLED), FORM, 'ja')).toEqual({
    ok: true,
    wish: {
      name: 'lab',
      kind: 'production',
      purpose: 'Trying\nnew services',
      owner: AOI,
      mail: 'aws+lab@example.com',
      fields: { 'cost-center': '4711' },
    },
  });
  const more = {
    ...FILLED,
    ...chosen(BLOCKS.ownerGroup, ACTIONS.ownerGroup, 'S0TEAM'),
    ...text(BLOCKS.newChannel, ACTIONS.newChannel, '#ラボ-security'),
    ...chosen(`${BLOCKS.formField}:data`, ACTIONS.formField, '1'),
  };
  expect(readRequestAccount(view(more), FORM, 'ja')).toMatchObject({
    wish: { owner: 'S0TEAM', newChannel: 'ラボ-security', fields: { data: 'internal' } },
  });
});

test('every mistake stands at its field', () => {
  const w = words('ja').newAccount.errors;
  expect(readRequestAccount(view({}), FORM, 'ja')).toEqual({
    ok: false,
    errors: {
      [BLOCKS.accountName]: w.name,
      [BLOCKS.accountKind]: w.kind,
      [BLOCKS.purpose]: w.purpose,
      [BLOCKS.ownerPerson]: w.owner,
      [BLOCKS.accountMail]: w.mail,
      [`${BLOCKS.formField}:cost-center`]: w.required,
    },
  });
  const wrong = {
    ...FILLED,
    ...text(BLOCKS.accountMail, ACTIONS.accountMail, 'nobody'),
    ...text(BLOCKS.newChannel, ACTIONS.newChannel, 'Not A Channel'),
    ...text(BLOCKS.accountProject, ACTIONS.accountProject, 'p'.repeat(81)),
    ...text(BLOCKS.cost, ACTIONS.cost, 'c'.repeat(1001)),
    ...chosen(`${BLOCKS.formField}:data`, ACTIONS.formField, '7'),
  };
  expect(readRequestAccount(view(wrong), FORM, 'ja')).toEqual({
    ok: false,
    errors: {
      [BLOCKS.accountMail]: w.mail,
      [BLOCKS.newChannel]: w.newChannel,
      [BLOCKS.accountProject]: w.project,
      [BLOCKS.cost]: w.text(1000),
      [`${BLOCKS.formField}:data`]: w.option,
    },
  });
});

const request = (over: Partial<AccountRequest> = {}): AccountRequest => ({
  id: 'new1',
  origin: 'new',
  wanted: { name: 'lab', kind: 'production', newChannel: 'lab', fields: {} },
  asker: { id: AOI, name: 'aoi' },
  steps: {},
  late: [],
  card: { channel: 'C0REQUESTS', shownRevision: 0 },
  revision: 1,
  version: 1,
  seq: 1,
  uncopied: [],
  ...over,
});

test('an id is read as people copy it, and nothing else', () => {
  const read = (typed: string) =>
    readEnterAccount(view(text(BLOCKS.accountId, ACTIONS.accountId, typed)), request(), 'ja');
  for (const typed of ['777788889999', ' 7777-8888-9999 ', '７７７７ ８８８８ ９９９９']) {
    expect(read(typed)).toMatchObject({ ok: true, account: '777788889999', payload: { request: 'new1' } });
  }
  for (const typed of ['', '77778888999', '7.77789E+11', 'shop-prod']) {
    expect(read(typed)).toEqual({
      ok: false,
      errors: { [BLOCKS.accountId]: words('ja').newAccount.errors.id },
    });
  }
});

/** Anything at all in any input, of any form that an input's state can have, or not. */
const input = fc.oneof(
  hostile(300).map((value) => ({ value })),
  hostile(100).map((value) => ({ selected_option: { value } })),
  hostile(60).map((selected_user) => ({ selected_user })),
  hostile(60).map((selected_conversation) => ({ selected_conversation })),
  fc.constant({ selected_options: [{ value: 'yes' }] }),
  fc.constant({ value: null }),
  fc.anything(),
);
const PLACES = [
  'accountName',
  'accountKind',
  'purpose',
  'ownerPerson',
  'ownerGroup',
  'deputyPerson',
  'accountProject',
  'accountMail',
  'ownerChannel',
  'newChannel',
  'cost',
  'accountId',
  'unchecked',
  'uncheckedNote',
] as const;
const wild: fc.Arbitrary<State> = fc
  .array(fc.tuple(fc.constantFrom(...PLACES), input), { maxLength: PLACES.length })
  .map((all) =>
    Object.fromEntries(all.map(([place, state]) => [BLOCKS[place], { [ACTIONS[place]]: state }])),
  );

test('whatever is sent, it is read or answered at inputs that the dialog has', () => {
  const has = (modal: ModalView) => new Set(modal.blocks.map(({ block_id }) => block_id));
  const form = has(drawRequestAccount({ asker: AOI, form: FORM, rulings: RULINGS }, 'en'));
  const entering = has(drawEnterAccount(request(), 'en'));
  const account = { id: '777788889999' as AccountId, kind: 'production' } as Account;
  const registering = has(drawRegisterAccount(account, 'en'));
  fc.assert(
    fc.property(wild, wild, (state, more) => {
      const values = { ...FILLED, ...state, ...more };
      const wish = readRequestAccount(view(values), FORM, 'en');
      if (wish.ok) expect(AccountWish.safeParse(wish.wish).success).toBe(true);
      else expect(Object.keys(wish.errors).filter((block) => !form.has(block))).toEqual([]);
      for (const [read, blocks] of [
        [readEnterAccount(view(values), request(), 'en'), entering],
        [readRegisterAccount(view(values, account.id), 'en'), registering],
      ] as const) {
        if (read.ok) expect(RegisterPayload.safeParse(read.payload).success).toBe(true);
        else {
          expect(Object.keys(read.errors).length).toBeGreaterThan(0);
          expect(Object.keys(read.errors).filter((block) => !blocks.has(block))).toEqual([]);
        }
      }
    }),
    { numRuns: 150 },
  );
});

test('whatever an account is called, its dialogs are ones that Slack takes', () => {
  const label = fc.record({ ja: hostile(200), en: hostile(200) });
  fc.assert(
    fc.property(
      hostile(),
      label,
      fc.constantFrom('ja' as const, 'en' as const),
      (name, wildLabel, language) => {
        const wanted = { ...request().wanted, name };
        accept(drawEnterAccount(request({ wanted }), language));
        const known = { id: '777788889999', kind: 'production', name, project: name } as Account;
        accept(drawRegisterAccount(known, language));
        const options = [...new Set([name.slice(0, 75), 'b'])];
        const fields: AccountForm['fields'] = [
          { id: 'a', label: wildLabel, type: 'select', required: true, options },
        ];
        accept(
          drawRequestAccount({ asker: AOI, form: { limits: LIMITS, fields }, rulings: RULINGS }, language),
        );
      },
    ),
    { numRuns: 60 },
  );
});
