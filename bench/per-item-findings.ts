import { ACTIONS, readOffer } from '../blocks/ids';
import type { ByFunction, ItemName, Sizes } from '../commands/scale/per-item-file';
import { socketApp } from '../local/socket-app';
import { accountId } from '../src/accounts';
import { issueRegion, readFindings } from '../src/findings';
import {
  type Issue,
  issueItemKey,
  issueKeyOf,
  requestItemKey,
  requestKeyOf,
  requestRef,
} from '../src/requests';
import { type Document, document, eventOf } from './documents';
import { combine } from './per-item-meter';
import { BETWEEN_MS, openWorld, storedBytes, type World } from './per-item-world';
import { sendFindings } from './send-findings';
import { trackedControls } from './tracked-controls';

const ACCOUNT = '111122223333';
const CHANNEL = 'C0SHOPPRD';
const OWNER = 'U0OWNER1';
const RUNS = 8;
/** With those that warm up. */
const ALL_RUNS = RUNS + Math.ceil(RUNS / 2);
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MINUTE_MS = 60_000;
/** As many as `infra/functions.ts` lets come at once. */
const BATCH = 10;
/** A Tuesday afternoon in Tokyo, after the morning's cards. */
const START = new Date('2026-11-24T05:00:00.000Z');

/** Of a finding, the issue that it has become. */
async function issueOf(finding: Document, { bot }: World): Promise<Issue> {
  const [read] = readFindings(JSON.stringify(finding), bot.config.catalogue).findings;
  const issue =
    read &&
    (await bot.intake.issues.load(issueKeyOf({ ...read, region: issueRegion(read, bot.config.catalogue) })));
  if (issue === undefined) throw new Error(`there is no issue of ${finding.Id}`);
  return issue;
}

export interface FindingCosts {
  readonly items: Partial<Record<ItemName, ByFunction>>;
  readonly sizes: Pick<Sizes, 'issue' | 'request' | 'event'>;
}

/** From a finding in the queue to the last echo of what it has brought about. */
export async function findingCosts(): Promise<FindingCosts> {
  const world = await openWorld({ QUIET: 'on' }, START);
  try {
    const { bot, clock, hub } = world;
    const account = accountId(ACCOUNT);
    if (account === undefined) throw new Error(`${ACCOUNT} is no account`);
    const longAgo = new Date(START.getTime() - 30 * DAY_MS).toISOString();
    await bot.intake.known.note({ account, kind: 'control', subject: 'ec2.1' }, longAgo);
    const high = trackedControls(bot.config, ACCOUNT).filter(({ severity }) => severity === 'HIGH');
    const [fresh] = high;
    if (high.length < ALL_RUNS || fresh === undefined)
      throw new Error('the policy tracks too few HIGH controls');
    const ignored = ignoredControl(world);

    const finding = (run: number, resource: number, status: 'PASSED' | 'FAILED'): Document => {
      const { id: control, severity } = high[run] ?? fresh;
      return document({ account: ACCOUNT, control, severity, resource, status, updatedAt: clock.now() });
    };
    const report = async (given: Document) => {
      clock.advance(BETWEEN_MS);
      const now = { ...given, UpdatedAt: clock.now().toISOString() };
      const held = (await hub.findings()).find(({ Id }) => Id === now.Id);
      // Security Hub keeps its workflow when a check comes again.
      const next = held === undefined ? now : { ...now, Workflow: held.Workflow, Note: held['Note'] };
      await hub.putFindings([next]);
      await sendFindings([next], { ...world, sqs: world.clients.sqs });
      await world.drain();
    };
    const newCard = await world.cost(RUNS, (run) => report(finding(run, 1, 'FAILED')));
    const joins = await world.cost(RUNS, (run) => report(finding(run, 2, 'FAILED')));
    const refreshAgain = await world.cost(RUNS, () => report(finding(0, 1, 'FAILED')));
    world.takeInBatches(BATCH);
    const ten = await world.cost(RUNS, async () => {
      clock.advance(MINUTE_MS);
      const same = { ...finding(0, 1, 'FAILED'), UpdatedAt: clock.now().toISOString() };
      await sendFindings(
        Array.from({ length: BATCH }, () => same),
        { ...world, sqs: world.clients.sqs },
      );
      await world.drain();
    });
    world.takeInBatches(1);
    const refreshInBatch = combine([[ten, 1 / BATCH]]);
    const refresh = (run: number) => report(finding(run, 1, 'FAILED'));
    clock.advance(13 * HOUR_MS);
    for (let run = 0; run < ALL_RUNS; run += 1) await refresh(run);
    clock.advance(13 * HOUR_MS);
    const refreshSeen = await world.cost(RUNS, refresh);
    clock.advance(2 * DAY_MS);
    const refreshMarks = await world.cost(RUNS, refresh);
    for (let run = 0; run < ALL_RUNS; run += 1) await report(finding(run, 2, 'PASSED'));
    const passes = await world.cost(RUNS, (run) => report(finding(run, 1, 'PASSED')));
    const firstPassed = await world.cost(RUNS, (run) => report(finding(run, 3, 'PASSED')));
    const suppressing = await world.cost(RUNS, (run) =>
      report(
        document({
          account: ACCOUNT,
          control: ignored,
          resource: run,
          severity: 'MEDIUM',
          updatedAt: clock.now(),
        }),
      ),
    );
    const issue = await issueOf(finding(0, 1, 'PASSED'), world);
    const request = requestKeyOf(issue);
    return {
      items: {
        newCard,
        joins,
        refreshAgain,
        refreshInBatch,
        refreshSeen,
        refreshMarks,
        passes,
        firstPassed,
        ignored: suppressing,
      },
      sizes: {
        issue: await storedBytes(issueItemKey(issueKeyOf(issue)), world),
        request: await storedBytes(requestItemKey(request), world),
        event: Buffer.byteLength(eventOf(finding(0, 1, 'FAILED'))),
      },
    };
  } finally {
    await world.close();
  }
}

