import type { AccountId } from '../accounts';
import type { Change, Changes } from '../changes';
import { type Issue, type Issues, parseRequestRef, type RequestKey } from '../requests';
import { byChange, isResting, SUPPRESSION_KINDS, SuppressPayload } from './suppress';

/** A suppression that is in force, as its change tells it. */
export interface Exception {
  readonly change: Change;
  readonly request: RequestKey;
  readonly payload: SuppressPayload;
  /** It is meant to be as it is: void when the resource changes. */
  readonly byDesign: boolean;
}

/** The exception that a change made; undefined when it made none, or it has ended. */
export function exceptionOf(change: Change | undefined): Exception | undefined {
  const known = SUPPRESSION_KINDS.some((kind) => kind === change?.kind);
  if (change === undefined || !known || change.status !== 'applied' || change.ending) return undefined;
  const request = parseRequestRef(change.target);
  const payload = SuppressPayload.safeParse(change.payload);
  if (request === undefined || !payload.success) return undefined;
  return { change, request, payload: payload.data, byDesign: change.kind === 'suppress-by-design' };
}

/** The exception that a change made; undefined when it has ended, or there has never been one. */
export async function findException(
  change: string,
  changes: Pick<Changes, 'load'>,
): Promise<Exception | undefined> {
  return exceptionOf(await changes.load(change));
}

/** Exceptions in force, of one account or of all, the one that ends first at the head; at most `limit` of each kind. */
export async function liveExceptions(
  changes: Pick<Changes, 'live'>,
  { account, limit }: { readonly account?: AccountId; readonly limit?: number } = {},
): Promise<readonly Exception[]> {
  const found = await Promise.all(
    SUPPRESSION_KINDS.map((kind) => changes.live(kind, { ...(limit !== undefined && { limit }) })),
  );
  return found
    .flat()
    .flatMap((change) => exceptionOf(change) ?? [])
    .filter(({ request }) => account === undefined || request.account === account)
    .sort((a, b) => (a.payload.until < b.payload.until ? -1 : 1));
}

/** What an exception keeps from being asked about now; what is fixed for the time being is not among it. */
export async function suppressedUnder(
  { change, request }: Pick<Exception, 'change' | 'request'>,
  issues: Pick<Issues, 'of'>,
): Promise<readonly Issue[]> {
  return (await issues.of(request)).filter((issue) => byChange(issue, change) && isResting(issue));
}

/** When it began to hold: asked for, or approved. */
export function sinceWhen({ change, payload }: Pick<Exception, 'change' | 'payload'>): string {
  return change.approvals?.at(-1)?.at ?? payload.asOf;
}
