import { tick } from '../handlers/clock';
import { type Bot, type Config, compose } from '../handlers/composition';
import { POLLING } from '../infra/resources';
import { accountId } from '../src/accounts';
import { add, countAwsCalls, inOrder, type Tally } from './calls-count';
import { comeToRest, unsettled } from './come-to-rest';
import { configWith } from './config-with';
import { type Document, document, eventOf } from './documents';
import { type Measured, rounded } from './figures';
import { findingMix, MIX_ACCOUNTS, type MixedMessage } from './finding-mix';
import { type Outside, openOutside } from './outside';
import { pollAsDeployed } from './poll-as-deployed';
import { say } from './say';
import { sendBodies } from './send-findings';
import { controlsTreated } from './tracked-controls';

const FINDINGS = 1_000;
const CONTROLS = 40;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** An account older than a day is not new any more. */
const KNOWN_FOR_MS = 30 * 24 * HOUR_MS;
const LIMIT_MS = 300_000;
/** Security Hub sends an update back as an event some seconds later. */
const ECHO_DELAY_MS = 5_000;
/** A digest gathers, and scores are counted, for a minute each; then what these have changed is shown. */
const TICKS = 4;
/** Of one burst that policy suppresses without a word: all get the same note. */
const SUPPRESSED = 1_000;
/** Findings that one call of BatchUpdateFindings takes. */
const UPDATE_LIMIT = 100;
const QUIET_ACCOUNT = '333344445555';

/**
 * All calls of AWS and Slack that findings cost, by service and operation: 1,000 new ones of a mix at once, until they
 * are told, written back and counted for the scores; and the same 1,000 refreshed an hour later, which changes nothing. What the
 * events cost that our own writes bring back is included; receiving and deleting messages is not, which in AWS is
 * Lambda's. Then how many calls it takes to suppress 1,000 findings with one note. The bot runs in this process, fed as
 * in AWS, and does not pace itself; its clock is moved.
 */
export async function calls(): Promise<Measured> {
  const accounts = [...MIX_ACCOUNTS, QUIET_ACCOUNT].map((id) => ({
    id,
    name: `bench-${id}`,
    kind: 'production' as const,
    owner: 'U0OWNER1',
    channel: 'C0SHOPPRD',
  }));
  const outside = await openOutside(
    { QUIET: 'on', CONFIG_DIR: configWith(accounts, 'alone') },
    ECHO_DELAY_MS,
  );
  const { config } = outside;
  let ahead = 0;
  const clock = {
    now: () => new Date(Date.now() + ahead),
    pause: async (ms: number) => {
      ahead += ms;
    },
  };
  const aws = countAwsCalls(outside.clients);
  const bot = compose(outside.settings, { ...outside.ports, ...clock }, config, 0);
  const pollers = pollAsDeployed(bot, outside.clients);
  const count = async (act: () => Promise<void>): Promise<Tally> => {
    await outside.people.forgetCalls();
    aws.clear();
    await act();
    for (let ticks = 0; ticks < TICKS; ticks += 1) {
      await rest(outside);
      ahead += MINUTE_MS;
      await tick(bot);
    }
    await rest(outside);
    const tally = new Map([...aws].filter(([name]) => !NOT_THE_BOTS.has(name)));
    for (const { method } of await outside.people.calls()) add(tally, `Slack.${method}`);
    return tally;
  };
  try {
    for (const account of [...MIX_ACCOUNTS, QUIET_ACCOUNT]) await meet(account, bot, clock.now());
    const first = mixOf(config, clock.now());
    await hold(
      first.map(({ document }) => document).filter((found): found is Document => 'Workflow' in found),
      outside,
    );
    await tick(bot);
    const fresh = await count(() =>
      sendBodies(
        first.map(({ document, wrap }) => wrap(document)),
        outside,
      ),
    );
    ahead += HOUR_MS;
    const again = await refreshesOf(mixOf(config, clock.now()), outside);
    const refreshed = await count(() => sendBodies(again, outside));

    const quiet = suppressedOf(config, clock.now());
    await hold(quiet, outside);
    await outside.hub.forgetCalls();
    await count(() => sendBodies(quiet.map(eventOf), outside));
    const updates = await updatesOf(outside);
    const partly = updates.filter((findings) => findings < UPDATE_LIMIT).length;
    say(
      `  ${updates.length} BatchUpdateFindings suppressed ${SUPPRESSED} findings with one note, ${partly} with room left`,
    );
    // When a burst is over each worker is left with fewer than a call takes.
    const ends = Math.min(partly, POLLING.workflow.atOnce);
    return {
      callsPer1000New: inOrder(fresh),
      callsPer1000Refresh: inOrder(refreshed),
      callsBatchUpdatesPer100: rounded(((updates.length - ends) * 100) / SUPPRESSED, 2),
    };
  } finally {
    await Promise.all(pollers.map((poller) => poller.stop()));
    await outside.close();
  }
}