/** A control that policy has suppressed at once in this account. */
function ignoredControl({ bot: { config } }: World): string {
  const account = accountId(ACCOUNT);
  const found = config.catalogue.all().find(
    ({ id: control, severity, category, scope }) =>
      scope === 'regional' &&
      account !== undefined &&
      config.policy.treat({
        control,
        product: 'control',
        severity,
        category,
        account,
        kind: config.accounts.lookup(account).kind,
        region: 'ap-northeast-1',
        tags: {},
      }).treatment === 'ignore',
  );
  if (found === undefined) throw new Error('the policy ignores nothing');
  return found.id;
}

/** A press on “Suppress…”, the dialog, and all that follows; the owner's own right is enough for it. */
export async function suppressionCost(): Promise<ByFunction> {
  const world = await openWorld({ QUIET: 'off', DEFAULT_LANG: 'en' }, START);
  const app = socketApp(world.bot, world.environment['SLACK_APP_TOKEN'] ?? '');
  try {
    const { bot, clock, hub, people } = world;
    const medium = trackedControls(bot.config, ACCOUNT).filter(({ severity }) => severity === 'MEDIUM');
    if (medium.length < ALL_RUNS) throw new Error('the policy tracks too few MEDIUM controls');
    const listening = new Set<Promise<void>>();
    app.use(({ next }) => {
      const listener = next().finally(() => listening.delete(listener));
      listening.add(listener);
      return listener;
    });
    await app.start();
    const listened = async (act: () => Promise<unknown>) => {
      await world.meter.run('slack', async () => {
        await act();
        await Promise.all(listening);
      });
    };
    const asked: string[] = [];
    for (const { id: control, severity } of medium.slice(0, ALL_RUNS)) {
      clock.advance(BETWEEN_MS);
      const finding = document({ account: ACCOUNT, control, severity, resource: 1, updatedAt: clock.now() });
      await hub.putFindings([finding]);
      await sendFindings([finding], { ...world, sqs: world.clients.sqs });
      await world.drain();
      asked.push(requestRef(requestKeyOf(await issueOf(finding, world))));
    }
    const button = async (ref: string) => {
      for (const message of await people.channel(CHANNEL)) {
        for (const block of (message.blocks ?? []) as unknown as readonly Block[]) {
          const found = block.elements?.find(
            ({ action_id, value }) =>
              action_id === ACTIONS.suppress && value !== undefined && readOffer(value).ref === ref,
          );
          if (found)
            return { ts: message.ts, picked: { action_id: found.action_id, block_id: block.block_id } };
        }
      }
      throw new Error(`there is no card of ${ref}`);
    };
    return await world.cost(RUNS, async (run) => {
      clock.advance(BETWEEN_MS);
      const { ts, picked } = await button(asked[run] ?? '');
      await listened(() => people.press(OWNER, { channel: CHANNEL, ts }, picked));
      await listened(() =>
        people.submit(OWNER, {
          [ACTIONS.reason]: 'Reachable from the office network only; replaced in March.',
          [ACTIONS.days]: '14',
        }),
      );
      await world.drain();
    });
  } finally {
    await app.stop();
    await world.close();
  }
}

interface Block {
  readonly block_id: string;
  readonly elements?: readonly { readonly action_id: string; readonly value?: string }[];
}
