import { sessionPurpose } from '../../src/account-requests/session-purpose';
import type { Principal } from '../../src/accounts';
import type { Approval } from '../../src/changes';

const by = (id: string) => ({ id: id as Principal, name: id.toLowerCase() });
const approval = (id: string): Approval => ({ by: by(id), at: '2026-11-24T01:00:00.000Z', hash: 'h' });
const change = { id: 'c1', kind: 'register-account', actor: by('U0ASKER') };

test('who asked has it done, where nobody had to approve', () => {
  expect(sessionPurpose(change)).toEqual({
    person: 'U0ASKER',
    change: 'c1',
    action: 'register-account',
    askedBy: 'U0ASKER',
    approvedBy: [],
  });
});

test('else who approved it last', () => {
  const approvals = [approval('U0LEAD'), approval('U0ANALYST')];
  expect(sessionPurpose({ ...change, approvals })).toMatchObject({
    person: 'U0ANALYST',
    askedBy: 'U0ASKER',
    approvedBy: ['U0LEAD', 'U0ANALYST'],
  });
});
