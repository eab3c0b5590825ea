import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import * as z from 'zod';
import { ACTIONS, CALLBACKS } from '../../blocks/ids';
import { accountId } from '../../src/accounts';
import { requestRef } from '../../src/requests';
import type { LiveWorld, WorldDeps } from '../page/live-world';
import { controlFinding } from './control-finding';
import { EXAMPLE_ACCOUNTS } from './example-accounts';
import { NEIGHBOURS } from './neighbours';
import { writeScoreHistory } from './score-history';
import type { StandingCheck } from './standing-checks';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How many working days the past goes back: more than a week, so that a deadline has passed. */
const WORKING_DAYS = 8;
/** When the two accounts were switched on, before all that is told. */
const STANDING_FOR = 40 * DAY;
/** As long as a dialog may take to open. */
const DIALOG_MS = 5_000;
const LOOK_EVERY_MS = 20;

const OWNER = 'U0OWNER1';
const PROD_CHANNEL = 'C0SHOPPRD';
const DEV_CHANNEL = 'C0SHOPDEV';

interface Step {
  readonly at: Date;
  play(past: Past): Promise<void>;
}

/** Which check of which resource. */
interface Place {
  /** The resource's name in the example accounts. */
  readonly resource: string;
  readonly control: string;
}

/** What happens in the past, in the words of its steps. */
interface Past {
  breaks(place: Place): Promise<void>;
  fixes(place: Place): Promise<void>;
  takes(place: Place, channel: string): Promise<void>;
  suppresses(place: Place, channel: string, reason: string): Promise<void>;
}

const Progress = z.object({ played: z.number().int().min(0) });

/**
 * Plays a short, believable past through the real queue and with real presses, on an empty data folder: something
 * overdue, something suppressed, something taken, something fixed, something new. Killed half-way it goes on where it
 * was; the step that was under way runs again, which changes nothing that has been done.
 * @param checks all that Security Hub has always checked
 */
export async function playPast(
  deps: WorldDeps,
  world: LiveWorld,
  checks: () => readonly StandingCheck[],
): Promise<void> {
  const { hub, dataFile, workingMorning, present = () => new Date() } = deps;
  const played = readProgress(dataFile);
  const empty = (await hub.findings()).length === 0;
  if (played === undefined && !empty) return;
  const steps = stepsUntil(present(), workingMorning);
  const from = played ?? 0;
  if (from > steps.length) return;
  // First of all: whoever is killed after it knows that the clock is not to stay where it is.
  if (played === undefined) keepProgress(dataFile, 0);
  const [first] = steps;
  if (empty && first !== undefined) {
    await deps.setClock(first.at);
    for (const { id, ...about } of NEIGHBOURS) await deps.registerAccount(id, { ...about, mode: 'observe' });
    await writeScoreHistory(deps, checks(), first.at);
    await standing(deps, checks());
  }
  const past = openPast(deps, world);
  for (const [index, step] of steps.entries()) {
    if (index < from) continue;
    if (step.at > deps.now()) await deps.walkTo(step.at);
    await step.play(past);
    await deps.settle();
    keepProgress(dataFile, index + 1);
  }
  await deps.walkTo(present());
  // Walking has taken a while; from here on the clock is this machine's.
  await deps.setClock(present());
  keepProgress(dataFile, steps.length + 1);
}

function stepsUntil(present: Date, workingMorning: (daysAgo: number) => Date): readonly Step[] {
  const on = (daysAgo: number, hours: number) => new Date(workingMorning(daysAgo).getTime() + hours * HOUR);
  const today = (minutes: number) => new Date(present.getTime() - minutes * MINUTE);
  const overdue = { resource: 'shop-prod', control: 'ELB.1' };
  const rested = { resource: 'shop-dev-artifacts', control: 'S3.5' };
  const mended = { resource: 'shop-dev-api-1', control: 'EC2.8' };
  const taken = { resource: 'shop-prod-operator', control: 'IAM.5' };
  return [
    {
      at: on(WORKING_DAYS, 1),
      play: async (past) => {
        await past.breaks(overdue);
        await past.breaks(rested);
      },
    },
    {
      at: on(WORKING_DAYS, 3),
      play: (past) =>
        past.suppresses(
          rested,
          DEV_CHANNEL,
          'ビルド成果物だけを置くバケットで、社内ネットワークからしか読めません。来月、新しいバケットへ移します。',
        ),
    },
    { at: on(6, 2), play: (past) => past.breaks(mended) },
    // Before the other one is fixed: 100 % is left to whoever looks at the page.
    { at: on(4, 5), play: (past) => past.breaks({ resource: 'shop-dev-trainee', control: 'IAM.5' }) },
    { at: on(4, 6), play: (past) => past.fixes(mended) },
    {
      at: on(3, 1),
      play: async (past) => {
        await past.breaks(taken);
        await past.breaks({ resource: 'shop-dev-resize', control: 'Lambda.2' });
      },
    },
    { at: on(3, 4), play: (past) => past.takes(taken, PROD_CHANNEL) },
    { at: on(1, 2), play: (past) => past.breaks({ resource: 'shop-prod-orders', control: 'RDS.13' }) },
    { at: today(40), play: (past) => past.breaks({ resource: 'shop-prod-web', control: 'EC2.19' }) },
  ];
}

