import * as z from 'zod';
import type { Change, DescribeChange, Fact, FactLabel } from '../changes';
import { OwnerPayload, PrincipalId } from './register-owner';
import { type RegistryChanges, targetAccount } from './registry-changes';

type Sources = Pick<RegistryChanges, 'register'>;

const Before = z.object({ owner: PrincipalId.optional(), deputy: PrincipalId.optional() });

/** Who answers for the account: once it is done, who did before. */
function present(change: Change, { register }: Sources): Fact[] {
  const before = Before.safeParse(change.before);
  const { owner, deputy } = before.success ? before.data : register.lookup(targetAccount(change));
  return [
    ...(owner === undefined ? [] : [{ label: 'present-owner', value: owner, kind: 'person' } as const]),
    ...(deputy === undefined ? [] : [{ label: 'present-deputy', value: deputy, kind: 'person' } as const]),
  ];
}

/** What "Set the owner" asks for: what it says anew, and who answers for the account now. */
export function describeRegisterOwner(sources: Sources): DescribeChange {
  return async (change) => {
    const payload = OwnerPayload.parse(change.payload);
    const said = (label: FactLabel, kind: Fact['kind'], value: string | null | undefined): Fact[] => {
      if (value === undefined) return [];
      return value === null ? [{ label, value: 'none', kind: 'word' }] : [{ label, value, kind }];
    };
    return [
      ...said('owner', 'person', payload.owner),
      ...said('deputy', 'person', payload.deputy),
      ...said('channel', 'channel', payload.channel),
      ...said('name', 'text', payload.name),
      ...said('kind', 'word', payload.kind),
      ...said('project', 'text', payload.project),
      ...said('mail', 'text', payload.mail),
      ...present(change, sources),
    ];
  };
}

/** What a claim asks for: whoever asks becomes the owner. */
export function describeClaimAccount(sources: Sources): DescribeChange {
  return async (change) => [
    { label: 'owner', value: change.actor.id, kind: 'person' },
    ...present(change, sources),
  ];
}
