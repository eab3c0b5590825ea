import type { AccountId } from '../accounts';
import type { FindingAggregation, HubPlace } from '../aws';
import type { ControlId } from '../controls';
import { isCentral } from './judge-setup';
import { isMember, isUnnamed } from './membership';
import {
  known,
  type PlaceReading,
  type RegionReading,
  type SetupAccount,
  type SetupReading,
} from './setup-reading';
import { standardArn, standardStatus } from './standard';

/** One thing that can be done; whether it still has to be is asked before. */
export type Step =
  | {
      readonly kind: 'enable-hub' | 'consolidate' | 'enable-standard' | 'accept-invitation';
      readonly place: HubPlace;
    }
  | {
      readonly kind: 'disable-controls';
      readonly place: HubPlace;
      readonly controls: readonly ControlId[];
      /** ARNs of all that are enabled there. */
      readonly standards: readonly string[];
    }
  | { readonly kind: 'aggregate'; readonly home: string; readonly regions: readonly string[] }
  | { readonly kind: 'link'; readonly aggregation: FindingAggregation; readonly regions: readonly string[] }
  | { readonly kind: 'create-members'; readonly region: string; readonly members: readonly SetupAccount[] }
  | { readonly kind: 'invite-members'; readonly region: string; readonly ids: readonly AccountId[] };

/** What people have to do, because it is not this command's to do or nobody lets it. */
export interface ByHand {
  readonly what: string;
  /** The accounts that it is about. */
  readonly accounts: readonly AccountId[];
  readonly region: string;
  readonly why: string;
  /** To be run with credentials of each of the accounts, unless `why` says otherwise. */
  readonly commands: readonly string[];
}

export interface SetupPlan {
  /** In the hub's account first, in their order. */
  readonly steps: readonly Step[];
  readonly byHand: readonly ByHand[];
}

/** What the caller lets it do. */
export interface Allowed {
  /** There is a role in member accounts that may change something there. */
  readonly members: boolean;
  /** Controls that policy ignores everywhere are turned off, which ends their findings for good. */
  readonly controls: boolean;
}

/** As many as CreateMembers and InviteMembers take. */
const MEMBERS_PER_CALL = 50;
const CENTRAL =
  'central configuration decides it: change the configuration policy in Security Hub → Configuration';
const NO_ROLE =
  'nothing is changed in a member account without a role for it: run the commands there, or name one with --role';

function batches<T>(all: readonly T[]): readonly (readonly T[])[] {
  const count = Math.ceil(all.length / MEMBERS_PER_CALL);
  return Array.from({ length: count }, (_, index) =>
    all.slice(index * MEMBERS_PER_CALL, (index + 1) * MEMBERS_PER_CALL),
  );
}

/**
 * What has to be done so that everything is right, as far as it could be read.
 */
export function planSetup(reading: SetupReading, allowed: Allowed): SetupPlan {
  const plan = new Planning(reading, allowed);
  for (const region of reading.regions) plan.hub(region);
  plan.aggregation();
  for (const region of reading.regions) plan.members(region);
  plan.controls();
  return { steps: [...plan.own, ...plan.theirs], byHand: [...plan.byHand.values()] };
}

class Planning {
  readonly own: Step[] = [];
  readonly theirs: Step[] = [];
  /** By what they say: what is the same in many accounts is said once. */
  readonly byHand = new Map<string, ByHand>();
  private readonly places: ReadonlyMap<string, PlaceReading>;

  constructor(
    private readonly reading: SetupReading,
    private readonly allowed: Allowed,
  ) {
    this.places = new Map(reading.places.map((place) => [`${place.account} ${place.region}`, place]));
  }

