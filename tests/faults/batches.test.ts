import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { QUEUES } from '../../infra/resources';
import { derivedId } from '../../src/store';
import { type AsffDocument, imported } from '../fixtures/findings';
import { atRest, deadLetters, RESTING } from './at-rest';
import { bucket, CHANNEL, type FaultScene, MINUTE, openFaultScene } from './fault-scene';

const CONTROL = 'S3.5';
const NAMES = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'];
/** As long as a message that has failed stays hidden, and a little. */
const HIDDEN = 3.1 * MINUTE;

let scene: FaultScene;
beforeEach(async () => {
  scene = await openFaultScene('faulty');
});
afterEach(() => scene.close());

const names = async () =>
  (await scene.issues(CONTROL))
    .map(({ resource }) => resource.id.replace('arn:aws:s3:::example-', ''))
    .sort();
/** It comes back as often as it may. */
const givenUp = async () => {
  for (let receive = 1; receive <= QUEUES.findings.maxReceives; receive += 1) {
    await scene.time.skip(HIDDEN, scene.bot);
  }
};
const failures = () => scene.time.counts.findings.failed;

describe('ten findings, of which one cannot be stored', () => {
  const ten = NAMES.map((name) => bucket(name));
  const others = NAMES.filter((name) => name !== 'd');
  /** Every write about it fails, however often it is tried. */
  const poisoned = (kind: 'throttle' | 'error') =>
    scene.faulty.fail({ kind, operation: 'PutItem', about: /example-d\b/, when: 'always' });

  test.each(['throttle', 'error'] as const)(
    'nine are done and told (%s); that one alone comes back, five times, and rests in the dead letters',
    async (kind) => {
      poisoned(kind);
      await scene.arrive(...ten);
      await scene.serve();
      expect(await names()).toEqual(others);
      expect(await scene.spine.people.channel(CHANNEL)).toHaveLength(1);
      expect(failures()).toBe(1);

      await givenUp();
      expect(failures()).toBe(QUEUES.findings.maxReceives);
      expect(await names()).toEqual(others);
      const dead = await deadLetters(scene.spine);
      expect(dead.map(({ queue }) => queue)).toEqual(['findings']);
      expect(dead[0]?.body).toContain('arn:aws:s3:::example-d');
      // It is where an operator finds it; nothing else was held up, done twice, or lost.
      expect(await scene.rest()).toEqual({ ...RESTING, deadLetters: { findings: 1 } });

      scene.faulty.heal();
      await scene.spine.send(dead[0]?.body);
      await scene.serve();
      expect(await names()).toEqual(NAMES);
    },
  );

  test('it is stored the third time: it joins the others, and nobody has heard of anything twice', async () => {
    poisoned('throttle');
    await scene.arrive(...ten);
    await scene.serve();
    await scene.time.skip(HIDDEN, scene.bot);
    expect(failures()).toBe(2);
    scene.faulty.heal();
    await scene.time.skip(HIDDEN, scene.bot);
    expect(await names()).toEqual(NAMES);
    expect(await scene.workflow(...ten)).toEqual(NAMES.map(() => 'NOTIFIED'));
    expect(await scene.rest()).toEqual(RESTING);
  });

  test('one that cannot be read is put aside at once, and comes back never', async () => {
    const unreadable: AsffDocument = { ...bucket('d'), Resources: [] };
    await scene.hold(...ten.filter(({ Id }) => Id !== unreadable.Id));
    await scene.deliver(...ten.map((finding) => (finding.Id === unreadable.Id ? unreadable : finding)));
    await scene.serve();
    expect(await names()).toEqual(others);
    expect(failures()).toBe(0);
    expect(await scene.rest()).toEqual({ ...RESTING, quarantined: 1 });
  });

  test('one that can neither be read nor put aside waits, and the original is kept when it can be', async () => {
    const noJson = imported(bucket('d')).slice(0, 200);
    scene.faulty.fail({ kind: 'error', operation: 'PutObject', when: 'always' });
    await scene.arrive(...ten.filter((_, index) => NAMES[index] !== 'd'));
    await scene.spine.send(noJson);
    await scene.serve();
    await scene.time.skip(HIDDEN, scene.bot);
    expect(await names()).toEqual(others);
    expect(failures()).toBe(2);
    scene.faulty.heal();
    await scene.time.skip(HIDDEN, scene.bot);
    const [kept] = await scene.bot.quarantine.list();
    expect(kept && (await scene.bot.quarantine.original(kept))).toBe(noJson);
    expect(await scene.rest()).toEqual({ ...RESTING, quarantined: 1 });
  });
});

test('ten messages for Security Hub, of which one cannot be read: nine are written, that one rests in the dead letters', async () => {
  const nine = NAMES.slice(1).map((name) => bucket(name));
  const { sqs, queueUrls } = scene.spine.world;
  await sqs.send(new SendMessageCommand({ QueueUrl: queueUrls.workflow, MessageBody: '{"issues": "all"}' }));
  await scene.arrive(...nine);
  await scene.serve();
  expect(await scene.workflow(...nine)).toEqual(nine.map(() => 'NOTIFIED'));
  await givenUp();
  expect(await deadLetters(scene.spine)).toEqual([{ queue: 'workflow', body: '{"issues": "all"}' }]);
  expect(await atRest(scene.spine, scene.eyes, nine)).toEqual({ ...RESTING, deadLetters: { workflow: 1 } });
});

test('a wish that cannot be carried out holds up nobody but those about the same request, and these not for ever', async () => {
  const controls = ['S3.5', 'S3.8', 'EC2.19'] as const;
  await scene.arrive(...controls.map((control) => bucket('a', { control })));
  await scene.serve();
  const poison = derivedId('take', 'S3.5');
  scene.faulty.fail({ kind: 'error', operation: 'PutItem', about: new RegExp(poison), when: 'always' });
  for (const control of controls) await scene.propose('take', control, {}, derivedId('take', control));
  const after = derivedId('report-fixed', 'S3.5');
  await scene.propose('report-fixed', 'S3.5', {}, after);
  await scene.serve();

  const statusOf = async (id: string) => (await scene.bot.changes.load(id))?.status;
  expect(await statusOf(derivedId('take', 'S3.8'))).toBe('applied');
  expect(await statusOf(derivedId('take', 'EC2.19'))).toBe('applied');
  expect(await statusOf(after)).toBeUndefined();

  await givenUp();
  expect(await statusOf(after)).toBe('applied');
  expect(await statusOf(poison)).toBeUndefined();
  expect((await deadLetters(scene.spine)).map(({ body }) => (JSON.parse(body) as { id: string }).id)).toEqual(
    [poison],
  );
  expect(await scene.rest()).toEqual({ ...RESTING, deadLetters: { changes: 1 } });
});
