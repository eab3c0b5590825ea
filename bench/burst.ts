import { awsControl } from '../local/aws';
import { SlackPeople } from '../local/slack';
import { auditBurst } from './audit-burst';
import { allMessages } from './channels';
import { comeToRest, unsettled } from './come-to-rest';
import { benchConfig } from './config';
import { type Document, document } from './documents';
import { type Measured, rounded } from './figures';
import { random, shuffled } from './random';
import { startBot } from './running-bot';
import { say } from './say';
import { sendFindings } from './send-findings';
import { trackedControls } from './tracked-controls';

const ACCOUNT = '111122223333';
const CONTROLS = 20;
const MESSAGES = 1_000;
const DUPLICATES = MESSAGES * 0.2;
const ISSUES = MESSAGES - DUPLICATES;
const LOOK_EVERY_MS = 500;
const LIMIT_MS = 150_000;

/**
 * A storm: 1,000 messages at once, of one account and 20 controls, every fifth a duplicate, in no order, while Slack
 * answers 429 to every third call. All are CRITICAL: what is less would become one digest. Ends when no queue holds
 * anything and no record has anything left to do.
 */
export async function burst(): Promise<Measured> {
  const findings = findingsOfTheBurst();
  const bot = await startBot();
  try {
    const people = new SlackPeople(bot.slack);
    const hub = awsControl(bot.aws);
    for (let from = 0; from < findings.length; from += 100) {
      await hub.putFindings(findings.slice(from, from + 100));
    }
    await people.forgetCalls();
    await people.fail({ method: '*', kind: 'ratelimited', every: 3, retryAfter: 1 });

    const next = random(42);
    const again = shuffled(findings, next).slice(0, DUPLICATES);
    const from = performance.now();
    await sendFindings(shuffled([...findings, ...again], next), bot);
    say(`  ${MESSAGES} messages are on the queue after ${rounded((performance.now() - from) / 1_000, 1)} s`);
    const stored = await comeToRest(bot, {
      accounts: [ACCOUNT],
      limitMs: LIMIT_MS,
      everyMs: LOOK_EVERY_MS,
      restless: unsettled,
    });
    const seconds = (performance.now() - from) / 1_000;

    const calls = await people.calls();
    const limited = calls.filter(({ fault }) => fault === 'ratelimited').length;
    const messages = await allMessages(people);
    const { lost, doubled, problems } = auditBurst(findings, stored, messages, benchConfig().catalogue);
    for (const problem of problems.slice(0, 10)) say(`  ! ${problem}`);
    const replies = messages.reduce((sum, message) => sum + message.replies.length, 0);
    say(
      `  ${messages.length} cards, ${replies} replies, ${calls.length} Slack calls (${limited} answered with 429) in ${rounded(seconds, 1)} s`,
    );
    return {
      burstPosts: messages.length,
      burstLost: lost,
      burstDoubled: doubled,
      burstSeconds: rounded(seconds, 1),
      burstSlackCalls: calls.length,
    };
  } finally {
    await bot.stop();
  }
}

function findingsOfTheBurst(): readonly Document[] {
  const controls = trackedControls(benchConfig(), ACCOUNT).slice(0, CONTROLS);
  if (controls.length < CONTROLS) throw new Error(`the policy tracks fewer than ${CONTROLS} controls`);
  const updatedAt = new Date();
  return controls.flatMap(({ id }) =>
    Array.from({ length: ISSUES / CONTROLS }, (_, resource) =>
      document({ account: ACCOUNT, control: id, severity: 'CRITICAL', resource, updatedAt }),
    ),
  );
}
