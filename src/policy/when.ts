import type { Subject } from './treatment';

/** The conditions of a policy line: all of them have to hold, each by any of its values. */
export interface When {
  readonly control?: readonly string[] | undefined;
  readonly category?: readonly string[] | undefined;
  readonly product?: readonly string[] | undefined;
  readonly severity?: readonly string[] | undefined;
  readonly account?: readonly string[] | undefined;
  readonly kind?: readonly string[] | undefined;
  readonly region?: readonly string[] | undefined;
  readonly tag?: Readonly<Record<string, readonly string[]>> | undefined;
}

type Matcher = (subject: Subject) => boolean;

const PLAIN = ['category', 'product', 'severity', 'account', 'kind', 'region'] as const;

/** The conditions as one function, made once: it is asked for every finding. */
export function compile(when: When): Matcher {
  const matchers: Matcher[] = [];
  for (const field of PLAIN) {
    const values = when[field];
    if (!values) continue;
    const wanted: ReadonlySet<string | undefined> = new Set(values);
    matchers.push((subject) => wanted.has(subject[field]));
  }
  if (when.control) matchers.push(controlMatcher(when.control));
  for (const [key, values] of Object.entries(when.tag ?? {})) {
    matchers.push(({ tags }) => {
      const value = Object.hasOwn(tags, key) ? tags[key] : undefined;
      return value !== undefined && (values.includes(ANY) || values.includes(value));
    });
  }
  return (subject) => matchers.every((matches) => matches(subject));
}

const ANY = '*';

function controlMatcher(patterns: readonly string[]): Matcher {
  const lower = patterns.map((pattern) => pattern.toLowerCase());
  const exact = new Set(lower.filter((pattern) => !pattern.endsWith(ANY)));
  const prefixes = lower.filter((pattern) => pattern.endsWith(ANY)).map((pattern) => pattern.slice(0, -1));
  return ({ control }) => {
    const id = control.toLowerCase();
    return exact.has(id) || prefixes.some((prefix) => id.startsWith(prefix));
  };
}

/** True when every subject that `narrow` matches is matched by `wide` too. */
export function covers(wide: When, narrow: When): boolean {
  const plain = PLAIN.every((field) => {
    const values = wide[field];
    return !values || (narrow[field]?.every((value) => values.includes(value)) ?? false);
  });
  return (
    plain && coversControls(wide.control, narrow.control) && coversTags(wide.tag ?? {}, narrow.tag ?? {})
  );
}

function coversControls(wide: When['control'], narrow: When['control']): boolean {
  if (!wide) return true;
  if (!narrow) return false;
  const patterns = wide.map((pattern) => pattern.toLowerCase());
  return narrow.every((control) => {
    const id = control.toLowerCase();
    return patterns.some((pattern) =>
      pattern.endsWith(ANY) ? id.startsWith(pattern.slice(0, -1)) : id === pattern,
    );
  });
}

function coversTags(wide: NonNullable<When['tag']>, narrow: NonNullable<When['tag']>): boolean {
  return Object.entries(wide).every(([key, values]) => {
    const narrower = Object.hasOwn(narrow, key) ? narrow[key] : undefined;
    return narrower?.every((value) => values.includes(ANY) || values.includes(value)) ?? false;
  });
}
