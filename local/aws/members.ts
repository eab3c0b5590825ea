import { z } from 'zod';
import { invalidInput } from './aws-error';
import { turn } from './turn';

const MAX_PAGE = 50;

export const hubMember = z.strictObject({
  AccountId: z.string().regex(/^\d{12}$/, 'takes twelve digits'),
  Email: z.email().optional(),
  MemberStatus: z
    .enum(['Created', 'Invited', 'Enabled', 'Removed', 'Resigned', 'Deleted', 'AccountSuspended'])
    .default('Enabled'),
});

/** A member account of Security Hub. */
export type HubMember = z.infer<typeof hubMember>;

const EXAMPLES: readonly HubMember[] = [
  { AccountId: '111122223333', Email: 'aws+shop-prod@example.com', MemberStatus: 'Enabled' },
  { AccountId: '444455556666', Email: 'aws+shop-dev@example.com', MemberStatus: 'Enabled' },
];

/** As they stand in the query of the URL. */
const listMembersInput = z.object({
  OnlyAssociated: z.enum(['true', 'false']).default('true'),
  MaxResults: z.coerce.number().int().min(1).max(MAX_PAGE).default(MAX_PAGE),
  NextToken: z.string().optional(),
});

const getMembersInput = z.object({
  AccountIds: z
    .array(z.string().regex(/^\d{12}$/))
    .min(1)
    .max(MAX_PAGE),
});

/** Security Hub's members, as its administrator account sees them. */
export class Members {
  private given: readonly HubMember[] | undefined;

  /** @param reporting the accounts whose findings Security Hub holds: until it is told otherwise they are members too */
  constructor(
    private readonly hubAccount: string,
    private readonly reporting: () => ReadonlySet<string>,
  ) {}

  set(members: readonly HubMember[]): void {
    this.given = members;
  }

  reset(): void {
    this.given = undefined;
  }

  private get members(): readonly HubMember[] {
    if (this.given) return this.given;
    const others = [...this.reporting()].filter(
      (id) => id !== this.hubAccount && EXAMPLES.every(({ AccountId }) => AccountId !== id),
    );
    return [...EXAMPLES, ...others.map((AccountId): HubMember => ({ AccountId, MemberStatus: 'Enabled' }))];
  }

  getMembers(input: unknown): object {
    const read = getMembersInput.safeParse(input);
    if (!read.success) throw invalidInput(z.prettifyError(read.error));
    const { AccountIds } = read.data;
    const { members } = this;
    const known = (id: string) => members.find(({ AccountId }) => AccountId === id);
    return {
      Members: AccountIds.flatMap((id) => known(id) ?? []).map((member) => ({
        ...member,
        AdministratorId: this.hubAccount,
      })),
      UnprocessedAccounts: AccountIds.filter((id) => known(id) === undefined).map((AccountId) => ({
        AccountId,
        ProcessingResult: 'No such member',
      })),
    };
  }

  listMembers(input: unknown): object {
    const read = listMembersInput.safeParse(input);
    if (!read.success) throw invalidInput(z.prettifyError(read.error));
    const { OnlyAssociated, MaxResults, NextToken } = read.data;
    const listed = this.members.filter(
      ({ MemberStatus }) => OnlyAssociated === 'false' || MemberStatus === 'Enabled',
    );
    const { items, next } = turn(listed, MaxResults, NextToken, [OnlyAssociated]);
    return {
      Members: items.map((member) => ({ ...member, AdministratorId: this.hubAccount })),
      NextToken: next,
    };
  }
}
