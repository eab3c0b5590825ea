import * as z from 'zod';
import { type AccessRules, type Directory, rule } from '../access';
import { type Change, ChangeFailed, type ChangeKind } from '../changes';
import { aboutRequest } from './about-request';
import { tellOnce } from './entries';
import { parseRequestRef } from './keys';
import type { RequestKey } from './request';
import { type Effects, refreshCard } from './settle';

export const NoPayload = z.object({});
export type NoPayload = z.infer<typeof NoPayload>;

export interface RequestChanges extends Effects {
  readonly directory: Directory;
  readonly rules: AccessRules;
}

/** The request that a change is about. @throws ChangeFailed `gone` when the reference is none */
export function targetRequest(change: Change): RequestKey {
  const key = parseRequestRef(change.target);
  if (key === undefined) throw new ChangeFailed('gone');
  return key;
}

/** Rules what concerns a request as a whole, with fresh rights. */
export async function ruleOnRequest(kind: string, change: Change, deps: RequestChanges) {
  const key = targetRequest(change);
  const [request, asker] = await Promise.all([
    deps.requests.load(key),
    deps.directory.askerFor(change.actor.id, deps.accounts(key.account), true),
  ]);
  return rule(asker, { kind, severity: request?.summary?.severity ?? 'MEDIUM' }, deps.rules);
}

/** "I'll take it": the card and its thread show who has it. */
export function take(deps: RequestChanges): ChangeKind<NoPayload> {
  return {
    kind: 'take',
    schema: NoPayload,
    about: aboutRequest,
    rule: (change) => ruleOnRequest('take', change, deps),
    async before(change) {
      return { takenBy: (await deps.requests.load(targetRequest(change)))?.takenBy };
    },
    async apply(change) {
      const key = targetRequest(change);
      const request = await deps.requests.load(key);
      if (request === undefined) throw new ChangeFailed('gone');
      if (request.phase !== 'open') throw new ChangeFailed('nothing-open');
      const at = deps.now().toISOString();
      await tellOnce(key, { kind: 'taken', change: change.id, at, who: change.actor.id }, deps, (r) => ({
        ...r,
        takenBy: { who: change.actor.id, at },
      }));
      await refreshCard(key, deps);
      return {};
    },
  };
}
