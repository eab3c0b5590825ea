import { type AccountId, accountId, type Principal, principal } from '../../src/accounts';
import type { Change } from '../../src/changes';

/** A change as a capability gets it to rule on and to apply. */
export function change(over: Partial<Change> = {}): Change {
  return {
    id: 'change-1',
    kind: 'test',
    actor: { id: principal('U0OWNER1') as Principal, name: 'Owner' },
    target: '111122223333/control/ec2.19',
    about: { account: accountId('111122223333') as AccountId, request: '111122223333/control/ec2.19' },
    payload: {},
    hash: 'hash',
    proposedAt: '2026-11-24T01:00:00.000Z',
    status: 'applying',
    version: 1,
    seq: 0,
    uncopied: [],
    ...over,
  };
}
