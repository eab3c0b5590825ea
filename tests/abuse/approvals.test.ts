import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readApproval } from '../../blocks/ids';
import { words } from '../../blocks/words';
import { tick } from '../../handlers/clock';
import { takeFindings } from '../../handlers/findings';
import type { Change } from '../../src/changes';
import type { Item } from '../../src/store';
import { readAloud } from '../blocks/read-aloud';
import { asff } from '../fixtures/findings';
import { sqsRecord } from '../handlers/sqs-record';
import { callHandler, type QueueName } from '../setup/spine';
import { type Card, DAY, elements } from '../story/stage';
import {
  ANALYST,
  askToSuppress,
  denials,
  GUEST,
  high,
  LEAD,
  MEMBER,
  OWNER,
  PARTNER,
  reached,
  SECURITY,
  steps,
  suppressions,
} from './asked';
import { type FrontDoor, openFrontDoor, payloadOf, type Received } from './front-door';

const w = words('ja');
const ANALYSTS = 'S0ANALYSTS';
const APPLIED = w.approval.states.applied(w.approval.kinds['suppress'] ?? '');
let door: FrontDoor;
beforeEach(async () => {
  door = await openFrontDoor();
  await door.report(high);
});
afterEach(async () => {
  await door.close();
  expect(door.logged.filter((line) => !/^a press was denied|^change not done/.test(line))).toEqual([]);
});

const approving = (user: string, card: Card) => door.caughtPress(user, card, w.approval.approve);
const changeOf = async (card: Card): Promise<Change> => {
  const { id = '' } = readApproval(elements(card)[0]?.value ?? '') ?? {};
  const change = await door.bot.changes.load(id);
  if (change === undefined) throw new Error('the card asks about no change');
  return change;
};
const deliver = async (request: Received) => {
  expect((await door.deliver(request)).status).toBe(200);
  await door.drain();
};
/** The same press by somebody else, of this or another workspace. */
const by = async (request: Received, id: string, team = 'T0LOCAL') => {
  const answer = await door.interact({
    ...payloadOf(request),
    user: { id, username: 'somebody', name: 'somebody', team_id: team },
  });
  expect(answer.status).toBe(200);
  await door.drain();
};
const whispered = async (user: string) => readAloud((await door.whispered(user))?.['blocks']);

