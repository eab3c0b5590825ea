import { createHash } from 'node:crypto';
import { invalidInput } from './aws-error';

/** One page of a list. The token holds where to read on and what was asked, which must not change in between. */
export function turn<T>(
  list: readonly T[],
  size: number,
  token: string | undefined,
  asked: unknown,
): { items: readonly T[]; next: string | undefined } {
  const question = createHash('sha256').update(JSON.stringify(asked)).digest('base64url').slice(0, 16);
  const start = token === undefined ? 0 : readToken(token, question);
  const end = start + size;
  return { items: list.slice(start, end), next: end < list.length ? `${question}.${end}` : undefined };
}

function readToken(token: string, question: string): number {
  const [asked, start] = token.split('.');
  if (asked !== question || !/^\d+$/.test(start ?? '')) {
    throw invalidInput('NextToken does not belong to this request: repeat the request it came with.');
  }
  return Number(start);
}
