import { ChangeFailed } from '../changes';
import { requestItemKey } from './keys';
import type { Entry, Request, RequestKey } from './request';
import type { Effects } from './settle';

/** Adds an entry to the request's numbered history. */
export function appendEntry(request: Request, entry: Omit<Entry, 'seq'>): Request {
  const seq = request.seq + 1;
  return { ...request, seq, outbox: [...request.outbox, { ...entry, seq }] };
}

/** By which a change's entry is found again once it has been copied. */
export function entryMark(change: string, kind: Entry['kind']): string {
  return `${change}:${kind}`;
}

/**
 * Adds an entry of a change to its request, once: it is looked for among the entries still in the record and,
 * by its mark, among those already copied. The write fails if the record moved between the two looks.
 * @param also what else the same write changes in the request
 * @returns the number of the entry
 * @throws ChangeFailed `gone` when there is no such request
 */
export async function tellOnce(
  key: RequestKey,
  entry: Omit<Entry, 'seq'> & { readonly change: string },
  effects: Pick<Effects, 'requests' | 'history'>,
  also: (request: Request) => Request = (request) => request,
): Promise<number> {
  const mark = entryMark(entry.change, entry.kind);
  for (;;) {
    const request = await effects.requests.load(key);
    if (request === undefined) throw new ChangeFailed('gone');
    const known = request.outbox.find(({ change, kind }) => change === entry.change && kind === entry.kind);
    if (known) return known.seq;
    const copied = await effects.history.marked(requestItemKey(key), mark);
    if (copied !== undefined) return copied;
    const next = appendEntry(also(request), entry);
    if (await effects.requests.replace({ ...next, version: request.version + 1 }, request.version)) {
      return next.seq;
    }
  }
}
