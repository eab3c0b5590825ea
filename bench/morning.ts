import { tick } from '../handlers/clock';
import { type Config, compose } from '../handlers/composition';
import { type AccountId, accountId } from '../src/accounts';
import { isOpen, requestRef } from '../src/requests';
import { recordOf } from './audit-burst';
import { allMessages } from './channels';
import { comeToRest, unsettled, unsettledOrUntold } from './come-to-rest';
import { configWith } from './config-with';
import { document } from './documents';
import { type Measured, MORNING_CHANNELS } from './figures';
import { openOutside, serve } from './outside';
import { say } from './say';
import { sendFindings } from './send-findings';
import { trackedControls } from './tracked-controls';

/** Two accounts a channel; and two without one, in the default channel. */
const REGISTERED = [
  { id: '111122223333', name: 'shop-prod', kind: 'production', owner: 'U0OWNER1', channel: 'C0SHOPPRD' },
  { id: '111122224444', name: 'shop-prod-2', kind: 'production', owner: 'U0OWNER1', channel: 'C0SHOPPRD' },
  { id: '444455556666', name: 'shop-dev', kind: 'non-production', owner: 'U0OWNER1', channel: 'C0SHOPDEV' },
  { id: '444455557777', name: 'shop-dev-2', kind: 'non-production', owner: 'U0OWNER1', channel: 'C0SHOPDEV' },
  { id: '777788889999', name: 'lab-1', kind: 'production', owner: 'U0OWNER1' },
  { id: '777788880000', name: 'lab-2', kind: 'production', owner: 'U0OWNER1' },
] as const;
const ACCOUNTS = REGISTERED.map(({ id }) => idOf(id));
/** New issues of each account, every hour of the night. */
const ISSUES_AN_HOUR = 3;
const HOURS = 12;
/** Fewer than there are issues: some requests grow while they wait. */
const CONTROLS = 12;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
/** An account older than a day is not new any more. */
const KNOWN_FOR_MS = 30 * 24 * HOUR_MS;
const REST = { accounts: ACCOUNTS, limitMs: 60_000, everyMs: 100 } as const;

/**
 * A night of MEDIUM and LOW findings, from 20:00 to 08:00, of six accounts in three channels, then the first hour of a
 * working day: all messages that this makes. The bot runs in this process on embedded servers; its clock is moved.
 */
export async function morning(): Promise<Measured> {
  const outside = await openOutside({ QUIET: 'on', CONFIG_DIR: configWith(REGISTERED, 'alone') });
  const { config } = outside;
  const { calendar } = config;
  const nine = calendar.nextMorning(new Date(calendar.nextMorning(new Date()).getTime() + HOUR_MS));
  let time = nine.getTime() - (HOURS + 1) * HOUR_MS;
  const clock = {
    now: () => new Date(time),
    pause: async (ms: number) => {
      time += ms;
    },
  };
  const bot = compose(outside.settings, { ...outside.ports, ...clock }, config);
  const pollers = serve(bot, outside, ['findings', 'workflow', 'cards', 'changes']);
  try {
    for (const account of ACCOUNTS) {
      const seen = new Date(time - KNOWN_FOR_MS).toISOString();
      await bot.intake.known.note({ account, kind: 'control', subject: 'EC2.1' }, seen);
    }
    for (let hour = 0; hour < HOURS; hour += 1) {
      const findings = ACCOUNTS.flatMap((account) => findingsOf(account, hour, config, clock.now()));
      await outside.hub.putFindings(findings);
      await sendFindings(findings, outside);
      await comeToRest(outside, { ...REST, restless: unsettled });
      await tick(bot);
      time += HOUR_MS;
    }
    const tonight = (await allMessages(outside.people)).length;
    for (time = nine.getTime(); time < nine.getTime() + HOUR_MS; time += 10 * MINUTE_MS) {
      await tick(bot);
      await comeToRest(outside, { ...REST, restless: unsettled });
    }
    const stored = await comeToRest(outside, { ...REST, restless: unsettledOrUntold });

    const messages = await allMessages(outside.people);
    const posted = new Set(messages.map(recordOf));
    const told = stored.filter(
      ({ request }) => posted.has(request.listed?.bulletin) || posted.has(requestRef(request)),
    );
    const issues = told.reduce((sum, { issues: all }) => sum + all.filter(isOpen).length, 0);
    const channels = new Set(stored.map(({ request }) => request.channel)).size;
    say(
      `  ${tonight} messages in the night, ${messages.length - tonight} in the morning, ${channels} channels; ${stored.length} requests, ${told.length} of them told, with ${issues} open issues`,
    );
    const sent = ACCOUNTS.length * ISSUES_AN_HOUR * HOURS;
    if (channels !== MORNING_CHANNELS) throw new Error(`the findings belong to ${channels} channels`);
    if (issues !== sent) throw new Error(`${sent - issues} of ${sent} issues were not told`);
    return { morningCards: messages.length, morningChannels: channels };
  } finally {
    await Promise.all(pollers.map((poller) => poller.stop()));
    await outside.close();
  }
}

function idOf(account: string): AccountId {
  const id = accountId(account);
  if (id === undefined) throw new Error(`${account} is no account id`);
  return id;
}

/** What one hour brings to an account: other controls and other resources every hour. */
function findingsOf(account: AccountId, hour: number, config: Config, updatedAt: Date) {
  const tracked = trackedControls(config, account);
  // There are few LOW ones: they go first.
  const controls = ['LOW', 'MEDIUM'].flatMap((wanted) =>
    tracked.filter(({ severity }) => severity === wanted),
  );
  return Array.from({ length: ISSUES_AN_HOUR }, (_, number) => {
    const resource = hour * ISSUES_AN_HOUR + number;
    const { id: control, severity } = controls[resource % CONTROLS] ?? {};
    if (control === undefined || severity === undefined)
      throw new Error(`the policy tracks nothing in ${account}`);
    return document({ account, control, severity, resource, updatedAt });
  });
}
