import { stepLines } from '../../../commands/setup/say-step';
import type { AccountId } from '../../../src/accounts';
import type { Step } from '../../../src/hub-setup';

test('places in which the same is done share a line, which names three of them', () => {
  const enable = (account: string): Step => ({
    kind: 'enable-hub',
    place: { account: account as AccountId, region: 'eu-west-1' },
  });
  const invite: Step = { kind: 'invite-members', region: 'eu-west-1', ids: ['1', '2'] as AccountId[] };
  expect(stepLines([enable('1'), enable('2'), invite, enable('3'), enable('4'), enable('5')])).toEqual([
    '1 eu-west-1, 2 eu-west-1, 3 eu-west-1 and 2 more: turn Security Hub on',
    'eu-west-1: invite 1, 2',
  ]);
});
