import { isJson } from '../../slack/json';

/** How far somebody has read, by channel id or `channel:thread`. */
export type Marks = Readonly<Record<string, string>>;

/** Kept as long as the browser's tab: a new visit finds everything unread. */
const KEY = 'secops.read';

/** How far each person has read. */
export function readMarks(): Record<string, Marks> {
  const stored: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? '{}');
  return Object.fromEntries(
    Object.entries(isJson(stored) ? stored : {}).map(([person, marks]) => [
      person,
      Object.fromEntries(
        Object.entries(isJson(marks) ? marks : {}).map(([key, ts]) => [key, String(ts)] as const),
      ),
    ]),
  );
}

export function writeMarks(marks: Readonly<Record<string, Marks>>): void {
  sessionStorage.setItem(KEY, JSON.stringify(marks));
}
