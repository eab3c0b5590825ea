import { createHash } from 'node:crypto';
import * as z from 'zod';
import { AwsError, invalidInput } from './aws-error';
import type { Caller } from './caller';
import type { Members } from './members';
import type { Organization } from './organization';

const STANDARD = 'standards/aws-foundational-security-best-practices/v/1.0.0';
const accountNumber = z.string().regex(/^\d{12}$/, 'takes twelve digits');

const placeSetup = z.strictObject({
  account: accountNumber,
  region: z.string().min(1),
  on: z.boolean().default(true),
  format: z.enum(['SECURITY_CONTROL', 'STANDARD_CONTROL']).default('SECURITY_CONTROL'),
  /** Paths such as `standards/aws-foundational-security-best-practices/v/1.0.0`, with their status. */
  standards: z.record(z.string(), z.string()).default({ [STANDARD]: 'READY' }),
  /** Another administrator than the hub's account. */
  administrator: accountNumber.optional(),
});

const aggregation = z.strictObject({
  home: z.string().min(1),
  mode: z.enum(['ALL_REGIONS', 'ALL_REGIONS_EXCEPT_SPECIFIED', 'SPECIFIED_REGIONS', 'NO_REGIONS']),
  regions: z.array(z.string()).default([]),
});

/** How Security Hub is set up; what is left out is as it should be. */
export const hubSetup = z.strictObject({
  aggregation: aggregation.nullable().default(null),
  /** `none`: the hub's account is not the organization's delegated administrator. */
  delegation: z.enum(['local', 'central', 'none']).default('local'),
  places: z.array(placeSetup).default([]),
});

export type HubSetupInput = z.input<typeof hubSetup>;
type Place = z.output<typeof placeSetup>;

const format = z.enum(['SECURITY_CONTROL', 'STANDARD_CONTROL']);
const enableInput = z.object({ ControlFindingGenerator: format.default('STANDARD_CONTROL') });
const updateInput = z.object({ ControlFindingGenerator: format.optional() });
const linking = z.object({
  RegionLinkingMode: aggregation.shape.mode,
  Regions: z.array(z.string()).default([]),
});
const aggregatorInput = z.object({ FindingAggregatorArn: z.string() });
const standardsInput = z.object({
  StandardsSubscriptionRequests: z
    .array(z.object({ StandardsArn: z.string() }))
    .min(1)
    .max(25),
});
const acceptInput = z.object({ AdministratorId: accountNumber, InvitationId: z.string().min(1) });

function parse<T>(schema: z.ZodType<T>, input: unknown): T {
  const read = schema.safeParse(input);
  if (!read.success) throw invalidInput(z.prettifyError(read.error));
  return read.data;
}

/** Security Hub's own settings in each account and Region, and who administers whom. */
export class HubSetup {
  private state = hubSetup.parse({});
  private readonly places = new Map<string, Place>();

  constructor(
    private readonly hubAccount: string,
    private readonly members: Members,
    private readonly organization: Organization,
  ) {}

  set(state: z.output<typeof hubSetup>): void {
    this.state = state;
    this.places.clear();
    for (const place of state.places) this.places.set(`${place.account} ${place.region}`, place);
  }

  reset(): void {
    this.set(hubSetup.parse({}));
  }

  describeHub(caller: Caller): object {
    return {
      HubArn: `arn:aws:securityhub:${caller.region}:${caller.account}:hub/default`,
      ControlFindingGenerator: this.at(caller).format,
      AutoEnableControls: true,
    };
  }

  enableSecurityHub(input: unknown, caller: Caller): object {
    const { ControlFindingGenerator } = parse(enableInput, input);
    const place = this.place(caller);
    if (place.on) throw new AwsError('ResourceConflictException', 'Account is already subscribed', 409);
    this.change(caller, { on: true, format: ControlFindingGenerator, standards: {} });
    return {};
  }

  updateSecurityHubConfiguration(input: unknown, caller: Caller): object {
    const { ControlFindingGenerator } = parse(updateInput, input);
    this.at(caller);
    if (ControlFindingGenerator) this.change(caller, { format: ControlFindingGenerator });
    return {};
  }

  getEnabledStandards(caller: Caller): object {
    const { standards } = this.at(caller);
    return {
      StandardsSubscriptions: Object.entries(standards).map(([path, StandardsStatus]) => ({
        StandardsArn: `arn:aws:securityhub:${caller.region}::${path}`,
        StandardsSubscriptionArn: `arn:aws:securityhub:${caller.region}:${caller.account}:${path.replace(/^standards/, 'subscription')}`,
        StandardsInput: {},
        StandardsStatus,
      })),
    };
  }

  batchEnableStandards(input: unknown, caller: Caller): object {
    const { StandardsSubscriptionRequests } = parse(standardsInput, input);
    const { standards } = this.at(caller);
    if (this.state.delegation === 'central') {
      throw new AwsError('AccessDeniedException', 'The account is centrally managed', 403);
    }
    const added = StandardsSubscriptionRequests.map(({ StandardsArn }) => {
      const [path] = /standards\/.+$/.exec(StandardsArn) ?? [];
      if (path === undefined) throw invalidInput(`${StandardsArn} is no standard`);
      return path;
    });
    this.change(caller, {
      standards: { ...standards, ...Object.fromEntries(added.map((path) => [path, 'PENDING'])) },
    });
    return { StandardsSubscriptions: [] };
  }