  hub({ region, delegation }: RegionReading): void {
    const { hub, inOrganization } = this.reading;
    const central = isCentral(this.reading, region);
    if (known(inOrganization) === true && 'value' in delegation && delegation.value === undefined) {
      this.say(
        'make this account the delegated administrator',
        hub,
        region,
        'only the management account can: run it there',
        [`aws securityhub enable-organization-admin-account --admin-account-id ${hub} --region ${region}`],
      );
    }
    const place = this.places.get(`${hub} ${region}`);
    if (place && known(place.settings)?.format === 'per-standard')
      this.own.push({ kind: 'consolidate', place: at(place) });
    if (place) this.standard(place, central, this.own, true);
  }

  aggregation(): void {
    const { aggregation, home, asked, hub } = this.reading;
    if ('unread' in aggregation) return;
    const found = aggregation.value;
    const named = asked.filter((region) => region !== home);
    if (found === undefined) this.own.push({ kind: 'aggregate', home, regions: named });
    else if (found.home !== home) {
      this.say(
        'bring findings together here',
        hub,
        home,
        `they come together in ${found.home}: run the bot there`,
        [],
      );
    } else if (
      found.mode === 'ALL_REGIONS_EXCEPT_SPECIFIED' &&
      named.some((one) => found.regions.includes(one))
    ) {
      this.say('link the Regions that are left out', hub, home, 'somebody has left them out on purpose', []);
    } else if (found.mode !== 'ALL_REGIONS' && found.mode !== 'ALL_REGIONS_EXCEPT_SPECIFIED') {
      const regions = [...new Set([...found.regions, ...named])];
      if (regions.length > found.regions.length) this.own.push({ kind: 'link', aggregation: found, regions });
    }
  }

  members({ region, members, delegation }: RegionReading): void {
    const { accounts, hub, closed, inOrganization } = this.reading;
    const central = isCentral(this.reading, region);
    const delegated = known(delegation) !== undefined;
    const create: SetupAccount[] = [];
    const invite: AccountId[] = [];
    const joining: PlaceReading[] = [];
    for (const account of 'value' in members ? accounts : []) {
      const { id, mail } = account;
      const status = known(members)?.get(id);
      const place = this.places.get(`${id} ${region}`);
      const administrator = known(place?.administrator);
      if (administrator !== undefined && administrator !== hub) {
        this.say('leave the other administrator', id, region, `${administrator} administers it`, [
          `aws securityhub disassociate-from-administrator-account --region ${region}`,
        ]);
      } else if (status === 'AccountSuspended') {
        this.say('close it in the register', id, region, 'AWS has suspended the account', [
          'npm run accounts -- sync',
        ]);
      } else if (isMember(status)) {
        if (place) this.standard(place, central, this.theirs, this.allowed.members);
      } else if (central) this.say('make it a member', id, region, CENTRAL, []);
      else if (delegated) {
        create.push(account);
        if (place) joining.push(place);
      } else if (known(inOrganization) === false) {
        if (isUnnamed(status) && mail === undefined) {
          this.say('register its mail address', id, region, 'AWS invites nobody without one', [
            'npm run accounts -- import FILE.csv',
          ]);
          continue;
        }
        if (isUnnamed(status)) create.push(account);
        if (status !== 'Invited') invite.push(id);
        this.accept(id, region, place);
      }
    }
    for (const some of batches(create)) this.own.push({ kind: 'create-members', region, members: some });
    for (const some of batches(invite)) this.own.push({ kind: 'invite-members', region, ids: some });
    // Security Hub goes on in an account as it becomes a member of the organization's.
    for (const place of joining) this.standard(place, central, this.theirs, this.allowed.members, 'joins');
    if ('unread' in members) return;
    for (const id of closed)
      if (delegated && !central && create.some((account) => account.id === id)) this.closed(id, region);
  }

