import { type Bot, compose } from '../handlers/composition';
import { runHome } from '../handlers/jobs/home';
import { ACCOUNT_KINDS, type AccountId, type Principal, principal } from '../src/accounts';
import type { Change } from '../src/changes';
import { SEVERITIES } from '../src/controls';
import type { Request } from '../src/requests';
import { requestRef } from '../src/requests';
import { benchConfig } from './config';
import { configWith } from './config-with';
import { each } from './each';
import { type Measured, median, rounded } from './figures';
import { type Outside, openOutside } from './outside';
import { say } from './say';
import { trackedControls } from './tracked-controls';

const ACCOUNTS = 500;
const REQUESTS = 5_000;
/** What else there is of each: changes that wait, exceptions that end soon, new accounts, what each has taken. */
const OTHERS = 40;
const RUNS = 15;
const DAY_MS = 86_400_000;

const [OWNER, LEAD, MEMBER] = ['U0OWNER1', 'U0LEAD', 'U0MEMBER'].map(principal) as [
  Principal,
  Principal,
  Principal,
];
const accountOf = (number: number) => String(200_000_000_000 + (number % ACCOUNTS)) as AccountId;

/**
 * How long it takes to draw the bot's own page, from the job to Slack's answer: for a lead, who sees 5,000 open requests
 * of 500 accounts, and for the one person who answers for all of them. The figure is the worse of both medians.
 */
export async function home(): Promise<Measured> {
  const accounts = Array.from({ length: ACCOUNTS }, (_, number) => ({
    id: accountOf(number),
    name: `bench-${number}`,
    kind: ACCOUNT_KINDS[number % 2] ?? 'production',
    owner: OWNER,
    channel: 'C0SHOPPRD',
  }));
  const outside = await openOutside({ CONFIG_DIR: configWith(accounts, 'alone') });
  try {
    const bot = compose(outside.settings, outside.ports, outside.config);
    await bot.accounts.refresh();
    await fill(bot);
    const [lead, owner] = [await drawn(LEAD, bot, outside), await drawn(OWNER, bot, outside)];
    say(`  a lead ${rounded(lead)} ms, the owner of all ${rounded(owner)} ms`);
    return { homeMs: rounded(Math.max(lead, owner)), homeLeadMs: rounded(lead), homeOwnerMs: rounded(owner) };
  } finally {
    await outside.close();
  }
}

/** ms, in the middle of some runs. */
async function drawn(who: Principal, bot: Bot, { people }: Outside): Promise<number> {
  const once = async () => {
    const began = performance.now();
    // As the handler does for every message.
    await Promise.all([bot.policies.refresh(), bot.accounts.refresh()]);
    await runHome({ job: 'home', user: who, page: 1 }, bot);
    return performance.now() - began;
  };
  const first = await once();
  const runs: number[] = [];
  for (let run = 0; run < RUNS; run += 1) runs.push(await once());
  const shown = (await people.user(who)).home?.['blocks'];
  const blocks = Array.isArray(shown) ? shown.length : 0;
  if (blocks < 40) throw new Error(`the page of ${who} has ${blocks} blocks only`);
  say(
    `  ${who}: ${blocks} blocks; the first time ${rounded(first)} ms, the slowest ${rounded(Math.max(...runs))} ms`,
  );
  return median(runs);
}

/** Records as the bot leaves them, written straight to the table. */
async function fill(bot: Bot): Promise<void> {
  const began = performance.now();
  const now = Date.now();
  const at = (days: number) => new Date(now + days * DAY_MS).toISOString();
  const controls = trackedControls(benchConfig(), accountOf(0));
  const text = { text: 'bench', blocks: [] };
  const { ts } = await bot.ports.slack.post('C0SHOPPRD', text, { record: 'bench', key: 'bench' });
  const card = { channel: 'C0SHOPPRD', ts, shownRevision: 1, toldThrough: 1, shownHash: 'x'.repeat(26) };
  const requestOf = (number: number): Request => {
    const { id } = controls[Math.floor(number / ACCOUNTS) % controls.length] ?? { id: 'S3.5' };
    return {
      account: accountOf(number),
      control: id as Request['control'],
      product: 'control',
      kind: 'control',
      subject: id.toLowerCase(),
      channel: card.channel,
      revision: 1,
      phase: 'open',
      openedAt: at(-3),
      summary: {
        open: 1 + (number % 7),
        severity: SEVERITIES[number % 4] ?? 'HIGH',
        title: `${id} should be in order`,
        due: at((number % 28) - 3),
      },
      ...(number < OTHERS && { takenBy: { who: number % 2 === 0 ? LEAD : OWNER, at: at(-1) } }),
      card,
      version: 3,
      seq: 1,
      outbox: [],
    };
  };
  await each(REQUESTS, async (number) => {
    if (!(await bot.intake.requests.create(requestOf(number))))
      throw new Error(`request ${number} is there twice`);
  });
  await each(OTHERS, async (number) => {
    const request = requestRef(requestOf(number));
    const account = accountOf(number);
    const change = (name: string, actor: Principal, until: string): Change => ({
      id: `${name}${number}`,
      kind: 'suppress',
      actor: { id: actor, name: actor },
      target: request,
      about: { account, request },
      payload: {
        scope: 'all',
        issues: [],
        reason: 'Reachable from the office network only; replaced in spring.',
        days: 14,
        asOf: at(-1),
        until,
      },
      hash: 'x'.repeat(26),
      proposedAt: at(-1),
      status: 'proposed',
      version: 1,
      seq: 1,
      uncopied: [],
    });
    const asked = (until: string): Partial<Change> => ({
      asked: {
        at: at(-1),
        until,
        remindAt: until,
        target: { severity: 'HIGH', parts: [request] },
        round: 1,
      },
      ruling: { effect: 'needs approval', needs: [{ of: 'analyst', count: 1 }], other: false },
      card: { channel: card.channel, ts, shownRevision: 1 },
    });
    const soon = at(1 + (number % 28));
    const actor = number % 2 === 0 ? OWNER : MEMBER;
    await bot.changes.create({ ...change('waiting', actor, soon), ...asked(at(1 + (number % 3))) });
    await bot.changes.create({ ...change('applied', OWNER, soon), status: 'applied', until: soon });
    await bot.audit.record(
      ['proposed', 'approved', 'applying', 'applied'].map((what, seq) => ({
        at: at(-1),
        id: `take${number}`,
        seq,
        kind: 'take',
        what,
        by: number % 2 === 0 ? LEAD : OWNER,
        account,
        request,
      })),
    );
    await bot.home.accountRequests.create({
      id: `new${number}`,
      origin: 'new',
      wanted: { name: `new-${number}`, kind: 'production', owner: OWNER, fields: {} },
      asker: { id: OWNER, name: OWNER },
      steps: { requested: { at: at(-1), by: [OWNER] } },
      late: [],
      card: { channel: card.channel, ts, shownRevision: 1 },
      revision: 1,
      version: 1,
      seq: 1,
      uncopied: [],
    });
  });
  say(
    `  ${REQUESTS} open requests of ${ACCOUNTS} accounts after ${rounded((performance.now() - began) / 1_000, 1)} s`,
  );
}