  getAdministratorAccount(caller: Caller): object {
    const { administrator } = this.at(caller);
    const id = administrator ?? (this.members.isMember(caller) ? this.hubAccount : undefined);
    return id === undefined ? {} : { Administrator: { AccountId: id, MemberStatus: 'Enabled' } };
  }

  listInvitations(caller: Caller): object {
    this.at(caller);
    const invited = this.members.isInvited(caller);
    return {
      Invitations: invited ? [{ AccountId: this.hubAccount, InvitationId: this.invitation(caller) }] : [],
    };
  }

  acceptAdministratorInvitation(input: unknown, caller: Caller): object {
    const { AdministratorId, InvitationId } = parse(acceptInput, input);
    this.at(caller);
    const known = this.members.isInvited(caller) && InvitationId === this.invitation(caller);
    if (!known || AdministratorId !== this.hubAccount) throw invalidInput('There is no such invitation.');
    this.members.join(caller);
    return {};
  }

  listFindingAggregators(caller: Caller): object {
    this.at(caller);
    const { aggregation: found } = this.state;
    return {
      FindingAggregators: found === null ? [] : [{ FindingAggregatorArn: this.aggregatorArn(found.home) }],
    };
  }

  getFindingAggregator(input: unknown, { region }: Caller): object {
    const { FindingAggregatorArn } = parse(aggregatorInput, input);
    const { aggregation: found } = this.state;
    if (found?.home !== region || FindingAggregatorArn !== this.aggregatorArn(region)) {
      throw new AwsError('ResourceNotFoundException', 'There is no such aggregator here.', 404);
    }
    return {
      FindingAggregatorArn,
      FindingAggregationRegion: found.home,
      RegionLinkingMode: found.mode,
      Regions: found.regions,
    };
  }

  createFindingAggregator(input: unknown, caller: Caller): object {
    const { RegionLinkingMode, Regions } = parse(linking, input);
    this.at(caller);
    const { region } = caller;
    if (this.state.aggregation !== null) {
      throw new AwsError('InvalidAccessException', 'There is an aggregator already.', 401);
    }
    this.state = { ...this.state, aggregation: { home: region, mode: RegionLinkingMode, regions: Regions } };
    return { FindingAggregatorArn: this.aggregatorArn(region) };
  }

  updateFindingAggregator(input: unknown, caller: Caller): object {
    const { RegionLinkingMode, Regions } = parse(linking, input);
    this.getFindingAggregator(input, caller);
    this.state = {
      ...this.state,
      aggregation: { home: caller.region, mode: RegionLinkingMode, regions: Regions },
    };
    return { FindingAggregatorArn: this.aggregatorArn(caller.region) };
  }

  describeOrganizationConfiguration({ account }: Caller): object {
    const { delegation } = this.state;
    if (!this.organization.exists || delegation === 'none' || account !== this.hubAccount) {
      throw new AwsError(
        'InvalidAccessException',
        `${account} is not an administrator for this organization`,
        401,
      );
    }
    return {
      AutoEnable: true,
      AutoEnableStandards: 'DEFAULT',
      MemberAccountLimitReached: false,
      OrganizationConfiguration:
        delegation === 'central'
          ? { ConfigurationType: 'CENTRAL', Status: 'ENABLED' }
          : { ConfigurationType: 'LOCAL' },
    };
  }

  /** Only the management account may ask, which the hub's is not. */
  listOrganizationAdminAccounts(): object {
    throw new AwsError('InvalidAccessException', 'Only the management account may ask.', 401);
  }

  /** With an organization its accounts become members at once, and get Security Hub. */
  createMembers(input: unknown, caller: Caller): object {
    this.at(caller);
    const joins = (id: string) =>
      this.state.delegation !== 'none' && this.organization.has(id) && caller.account === this.hubAccount;
    const { joined, unprocessed } = this.members.create(input, caller.region, joins);
    for (const account of joined) {
      const place = { account, region: caller.region };
      if (!this.place(place).on) this.change(place, { on: true, standards: {} });
    }
    return { UnprocessedAccounts: unprocessed };
  }

  listMembers(input: unknown, caller: Caller): object {
    this.at(caller);
    return this.members.listMembers(input, caller.region);
  }

  inviteMembers(input: unknown, caller: Caller): object {
    this.at(caller);
    return this.members.inviteMembers(input, caller.region);
  }

  private aggregatorArn(region: string): string {
    return `arn:aws:securityhub:${region}:${this.hubAccount}:finding-aggregator/example`;
  }

  private invitation({ account, region }: Pick<Place, 'account' | 'region'>): string {
    return createHash('md5').update(`${account} ${region}`).digest('hex');
  }

  private place({ account, region }: Pick<Place, 'account' | 'region'>): Place {
    return this.places.get(`${account} ${region}`) ?? placeSetup.parse({ account, region });
  }

  /** @throws AwsError where Security Hub is off */
  private at(caller: Pick<Place, 'account' | 'region'>): Place {
    const place = this.place(caller);
    if (place.on) return place;
    const message = `Account ${caller.account} is not subscribed to AWS Security Hub`;
    throw new AwsError('InvalidAccessException', message, 401);
  }

  private change(at: Pick<Place, 'account' | 'region'>, to: Partial<Place>): void {
    this.places.set(`${at.account} ${at.region}`, { ...this.place(at), ...to });
  }
}
