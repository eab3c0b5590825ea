import { ChangeFailed, type ChangeKind } from '../changes';
import { amend } from '../store';
import { aboutRequest } from './about-request';
import { checkRequest } from './check';
import { tellOnce } from './entries';
import { refreshCard } from './settle';
import { NoPayload, type RequestChanges, ruleOnRequest, targetRequest } from './take';
import type { Intake } from './take-in';

/**
 * "I fixed it": Security Hub is asked at once. What has passed resolves by itself; for the rest the card says who
 * reported it fixed and when AWS looks again.
 */
export function reportFixed(deps: RequestChanges & Intake): ChangeKind<NoPayload> {
  return {
    kind: 'report-fixed',
    schema: NoPayload,
    about: aboutRequest,
    rule: (change) => ruleOnRequest('report-fixed', change, deps),
    async before(change) {
      return { fixedBy: (await deps.requests.load(targetRequest(change)))?.fixedBy };
    },
    async apply(change) {
      const key = targetRequest(change);
      const at = deps.now().toISOString();
      const { record: request } = await amend(deps.requests, key, (r) =>
        r.phase === 'open' && r.fixedBy === undefined
          ? { ...r, fixedBy: { who: change.actor.id, at, stillFailing: r.summary?.open ?? 0 } }
          : undefined,
      );
      if (request === undefined) throw new ChangeFailed('gone');
      // Resolved meanwhile, perhaps by the first try of this very change: the thread has its thanks.
      if (request.phase !== 'open') return {};
      const { failing, gone } = await checkRequest(key, deps);
      const stillFailing = failing + gone;
      if (stillFailing > 0) {
        await tellOnce(
          key,
          { kind: 'fixed', change: change.id, at, who: change.actor.id, count: stillFailing },
          deps,
          (r) => ({ ...r, fixedBy: { who: change.actor.id, at, stillFailing } }),
        );
      }
      await refreshCard(key, deps);
      return {};
    },
  };
}
