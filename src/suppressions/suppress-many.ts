import * as z from 'zod';
import { ruleSuppressMany, type SuppressAmong } from '../access';
import type { Account } from '../accounts';
import { type About, type Change, ChangeFailed, type ChangeKind } from '../changes';
import { type Severity, worse } from '../controls';
import { type Issue, parseRequestRef, type Request, type RequestKey } from '../requests';
import { approvalParts } from './approval-parts';
import { inScope, type Suppressions, type SuppressPayload, worstOf } from './suppress';
import { SuppressManyPayload } from './suppress-many-payload';
import { childId } from './under-parent';

/** What became of a suppression of several requests, as far as it is known when it is applied. */
export interface SuppressedMany {
  /** How many are suppressed now, each by a change of its own. */
  readonly count: number;
  /** Those that were done meanwhile. */
  readonly skipped: readonly Pick<OneOfMany, 'control' | 'account'>[];
}

export interface ManySuppressions extends Suppressions {
  /** Tells whoever asked; may be called again after a crash. */
  readonly report: (change: Change, result: SuppressedMany) => Promise<void>;
}

/** One request of those that are suppressed together, as it is now. */
export interface OneOfMany {
  readonly ref: string;
  readonly key: RequestKey;
  readonly control: string;
  readonly account: Account;
  /** Its issues that were open when it was asked and still are. */
  readonly open: readonly Issue[];
  readonly severity: Severity;
}

/** Counted just before anything is done: on a second try the same ones are skipped. */
const Before = z.object({ open: z.record(z.string(), z.number()) });

/** How people call one of them. */
export function nameOfOne({ control, account }: Pick<OneOfMany, 'control' | 'account'>): string {
  return `${control} · ${account.name === undefined ? account.id : `${account.name} (${account.id})`}`;
}

/** How many issues of each request were open when it was applied; undefined before that. */
export function openBefore(change: Change): Readonly<Record<string, number>> | undefined {
  return Before.safeParse(change.before).data?.open;
}

/** The requests of a payload as they are now. One that is no request of a control has nothing open. */
export async function readMany(
  payload: SuppressManyPayload,
  { issues, requests, accounts }: Pick<Suppressions, 'issues' | 'requests' | 'accounts'>,
): Promise<readonly OneOfMany[]> {
  const scope: SuppressPayload = { ...payload, scope: 'all', issues: [] };
  const read = await Promise.all(
    payload.requests.map(async (ref): Promise<OneOfMany | undefined> => {
      const key = parseRequestRef(ref);
      if (key === undefined) return undefined;
      const [request, all]: [Request | undefined, readonly Issue[]] = await Promise.all([
        requests.load(key),
        issues.of(key),
      ]);
      const open = all.filter((issue) => inScope(issue, scope));
      return {
        ref,
        key,
        control: request?.control ?? key.subject,
        account: accounts(key.account),
        open,
        severity: worstOf(open),
      };
    }),
  );
  return read.flatMap((one) => one ?? []);
}

/** The account of them all; undefined where they are of several. */
function aboutMany({ requests }: SuppressManyPayload): About {
  const accounts = new Set(requests.map((ref) => parseRequestRef(ref)?.account));
  const [account] = accounts;
  return accounts.size === 1 && account !== undefined ? { account } : {};
}

/**
 * Suppress several requests at once: ruled by the worst of them, asked about once, and done by a change of its own for
 * each, so that each ends, is extended and is taken back by itself.
 */
export function suppressMany(many: ManySuppressions): ChangeKind<SuppressManyPayload> {
  const askersFor = async (change: Change, all: readonly OneOfMany[]): Promise<readonly SuppressAmong[]> => {
    const among: SuppressAmong[] = [];
    for (const one of all) {
      // Asked afresh once: Slack does not take so many questions, and each is ruled on once more by its own change.
      const asker = await many.directory.askerFor(change.actor.id, one.account, among.length === 0);
      among.push({ asker, severity: one.severity, about: nameOfOne(one) });
    }
    return among;
  };

  return {
    kind: 'suppress-many',
    schema: SuppressManyPayload,
    about: (_, payload) => aboutMany(payload),

    async rule(change, payload) {
      const all = await readMany(payload, many);
      const threat = all.find(({ key }) => key.kind === 'threat');
      const nobody = { effect: 'deny', reason: { code: 'not-allowed', who: [] } } as const;
      if (threat) return { ...nobody, about: nameOfOne(threat) };
      const open = all.filter((one) => one.open.length > 0);
      // Where all are done, whoever may do nothing at all is told that and not how they stand.
      const among = await askersFor(change, open.length > 0 ? open : all);
      return ruleSuppressMany(among, payload.days, many.rules) ?? nobody;
    },

    async target(_, payload) {
      const all = await readMany(payload, many);
      return {
        severity: all.map(({ severity }) => severity).reduce<Severity>(worse, 'INFORMATIONAL'),
        parts: all.flatMap(({ ref, open, severity }) => approvalParts(ref, open, severity)),
      };
    },

    async before(_, payload) {
      const all = await readMany(payload, many);
      return { open: Object.fromEntries(all.map(({ ref, open }) => [ref, open.length])) };
    },

    async apply(change, payload) {
      const { open: before } = Before.parse(change.before);
      const all = await readMany(payload, many);
      const meant = all.filter(({ ref }) => (before[ref] ?? 0) > 0);
      if (meant.length === 0) throw new ChangeFailed('nothing-open');
      if (Date.parse(payload.until) <= many.now().getTime()) throw new ChangeFailed('too-late');
      for (const { ref } of meant) await queueOne(change, payload, ref);
      await many.report(change, {
        count: meant.length,
        skipped: all.filter((one) => !meant.includes(one)),
      });
      return {};
    },
  };

  /** Its id follows from this change's: on a second try it is the same one. */
  async function queueOne(
    change: Change,
    { requests: _, ...terms }: SuppressManyPayload,
    ref: string,
  ): Promise<void> {
    const id = childId(change.id, ref);
    const payload: SuppressPayload = { ...terms, scope: 'all', issues: [], parent: change.id };
    const { actor, replyTo } = change;
    await many.queues.change({
      id,
      version: 0,
      group: ref,
      body: {
        type: 'propose',
        id,
        kind: 'suppress',
        actor,
        target: ref,
        payload,
        at: change.proposedAt,
        ...(replyTo && { replyTo }),
      },
    });
  }
}
