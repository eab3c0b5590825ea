import { mention } from '../../blocks/kit';
import type { Principal } from '../../src/accounts';
import { readAloud } from '../blocks/read-aloud';
import { asff, type GuardDutyFinding, guardDuty, guardDutyAsff, guardDutyEvent } from '../fixtures/findings';
import { type Diary, openDiary } from './diary';

jest.setTimeout(60_000);

const OWNER = 'U0OWNER1' as Principal;
const ANALYSTS = 'S0ANALYSTS' as Principal;
const accounts = (mode: string) => `
accounts:
  - { id: '111122223333', name: shop-prod, kind: production, owner: ${OWNER}, channel: C0SHOPPRD, mode: ${mode} }
`;
const TYPE = 'UnauthorizedAccess:EC2/SSHBruteForce';

let diary: Diary;
const open = async (from: string, mode = 'enforce') => {
  diary = await openDiary({ from, accounts: accounts(mode), known: ['111122223333'], silent: true });
};
/** GuardDuty reports it itself, as of now. */
const see = (about: GuardDutyFinding = {}) =>
  diary.receive(guardDutyEvent(guardDuty({ updatedAt: diary.clock.now().toISOString(), ...about })));
/** The newest message of a channel, read aloud. */
const read = async (channel?: string) => readAloud((await diary.card(channel)).blocks);

afterEach(async () => {
  await diary.close();
  expect(diary.logged).toEqual([]);
});

test('a brute force on a Sunday night: one card at once, for the owner and the security team', async () => {
  await open('2026-11-22 03:00');
  await see({ count: 3 });
  expect(await diary.posted()).toEqual([`Sun 22 03:00 #shop-prod threat ${TYPE}`]);
  const card = await diary.card();
  const markup = JSON.stringify(card.blocks);
  expect(markup).toContain(mention(OWNER).markup);
  expect(markup).toContain(mention(ANALYSTS).markup);
  expect(await read()).toContain('198.51.100.7');
  expect(await read()).toContain(diary.words.threat.times(3));

  // It goes on: the card counts, and nobody is called again.
  await diary.until('2026-11-22 03:20');
  await see({ count: 40 });
  await diary.until('2026-11-22 04:30');
  await see({ count: 212 });
  expect(await diary.posted()).toEqual([]);
  expect(await diary.cards()).toHaveLength(1);
  expect(await read()).toContain(diary.words.threat.times(212));
  // An older report that comes late does not count back.
  await see({ count: 40, updatedAt: '2026-11-21T18:21:00.000Z' });
  expect(await read()).toContain(diary.words.threat.times(212));
});

test('archived, it is over; seen again, it comes back in the same thread', async () => {
  await open('2026-11-24 10:00');
  await see({ count: 3 });
  await diary.posted();

  await diary.until('2026-11-24 15:00');
  await see({ count: 3, recordState: 'ARCHIVED' });
  expect(await diary.posted()).toEqual([`Tue 24 15:00 #shop-prod threat: settled ${TYPE}`]);
  expect(await read()).toContain('☑️');
  expect(await read()).toContain(diary.words.threat.closed.markup);

  await diary.until('2026-11-25 11:00');
  await see({ count: 9 });
  expect(await diary.posted()).toEqual([`Wed 25 11:00 #shop-prod threat: back ${TYPE}`]);
  expect(await diary.cards()).toHaveLength(1);
  expect(await read()).toContain(diary.words.threat.times(9));
  const [, back] = (await diary.card()).replies;
  expect(JSON.stringify(back)).toContain(mention(OWNER).markup);
});

test('as Security Hub passes it on: told first, and only then NOTIFIED', async () => {
  await open('2026-11-24 10:00');
  const passedOn = guardDutyAsff({ count: 3 });
  await diary.report(passedOn);
  expect(await diary.posted()).toEqual([`Tue 24 10:00 #shop-prod threat ${TYPE}`]);
  expect((await diary.workflow(passedOn)).status).toBe('NOTIFIED');

  await diary.until('2026-11-24 12:00');
  await diary.report({ ...passedOn, RecordState: 'ARCHIVED' });
  expect(await diary.posted()).toEqual([`Tue 24 12:00 #shop-prod threat: settled ${TYPE}`]);
});

test('two threats are two cards, also in the middle of a flood', async () => {
  await open('2026-11-24 10:00');
  const flood = Array.from({ length: 55 }, (_, n) =>
    asff({ control: 'EC2.13', severity: 'HIGH', resource: `arn:aws:ec2:x:111122223333:group/${n}` }),
  );
  await diary.report(...flood);
  await diary.posted();
  await see();
  await see({ resource: 'arn:aws:ec2:ap-northeast-1:111122223333:instance/i-0fedcba9876543210' });
  expect(await diary.posted()).toEqual([
    `Tue 24 10:00 #shop-prod threat ${TYPE}`,
    `Tue 24 10:00 #shop-prod threat ${TYPE}`,
  ]);
});

test('low severity is left alone', async () => {
  await open('2026-11-24 10:00');
  await see({ severity: 'LOW' });
  const passedOn = guardDutyAsff({ type: 'Recon:EC2/PortProbeUnprotectedPort', severity: 'LOW' });
  await diary.report(passedOn);
  await diary.until('2026-11-25 10:00');
  expect(await diary.posted()).toEqual([]);
  expect((await diary.workflow(passedOn)).status).toBe('NEW');
});

test('observed: the security team sees it at once; when the account is told, it moves to its own channel', async () => {
  await open('2026-11-22 03:00', 'observe');
  const passedOn = guardDutyAsff({ count: 3 });
  await diary.report(passedOn);
  expect(await diary.posted()).toEqual([`Sun 22 03:00 #security threat ${TYPE}`]);
  const there = JSON.stringify((await diary.card('C0SECURITY')).blocks);
  expect(there).not.toContain(mention(OWNER).markup);
  expect(there).toContain(mention(ANALYSTS).markup);
  expect(await diary.hub.calls('BatchUpdateFindings')).toEqual([]);

  await diary.until('2026-11-24 11:00');
  expect(await diary.posted()).toEqual([]);
  await diary.deploy({ 'accounts.yml': accounts('enforce') });
  expect(await diary.posted()).toEqual([`Tue 24 11:00 #shop-prod threat ${TYPE}`]);
  const moved = await diary.card();
  expect(JSON.stringify(moved.blocks)).toContain(mention(OWNER).markup);
  expect((await diary.workflow(passedOn)).status).toBe('NOTIFIED');

  // From now on it lives there.
  await diary.report({ ...passedOn, RecordState: 'ARCHIVED' });
  expect(await diary.posted()).toEqual([`Tue 24 11:00 #shop-prod threat: settled ${TYPE}`]);
});
