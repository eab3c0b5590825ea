import {
  AWSOrganizationsNotInUseException,
  type OrganizationsClient,
  paginateListAccounts,
} from '@aws-sdk/client-organizations';
import { paginateListMembers, type SecurityHubClient } from '@aws-sdk/client-securityhub';
import { type AccountId, type AccountStatus, accountId } from '../accounts';

/** An account as AWS knows it. */
export interface AwsAccount {
  readonly id: AccountId;
  readonly name?: string;
  readonly mail?: string;
  readonly status: AccountStatus;
}

/** Where accounts are listed. */
export interface AccountSources {
  /**
   * All accounts of the organization, closed ones too, page by page as AWS gives them.
   * @throws NoOrganizationError where there is none
   */
  organization(): AsyncIterable<readonly AwsAccount[]>;
  /**
   * The administrator account of Security Hub, and its members, invited ones too. Members that were removed or have left
   * are not among them.
   */
  securityHubMembers(): AsyncIterable<readonly AwsAccount[]>;
}

/** The account whose credentials these are belongs to no organization. */
export class NoOrganizationError extends Error {
  override readonly name = 'NoOrganizationError';
}

/** The largest pages that the two APIs give. */
const ACCOUNTS_PER_PAGE = 20;
const MEMBERS_PER_PAGE = 50;

/** Members that are no longer ones. */
const GONE = ['Removed', 'Resigned', 'Deleted'];
const SUSPENDED = 'AccountSuspended';

function awsAccount(
  given: string | undefined,
  status: AccountStatus,
  { name, mail }: { readonly name?: string | undefined; readonly mail?: string | undefined },
): readonly AwsAccount[] {
  const id = accountId(given ?? '');
  return id === undefined ? [] : [{ id, ...(name && { name }), ...(mail && { mail }), status }];
}

/**
 * Both APIs take few calls a second: clients with adaptive retries slow down by themselves.
 * @param ownAccount the administrator account, which Security Hub does not list as its own member
 */
export function accountSources(
  organizations: OrganizationsClient,
  securityHub: SecurityHubClient,
  ownAccount: () => Promise<string>,
): AccountSources {
  return {
    async *organization() {
      try {
        const pages = paginateListAccounts({ client: organizations, pageSize: ACCOUNTS_PER_PAGE }, {});
        for await (const { Accounts = [] } of pages) {
          yield Accounts.flatMap(({ Id, Name, Email, State, Status }) => {
            // State follows Status, which AWS gives up.
            const open = ['ACTIVE', 'PENDING_ACTIVATION'].includes(State ?? Status ?? 'ACTIVE');
            return awsAccount(Id, open ? 'active' : 'closed', { name: Name, mail: Email });
          });
        }
      } catch (error) {
        if (!(error instanceof AWSOrganizationsNotInUseException)) throw error;
        throw new NoOrganizationError('this account belongs to no organization', { cause: error });
      }
    },
    async *securityHubMembers() {
      yield awsAccount(await ownAccount(), 'active', {});
      const pages = paginateListMembers(
        { client: securityHub, pageSize: MEMBERS_PER_PAGE },
        { OnlyAssociated: false },
      );
      for await (const { Members = [] } of pages) {
        yield Members.flatMap(({ AccountId, Email, MemberStatus }) => {
          if (GONE.includes(MemberStatus ?? '')) return [];
          return awsAccount(AccountId, MemberStatus === SUSPENDED ? 'closed' : 'active', { mail: Email });
        });
      }
    },
  };
}
