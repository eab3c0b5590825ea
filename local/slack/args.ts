import { isJson, type Json } from './json';
import { Refusal } from './refusal';

/** Arguments that travel as JSON inside form fields, and Slack's error when they cannot be read. */
const JSON_FIELDS: Record<string, string> = {
  blocks: 'invalid_blocks_format',
  attachments: 'invalid_attachments',
  metadata: 'invalid_metadata_format',
  view: 'invalid_arguments',
  message: 'invalid_arguments',
  files: 'invalid_arguments',
};

/** The arguments of one Web API call, whatever way they came. */
export class Args {
  constructor(readonly raw: Json) {}

  static ofForm(body: string): Args {
    return new Args(Object.fromEntries(new URLSearchParams(body)));
  }

  text(name: string): string | undefined {
    const value = this.raw[name];
    if (typeof value === 'string') return value;
    return typeof value === 'number' ? String(value) : undefined;
  }

  /** @throws Refusal `invalid_arguments` when it is missing */
  required(name: string, code = 'invalid_arguments'): string {
    const value = this.text(name);
    if (value === undefined || value === '') {
      const message = `[ERROR] missing required field: ${name}`;
      throw new Refusal(code, { response_metadata: { messages: [message] } });
    }
    return value;
  }

  flag(name: string): boolean {
    const value = this.raw[name];
    return value === true || value === 'true' || value === '1' || value === 1;
  }

  count(name: string, otherwise: number, most: number): number {
    const value = Number(this.raw[name] ?? otherwise);
    if (!Number.isInteger(value) || value < 1) throw new Refusal('invalid_limit');
    return Math.min(value, most);
  }

  json(name: string): unknown {
    const value = this.raw[name];
    if (typeof value !== 'string') return value;
    if (value === '') return undefined;
    try {
      return JSON.parse(value);
    } catch {
      throw new Refusal(JSON_FIELDS[name] ?? 'invalid_arguments');
    }
  }

  object(name: string): Json {
    const value = this.json(name);
    if (!isJson(value)) throw new Refusal(JSON_FIELDS[name] ?? 'invalid_arguments');
    return value;
  }

  /** For the log: without the token, JSON fields parsed where they can be. */
  forLog(): Json {
    const entries = Object.keys(this.raw)
      .filter((name) => name !== 'token')
      .map((name) => [name, name in JSON_FIELDS ? this.jsonOrRaw(name) : this.raw[name]]);
    return Object.fromEntries(entries) as Json;
  }

  private jsonOrRaw(name: string): unknown {
    try {
      return this.json(name);
    } catch (error) {
      if (error instanceof Refusal) return this.raw[name];
      throw error;
    }
  }
}

/** One page of a list by Slack's cursors. */
export function page<T>(
  entries: T[],
  args: Args,
  limits: { otherwise: number; most: number },
): { entries: T[]; next: string } {
  const cursor = args.text('cursor') ?? '';
  const start = cursor === '' ? 0 : Number(Buffer.from(cursor, 'base64').toString('utf8').replace('at:', ''));
  if (!Number.isInteger(start) || start < 0) throw new Refusal('invalid_cursor');
  const end = start + args.count('limit', limits.otherwise, limits.most);
  return {
    entries: entries.slice(start, end),
    next: end < entries.length ? Buffer.from(`at:${end}`).toString('base64') : '',
  };
}
