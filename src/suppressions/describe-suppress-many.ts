import type { DescribeChange, Fact } from '../changes';
import { type Severity, worse } from '../controls';
import type { Suppressions } from './suppress';
import { nameOfOne, openBefore, readMany } from './suppress-many';
import { SuppressManyPayload } from './suppress-many-payload';

/** What a suppression of several requests asks for: which, the worst of them, why, and until when. */
export function describeSuppressMany(
  sources: Pick<Suppressions, 'issues' | 'requests' | 'accounts'>,
): DescribeChange {
  return async (change) => {
    const payload = SuppressManyPayload.parse(change.payload);
    const all = await readMany(payload, sources);
    // When it is done nothing is open any more: what it was about then is what was counted before.
    const before = openBefore(change);
    const listed = all.map((one) => ({ ...one, count: before?.[one.ref] ?? one.open.length }));
    const meant = listed.filter(({ count }) => count > 0);
    const worst = all.map(({ severity }) => severity).reduce<Severity>(worse, 'INFORMATIONAL');
    return [
      { label: 'count', value: String(meant.reduce((sum, { count }) => sum + count, 0)), kind: 'text' },
      { label: 'severity', value: change.asked?.target.severity ?? worst, kind: 'severity' },
      { label: 'until', value: payload.until, kind: 'date' },
      { label: 'reason', value: payload.reason, kind: 'text' },
      ...(payload.ticket === undefined
        ? []
        : [{ label: 'ticket', value: payload.ticket, kind: 'link' } as const]),
      ...meant.map((one): Fact => {
        const severity = before === undefined ? ` · ${one.severity}` : '';
        return { label: 'request', value: `${nameOfOne(one)}${severity} × ${one.count}`, kind: 'code' };
      }),
      ...listed
        .filter(({ count }) => count === 0)
        .map((one): Fact => ({ label: 'skipped', value: nameOfOne(one), kind: 'code' })),
    ];
  };
}
