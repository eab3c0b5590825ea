import type { AccountId, Principal } from '../../src/accounts';
import { type AuditSubject, parseSubjectRef, subjectRef } from '../../src/audit';

it.each<[string, AuditSubject]>([
  ['A#111122223333', { account: '111122223333' as AccountId }],
  ['R#111122223333/control/ec2.19', { request: '111122223333/control/ec2.19' }],
  ['U#U0OWNER1', { person: 'U0OWNER1' as Principal }],
])('%s names one subject, there and back', (ref, subject) => {
  expect(subjectRef(subject)).toBe(ref);
  expect(parseSubjectRef(ref)).toEqual(subject);
});

it.each(['', 'A#', 'A#1234', 'U#<@U0OWNER1>', 'U#', 'R#', 'X#111122223333', '111122223333'])(
  '%j names none',
  (ref) => {
    expect(parseSubjectRef(ref)).toBeUndefined();
  },
);
