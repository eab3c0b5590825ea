import type { Args } from '../args';
import type { Context } from '../context';
import type { Json } from '../json';

/** Which token a method takes. */
export type TokenKind = 'bot' | 'app' | 'none';

export interface Method {
  token: TokenKind;
  /** @returns what Slack answers beside `ok: true`. @throws Refusal for `ok: false` */
  run: (args: Args, context: Context) => Json;
}

export type Methods = Record<string, Method>;
