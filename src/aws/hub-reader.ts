import {
  AWSOrganizationsNotInUseException,
  DescribeOrganizationCommand,
  type OrganizationsClient,
} from '@aws-sdk/client-organizations';
import {
  DescribeHubCommand,
  DescribeOrganizationConfigurationCommand,
  GetAdministratorAccountCommand,
  GetEnabledStandardsCommand,
  GetFindingAggregatorCommand,
  ListFindingAggregatorsCommand,
  ListMembersCommand,
  ListOrganizationAdminAccountsCommand,
} from '@aws-sdk/client-securityhub';
import { type AccountId, accountId } from '../accounts';
import type { ControlId } from '../controls';
import { controlStatuses } from './control-statuses';
import type { HubAccess, HubPlace } from './hub-access';
import { AwsRefused, refusal } from './refusal';

/** Security Hub's own settings in an account and Region. */
export interface HubSettings {
  /** `aws`, `aws-cn` … */
  readonly partition: string;
  /** `consolidated`: one finding a check; `per-standard`: one for each standard that holds the control. */
  readonly format: 'consolidated' | 'per-standard';
}

export interface EnabledStandard {
  /** Such as `arn:aws:securityhub:ap-northeast-1::standards/aws-foundational-security-best-practices/v/1.0.0`. */
  readonly arn: string;
  /** `READY`, `PENDING`, `INCOMPLETE`, `FAILED` or `DELETING`. */
  readonly status: string;
}

/** How findings of Regions come together. */
export interface FindingAggregation {
  readonly arn: string;
  /** The Region in which they do. */
  readonly home: string;
  readonly mode: string;
  /** Linked ones, or with `ALL_REGIONS_EXCEPT_SPECIFIED` the others. */
  readonly regions: readonly string[];
}

/** What the delegated administrator of an organization has set in a Region. */
export interface Delegation {
  /** Configuration policies say what is on in each account. */
  readonly central: boolean;
  /** `ENABLED`, `PENDING` or `FAILED`, for central configuration. */
  readonly status?: string;
  /** New accounts of the organization get Security Hub by themselves. */
  readonly autoEnable: boolean;
}

/**
 * How Security Hub is set up. Nothing is changed.
 * Every method throws NoMemberRole where a member account does not let the caller in, AwsRefused where AWS's answer is no,
 * and what else AWS answers.
 */
export interface HubReader {
  /** Undefined where Security Hub is off. */
  settings(place: HubPlace): Promise<HubSettings | undefined>;
  standards(place: HubPlace): Promise<readonly EnabledStandard[]>;
  /** The account that administers this one; undefined where none does. */
  administrator(place: HubPlace): Promise<string | undefined>;
  /** Of these controls, the ones that are on. */
  controlsOn(place: HubPlace, controls: readonly ControlId[]): Promise<readonly ControlId[]>;
  /** Undefined where there is none, and where Security Hub is off. */
  aggregation(region: string): Promise<FindingAggregation | undefined>;
  /** The members that the administrator knows in a Region, with their state; those that have left, too. None where it is off. */
  members(region: string): Promise<ReadonlyMap<AccountId, string>>;
  /** True where the hub's account belongs to an organization. */
  inOrganization(): Promise<boolean>;
  /** Undefined where the hub's account is not the delegated administrator. */
  delegation(region: string): Promise<Delegation | undefined>;
  /** The delegated administrator, where the caller may ask who it is; undefined where there is none. */
  delegated(region: string): Promise<string | undefined>;
}

const MEMBERS_PER_PAGE = 50;
/** How Security Hub says that it is off there. */
const OFF = new Set(['InvalidAccessException', 'ResourceNotFoundException']);

/** The answer, or undefined where AWS refuses in one of these ways. */
async function unless<T>(codes: ReadonlySet<string>, asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof AwsRefused && codes.has(error.code)) return undefined;
    throw error;
  }
}

