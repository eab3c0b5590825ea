import type { Bot, Ports } from '../../handlers/composition';
import { asffFinding } from '../../local/aws/finding';
import { accountId } from '../../src/accounts';
import { type Issue, type Request, type RequestKey, requestRef } from '../../src/requests';
import { type AsffDocument, asff, type ControlFinding, imported } from '../fixtures/findings';
import { type Faulty, openFaulty } from '../setup/faulty';
import { register } from '../setup/register';
import { openSpine, type Spine } from '../setup/spine';
import { atRest, type Rest, type Watched, watched } from './at-rest';
import { type QueueTime, queueTime } from './queue-time';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const ACCOUNT = '100000000001';
export const CHANNEL = 'C0SHOPPRD';
/** The analysts may do most things. */
export const ANALYST = { id: 'U0ANALYST', name: 'Analyst' };
/** The clock comes back to what is left unsettled after ten minutes. */
const WOKEN = 11 * MINUTE;

/** The whole bot on an outside that can fail, in the time of a clock that is moved by hand, with somebody watching. */
export interface FaultScene {
  readonly spine: Spine;
  readonly eyes: Watched;
  readonly time: QueueTime;
  /** DynamoDB, SQS and S3 as a bot sees them that was opened behind it. */
  readonly faulty: Faulty;
  readonly bot: Bot;
  /** The same with other ports: watched, and in the same time. */
  composeWith(replaced: Partial<Ports>): Bot;
  /** For how long handlers have stood still, each time, in milliseconds. */
  readonly stood: readonly number[];
  /** Security Hub holds these. */
  hold(...documents: readonly AsffDocument[]): Promise<void>;
  /** Security Hub holds these, and an event of each is on its way. */
  arrive(...documents: readonly AsffDocument[]): Promise<void>;
  /** Events are on their way of findings as they were, whatever Security Hub holds. */
  deliver(...documents: readonly AsffDocument[]): Promise<void>;
  /** Serves what can be served now. */
  serve(): Promise<void>;
  /** Serves, lets the time pass that the clock needs to find what is left behind, and looks at everything. */
  rest(): Promise<Rest>;
  request(control: string, account?: string): Promise<Request | undefined>;
  issues(control: string, account?: string): Promise<readonly Issue[]>;
  /** Workflow statuses that Security Hub holds. */
  workflow(...documents: readonly AsffDocument[]): Promise<(string | undefined)[]>;
  /** A change is wanted of a request. @returns its id */
  propose(kind: string, control: string, payload: object, id: string): Promise<string>;
  close(): Promise<void>;
}

/** @param behind a bot whose DynamoDB, SQS and S3 can fail; without it there is a shorter way to them */
export async function openFaultScene(behind?: 'faulty'): Promise<FaultScene> {
  const spine = await openSpine();
  const eyes = watched(spine);
  const time = queueTime(spine);
  const stood: number[] = [];
  const faulty = await openFaulty(spine);
  const inTime: Partial<Ports> = {
    ...(behind === 'faulty' && faulty.ports),
    delay: time.delay,
    async pause(ms) {
      stood.push(ms);
      spine.clock.advance(ms);
    },
  };
  const bot = eyes.composeWith(inTime);
  const sent: AsffDocument[] = [];
  await register(spine.bot, ACCOUNT, { channel: CHANNEL, owner: 'U0OWNER1' as never });
  await spine.drain();

  const hold: FaultScene['hold'] = (...documents) =>
    spine.hub.putFindings(documents.map((document) => asffFinding.parse(document)));
  const deliver: FaultScene['deliver'] = async (...documents) => {
    for (const document of documents) {
      sent.push(document);
      await spine.send(imported(document));
    }
  };
  const keyOf = (control: string, account = ACCOUNT): RequestKey => ({
    account: accountId(account) as RequestKey['account'],
    kind: 'control',
    subject: control.toLowerCase(),
  });
  return {
    spine,
    eyes,
    time,
    faulty,
    bot,
    stood,
    composeWith: (replaced) => eyes.composeWith({ ...inTime, ...replaced }),
    hold,
    async arrive(...documents) {
      await hold(...documents);
      await deliver(...documents);
    },
    deliver,
    serve: () => time.serve(bot),
    async rest() {
      await time.serve(bot);
      await time.skip(WOKEN, bot);
      return atRest(spine, eyes, sent);
    },
    request: (control, account) => spine.bot.intake.requests.load(keyOf(control, account)),
    issues: (control, account) => spine.bot.intake.issues.of(keyOf(control, account)),
    async workflow(...documents) {
      const held = await spine.hub.findings();
      return documents.map(({ Id }) => held.find((other) => other.Id === Id)?.Workflow?.Status);
    },
    async propose(kind, control, payload, id) {
      const target = requestRef(keyOf(control));
      await spine.ports.queues.change({
        id,
        version: 0,
        group: target,
        body: {
          type: 'propose',
          id,
          kind,
          actor: ANALYST,
          target,
          payload,
          at: spine.clock.now().toISOString(),
          replyTo: { channel: CHANNEL },
        },
      });
      return id;
    },
    async close() {
      await faulty.close();
      await spine.close();
    },
  };
}

/** A finding about a bucket of the account: encryption in transit, which is tracked whatever its severity. */
export function bucket(name: string, about: ControlFinding = {}): AsffDocument {
  return asff({
    control: 'S3.5',
    account: ACCOUNT,
    severity: 'HIGH',
    resource: `arn:aws:s3:::example-${name}`,
    resourceType: 'AwsS3Bucket',
    updatedAt: '2026-11-24T00:50:00.000Z',
    ...about,
  });
}
