import { words } from '../../blocks/words';
import type { AccountId } from '../../src/accounts';
import { asff } from '../fixtures/findings';
import { labels } from '../story/stage';
import {
  ANALYST,
  askToSuppress,
  denials,
  high,
  LEAD,
  low,
  MEMBER,
  OWNER,
  REASON,
  SECURITY,
  steps,
  suppress,
  suppressions,
} from './asked';
import { type FrontDoor, openFrontDoor } from './front-door';

const w = words('ja');
const ACCOUNTS = `
accounts:
  - { id: '111122223333', name: shop-prod, kind: production, owner: U0OWNER1, deputy: U0MEMBER, channel: C0SHOPPRD }
  - { id: '222233334444', name: legacy, kind: production, owner: U0NOBODY, deputy: U0MEMBER, channel: C0REQUESTS }
  - { id: '333344445555', name: forgotten, kind: production, owner: U0NOBODY, deputy: U0LEFT, channel: C0REQUESTS }
`;
let door: FrontDoor;
beforeEach(async () => {
  door = await openFrontDoor({ accounts: ACCOUNTS });
});
afterEach(async () => {
  await door.close();
  expect(
    door.logged.filter((line) => !/^a press was denied|^a person could not be answered/.test(line)),
  ).toEqual([]);
});

const owned = (account: string) =>
  asff({ control: 'S3.8', severity: 'HIGH', account, resource: `arn:aws:s3:::example-${account}` });
/** Longer than Slack's answers are remembered. */
const later = () => door.clock.advance(61_000);

describe('an owner whom Slack does not know any more (users_not_found)', () => {
  test('the deputy is called, and where there is none left, the security team', async () => {
    await door.report(owned('222233334444'), owned('333344445555'));
    const texts = (await door.cards('C0REQUESTS')).map(({ blocks }) => JSON.stringify(blocks));
    expect(texts).toHaveLength(2);
    expect(texts.join('')).not.toContain('U0NOBODY');
    expect(texts.find((text) => text.includes('222233334444'))).toContain(`<@${MEMBER}>`);
    expect(texts.find((text) => text.includes('333344445555'))).toContain('<!subteam^S0ANALYSTS>');
  });
});

describe('somebody leaves Slack', () => {
  test('between asking and the approval: what they asked for is denied, not done, and its card says so', async () => {
    await door.report(high);
    const asked = await askToSuppress(door);
    await door.people.leave(OWNER);
    later();
    await door.press(ANALYST, asked, w.approval.approve);

    expect(await suppressions(door)).toBe(0);
    expect((await steps(door, 'suppress')).at(-1)).toBe('denied');
    const over = await door.card(SECURITY);
    expect(labels(over)).toEqual([]);
    expect((await door.workflow(high)).status).toBe('NOTIFIED');
  });

  test('between sending a dialog and its worker: denied, recorded, and not done', async () => {
    await door.report(low);
    await door.press(OWNER, await door.card(), w.card.suppress);
    await door.actOnly(() =>
      door.people.submit(OWNER, { 'secops.suppress.reason': REASON, 'secops.suppress.days': '14' }),
    );
    await door.people.leave(OWNER);
    await door.drain();
    expect(await suppressions(door)).toBe(0);
    expect(await steps(door, 'suppress')).toEqual([`proposed ${OWNER}`, 'denied']);
  });

  test('the deputy is called from then on, and may what the owner might', async () => {
    await door.people.leave(OWNER);
    await door.report(low);
    const card = await door.card();
    expect(JSON.stringify(card.blocks)).toContain(`<@${MEMBER}>`);
    expect(JSON.stringify(card.blocks)).not.toContain(OWNER);
    await suppress(door, { user: MEMBER, card });
    expect(await suppressions(door)).toBe(1);
  });

  test('owner and deputy: the security team is called', async () => {
    await door.people.leave(OWNER);
    await door.people.leave(MEMBER);
    await door.report(low);
    expect(JSON.stringify((await door.card()).blocks)).toContain('<!subteam^S0ANALYSTS>');
  });
});

describe('an account changes hands', () => {
  /** Owner and deputy: the former owner becomes deputy at the first hand-over. */
  const handOver = async () => {
    for (const user of [ANALYST, LEAD]) {
      await door.act(() => door.people.command(LEAD, SECURITY, `owner shop-prod <@${user}>`));
    }
    const { owner, deputy } = door.bot.accounts.lookup('111122223333' as AccountId);
    expect([owner, deputy]).not.toContain(OWNER);
  };

  test('between asking by right of owner and the approval: denied and recorded', async () => {
    await door.report(low);
    // Only owners and the security team may ask for that.
    await askToSuppress(door, { days: 'design:180' });
    await handOver();
    await door.press(LEAD, await door.card(SECURITY), w.approval.approve);

    expect(await suppressions(door)).toBe(0);
    expect((await steps(door, 'suppress-by-design')).at(-1)).toBe('denied');
    expect(labels(await door.card(SECURITY))).toEqual([]);
  });

  test('between sending a dialog and its worker: what the owner could do alone now waits for others', async () => {
    await door.report(low);
    await door.press(OWNER, await door.card(), w.card.suppress);
    const sent = await door.caught(() =>
      door.people.submit(OWNER, { 'secops.suppress.reason': REASON, 'secops.suppress.days': '14' }),
    );
    await handOver();
    await door.deliver(sent);
    await door.drain();
    expect(await suppressions(door)).toBe(0);
    expect(labels(await door.card(SECURITY))).toContain(w.approval.approve);
    expect(await denials(door)).toEqual([]);
  });
});