export function hubReader({ hub, ask }: HubAccess, organizations: OrganizationsClient): HubReader {
  const home = (region: string): HubPlace => ({ account: hub, region });
  return {
    async settings(place) {
      const answer = await unless(
        OFF,
        ask(place, (client) => client.send(new DescribeHubCommand({}))),
      );
      if (answer === undefined) return undefined;
      return {
        partition: answer.HubArn?.split(':')[1] ?? 'aws',
        format: answer.ControlFindingGenerator === 'SECURITY_CONTROL' ? 'consolidated' : 'per-standard',
      };
    },
    async standards(place) {
      const found: EnabledStandard[] = [];
      let token: string | undefined;
      do {
        const next = token;
        const page = await ask(place, (client) =>
          client.send(
            new GetEnabledStandardsCommand({
              MaxResults: 100,
              ...(next !== undefined && { NextToken: next }),
            }),
          ),
        );
        for (const { StandardsArn, StandardsStatus } of page.StandardsSubscriptions ?? []) {
          found.push({ arn: StandardsArn ?? '', status: StandardsStatus ?? '' });
        }
        token = page.NextToken;
      } while (token);
      return found;
    },
    async administrator(place) {
      const answer = await unless(
        new Set(['ResourceNotFoundException']),
        ask(place, (client) => client.send(new GetAdministratorAccountCommand({}))),
      );
      return answer?.Administrator?.AccountId;
    },
    async controlsOn(place, controls) {
      const statuses = await ask(place, (client) => controlStatuses(controls, client));
      if (statuses === undefined) throw new AwsRefused('ACCESS_DENIED', {});
      return controls.filter((control) => statuses.get(control) === 'ENABLED');
    },
    async aggregation(region) {
      const list = await unless(
        OFF,
        ask(home(region), (client) => client.send(new ListFindingAggregatorsCommand({}))),
      );
      const arn = list?.FindingAggregators?.[0]?.FindingAggregatorArn;
      if (arn === undefined) return undefined;
      // Any Region may ask for the list; what is in it, only the one where it is at home answers.
      const own = arn.split(':')[3] ?? region;
      const answer = await ask(home(own), (client) =>
        client.send(new GetFindingAggregatorCommand({ FindingAggregatorArn: arn })),
      );
      return {
        arn,
        home: answer.FindingAggregationRegion ?? own,
        mode: answer.RegionLinkingMode ?? '',
        regions: answer.Regions ?? [],
      };
    },
    async members(region) {
      const members = new Map<AccountId, string>();
      let token: string | undefined;
      do {
        const next = token;
        const page = await unless(
          OFF,
          ask(home(region), (client) =>
            client.send(
              new ListMembersCommand({
                OnlyAssociated: false,
                MaxResults: MEMBERS_PER_PAGE,
                ...(next !== undefined && { NextToken: next }),
              }),
            ),
          ),
        );
        if (page === undefined) return members;
        for (const { AccountId, MemberStatus } of page.Members ?? []) {
          const id = accountId(AccountId ?? '');
          if (id !== undefined) members.set(id, MemberStatus ?? '');
        }
        token = page.NextToken;
      } while (token);
      return members;
    },
    async inOrganization() {
      try {
        await organizations.send(new DescribeOrganizationCommand({}));
        return true;
      } catch (error) {
        if (error instanceof AWSOrganizationsNotInUseException) return false;
        throw refusal(error);
      }
    },
    async delegation(region) {
      const answer = await unless(
        OFF,
        ask(home(region), (client) => client.send(new DescribeOrganizationConfigurationCommand({}))),
      );
      if (answer === undefined) return undefined;
      const { ConfigurationType, Status } = answer.OrganizationConfiguration ?? {};
      return {
        central: ConfigurationType === 'CENTRAL',
        ...(Status !== undefined && { status: Status }),
        autoEnable: answer.AutoEnable === true,
      };
    },
    async delegated(region) {
      const { AdminAccounts = [] } = await ask(home(region), (client) =>
        client.send(new ListOrganizationAdminAccountsCommand({})),
      );
      return AdminAccounts.find(({ Status }) => Status !== 'DISABLE_IN_PROGRESS')?.AccountId;
    },
  };
}
