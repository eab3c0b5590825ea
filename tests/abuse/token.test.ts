import { DeleteMessageCommand, ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { words } from '../../blocks/words';
import { tick } from '../../handlers/clock';
import { readAloud } from '../blocks/read-aloud';
import { asff } from '../fixtures/findings';
import { callHandler } from '../setup/spine';
import {
  ANALYST,
  askToSuppress,
  high,
  low,
  OWNER,
  REASON,
  reached,
  SECURITY,
  suppressions,
  told,
} from './asked';
import { type FrontDoor, openFrontDoor } from './front-door';

const w = words('ja');
const REVOKED = ['invalid_auth', 'token_revoked', 'account_inactive'] as const;
let door: FrontDoor;
beforeEach(async () => {
  door = await openFrontDoor();
});
afterEach(() => door.close());

const revoke = (error: string) => door.people.fail({ method: '*', kind: 'error', error });
const restore = () => door.people.stopFailing();

/** What lies in the dead letters of the changes goes back to the queue, as an operator's redrive does it. */
async function redrive(times = 1): Promise<number> {
  const { sqs, queueUrls, deadLetterUrls } = door.world;
  let moved = 0;
  for (;;) {
    const { Messages: messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl: deadLetterUrls.changes, MaxNumberOfMessages: 10 }),
    );
    if (messages.length === 0) return moved;
    for (const { Body, ReceiptHandle } of messages) {
      for (let copy = 0; copy < times; copy += 1) {
        await sqs.send(
          new SendMessageCommand({
            QueueUrl: queueUrls.changes,
            MessageBody: Body,
            MessageGroupId: 'redriven',
            MessageDeduplicationId: `redriven-${moved}-${copy}`,
          }),
        );
      }
      await sqs.send(new DeleteMessageCommand({ QueueUrl: deadLetterUrls.changes, ReceiptHandle }));
      moved += 1;
    }
  }
}

test.each(REVOKED)(
  '%s while findings come: all wait, and are posted once when there is a token again',
  async (error) => {
    const dev = asff({
      control: 'S3.8',
      severity: 'HIGH',
      account: '444455556666',
      resource: 'arn:aws:s3:::example-dev',
    });
    await revoke(error);
    let failures = 0;
    await door.hold(high, dev);
    for (const finding of [high, dev]) await door.deliverFinding(finding);
    await door.drain({
      serve: async (queue, event) => {
        const answer = await callHandler(queue, event, door.bot);
        failures += answer.batchItemFailures.length;
        if (failures >= 12) await restore();
        return answer;
      },
    });
    expect(failures).toBeGreaterThanOrEqual(12);
    expect(await door.cards('C0SHOPPRD')).toHaveLength(1);
    expect(await door.cards('C0SHOPDEV')).toHaveLength(1);
    expect(await told(door)).toEqual(expect.arrayContaining(['NOTIFIED']));
    expect((await door.workflow(high)).status).toBe('NOTIFIED');
    expect((await door.workflow(dev)).status).toBe('NOTIFIED');
    // Nobody was told more than what went wrong, and nothing of the token.
    expect(door.logged.join('\n')).not.toContain('xoxb-');
  },
);

test.each([1, 3])(
  'an approval given meanwhile rests in the dead letters; redriven %d times, it is applied once',
  async (copies) => {
    await door.report(high);
    const asked = await askToSuppress(door);
    const press = await door.caughtPress(ANALYST, asked, w.approval.approve);
    // Its rights are remembered from the minute before, so the press is still taken.
    expect((await door.deliver(press)).status).toBe(200);
    await revoke('token_revoked');
    await door.drain();
    expect(await suppressions(door)).toBe(0);
    expect(await door.depth('changes')).toBe(0);

    await restore();
    expect(await redrive(copies)).toBe(1);
    await door.drain();
    expect(await suppressions(door)).toBe(1);
    expect(await reached(door, 'suppress', 'applied')).toBe(1);
    expect((await door.card(SECURITY)).replies).toHaveLength(1);
  },
);

test('a wish that was taken meanwhile comes up again by itself, ten minutes later', async () => {
  await door.report(low);
  await door.press(OWNER, await door.card(), w.card.suppress);
  await door.actOnly(() =>
    door.people.submit(OWNER, { 'secops.suppress.reason': REASON, 'secops.suppress.days': '14' }),
  );
  await tick(door.bot);
  await revoke('invalid_auth');
  await door.drain();
  expect(await suppressions(door)).toBe(0);
  await restore();
  door.clock.advance(11 * 60_000);
  await tick(door.bot);
  await door.drain();
  expect(await suppressions(door)).toBe(1);
  // Whoever redrives it too does no harm.
  await redrive();
  await door.drain();
  expect(await suppressions(door)).toBe(1);
  expect(await reached(door, 'suppress', 'proposed')).toBe(1);
});

test('a dialog that is sent meanwhile stays open and claims nothing; sent again, it counts once', async () => {
  await door.report(low);
  await door.press(OWNER, await door.card(), w.card.suppress);
  const sent = await door.caught(() =>
    door.people.submit(OWNER, { 'secops.suppress.reason': REASON, 'secops.suppress.days': '14' }),
  );
  // Long enough for nothing to be remembered of anybody.
  door.clock.advance(61_000);
  await revoke('token_revoked');
  const { status, body } = await door.deliver(sent);
  expect(status).toBe(200);
  const said = JSON.parse(body) as { response_action: string; view: object };
  expect(said.response_action).toBe('update');
  expect(readAloud(said.view)).toContain(w.answers.failure.markup);
  expect(await door.depth('changes')).toBe(0);
  await restore();
  expect((await door.deliver(sent)).status).toBe(200);
  await door.drain();
  expect(await suppressions(door)).toBe(1);
});
