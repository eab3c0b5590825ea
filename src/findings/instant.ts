const CANONICAL = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const ISO_8601 =
  /^(\d{4})-?(\d\d)-?(\d\d)(?:[Tt ](\d\d):?(\d\d)(?::?(\d\d)(?:[.,](\d{1,9}))?)?([Zz]|[+-]\d\d(?::?\d\d)?)?)?$/;

/**
 * An ISO 8601 calendar date and time as `YYYY-MM-DDTHH:mm:ss.sssZ`, so that instants compare as text.
 * Takes basic and extended form, a space for the `T`, and any fraction and offset; without an offset it is UTC,
 * whatever the machine's time zone. Undefined when `text` is no such instant, 30 February and 24:00 among them.
 */
export function instant(text: string): string | undefined {
  if (CANONICAL.test(text)) return iso(text) === text ? text : undefined;
  const parts = ISO_8601.exec(text);
  if (parts === null) return undefined;
  const [, year, month, day, hour = '00', minute = '00', second = '00', fraction = '', zone = 'Z'] = parts;
  const milliseconds = fraction.slice(0, 3).padEnd(3, '0');
  const local = `${year}-${month}-${day}T${hour}:${minute}:${second}.${milliseconds}Z`;
  if (iso(local) !== local) return undefined;
  if (zone.toUpperCase() === 'Z') return local;
  const offset = `${zone.slice(0, 3)}:${zone.length > 3 ? zone.slice(-2) : '00'}`;
  const utc = iso(local.slice(0, -1) + offset);
  // An offset may push a date out of the years 0000-9999, where the text would no longer compare as a date.
  return utc?.length === local.length ? utc : undefined;
}

function iso(text: string): string | undefined {
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}
