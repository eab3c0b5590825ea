import type { DescribeChange, Fact } from '../changes';
import type { Intake } from '../requests';
import { byChange, inScope, requestOf, SuppressPayload } from './suppress';

/** Resources that are named; of the others it is said how many they are. */
const NAMED = 10;

/** What a suppression asks for: which issues, why, and until when. */
export function describeSuppress({ issues }: Pick<Intake, 'issues'>): DescribeChange {
  return async (change) => {
    const payload = SuppressPayload.parse(change.payload);
    const all = await issues.of(requestOf(change));
    const meant = all.filter((issue) => inScope(issue, payload) || byChange(issue, change));
    const named = meant
      .map(({ resource }) => resource.id)
      .sort()
      .slice(0, NAMED);
    return [
      payload.extends === undefined
        ? { label: 'scope', value: payload.scope === 'all' ? 'all-open' : 'chosen', kind: 'word' }
        : { label: 'effect', value: 'extend-suppression', kind: 'word' },
      { label: 'count', value: String(meant.length), kind: 'text' },
      { label: 'until', value: payload.until, kind: 'date' },
      { label: 'reason', value: payload.reason, kind: 'text' },
      ...(payload.ticket === undefined
        ? []
        : [{ label: 'ticket', value: payload.ticket, kind: 'link' } as const]),
      ...named.map((value): Fact => ({ label: 'resource', value, kind: 'code' })),
    ];
  };
}
