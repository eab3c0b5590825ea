import { AsyncLocalStorage } from 'node:async_hooks';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tick } from '../../handlers/clock';
import { asffFinding } from '../../local/aws';
import { asff } from '../fixtures/findings';
import { callHandler, openSpine, type Spine } from '../setup/spine';

const GOLDEN: Record<string, string[]> = JSON.parse(
  readFileSync(join(__dirname, 'golden/actions.json'), 'utf8'),
);

/** The function at work. */
const working = new AsyncLocalStorage<string>();
const needed = new Set<string>();
const note = (who: string, action: string, on: string) =>
  needed.add(`${capital(who)}Role: ${action} on ${on}`);
const capital = (name: string) => `${name.charAt(0).toUpperCase()}${name.slice(1)}`;

interface Input {
  readonly IndexName?: string;
  readonly QueueUrl?: string;
  readonly Key?: unknown;
}

let spine: Spine;
beforeAll(async () => {
  spine = await openSpine({ environment: { QUIET: 'on' } });
  const { dynamodb, sqs, s3, queueUrls } = spine.world;
  const look = (command: string | undefined, { IndexName, QueueUrl, Key }: Input) => {
    const who = working.getStore();
    if (who === undefined) return;
    const action = (command ?? '').replace(/Command$/, '');
    if (QueueUrl !== undefined) {
      const [queue = ''] = Object.entries(queueUrls).find(([, url]) => url === QueueUrl) ?? [];
      note(who, `sqs:${action}`, `<${capital(queue)}Queue>`);
    } else if (typeof Key === 'string') note(who, `s3:${action}`, `<Data>/${Key.split('/')[0]}/*`);
    else note(who, `dynamodb:${action}`, `<Table>${IndexName === undefined ? '' : `/index/${IndexName}`}`);
  };
  const place = { step: 'initialize', name: 'rights' } as const;
  for (const client of [dynamodb, sqs, s3]) {
    // The three stacks are of different types that take the same middleware.
    const { middlewareStack } = client as Pick<typeof dynamodb, 'middlewareStack'>;
    middlewareStack.add(
      (next, context) => (args) => {
        look(context['commandName'], args.input as Input);
        return next(args);
      },
      place,
    );
  }
});
afterAll(() => spine.close());

/** Runs a function, and looks at what it has asked AWS for. */
async function watched<T>(who: string, work: () => Promise<T>): Promise<T> {
  await spine.hub.forgetCalls();
  const result = await working.run(who, work);
  for (const { operation } of await spine.hub.calls()) {
    // Anybody may ask who they are.
    if (operation !== 'GetCallerIdentity') note(who, `securityhub:${operation}`, '*');
  }
  return result;
}

const settle = () =>
  spine.drain({ serve: (queue, event) => watched(queue, () => callHandler(queue, event, spine.bot)) });

test('days of the bot need no right that its roles do not have', async () => {
  const resource = { resource: 'arn:aws:s3:::example-a', resourceType: 'AwsS3Bucket' };
  const bodies = ['S3.2', 'S3.5', 'SSM.1'].map((control) => asff({ control, ...resource }));
  await spine.hub.putFindings(bodies.map((body) => asffFinding.parse(body)));
  for (const body of bodies) await spine.send(body);
  await spine.send('not to be read');
  await settle();
  for (let hour = 0; hour < 30; hour += 1) {
    spine.clock.advance(3_600_000);
    await watched('clock', () => tick(spine.bot));
    await settle();
  }
  const missing = [...needed].filter((line) => {
    const [role = '', right = ''] = line.split(': ');
    return !GOLDEN[role]?.includes(right);
  });
  expect(missing).toEqual([]);
  // Each of the five has been at work, and the look at them works.
  for (const line of [
    'FindingsRole: s3:PutObject on <Data>/quarantine/*',
    'WorkflowRole: securityhub:BatchUpdateFindings on *',
    'CardsRole: dynamodb:PutItem on <Table>',
    'ClockRole: dynamodb:Query on <Table>/index/clock',
    'ChangesRole: dynamodb:Query on <Table>',
  ]) {
    expect(needed).toContain(line);
  }
});
