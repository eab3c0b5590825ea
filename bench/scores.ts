import { type Bot, compose, type Ports } from '../handlers/composition';
import { runRanking } from '../handlers/jobs/ranking';
import { runScore } from '../handlers/jobs/score';
import { ACCOUNT_KINDS, type Principal, principal } from '../src/accounts';
import { addDays } from '../src/calendar';
import { foldScores, TREND_DAYS } from '../src/scores';
import { configWith } from './config-with';
import { each } from './each';
import { type Measured, median, rounded } from './figures';
import { openOutside } from './outside';
import { say } from './say';
import { accountScore, benchAccount, controlScore, snapshot } from './score-records';

const ACCOUNTS = 500;
const MANY_ACCOUNTS = 5_000;
const CONTROLS = 500;
const RUNS = 15;
const PROJECTS = 25;
const MB = 1_000_000;
const RESPONSE_URL = 'https://hooks.slack.com/commands/bench';

const [OWNER, LEAD] = ['U0OWNER1', 'U0LEAD'].map(principal) as [Principal, Principal];

/**
 * Scores and the ranking, from the command's job to Slack's answer, with 500 accounts in the table: one account with 500
 * controls and 90 days (its numbers, which do not wait for the picture), everybody's for a lead, and the ranking with
 * both of its pictures drawn and uploaded.
 */
export async function score(): Promise<Measured> {
  const accounts = Array.from({ length: ACCOUNTS }, (_, number) => ({
    id: benchAccount(number),
    name: `bench-${number}`,
    kind: ACCOUNT_KINDS[number % 2] ?? 'production',
    owner: OWNER,
    channel: 'C0SHOPPRD',
    project: `project-${number % PROJECTS}`,
  }));
  const outside = await openOutside({ CONFIG_DIR: configWith(accounts, 'alone') });
  try {
    const answers: number[] = [];
    const respond: Ports['respond'] = async () => {
      answers.push(performance.now());
    };
    const bot = compose(outside.settings, { ...outside.ports, respond }, outside.config);
    await bot.accounts.refresh();
    await fillAccounts(bot, ACCOUNTS);
    await fillOne(bot);

    /** ms until the first answer and until the end, in the middle of some runs. */
    const timed = async (run: () => Promise<void>) => {
      const [first, all]: [number[], number[]] = [[], []];
      for (let turn = 0; turn <= RUNS; turn += 1) {
        answers.length = 0;
        const began = performance.now();
        // As the handler does for every message.
        await Promise.all([bot.policies.refresh(), bot.accounts.refresh()]);
        await run();
        const [answer] = answers;
        if (answer === undefined) throw new Error('there was no answer');
        // The first one warms up.
        if (turn === 0) continue;
        first.push(answer - began);
        all.push(performance.now() - began);
      }
      return { first: median(first), all: median(all) };
    };
    const at = { user: LEAD, responseUrl: RESPONSE_URL };
    const one = await timed(() => runScore({ job: 'score', ...at, of: { account: benchAccount(1) } }, bot));
    const every = await timed(() => runScore({ job: 'score', ...at }, bot));
    const ranking = await timed(() => runRanking({ job: 'ranking', ...at }, bot));
    say(
      `  one account ${rounded(one.first)} ms, ${rounded(one.all)} with its picture; all ${rounded(every.all)} ms; ranking ${rounded(ranking.first)} ms, ${rounded(ranking.all)} with its pictures`,
    );
    return {
      scoreOneMs: rounded(one.first),
      scoreAllMs: rounded(every.all),
      rankingMs: rounded(ranking.all),
    };
  } finally {
    await outside.close();
  }
}

async function fillAccounts({ scores, config, ports }: Bot, accounts: number, from = 0): Promise<void> {
  const now = ports.now();
  const today = config.calendar.dayOf(now);
  await each(accounts - from, (number) => scores.ofAccounts.create(accountScore(from + number, today, now)));
}

/** The controls and days of the account that is asked about. */
async function fillOne({ scores, config, ports }: Bot): Promise<void> {
  const account = benchAccount(1);
  const now = ports.now();
  const controls = config.catalogue.all().slice(0, CONTROLS);
  if (controls.length < CONTROLS) throw new Error('the catalogue has too few controls');
  await each(CONTROLS, (number) => {
    const { id } = controls[number] ?? { id: 'S3.5' };
    return scores.ofControls.create(controlScore(account, id as never, number, now.toISOString()));
  });
  const today = config.calendar.dayOf(now);
  await each(TREND_DAYS, (ago) => scores.keepSnapshot(snapshot(account, addDays(today, -1 - ago), ago)));
}

/**
 * By how much the heap has grown while the scores of 5,000 accounts are folded into a ranking, compared with 500: the
 * most that is held after any page, garbage collected before each look. A page of the table is the unit.
 */
export async function scoreMemory(): Promise<Measured> {
  const gc = globalThis.gc;
  if (gc === undefined) throw new Error('run it with node --expose-gc');
  const outside = await openOutside();
  try {
    const bot = compose(outside.settings, outside.ports, outside.config);
    const grown = async (accounts: number): Promise<number> => {
      const heap = () => {
        gc();
        return process.memoryUsage().heapUsed;
      };
      let most = 0;
      let folded = 0;
      const before = heap();
      const pages = async function* () {
        for await (const page of bot.scores.ofAccounts.pages()) {
          folded += page.length;
          yield page;
          most = Math.max(most, heap() - before);
        }
      };
      const ranking = await foldScores(undefined, {
        ...bot.weekly,
        scores: { ...bot.scores, ofAccounts: { pages } },
        accounts: (id) => ({ ...bot.accounts.lookup(id), name: `bench-${id}`, registered: true }),
      });
      if (folded !== accounts || ranking.view.accounts !== accounts) throw new Error(`${folded} were folded`);
      return most / MB;
    };
    await fillAccounts(bot, ACCOUNTS);
    await grown(ACCOUNTS);
    const few = await grown(ACCOUNTS);
    await fillAccounts(bot, MANY_ACCOUNTS, ACCOUNTS);
    const many = await grown(MANY_ACCOUNTS);
    say(`  ${rounded(few, 1)} MB for ${ACCOUNTS} accounts, ${rounded(many, 1)} MB for ${MANY_ACCOUNTS}`);
    return { scoreMemoryMb: rounded(Math.max(0, many - few), 1) };
  } finally {
    await outside.close();
  }
}
