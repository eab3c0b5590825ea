import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tick } from '../../handlers/clock';
import { compose, loadConfig } from '../../handlers/composition';
import { ACCOUNT_FIELDS, accountId } from '../../src/accounts';
import { bulletinRef, parseBulletinRef } from '../../src/bulletins';
import { type Day, zoneOf } from '../../src/calendar';
import { parseNoticeRef } from '../../src/notices';
import { saveAccount } from '../../src/registry';
import { parseRequestRef, type RequestKey, requestItemKey, requestRef } from '../../src/requests';
import { readAloud } from '../blocks/read-aloud';
import { type AsffDocument, imported } from '../fixtures/findings';
import { manualClock } from '../setup/spine';
import { openStage, type Stage, type StageOptions } from './stage';

const TIME_ZONE = 'Asia/Tokyo';
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const zone = zoneOf(TIME_ZONE);

/** The moment at which a clock in Tokyo shows this, e.g. `2026-12-24 09:00`. */
function tokyo(when: string): Date {
  const [day = '', time = ''] = when.split(' ');
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return zone.instant({ day, time: (hours * 60 + minutes) * MINUTE });
}

/** `Thu 24 09:00`, as a clock in Tokyo shows it. */
function clockOf(at: Date): string {
  const { day, time } = zone.localTime(at);
  const weekday = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'][new Date(day).getUTCDay()];
  const two = (n: number) => String(Math.floor(n)).padStart(2, '0');
  return `${weekday} ${day.slice(8)} ${two(time / (60 * MINUTE))}:${two((time / MINUTE) % 60)}`;
}

const CHANNELS: Record<string, string> = {
  C0SHOPPRD: '#shop-prod',
  C0SHOPDEV: '#shop-dev',
  C0SECURITY: '#security',
  C0REQUESTS: '#requests',
};

/** When somebody looks at the clock while days go by: before, at and after a morning, and now and then. */
const STOPS = ['08:30', '09:00', '13:00'];

/** A stage on which days go by, and that remembers what has been posted. */
export interface Diary extends Stage {
  /** Time goes by until this moment in Tokyo, e.g. `2026-12-24 09:10`; whatever is due meanwhile is done. */
  until(when: string): Promise<void>;
  /** So many minutes go by. */
  minutes(n: number): Promise<void>;
  /**
   * What has been posted since the last look, oldest first: when, where, what, about which controls in the order in
   * which they stand, e.g. `Thu 24 09:00 #shop-prod morning S3.5, RDS.13`.
   */
  posted(): Promise<string[]>;
  /** The same without the time. */
  postedNow(): Promise<string[]>;
  /** Workflow statuses in Security Hub, e.g. `EC2.19 NOTIFIED`; several of one control are counted. */
  statuses(): Promise<string[]>;
  /** Other data files are deployed, and the bot starts anew with them. */
  deploy(files: Readonly<Record<string, string>>): Promise<void>;
  /** Security Hub takes many findings in within moments; ten come in one event, and the bot serves what follows. */
  pour(findings: readonly AsffDocument[]): Promise<void>;
  /** Messages as they come from AWS, served at once. */
  receive(...messages: readonly string[]): Promise<void>;
  /**
   * Requests with something open that no card and no posted bulletin has told: what is lost, unless it waits.
   */
  untold(): Promise<string[]>;
}

interface DiaryOptions extends StageOptions {
  /** The moment at which it begins, in Tokyo. */
  readonly from?: string;
  /** Whether mornings are waited for; the default is yes, as in production. */
  readonly quiet?: boolean;
  /** Account that the bot has known for long: it is not new any more. */
  readonly known?: readonly string[];
}

