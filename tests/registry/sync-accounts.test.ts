import type { AccountId, AccountRecord } from '../../src/accounts';
import type { AwsAccount } from '../../src/aws';
import { planSync } from '../../src/registry';

const PROD = '111122223333' as AccountId;
const DEV = '444455556666' as AccountId;

function registered(fields: Partial<AccountRecord> = {}): AccountRecord {
  return {
    id: PROD,
    kind: 'production',
    status: 'active',
    source: 'csv',
    registeredAt: '2026-11-24T01:00:00.000Z',
    updatedAt: '2026-11-24T01:00:00.000Z',
    version: 1,
    seq: 1,
    uncopied: [],
    ...fields,
  };
}
const listed = (fields: Partial<AwsAccount> = {}): AwsAccount => ({ id: PROD, status: 'active', ...fields });

it('takes a new account as AWS has it, and leaves owner, kind and mode open', () => {
  expect(planSync([listed({ name: 'shop', mail: 'a@example.com' })], [])).toEqual({
    accounts: [{ id: PROD, fields: { name: 'shop', mail: 'a@example.com', status: 'active' } }],
    unchanged: 0,
    gone: [],
  });
});

it.each([
  ['gives a name and a mail where there are none', {}, { name: 'x', mail: 'x@example.com' }],
  ['leaves the name that people gave', { name: 'ours' }, { mail: 'x@example.com' }],
  ['leaves the mail that people gave', { mail: 'our@example.com' }, { name: 'x' }],
  ['has nothing to say of one that has both', { name: 'ours', mail: 'our@example.com' }, undefined],
])('%s', (_, known, fields) => {
  const plan = planSync([listed({ name: 'x', mail: 'x@example.com' })], [registered(known)]);
  expect(plan.accounts).toEqual(fields === undefined ? [] : [{ id: PROD, fields }]);
  expect(plan.unchanged).toBe(fields === undefined ? 1 : 0);
});

it('follows whether an account is closed, both ways', () => {
  const both = { name: 'ours', mail: 'our@example.com' };
  expect(planSync([listed({ status: 'closed' })], [registered(both)]).accounts).toEqual([
    { id: PROD, fields: { status: 'closed' } },
  ]);
  expect(planSync([listed()], [registered({ ...both, status: 'closed' })]).accounts).toEqual([
    { id: PROD, fields: { status: 'active' } },
  ]);
});

it('reports accounts that AWS no longer lists, unless they are closed, and removes none', () => {
  const plan = planSync([], [registered(), registered({ id: DEV, status: 'closed' })]);
  expect(plan).toEqual({ accounts: [], unchanged: 0, gone: [PROD] });
});

it('counts an account once that two pages hold', () => {
  expect(planSync([listed(), listed({ name: 'x' })], [])).toMatchObject({
    accounts: [{ id: PROD, fields: { name: 'x', status: 'active' } }],
    unchanged: 0,
  });
});