  controls(): void {
    for (const { account, region, controlsOn, standards: enabled } of this.reading.places) {
      const controls = known(controlsOn) ?? [];
      if (controls.length === 0) continue;
      const what = `turn off ${controls.length} control${controls.length === 1 ? '' : 's'} that policy ignores everywhere`;
      const standards = (known(enabled) ?? []).map(({ arn }) => arn);
      const own = account === this.reading.hub;
      if (isCentral(this.reading, region)) this.say(what, account, region, CENTRAL, []);
      else if (this.allowed.controls && (own || this.allowed.members)) {
        const step = { kind: 'disable-controls', place: { account, region }, controls, standards } as const;
        (own ? this.own : this.theirs).push(step);
      } else {
        const reason = 'it ends their findings for good: run the commands there, or use --controls';
        this.say(what, account, region, this.allowed.controls ? NO_ROLE : reason, [
          `for standard in ${standards.join(' ')}; do for control in ${controls.join(' ')}; do aws securityhub batch-update-standards-control-associations --region ${region} --standards-control-association-updates "SecurityControlId=$control,StandardsArn=$standard,AssociationStatus=DISABLED,UpdatedReason=Ignored by policy"; done; done`,
        ]);
      }
    }
  }

  private accept(id: AccountId, region: string, place: PlaceReading | undefined): void {
    if (this.allowed.members && place) {
      const here = at(place);
      if (isOff(place)) this.theirs.push({ kind: 'enable-hub', place: here });
      this.theirs.push({ kind: 'accept-invitation', place: here });
      this.standard(place, false, this.theirs, true, 'joins');
      return;
    }
    this.say('turn Security Hub on and accept the invitation', id, region, NO_ROLE, [
      ...(place === undefined || isOff(place) ? [enableCommand(region)] : []),
      `aws securityhub accept-administrator-invitation --region ${region} --administrator-id ${this.reading.hub} --invitation-id "$(aws securityhub list-invitations --region ${region} --query "Invitations[?AccountId=='${this.reading.hub}'].InvitationId" --output text)"`,
      standardCommand(region),
    ]);
  }

  /**
   * Security Hub and the standard in one place.
   * @param may whether that may be changed
   * @param joins it is turned on by another step
   */
  private standard(
    place: PlaceReading,
    central: boolean,
    steps: Step[],
    may: boolean,
    joins?: 'joins',
  ): void {
    const { account, region, settings, standards } = place;
    if ('unread' in settings) return;
    const off = isOff(place);
    const missing = off || ('value' in standards && standardStatus(standards.value) === undefined);
    if (!missing) return;
    if (central) this.say('turn on Security Hub and the standard', account, region, CENTRAL, []);
    else if (may) {
      if (off && !joins) steps.push({ kind: 'enable-hub', place: at(place) });
      steps.push({ kind: 'enable-standard', place: at(place) });
    } else if (!joins || !off) {
      const commands = [...(off ? [enableCommand(region)] : []), standardCommand(region)];
      this.say('turn on Security Hub and the standard', account, region, NO_ROLE, commands);
    } else this.closed(account, region);
  }

  /** It becomes a member, and its standard cannot be turned on from here. */
  private closed(account: AccountId, region: string): void {
    this.say('turn on the standard once it is a member', account, region, NO_ROLE, [standardCommand(region)]);
  }

  private say(
    what: string,
    account: AccountId,
    region: string,
    why: string,
    commands: readonly string[],
  ): void {
    const key = JSON.stringify([what, region, why, commands]);
    const said = this.byHand.get(key);
    this.byHand.set(key, { what, region, why, commands, accounts: [...(said?.accounts ?? []), account] });
  }
}

const at = ({ account, region }: HubPlace): HubPlace => ({ account, region });

/** True where Security Hub is known to be off. */
function isOff({ settings }: PlaceReading): boolean {
  return 'value' in settings && settings.value === undefined;
}

function enableCommand(region: string): string {
  return `aws securityhub enable-security-hub --region ${region} --no-enable-default-standards --control-finding-generator SECURITY_CONTROL`;
}

function standardCommand(region: string): string {
  return `aws securityhub batch-enable-standards --region ${region} --standards-subscription-requests StandardsArn=${standardArn('aws', region)}`;
}