export async function openDiary({
  from = '2026-11-26 10:00',
  quiet = true,
  known = [],
  ...options
}: DiaryOptions = {}): Promise<Diary> {
  const clock = manualClock(tokyo(from).toISOString());
  const stage = await openStage({
    ...options,
    clock,
    environment: { QUIET: quiet ? 'on' : 'off', ...options.environment },
  });
  const { bot } = stage;
  let looked = 0;

  for (const account of known) {
    const id = accountId(account);
    const since = new Date(clock.now().getTime() - 90 * DAY).toISOString();
    if (id) await bot.intake.known.note({ account: id, kind: 'control', subject: 'account.1' }, since);
  }

  const look = async () => {
    await tick(bot);
    await stage.drain();
  };
  const walk = async (to: Date) => {
    while (clock.now() < to) {
      const stop = Math.min(nextStop(clock.now()).getTime(), to.getTime());
      clock.advance(stop - clock.now().getTime());
      await look();
    }
  };

  const receive: Diary['receive'] = async (...messages) => {
    for (const message of messages) await stage.send(message);
    await stage.drain();
  };

  const kindOf = async (record: string, key: string, thread: boolean): Promise<string> => {
    const bulletin = parseBulletinRef(record);
    if (bulletin) return bulletin.kind;
    const notice = parseNoticeRef(record);
    if (notice) return notice.kind;
    const request = parseRequestRef(record);
    if (request === undefined) throw new Error(`a message of an unknown record: ${record}`);
    const name = request.kind === 'threat' ? 'threat' : 'card';
    return thread ? `${name}: ${await entryKind(stage, request, Number(key))}` : name;
  };
  const rows = async (withTime: boolean): Promise<string[]> => {
    const calls = (await stage.people.calls('chat.postMessage')).filter(
      ({ result }) => result['ok'] === true,
    );
    const found: string[] = [];
    for (const { at, args } of calls.slice(looked)) {
      const { record, key } = (args['metadata'] as { event_payload: { record: string; key: string } })
        .event_payload;
      const request = parseRequestRef(record);
      const controls = request ? [await controlOf(stage, request)] : namedControls(args['blocks']);
      const row = [
        ...(withTime ? [clockOf(new Date(at))] : []),
        CHANNELS[String(args['channel'])] ?? String(args['channel']),
        await kindOf(record, key, args['thread_ts'] !== undefined),
        controls.join(', '),
      ];
      found.push(row.join(' ').trim());
    }
    looked = calls.length;
    return found;
  };

  return {
    ...stage,
    until: (when) => walk(tokyo(when)),
    minutes: (n) => walk(new Date(clock.now().getTime() + n * MINUTE)),
    posted: () => rows(true),
    postedNow: () => rows(false),
    async statuses() {
      const counts = new Map<string, number>();
      for (const finding of await stage.hub.findings()) {
        if (finding.RecordState === 'ARCHIVED') continue;
        const name = controlIn(finding) ?? 'GuardDuty';
        const row = `${name} ${finding.Workflow?.Status ?? ''}`;
        counts.set(row, (counts.get(row) ?? 0) + 1);
      }
      return [...counts].map(([row, n]) => (n === 1 ? row : `${row} × ${n}`)).sort();
    },
    async deploy(files) {
      for (const [name, text] of Object.entries(files)) {
        writeFileSync(join(stage.settings.CONFIG_DIR, name), text);
      }
      clock.advance(1_000);
      // Everything that serves this story holds this bot.
      Object.assign(bot, compose(stage.settings, stage.ports, loadConfig(stage.settings)));
      if ('accounts.yml' in files) await importAccounts(bot, clock.now());
      await look();
    },
    receive,
    async pour(findings) {
      const UpdatedAt = clock.now().toISOString();
      const given = findings.map((finding) => ({ ...finding, UpdatedAt }));
      await stage.hold(...given);
      const events: string[] = [];
      for (let at = 0; at < given.length; at += 10) events.push(imported(...given.slice(at, at + 10)));
      await receive(...events);
    },
    async untold() {
      const lost: string[] = [];
      for (const { account } of await bot.intake.known.accounts()) {
        for (const key of await bot.intake.known.requestsOf(account)) {
          const open = (await bot.intake.issues.of(key)).filter(
            ({ state }) => state === 'open' || state === 'notifying',
          );
          const request = await bot.intake.requests.load(key);
          const told = open.every(
            ({ news }) => news?.seq !== undefined && news.seq <= (request?.card.toldThrough ?? 0),
          );
          if (!told || (open.length > 0 && !(await shownIn(bot, key)))) lost.push(requestRef(key));
        }
      }
      return lost;
    },
  };
}

/** What is said in the file is said of its accounts from now on, as by `npm run accounts -- import`. */
async function importAccounts(bot: Stage['bot'], now: Date): Promise<void> {
  await bot.accounts.refresh();
  for (const entry of bot.config.accounts.entries) {
    const fields = Object.fromEntries(ACCOUNT_FIELDS.map((field) => [field, entry[field] ?? null]));
    await saveAccount(entry.id, fields, { source: 'file', at: now.toISOString() }, bot.registry);
  }
}

/** The control of a finding as Security Hub holds it. */
export function controlIn(finding: { readonly [field: string]: unknown }): string | undefined {
  return (finding['Compliance'] as { SecurityControlId?: string } | undefined)?.SecurityControlId;
}

/** The next time at which somebody looks at the clock. */
function nextStop(now: Date): Date {
  const { day } = zone.localTime(now);
  const next: Day = new Date(Date.parse(day) + DAY).toISOString().slice(0, 10);
  const stops = [day, next].flatMap((of) => STOPS.map((time) => tokyo(`${of} ${time}`)));
  return stops.find((stop) => stop > now) ?? now;
}

async function entryKind({ bot }: Stage, key: RequestKey, seq: number): Promise<string> {
  const request = await bot.intake.requests.load(key);
  const kept = await bot.intake.history.latest(requestItemKey(key), 100);
  const entry = [...(request?.outbox ?? []), ...kept].find((other) => other.seq === seq);
  return String((entry as { kind?: string } | undefined)?.kind);
}

async function controlOf({ bot }: Stage, key: RequestKey): Promise<string> {
  return (await bot.intake.requests.load(key))?.control ?? key.subject;
}

/** Controls that a message names, as code. */
function namedControls(blocks: unknown): string[] {
  return [...new Set(readAloud(blocks).match(/(?<=`)[A-Za-z0-9]+\.\d+(?=`)/g) ?? [])];
}

/** True when a message about the request stands in Slack: its card, or a posted bulletin that lists it. */
async function shownIn(bot: Stage['bot'], key: RequestKey): Promise<boolean> {
  const request = await bot.intake.requests.load(key);
  if (request?.card.ts !== undefined) return true;
  const listed = parseBulletinRef(request?.listed?.bulletin ?? '');
  const bulletin = listed && (await bot.bulletinPublisher.bulletins.load(listed));
  return bulletin?.card.ts !== undefined && bulletinRef(bulletin) === request?.listed?.bulletin;
}