/** What the pollers call is Lambda's in AWS; with the others the bench sends, and looks whether all is done. */
const NOT_THE_BOTS: ReadonlySet<string> = new Set([
  'SQS.ReceiveMessage',
  'SQS.DeleteMessageBatch',
  'SQS.SendMessageBatch',
  'SQS.GetQueueAttributes',
]);

async function rest(outside: Outside): Promise<void> {
  do await look(outside);
  while ((await outside.hub.pendingEvents()) > 0);
  await look(outside);
}

async function look(outside: Outside): Promise<void> {
  await comeToRest(outside, {
    accounts: [...MIX_ACCOUNTS, QUIET_ACCOUNT],
    limitMs: LIMIT_MS,
    everyMs: 500,
    restless: unsettled,
  });
}

async function hold(findings: readonly Document[], { hub }: Outside): Promise<void> {
  for (let from = 0; from < findings.length; from += 100) {
    await hub.putFindings(findings.slice(from, from + 100));
  }
}

type Mixed = NonNullable<MixedMessage['finding']>;

/** What can be read of the mix. */
function mixOf(config: Config, now: Date): readonly Mixed[] {
  const controls = controlsTreated('track', config, MIX_ACCOUNTS[0] ?? '').slice(0, CONTROLS);
  const mix = findingMix(
    FINDINGS * 1.1,
    controls.map(({ id }) => id),
    now,
  );
  return mix.flatMap(({ finding }) => finding ?? []).slice(0, FINDINGS);
}

/** The same findings as Security Hub sends them anew: with the workflow and note that it has been told. */
async function refreshesOf(mix: readonly Mixed[], { hub }: Outside): Promise<readonly string[]> {
  const held = new Map((await hub.findings()).map((finding) => [finding.Id, finding]));
  return mix.map(({ document, wrap }) => {
    const known = 'Id' in document ? held.get(String(document.Id)) : undefined;
    return wrap(
      known
        ? { ...document, Workflow: known.Workflow, ...(known['Note'] ? { Note: known['Note'] } : {}) }
        : document,
    );
  });
}

/** How many findings each call of BatchUpdateFindings named. */
async function updatesOf({ hub }: Outside): Promise<readonly number[]> {
  const calls = await hub.calls('BatchUpdateFindings');
  return calls.map(
    ({ input }) => (input as { FindingIdentifiers: readonly object[] }).FindingIdentifiers.length,
  );
}

/** Findings of one control that policy suppresses at once. */
function suppressedOf(config: Config, updatedAt: Date): readonly Document[] {
  const [control] = controlsTreated('ignore', config, QUIET_ACCOUNT);
  if (control === undefined) throw new Error('the policy ignores nothing');
  const { id, severity } = control;
  return Array.from({ length: SUPPRESSED }, (_, resource) =>
    document({ account: QUIET_ACCOUNT, control: id, severity, resource, updatedAt }),
  );
}

/** The account has been known for a while. */
async function meet(account: string, bot: Bot, now: Date): Promise<void> {
  const id = accountId(account);
  if (id === undefined) throw new Error(`${account} is no account id`);
  const seen = new Date(now.getTime() - KNOWN_FOR_MS).toISOString();
  await bot.intake.known.note({ account: id, kind: 'control', subject: 'ec2.1' }, seen);
}