/**
 * Security Hub has always checked the two accounts. No event is sent here: the bot hears of all of it when it is
 * refreshed next, and that is due.
 */
async function standing({ hub, now }: WorldDeps, checks: readonly StandingCheck[]): Promise<void> {
  const createdAt = new Date(now().getTime() - STANDING_FOR).toISOString();
  const at = new Date(now().getTime() - DAY);
  await hub.putFindings(
    checks.map(({ checked, status }) => controlFinding(checked, { status, at, createdAt })),
  );
}

function openPast(deps: WorldDeps, world: LiveWorld): Past {
  const { people, settle } = deps;
  const change = async (place: Place, act: 'break' | 'fix') => {
    const { account, resource } = find(place);
    await world.act({ account, resource, act, control: place.control });
  };

  /** Presses the button of the request's card; false when there is none to press, because it has been done already. */
  const press = async (place: Place, channel: string, action: string): Promise<boolean> => {
    await settle();
    const account = accountId(find(place).account);
    if (account === undefined) return false;
    const ref = requestRef({ account, kind: 'control', subject: place.control.toLowerCase() });
    for (const card of (await people.channel(channel)).reverse()) {
      const button = buttonOf(card.blocks ?? [], action, ref);
      if (button === undefined) continue;
      await people.press(OWNER, { channel, ts: card.ts }, button);
      return true;
    }
    return false;
  };

  /** Waits for the dialog that a press has opened to be filled; false when it asks for nothing that can be sent. */
  const dialog = async (callback: string): Promise<boolean> => {
    const until = performance.now() + DIALOG_MS;
    while (performance.now() < until) {
      const { modal } = await people.user(OWNER);
      if (modal?.['callback_id'] === callback) return modal['submit'] != null;
      await delay(LOOK_EVERY_MS);
    }
    return false;
  };

  return {
    breaks: (place) => change(place, 'break'),
    fixes: (place) => change(place, 'fix'),
    async takes(place, channel) {
      await press(place, channel, ACTIONS.take);
    },
    async suppresses(place, channel, reason) {
      if (!(await press(place, channel, ACTIONS.suppress))) return;
      // Another register of accounts may leave it to somebody else: then nothing is suppressed.
      if (!(await dialog(CALLBACKS.suppress))) {
        await people.close(OWNER, true);
        return;
      }
      await people.submit(OWNER, { [ACTIONS.reason]: reason, [ACTIONS.days]: '30' });
    },
  };
}

function find({ resource: name, control }: Place): { readonly account: string; readonly resource: string } {
  for (const account of EXAMPLE_ACCOUNTS) {
    const resource = account.resources.find((one) => one.name === name && one.controls.includes(control));
    if (resource !== undefined) return { account: account.id, resource: resource.id };
  }
  throw new Error(`${control} of ${name} is not among the example accounts`);
}

const Button = z.object({ action_id: z.string(), block_id: z.string().optional(), value: z.string() });
const Block = z.object({ block_id: z.string(), elements: z.array(z.unknown()) });

function buttonOf(blocks: readonly unknown[], action: string, value: string) {
  for (const given of blocks) {
    const block = Block.safeParse(given);
    if (!block.success) continue;
    for (const element of block.data.elements) {
      const button = Button.safeParse(element);
      if (button.success && button.data.action_id === action && button.data.value === value) {
        return { action_id: action, block_id: block.data.block_id };
      }
    }
  }
  return undefined;
}

/** How many steps have been played; undefined before the first start. */
function readProgress(file: string | undefined): number | undefined {
  if (file === undefined || !existsSync(file)) return undefined;
  return Progress.parse(JSON.parse(readFileSync(file, 'utf8'))).played;
}

function keepProgress(file: string | undefined, played: number): void {
  if (file === undefined) return;
  mkdirSync(dirname(file), { recursive: true });
  // Renamed into place, so that a crash leaves the old file or the new one and never half of it.
  writeFileSync(`${file}.new`, `${JSON.stringify({ played })}\n`);
  renameSync(`${file}.new`, file);
}