describe('approved by who may not', () => {
  test.each<[string, string, string]>([
    ['the requester', OWNER, 'T0LOCAL'],
    ['a member', MEMBER, 'T0LOCAL'],
    ['a guest', GUEST, 'T0LOCAL'],
    ['a user of another workspace', PARTNER, 'T0PARTNER'],
    ['a user of another workspace that says it is ours', PARTNER, 'T0LOCAL'],
    ['a bot', 'U0TOOL', 'T0LOCAL'],
    ['the bot itself', 'U0BOT', 'T0LOCAL'],
    ['a deactivated user', 'U0LEFT', 'T0LOCAL'],
    ['somebody whom Slack does not know', 'U0NOBODY', 'T0LOCAL'],
  ])('%s, put into the analysts’ group: refused, recorded, and nothing is done', async (_, user, team) => {
    if (user !== MEMBER) await door.people.fillGroup(ANALYSTS, ANALYST, user);
    const asked = await askToSuppress(door);
    await by(await approving(ANALYST, asked), user, team);

    expect(await suppressions(door)).toBe(0);
    expect(await changeOf(asked)).toMatchObject({ status: 'proposed', approvals: [] });
    expect(await denials(door)).toEqual([`${user} approve`]);
    // Somebody who may still can.
    await deliver(await approving(ANALYST, asked));
    expect(await suppressions(door)).toBe(1);
  });

  test('an analyst for an account of their own: it takes another one', async () => {
    await door.people.fillGroup(ANALYSTS, ANALYST, OWNER);
    const asked = await askToSuppress(door);
    await deliver(await approving(OWNER, asked));
    expect(await whispered(OWNER)).toBe(w.approval.answers.own.markup);
    expect(await suppressions(door)).toBe(0);
    await deliver(await approving(ANALYST, asked));
    expect(await suppressions(door)).toBe(1);
  });

  test('the same person a second time, where two are needed: one approval', async () => {
    await door.close();
    const folder = mkdtempSync(join(tmpdir(), 'secops-two-'));
    cpSync('config', folder, { recursive: true });
    const rules = readFileSync('config/access.yml', 'utf8');
    writeFileSync(
      join(folder, 'access.yml'),
      rules.replaceAll('{ ask: analyst }', '{ ask: analyst, count: 2 }'),
    );
    writeFileSync(
      join(folder, 'accounts.yml'),
      "accounts:\n  - { id: '111122223333', name: shop-prod, kind: production, owner: U0OWNER1, channel: C0SHOPPRD }\n",
    );
    writeFileSync(join(folder, 'channels.yml'), 'channels: {}\n');
    door = await openFrontDoor({ environment: { CONFIG_DIR: folder } });
    try {
      await door.report(high);
      const asked = await askToSuppress(door);
      expect(readAloud(asked.blocks)).toContain('0/2');
      const first = await approving(ANALYST, asked);
      await deliver(first);
      await deliver(first);
      // Another press, not a repeated request.
      await deliver(await approving(ANALYST, await door.card(SECURITY)));
      expect(await whispered(ANALYST)).toBe(w.approval.answers['approved-before'].markup);
      expect(readAloud((await door.card(SECURITY)).blocks)).toContain('1/2');
      expect(await suppressions(door)).toBe(0);

      await deliver(await approving(LEAD, await door.card(SECURITY)));
      expect(readAloud((await door.card(SECURITY)).blocks)).toContain('2/2');
      expect(await suppressions(door)).toBe(1);
      expect(await reached(door, 'suppress', 'approval' as never)).toBe(2);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('approved too late', () => {
  test('after three working days, before the clock has looked: nothing is done', async () => {
    const asked = await askToSuppress(door);
    const { at = '', until = '' } = (await changeOf(asked)).asked ?? {};
    // Asked on a Tuesday; Friday is a holiday, so that the third working day is the Monday.
    expect(Date.parse(until) - Date.parse(at)).toBe(6 * DAY);
    const press = await approving(ANALYST, asked);
    door.clock.advance(Date.parse(until) - door.clock.now().getTime());
    await by(press, ANALYST);
    expect(await suppressions(door)).toBe(0);
    expect((await changeOf(asked)).status).toBe('expired');
    await tick(door.bot);
    await door.drain();
    expect(readAloud((await door.card(SECURITY)).blocks)).toContain(
      w.approval.states.expired(w.approval.kinds['suppress'] ?? ''),
    );
    await by(press, LEAD);
    expect(await whispered(LEAD)).toBe(w.approval.answers.over.markup);
    expect(await suppressions(door)).toBe(0);
  });

  test('a second before: it counts', async () => {
    const asked = await askToSuppress(door);
    const { until = '' } = (await changeOf(asked)).asked ?? {};
    const press = await approving(ANALYST, asked);
    door.clock.advance(Date.parse(until) - 1_000 - door.clock.now().getTime());
    await by(press, ANALYST);
    expect((await changeOf(asked)).status).toBe('applied');
    expect(await suppressions(door)).toBe(1);
  });

  test('after a denial, and after it was taken back', async () => {
    const asked = await askToSuppress(door);
    const press = await approving(LEAD, asked);
    await door.press(ANALYST, asked, w.approval.deny);
    await door.act(() =>
      door.people.submit(ANALYST, { 'secops.deny.reason': 'Please limit the sources instead.' }),
    );
    await deliver(press);
    expect((await changeOf(asked)).status).toBe('denied');
    expect(await suppressions(door)).toBe(0);
  });
});

describe('at once', () => {
  test('approved and denied, through the front door: one of the two, and no effect of a denial', async () => {
    const asked = await askToSuppress(door);
    const approve = await approving(LEAD, asked);
    await door.press(ANALYST, asked, w.approval.deny);
    const deny = await door.caught(() =>
      door.people.submit(ANALYST, { 'secops.deny.reason': 'Please limit the sources instead.' }),
    );
    const answers = await Promise.all([door.deliver(approve), door.deliver(deny)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    await door.drain();

    const { status } = await changeOf(asked);
    expect(['applied', 'denied']).toContain(status);
    expect(await suppressions(door)).toBe(status === 'applied' ? 1 : 0);
    const said = await steps(door, 'suppress');
    expect(said.filter((step) => /^(applied|denied)/.test(step))).toHaveLength(1);
    expect((await door.card(SECURITY)).replies).toHaveLength(1);
  });

  test('fifty approvals of two people: one transition, one effect', async () => {
    const asked = await askToSuppress(door);
    const press = payloadOf(await approving(ANALYST, asked));
    const fifty = Array.from({ length: 50 }, (_, n) => {
      const user = [ANALYST, LEAD][n % 2];
      return door.interact({
        ...press,
        user: { id: user, username: user, name: user, team_id: 'T0LOCAL' },
        trigger_id: `13345224609.738474920.${n}`,
      });
    });
    expect(new Set((await Promise.all(fifty)).map(({ status }) => status))).toEqual(new Set([200]));
    await door.drain();

    expect(await changeOf(asked)).toMatchObject({ status: 'applied' });
    const said = await steps(door, 'suppress');
    expect(said.filter((step) => step.startsWith('approved'))).toHaveLength(1);
    expect(said.filter((step) => step.startsWith('applied'))).toHaveLength(1);
    expect(await suppressions(door)).toBe(1);
    expect(
      (await door.card()).replies.filter((reply) => readAloud(reply).includes('抑制しました')),
    ).toHaveLength(1);
  });

  test('each command served by three workers at once: one transition, one effect', async () => {
    const asked = await askToSuppress(door);
    for (const user of [ANALYST, LEAD]) await door.deliver(await approving(user, asked));
    await door.drain({
      serve: async (queue, event) => {
        if (queue !== 'changes') return callHandler(queue, event, door.bot);
        const served = await Promise.all([1, 2, 3].map(() => callHandler(queue, event, door.bot)));
        return served.find(({ batchItemFailures }) => batchItemFailures.length > 0) ?? served[0]!;
      },
    });
    const said = await steps(door, 'suppress');
    expect(said.filter((step) => step.startsWith('approved'))).toHaveLength(1);
    expect(said.filter((step) => step.startsWith('applied'))).toHaveLength(1);
    expect((await changeOf(asked)).status).toBe('applied');
    expect((await door.card()).replies).toHaveLength(2);
  });
});

describe('between the approval and what it is for', () => {
  /** Serves the approval with a bot that dies at this write, when the world has just changed. */
  const dieAt = async (step: (item: Item) => boolean, meanwhile: () => Promise<void>) => {
    const { table } = door.ports;
    let died = false;
    const dying = door.composeWith({
      table: {
        ...table,
        async replace(item, version) {
          const written = await table.replace(item, version);
          if (!died && written && item.pk.startsWith('CH#') && step(item)) {
            died = true;
            await meanwhile();
            throw new Error('killed');
          }
          return written;
        },
      },
    });
    await door.drain({
      serve: (queue: QueueName, event) => callHandler(queue, event, died ? door.bot : dying),
    });
    expect(died).toBe(true);
  };
  const isApproved = (item: Item) => item['status'] === 'approved';
  const isGiven = (item: Item) =>
    item['status'] === 'proposed' && (item['approvals'] as unknown[])?.length === 1;

  test.each<[string, (item: Item) => boolean, () => Promise<void>]>([
    ['removed from the group, before it was counted', isGiven, () => door.people.fillGroup(ANALYSTS)],
    ['removed from the group, before it was applied', isApproved, () => door.people.fillGroup(ANALYSTS)],
    ['deactivated, before it was counted', isGiven, () => door.people.leave(ANALYST)],
    ['deactivated, before it was applied', isApproved, () => door.people.leave(ANALYST)],
  ])('the approver was %s: it waits for somebody else', async (_, step, change) => {
    const asked = await askToSuppress(door);
    await door.deliver(await approving(ANALYST, asked));
    await dieAt(step, change);
    expect(await suppressions(door)).toBe(0);
    expect(await changeOf(asked)).toMatchObject({ status: 'proposed', approvals: [] });
    expect(readAloud((await door.card(SECURITY)).blocks)).toContain('0/1');

    await deliver(await approving(LEAD, await door.card(SECURITY)));
    expect(await suppressions(door)).toBe(1);
    expect(readAloud((await door.card(SECURITY)).blocks)).toContain(APPLIED);
  });

  test.each<[string, (item: Item) => boolean]>([
    ['before it was counted', isGiven],
    ['before it was applied', isApproved],
  ])('the finding became CRITICAL, %s: void, and asked again of a lead', async (_, step) => {
    const asked = await askToSuppress(door);
    await door.deliver(await approving(ANALYST, asked));
    await dieAt(step, () => worsen(door));
    await door.drain();
    expect(await suppressions(door)).toBe(0);
    expect(await changeOf(asked)).toMatchObject({
      status: 'proposed',
      approvals: [],
      asked: { round: 2, target: { severity: 'CRITICAL' } },
    });
    const anew = await door.card(SECURITY);
    expect(readAloud(anew.blocks)).toContain('0/1');
    expect(readAloud(anew.blocks)).toContain('@S0LEADS');
    await deliver(await approving(LEAD, anew));
    expect(await suppressions(door)).toBe(1);
  });
});

/** Security Hub says that it is worse; the event has been served, the approval not yet. */
async function worsen({ clock, bot }: FrontDoor): Promise<void> {
  const worse = { ...asff({ control: 'S3.8', severity: 'CRITICAL' }), UpdatedAt: clock.now().toISOString() };
  await takeFindings({ Records: [sqsRecord(JSON.stringify(worse))] }, bot);
}
