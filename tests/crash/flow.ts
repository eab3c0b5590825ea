import type { Bot } from '../../handlers/composition';
import { type AccountId, accountId } from '../../src/accounts';
import { changeItemKey } from '../../src/changes';
import { sweep } from '../../src/clock';
import { issueItemKey, issueKeyOf, type RequestKey, requestItemKey, requestRef } from '../../src/requests';
import { amend, derivedId } from '../../src/store';
import { asff, imported } from '../fixtures/findings';
import { register } from '../setup/register';
import { openSpine, type Spine } from '../setup/spine';
import { type Ending, explore } from './explorer';

/**
 * Kills and disturbs every flow at every effect, then delivers again, as the queues do. Whatever the moment: nothing
 * is lost, nothing is told twice, every change has one terminal state, and history equals transitions.
 */

export const CHANNEL = 'C0REQUESTS';
const CONTROL = 'IAM.4';
export const NOTIFY_CONTROL = 'EC2.15';
/** A short exception, since the clock looks through every hour that has passed; its reminder comes after no flow. */
export const EXCEPTION_MS = 6 * 3_600_000;

export let spine: Spine;
let runs = 0;
beforeEach(async () => {
  spine = await openSpine();
});
afterEach(() => spine.close());

/** Every run has an account of its own, so that those of one test can share one table and one Slack. */
function nextAccount(): AccountId {
  runs += 1;
  return accountId(String(700_000_000_000 + runs)) as AccountId;
}

export interface Run {
  readonly account: AccountId;
  readonly key: RequestKey;
  at: number;
}

interface Given {
  readonly resource?: string;
  readonly control?: string;
  readonly status?: 'FAILED' | 'PASSED';
}

/** What Security Hub would hold and send. */
export async function finding(
  run: Run,
  { resource = 'one', control = CONTROL, status = 'FAILED' }: Given = {},
) {
  run.at += 60_000;
  const document = asff({
    control,
    account: run.account,
    resource: `arn:aws:s3:::${run.account}-${resource}`,
    status,
    updatedAt: new Date(run.at).toISOString(),
  });
  const held = (await spine.hub.findings()).find((other) => other.Id === document.Id);
  await spine.hub.putFindings([
    { ...document, ...(held?.['Workflow'] !== undefined && { Workflow: held['Workflow'] }) } as never,
  ]);
  return imported(document);
}

async function startRun(): Promise<Run> {
  const account = nextAccount();
  await register(spine.bot, account);
  return {
    account,
    key: { account, kind: 'control', subject: CONTROL.toLowerCase() },
    at: spine.clock.now().getTime(),
  };
}

export const OWNER = { id: 'U0LEAD', name: 'Lead' };

function proposal(run: Run, kind: string, payload: object, key: RequestKey = run.key) {
  const id = derivedId(kind, run.account);
  const target = requestRef(key);
  return {
    id,
    version: 0,
    group: target,
    body: {
      type: 'propose',
      id,
      kind,
      actor: OWNER,
      target,
      payload,
      at: spine.clock.now().toISOString(),
      replyTo: { channel: CHANNEL },
    },
  };
}

export function suppression() {
  return {
    scope: 'all',
    issues: [],
    reason: 'a test bucket that is meant to be public',
    days: 1,
    asOf: spine.clock.now().toISOString(),
    until: new Date(spine.clock.now().getTime() + EXCEPTION_MS).toISOString(),
  };
}

export interface Flow {
  readonly name: string;
  readonly control?: string;
  /** Brings the request to where the flow begins. */
  readonly before?: (run: Run) => Promise<void>;
  readonly act: (run: Run, bot: Bot) => Promise<void>;
  /** What people and Security Hub must see in the end. */
  readonly states: readonly string[];
  readonly workflow: readonly string[];
  readonly told: readonly string[];
  /** News that comes together may be told together or one by one: a failure can part what came at once. */
  readonly toldApart?: true;
  readonly issueHistory: readonly (readonly string[])[];
  readonly change?: { readonly kind: string; readonly history: readonly string[] };
}

export const send = async (run: Run, given: Given = {}) => {
  await spine.send(await finding(run, given));
};
export const opened = async (run: Run, given: Given = {}) => {
  await send(run, given);
  await spine.drain();
};
export const change = async (run: Run, kind: string, payload: object, bot: Bot = spine.bot) => {
  await bot.ports.queues.change(proposal(run, kind, payload));
};
export const suppressed = async (run: Run) => {
  await opened(run);
  await change(run, 'suppress', suppression());
  await spine.drain();
};
export const APPLIED = ['proposed', 'approved', 'applying', 'applied'];

