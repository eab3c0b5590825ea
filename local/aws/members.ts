import * as z from 'zod';
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

const createInput = z.object({
  AccountDetails: z
    .array(z.object({ AccountId: z.string().regex(/^\d{12}$/), Email: z.string().optional() }))
    .min(1)
    .max(MAX_PAGE),
});

/** An account in a Region. */
interface Place {
  readonly account: string;
  readonly region: string;
}

interface Unprocessed {
  readonly AccountId: string;
  readonly ProcessingResult: string;
}

/** Security Hub's members, as its administrator account sees them. */
export class Members {
  private given: readonly HubMember[] | undefined;
  /** What has changed since in one Region, by Region and account. */
  private readonly changed = new Map<string, Map<string, HubMember>>();

  /** @param reporting the accounts whose findings Security Hub holds: until it is told otherwise they are members too */
  constructor(
    private readonly hubAccount: string,
    private readonly reporting: () => ReadonlySet<string>,
  ) {}

  set(members: readonly HubMember[]): void {
    this.given = members;
    this.changed.clear();
  }

  reset(): void {
    this.given = undefined;
    this.changed.clear();
  }

  isMember({ account, region }: Place): boolean {
    return this.member(account, region)?.MemberStatus === 'Enabled';
  }

  isInvited({ account, region }: Place): boolean {
    return this.member(account, region)?.MemberStatus === 'Invited';
  }

  /** An invitation is accepted. */
  join({ account, region }: Place): void {
    const member = this.member(account, region);
    if (member) this.change(region, { ...member, MemberStatus: 'Enabled' });
  }

  /** @param joins whether an account is a member as soon as it is named; others are invited, by mail */
  create(
    input: unknown,
    region: string,
    joins: (account: string) => boolean,
  ): { readonly joined: readonly string[]; readonly unprocessed: readonly Unprocessed[] } {
    const read = createInput.safeParse(input);
    if (!read.success) throw invalidInput(z.prettifyError(read.error));
    const joined: string[] = [];
    const unprocessed: Unprocessed[] = [];
    for (const { AccountId, Email } of read.data.AccountDetails) {
      const mail = Email === undefined ? {} : { Email };
      if (joins(AccountId)) {
        this.change(region, { AccountId, ...mail, MemberStatus: 'Enabled' });
        joined.push(AccountId);
      } else if (Email === undefined) {
        unprocessed.push({ AccountId, ProcessingResult: 'Email is required' });
      } else this.change(region, { AccountId, ...mail, MemberStatus: 'Created' });
    }
    return { joined, unprocessed };
  }

  inviteMembers(input: unknown, region: string): object {
    const read = getMembersInput.safeParse(input);
    if (!read.success) throw invalidInput(z.prettifyError(read.error));
    const unprocessed: Unprocessed[] = [];
    for (const id of read.data.AccountIds) {
      const member = this.member(id, region);
      if (member) this.change(region, { ...member, MemberStatus: 'Invited' });
      else unprocessed.push({ AccountId: id, ProcessingResult: 'No such member' });
    }
    return { UnprocessedAccounts: unprocessed };
  }

  private change(region: string, member: HubMember): void {
    const here = this.changed.get(region) ?? new Map<string, HubMember>();
    this.changed.set(region, here.set(member.AccountId, member));
  }

  private member(account: string, region: string): HubMember | undefined {
    return this.membersIn(region).find(({ AccountId }) => AccountId === account);
  }

  private membersIn(region: string): readonly HubMember[] {
    const here = this.changed.get(region) ?? new Map<string, HubMember>();
    return [...this.members.filter(({ AccountId }) => !here.has(AccountId)), ...here.values()];
  }

  private get members(): readonly HubMember[] {
    if (this.given) return this.given;
    const others = [...this.reporting()].filter(
      (id) => id !== this.hubAccount && EXAMPLES.every(({ AccountId }) => AccountId !== id),
    );
    return [...EXAMPLES, ...others.map((AccountId): HubMember => ({ AccountId, MemberStatus: 'Enabled' }))];
  }

  getMembers(input: unknown, region: string): object {
    const read = getMembersInput.safeParse(input);
    if (!read.success) throw invalidInput(z.prettifyError(read.error));
    const { AccountIds } = read.data;
    const members = this.membersIn(region);
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

  listMembers(input: unknown, region: string): object {
    const read = listMembersInput.safeParse(input);
    if (!read.success) throw invalidInput(z.prettifyError(read.error));
    const { OnlyAssociated, MaxResults, NextToken } = read.data;
    const listed = this.membersIn(region).filter(
      ({ MemberStatus }) => OnlyAssociated === 'false' || MemberStatus === 'Enabled',
    );
    const { items, next } = turn(listed, MaxResults, NextToken, [OnlyAssociated]);
    return {
      Members: items.map((member) => ({ ...member, AdministratorId: this.hubAccount })),
      NextToken: next,
    };
  }
}
