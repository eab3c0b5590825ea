import { tick } from '../handlers/clock';
import { compose, loadConfig, realPorts } from '../handlers/composition';
import { slackHandler } from '../handlers/slack';
import { awsClients } from '../src/aws';
import type { Log } from '../src/log';
import { readSettings } from '../src/settings';
import { type Slack, SlackRateLimited } from '../src/slack';
import { add, countAwsCalls, inOrder, type Tally } from './calls-count';
import { openFrontDoor } from './front-door';
import { pollAsDeployed } from './poll-as-deployed';

/** What the bot of a storm tells the process that started it. */
export type StormReport =
  | { readonly door: string }
  | {
      /** MB resident now, and the most so far. */
      readonly memoryMb: number;
      readonly peakMb: number;
      /** So far, by service and operation. */
      readonly calls: Readonly<Record<string, number>>;
      /** What it complained about, by message. */
      readonly complaints: Readonly<Record<string, number>>;
    };

const CLOCK_EVERY_MS = 60_000;
const REPORT_EVERY_MS = 1_000;

/**
 * All handlers in one process, fed as the deployed ones are: so many batches at once, the clock once a minute, Slack's
 * requests over signed HTTP. Endpoints come from the environment. Ends with the process that started it.
 */
async function main(): Promise<void> {
  const settings = readSettings(process.env);
  const config = loadConfig(settings);
  const clients = awsClients();
  const calls = countAwsCalls(clients);
  const complaints: Tally = new Map();
  const ports = realPorts(settings, config.catalogue, countingLog(complaints), clients);
  const bot = compose(settings, { ...ports, slack: counted(ports.slack, calls) }, config);

  const door = await openFrontDoor(slackHandler(bot));
  pollAsDeployed(bot, clients);
  const wake = () => {
    tick(bot).catch((error: unknown) => bot.ports.log.error('the clock failed', { error }));
  };
  setInterval(wake, CLOCK_EVERY_MS);
  wake();
  setInterval(() => {
    report({
      memoryMb: process.memoryUsage.rss() / 2 ** 20,
      peakMb: process.resourceUsage().maxRSS / 2 ** 10,
      calls: inOrder(calls),
      complaints: Object.fromEntries(complaints),
    });
  }, REPORT_EVERY_MS);
  process.on('disconnect', () => process.exit(0));
  report({ door: door.url });
}

function report(what: StormReport): void {
  process.send?.(what);
}

/** The gateway itself, with every call counted, and every one that Slack put off. */
function counted(slack: Slack, calls: Tally): Slack {
  return new Proxy(slack, {
    get(target, name, receiver) {
      const member: unknown = Reflect.get(target, name, receiver);
      if (typeof member !== 'function' || typeof name !== 'string') return member;
      return async (...args: unknown[]): Promise<unknown> => {
        add(calls, `Slack.${name}`);
        try {
          return await Reflect.apply(member, target, args);
        } catch (error) {
          if (error instanceof SlackRateLimited) add(calls, 'Slack.429');
          throw error;
        }
      };
    },
  });
}

/** Counts what is warned of, by message and by what the error says first. */
function countingLog(complaints: Tally): Log {
  const complain: Log['warn'] = (message, details) => {
    const { error } = details ?? {};
    const cause = error instanceof Error ? `: ${error.name} ${error.message.slice(0, 120)}` : '';
    // Without what tells one record from another: the same complaint counts as one.
    add(complaints, `${message}${cause.replaceAll(/\S*\d\S*/g, '…')}`);
  };
  return { info: () => undefined, warn: complain, error: complain };
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