function keyOf(flow: Flow, run: Run): RequestKey {
  return { ...run.key, subject: (flow.control ?? CONTROL).toLowerCase() };
}

async function historyOf(key: { pk: string; sk: string }): Promise<string[]> {
  const items = await spine.ports.table.all(`${key.pk}#${key.sk}#H`, 'S#');
  return items.map((item) => String(item['what'] ?? item['kind']));
}

/** The outside as it stands when everything has come to rest. */
async function observed(flow: Flow, run: Run) {
  const key = keyOf(flow, run);
  const [request, issues] = await Promise.all([
    spine.bot.intake.requests.load(key),
    spine.bot.intake.issues.of(key),
  ]);
  const ref = requestRef(key);
  const threads = (await spine.people.channel(CHANNEL)).filter((message) => recordOf(message) === ref);
  const told = await historyOf(requestItemKey(key));
  const replies = threads.flatMap((thread) => thread.replies.map(postKey)).sort();
  const findings = (await spine.hub.findings()).filter(({ AwsAccountId }) => AwsAccountId === run.account);
  return {
    cards: threads.length,
    // The card tells the first entry, a reply each of the others.
    untold: told.slice(1).filter((_, index) => !replies.includes(String(index + 2))),
    repliesBeyond: replies.length - (told.length - 1),
    told: flow.toldApart ? told.filter((what, index) => what !== told[index - 1]) : told,
    states: issues.map(({ state }) => state),
    unsettled: [request, ...issues].filter((record) => record?.unsettled !== undefined).length,
    left: [...(request?.outbox ?? []), ...issues.flatMap(({ uncopied }) => uncopied)].length,
    workflow: findings.map((document) => (document['Workflow'] as { Status?: string } | undefined)?.Status),
    issueHistory: await Promise.all(issues.map((issue) => historyOf(issueItemKey(issueKeyOf(issue))))),
    ...(flow.change && { change: await observedChange(flow.change.kind, run) }),
  };
}

async function observedChange(kind: string, run: Run) {
  const id = derivedId(kind, run.account);
  const stored = await spine.bot.changes.load(id);
  return {
    status: stored?.status,
    unsettled: stored?.unsettled,
    history: await historyOf(changeItemKey(id)),
  };
}

type Posted = { metadata?: { event_payload?: { record?: string; key?: string } } };
const recordOf = (message: unknown) => (message as Posted).metadata?.event_payload?.record;
const postKey = (message: unknown) => String((message as Posted).metadata?.event_payload?.key);

function expected(flow: Flow) {
  return {
    cards: 1,
    untold: [],
    repliesBeyond: 0,
    told: [...flow.told],
    states: [...flow.states],
    unsettled: 0,
    left: 0,
    workflow: [...flow.workflow],
    issueHistory: flow.issueHistory.map((history) => [...history]),
    ...(flow.change && {
      change: {
        status: flow.change.history.at(-1),
        unsettled: undefined,
        history: [...flow.change.history],
      },
    }),
  };
}

const NEVER = '9999-12-31T00:00:00.000Z';

/** Accounts of earlier runs are counted again every day; what that may do wrong has flows of its own. */
async function restScores(): Promise<void> {
  const { ofAccounts } = spine.bot.scores;
  for await (const page of ofAccounts.pages()) {
    for (const { account } of page) {
      await amend(ofAccounts, account, (score) => ({ ...score, wakeAt: NEVER }));
    }
  }
}

async function play(flow: Flow, number: number, ending: Ending) {
  const run = await startRun();
  await flow.before?.(run);
  await restScores();
  const explored = await explore(spine, number, ending, [(bot) => flow.act(run, bot)], async (bot) =>
    Object.values(await sweep(bot.clock)).reduce((sum, count) => sum + count, 0),
  );
  return { explored, observed: await observed(flow, run) };
}

/** All effects take minutes: `CRASH=all npx jest tests/crash`. The endings begin at different ones, so each is disturbed somehow. */
const EVERY = process.env['CRASH'] === 'all' ? 1 : 2;

export function describeFlow(flow: Flow): void {
  describe(flow.name, () => {
    test.each<[Ending, number]>([
      ['killed', 0],
      ['answer lost', 1],
      ['overtaken', 0],
    ])(
      `%s at every ${EVERY === 1 ? '' : 'other '}effect`,
      async (ending, first) => {
        for (let number = first % EVERY; ; number += EVERY) {
          const { explored, observed } = await play(flow, number, ending);
          const where = `${ending} at effect ${number} (${explored.at ?? 'none: the undisturbed flow'})`;
          expect({ where, ...observed }).toEqual({ where, ...expected(flow) });
          if (explored.at === undefined) break;
        }
      },
      300_000,
    );
  });
}
