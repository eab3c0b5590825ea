import { awsControl } from '../local/aws';
import { SlackPeople } from '../local/slack';
import { isOpen, requestRef } from '../src/requests';
import { recordOf } from './audit-burst';
import { allMessages } from './channels';
import { comeToRest, unsettledOrUntold } from './come-to-rest';
import { benchConfig } from './config';
import { configWith } from './config-with';
import { type Document, document } from './documents';
import { type Measured, rounded } from './figures';
import { random, shuffled } from './random';
import { startBot } from './running-bot';
import { say } from './say';
import { sendFindings } from './send-findings';
import { trackedControls } from './tracked-controls';

/** Nobody has registered it, and nothing has ever been heard of it. */
const ACCOUNT = '777788889999';
const LAB = { id: ACCOUNT, name: 'lab', kind: 'production' } as const;
const FINDINGS = 1_000;
const CONTROLS = 60;
const CRITICAL = 5;
const LOOK_EVERY_MS = 500;
/** The digest gathers for a minute, and the clock looks once a minute. */
const LIMIT_MS = 300_000;

/**
 * The first day of an account: 1,000 HIGH and MEDIUM findings over 60 controls at once, beside 5 CRITICAL ones, sent to
 * a running bot that keeps quiet. Ends when nothing is left to do and nothing waits for a digest any more.
 */
export async function digest(): Promise<Measured> {
  const { severe, critical } = findingsOfTheFirstDay();
  const findings = shuffled([...severe, ...critical], random(42));
  const bot = await startBot({ QUIET: 'on', CONFIG_DIR: configWith([LAB]) });
  try {
    const people = new SlackPeople(bot.slack);
    const hub = awsControl(bot.aws);
    for (let from = 0; from < findings.length; from += 100) {
      await hub.putFindings(findings.slice(from, from + 100));
    }
    const from = performance.now();
    await sendFindings(findings, bot);
    say(
      `  ${findings.length} messages are on the queue after ${rounded((performance.now() - from) / 1_000, 1)} s`,
    );
    const stored = await comeToRest(bot, {
      accounts: [ACCOUNT],
      limitMs: LIMIT_MS,
      everyMs: LOOK_EVERY_MS,
      restless: unsettledOrUntold,
    });
    const seconds = (performance.now() - from) / 1_000;

    const messages = await allMessages(people);
    const posted = new Set(messages.map(recordOf));
    const cards = stored.filter(
      ({ request, issues }) =>
        posted.has(requestRef(request)) && issues.some(({ severity }) => severity === 'CRITICAL'),
    ).length;
    const replies = messages.reduce((sum, message) => sum + message.replies.length, 0);

    const open = stored.flatMap(({ request, issues }) =>
      issues.filter(isOpen).map(() => {
        const listed = request.listed !== undefined && posted.has(request.listed.bulletin);
        return { listed, carded: posted.has(requestRef(request)) };
      }),
    );
    const sent = new Set(findings.map(({ Id }) => Id));
    const notified = (await hub.findings()).filter(
      ({ Id, Workflow }) => sent.has(Id) && Workflow?.Status === 'NOTIFIED',
    ).length;
    const listed = open.filter((issue) => issue.listed).length;
    const carded = open.filter((issue) => issue.carded).length;
    say(
      `  ${messages.length} messages, ${cards} of them CRITICAL cards, ${replies} replies in ${rounded(seconds, 1)} s`,
    );
    say(
      `  of ${findings.length} issues ${open.length} are open: ${listed} listed in a digest, ${carded} on a card of their own, ${notified} NOTIFIED in Security Hub`,
    );
    return {
      digestPosts1000: messages.length - cards,
      digestReplies: replies,
      digestUntold: findings.length - Math.min(listed + carded, notified),
      digestCriticalCards: cards,
      digestSeconds: rounded(seconds, 1),
    };
  } finally {
    await bot.stop();
  }
}

function findingsOfTheFirstDay(): { severe: readonly Document[]; critical: readonly Document[] } {
  const tracked = trackedControls(benchConfig(), ACCOUNT);
  const half = (wanted: string) =>
    tracked.filter(({ severity }) => severity === wanted).slice(0, CONTROLS / 2);
  const controls = [...half('HIGH'), ...half('MEDIUM')];
  const worst = tracked.filter(({ severity }) => severity === 'CRITICAL').slice(0, CRITICAL);
  if (controls.length < CONTROLS || worst.length < CRITICAL) {
    throw new Error(
      `the policy tracks fewer than ${CONTROLS} HIGH and MEDIUM or ${CRITICAL} CRITICAL controls`,
    );
  }
  const updatedAt = new Date();
  const finding = ({ id: control, severity }: (typeof tracked)[number], resource: number) =>
    document({ account: ACCOUNT, control, severity, resource, updatedAt });
  return {
    severe: Array.from({ length: FINDINGS }, (_, number) => {
      const control = controls[number % CONTROLS];
      if (control === undefined) throw new RangeError(`no control ${number}`);
      return finding(control, number);
    }),
    critical: worst.map((control) => finding(control, 0)),
  };
}
