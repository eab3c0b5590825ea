import * as z from 'zod';
import { AwsError } from './aws-error';
import { turn } from './turn';

const MAX_PAGE = 20;

export const organizationAccount = z.strictObject({
  Id: z.string().regex(/^\d{12}$/, 'takes twelve digits'),
  Name: z.string().min(1),
  Email: z.email(),
  State: z.enum(['PENDING_ACTIVATION', 'ACTIVE', 'SUSPENDED', 'PENDING_CLOSURE', 'CLOSED']).default('ACTIVE'),
});

/** An account of the organization. */
export type OrganizationAccount = z.infer<typeof organizationAccount>;

const EXAMPLES: readonly OrganizationAccount[] = [
  { Id: '111122223333', Name: 'shop-prod', Email: 'aws+shop-prod@example.com', State: 'ACTIVE' },
  { Id: '444455556666', Name: 'shop-dev', Email: 'aws+shop-dev@example.com', State: 'ACTIVE' },
];

const listAccountsInput = z.object({
  MaxResults: z.number().int().min(1).max(MAX_PAGE).optional(),
  NextToken: z.string().optional(),
});

/** The organization of the hub's account. */
export class Organization {
  private accounts: readonly OrganizationAccount[] | null = EXAMPLES;

  constructor(private readonly managementAccount: string) {}

  /** @param accounts null where there is no organization */
  set(accounts: readonly OrganizationAccount[] | null): void {
    this.accounts = accounts;
  }

  reset(): void {
    this.accounts = EXAMPLES;
  }

  get exists(): boolean {
    return this.accounts !== null;
  }

  has(account: string): boolean {
    return this.accounts?.some(({ Id }) => Id === account) ?? false;
  }

  describeOrganization(): object {
    if (this.accounts === null) throw notInUse();
    return { Organization: { Id: 'o-example1234', FeatureSet: 'ALL' } };
  }

  listAccounts(input: unknown): object {
    if (this.accounts === null) throw notInUse();
    const read = listAccountsInput.safeParse(input);
    if (!read.success) throw new AwsError('InvalidInputException', z.prettifyError(read.error), 400);
    const { MaxResults = MAX_PAGE, NextToken } = read.data;
    const { items, next } = turn(this.accounts, MaxResults, NextToken, []);
    return {
      Accounts: items.map((account) => ({
        ...account,
        Arn: `arn:aws:organizations::${this.managementAccount}:account/o-example1234/${account.Id}`,
      })),
      NextToken: next,
    };
  }
}

function notInUse(): AwsError {
  const message = 'Your account is not a member of an organization.';
  return new AwsError('AWSOrganizationsNotInUseException', message, 400);
}
