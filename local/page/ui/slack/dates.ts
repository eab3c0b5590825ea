import type { PageLanguage } from '../../api';

/** Whose eyes a date is for. */
export interface Reader {
  readonly language: PageLanguage;
  /** IANA name. */
  readonly timeZone: string;
}

const DAY_MS = 86_400_000;
const LOCALES: Readonly<Record<PageLanguage, string>> = { ja: 'ja-JP', en: 'en-US' };
const NEAR: Readonly<Record<PageLanguage, readonly [string, string, string]>> = {
  ja: ['昨日', '今日', '明日'],
  en: ['yesterday', 'today', 'tomorrow'],
};
const AGO: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
];

const formats = new Map<string, Intl.DateTimeFormat>();

function formatted(at: Date, { language, timeZone }: Reader, options: Intl.DateTimeFormatOptions): string {
  const key = JSON.stringify([language, timeZone, options]);
  const format = formats.get(key) ?? new Intl.DateTimeFormat(LOCALES[language], { timeZone, ...options });
  formats.set(key, format);
  return format.format(at);
}

/** YYYY-MM-DD by the reader's clock. */
export function dayOf(at: Date, { timeZone }: Reader): string {
  const key = `day ${timeZone}`;
  const format = formats.get(key) ?? new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' });
  formats.set(key, format);
  return format.format(at);
}

/** YYYY-MM-DDTHH:mm by the reader's clock, as a field for a moment wants it. */
export function wallClock(at: Date, reader: Reader): string {
  const key = `time ${reader.timeZone}`;
  const format =
    formats.get(key) ?? new Intl.DateTimeFormat('sv-SE', { timeZone: reader.timeZone, timeStyle: 'short' });
  formats.set(key, format);
  return `${dayOf(at, reader)}T${format.format(at)}`;
}

/** The moment at which the reader's clock shows this, YYYY-MM-DDTHH:mm. */
export function momentByWallClock(shown: string, reader: Reader): Date {
  const wanted = Date.parse(`${shown}Z`);
  const aheadAt = (at: number) => Date.parse(`${wallClock(new Date(at), reader)}Z`) - at;
  // How far the clock is ahead of UTC is known only of a moment: that of a first guess may be the day before.
  const guess = wanted - aheadAt(wanted);
  return new Date(wanted - aheadAt(guess));
}

function ordinal(day: number): string {
  const teen = day % 100 >= 11 && day % 100 <= 13;
  return `${day}${(teen ? undefined : ['th', 'st', 'nd', 'rd'][day % 10]) ?? 'th'}`;
}

function fullDate(at: Date, reader: Reader, weekday: boolean): string {
  if (reader.language === 'ja') {
    const date = formatted(at, reader, { dateStyle: 'long' });
    return weekday ? `${date} ${formatted(at, reader, { weekday: 'long' })}` : date;
  }
  const month = formatted(at, reader, { month: 'long' });
  const day = ordinal(Number(dayOf(at, reader).slice(8)));
  const date = `${month} ${day}, ${dayOf(at, reader).slice(0, 4)}`;
  return weekday ? `${formatted(at, reader, { weekday: 'long' })}, ${date}` : date;
}

function shortDate(at: Date, reader: Reader): string {
  if (reader.language === 'ja') return formatted(at, reader, { dateStyle: 'long' });
  return formatted(at, reader, { month: 'short', day: 'numeric', year: 'numeric' });
}

/** Yesterday, today or tomorrow; undefined when it is none of them. */
function nearDay(at: Date, now: Date, reader: Reader): string | undefined {
  const days = (Date.parse(dayOf(at, reader)) - Date.parse(dayOf(now, reader))) / DAY_MS;
  return NEAR[reader.language][days + 1];
}

function ago(at: Date, now: Date, { language }: Reader): string {
  const seconds = Math.round((at.getTime() - now.getTime()) / 1000);
  const [unit, size] = AGO.find(([, each]) => Math.abs(seconds) >= each) ?? ['second', 1];
  return new Intl.RelativeTimeFormat(LOCALES[language], { numeric: 'auto' }).format(
    Math.trunc(seconds / size),
    unit,
  );
}

/** The time of day, as the reader's language writes it. */
export function timeOfDay(at: Date, reader: Reader): string {
  return formatted(at, reader, { timeStyle: 'short' });
}

type Token = (at: Date, now: Date, reader: Reader) => string;

const TOKENS: Readonly<Record<string, Token>> = {
  date_num: (at, _now, reader) => dayOf(at, reader),
  date_slash: (at, _now, reader) =>
    formatted(at, reader, { year: 'numeric', month: '2-digit', day: '2-digit' }),
  date: (at, _now, reader) => fullDate(at, reader, false),
  date_full: (at, _now, reader) => fullDate(at, reader, false),
  date_long: (at, _now, reader) => fullDate(at, reader, true),
  date_long_full: (at, _now, reader) => fullDate(at, reader, false),
  date_short: (at, _now, reader) => shortDate(at, reader),
  date_pretty: (at, now, reader) => nearDay(at, now, reader) ?? fullDate(at, reader, false),
  date_long_pretty: (at, now, reader) => nearDay(at, now, reader) ?? fullDate(at, reader, true),
  date_short_pretty: (at, now, reader) => nearDay(at, now, reader) ?? shortDate(at, reader),
  day_divider_pretty: (at, now, reader) => nearDay(at, now, reader) ?? fullDate(at, reader, true),
  time: (at, _now, reader) => timeOfDay(at, reader),
  time_secs: (at, _now, reader) => formatted(at, reader, { timeStyle: 'medium' }),
  ago,
};

/**
 * What Slack makes of a `<!date>` format for this reader.
 * Source of the tokens: docs.slack.dev/reference/block-kit/block-elements/date-element
 * @returns undefined where Slack shows the fallback: no such moment, or a token that does not exist
 */
export function slackDate(format: string, seconds: number, now: Date, reader: Reader): string | undefined {
  const at = new Date(seconds * 1000);
  if (Number.isNaN(at.getTime())) return undefined;
  let known = true;
  const text = format.replace(/\{(\w+)\}/g, (whole, name: string, index: number) => {
    const token = Object.hasOwn(TOKENS, name) ? TOKENS[name] : undefined;
    if (!token) {
      known = false;
      return whole;
    }
    const written = token(at, now, reader);
    return index === 0 ? written.slice(0, 1).toUpperCase() + written.slice(1) : written;
  });
  return known ? text : undefined;
}

/** The moment that a message's ts names. */
export function momentOf(ts: string): Date {
  return new Date(Number(ts) * 1000);
}

/** For headings between days: `11月20日 金曜日`, or today and yesterday by name. */
export function dayHeading(at: Date, now: Date, reader: Reader): string {
  return slackDate('{day_divider_pretty}', at.getTime() / 1000, now, reader) ?? '';
}

/** Day and time in full, for tooltips and screen readers. */
export function fullMoment(at: Date, reader: Reader): string {
  return `${fullDate(at, reader, true)} ${formatted(at, reader, { timeStyle: 'medium' })}`;
}
