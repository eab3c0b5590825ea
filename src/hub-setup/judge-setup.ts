import type { AccountId } from '../accounts';
import { isMember } from './membership';
import { known, type PlaceReading, type Read, type RegionReading, type SetupReading } from './setup-reading';
import { standardStatus } from './standard';

export type SetupCheck =
  | 'hub'
  | 'format'
  | 'aggregation'
  | 'administration'
  | 'members'
  | 'role'
  | 'standard'
  | 'controls'
  | 'delivery';

/** What one check says of one account and Region. */
export interface Verdict {
  readonly check: SetupCheck;
  readonly account: AccountId;
  /** Absent for what holds in all Regions. */
  readonly region?: string;
  readonly state: 'right' | 'wrong' | 'unread';
  readonly says: string;
  /** What to do about it. */
  readonly todo?: string;
}

type Said = Pick<Verdict, 'state' | 'says' | 'todo'>;

const right = (says: string): Said => ({ state: 'right', says });
const wrong = (says: string, todo: string): Said => ({ state: 'wrong', says, todo });

const APPLY = 'apply does it';
const BY_POLICY = "say it in the account's configuration policy (Security Hub → Configuration)";
/** Stacks of an earlier template may read less. */
const ROLE_TODO =
  'update its stack of infra/member/secops-bot-member.yml; a Region that is off there leave out, or enable';
/** As long as AWS takes to update every finding of an enabled control, and a little. */
const SEEN_WITHIN_HOURS = 26;

/** A finding that is not older shows that findings are delivered. */
export function deliveredSince(now: Date): Date {
  return new Date(now.getTime() - SEEN_WITHIN_HOURS * 3_600_000);
}

/** Judges what has been read; what has not been is unread, with why. */
function judge<T>(read: Read<T>, of: (value: T) => Said, todo?: string): Said {
  if ('value' in read) return of(read.value);
  const permission = "give the command's credentials the permissions that the README lists";
  return { state: 'unread', says: read.unread, todo: todo ?? permission };
}

/** Judges how Security Hub is set up: what is right, what is wrong, and what could not be read. */
export function judgeSetup(reading: SetupReading, now: Date): readonly Verdict[] {
  const { hub, home, regions, places, closed } = reading;
  const verdicts: Verdict[] = [];
  const say = (check: SetupCheck, account: AccountId, region: string | undefined, said: Said) => {
    verdicts.push({ check, account, ...(region !== undefined && { region }), ...said });
  };
  say('aggregation', hub, home, judgeAggregation(reading));
  for (const region of regions) {
    say('administration', hub, region.region, judgeAdministration(reading, region));
  }
  for (const place of places) {
    for (const [check, said] of judgePlace(place, isCentral(reading, place.region), reading)) {
      say(check, place.account, place.region, said);
    }
  }
  for (const { region, members, delegation } of regions) {
    if ('unread' in members)
      say(
        'members',
        hub,
        region,
        judge<unknown>(members, () => right('')),
      );
    else {
      for (const { id } of reading.accounts) {
        const inside = places.find((place) => place.account === id && place.region === region);
        const invited = known(delegation) === undefined;
        say('members', id, region, judgeMember(members.value.get(id), inside, hub, invited));
      }
    }
  }
  for (const account of closed) {
    say('role', account, undefined, {
      state: 'unread',
      says: 'its Security Hub cannot be looked into',
      todo: 'deploy infra/member/secops-bot-member.yml there, with ReaderRoleArn for --settings FILE (docs/roles.md), or name a role with --role',
    });
  }
  say(
    'delivery',
    hub,
    home,
    judge(reading.lastSeen, (seen) => judgeDelivery(seen, now), 'run it where the bot is'),
  );
  return verdicts;
}

/** True where configuration policies say what is on. */
export function isCentral({ regions }: SetupReading, region: string): boolean {
  const reading = regions.find((one) => one.region === region);
  return known(reading?.delegation)?.central === true;
}

function judgeAggregation({ aggregation, home, asked }: SetupReading): Said {
  return judge(aggregation, (found) => {
    if (found === undefined) {
      return wrong(
        'findings of other Regions do not come together',
        `${APPLY} (all Regions, or those of --regions)`,
      );
    }
    if (found.home !== home) {
      return wrong(`findings come together in ${found.home}`, `run the bot there: AWS_REGION=${found.home}`);
    }
    const named = asked.filter((region) => region !== home);
    if (found.mode === 'ALL_REGIONS') return right('all Regions');
    if (found.mode === 'ALL_REGIONS_EXCEPT_SPECIFIED') {
      const left = named.filter((region) => found.regions.includes(region));
      return left.length === 0
        ? right(`all Regions but ${found.regions.join(', ')}`)
        : wrong(
            `${left.join(', ')} left out`,
            'link them in the console (Security Hub → Settings → Regions)',
          );
    }
    const missing = named.filter((region) => !found.regions.includes(region));
    if (missing.length > 0) return wrong(`${missing.join(', ')} not linked`, APPLY);
    return right(
      found.regions.length === 0 ? 'no other Region is linked' : `with ${found.regions.join(', ')}`,
    );
  });
}

function judgeAdministration(reading: SetupReading, { region, delegation }: RegionReading): Said {
  const { inOrganization, otherAdministrator, hub, places } = reading;
  const own = places.find((place) => place.account === hub && place.region === region);
  const above = known(own?.administrator);
  if (above !== undefined)
    return wrong(`${hub} is itself a member of ${above}`, 'run the bot in that account');
  return judge(inOrganization, (organization) => {
    if (!organization) return right('no organization: accounts are invited');
    return judge(delegation, (delegated) => {
      if (delegated === undefined) {
        const command = `aws securityhub enable-organization-admin-account --admin-account-id ${hub} --region ${region}`;
        return otherAdministrator === undefined
          ? wrong('not the delegated administrator', `in the management account: ${command}`)
          : wrong(`the delegated administrator is ${otherAdministrator}`, 'run the bot in that account');
      }
      if (delegated.central && delegated.status !== undefined && delegated.status !== 'ENABLED') {
        return wrong(`central configuration is ${delegated.status}`, 'look at Security Hub → Configuration');
      }
      const fresh = delegated.autoEnable
        ? 'new accounts join by themselves'
        : 'new accounts do not join by themselves';
      return right(
        delegated.central
          ? 'delegated administrator, central configuration'
          : `delegated administrator, ${fresh}`,
      );
    });
  });
}

function judgePlace(
  { settings, standards, controlsOn, account }: PlaceReading,
  central: boolean,
  { hub, unwanted }: SetupReading,
): readonly (readonly [SetupCheck, Said])[] {
  const todo = central ? BY_POLICY : APPLY;
  const access = account === hub ? undefined : ROLE_TODO;
  if ('unread' in settings) return [['hub', judge<unknown>(settings, () => right(''), access)]];
  if (settings.value === undefined) return [['hub', wrong('Security Hub is off', todo)]];
  const { format } = settings.value;
  const controls = judge(
    controlsOn,
    (on) => {
      if (on.length === 0) return right(`all ${unwanted.length} that policy ignores everywhere are off`);
      const says = `${on.length} of the ${unwanted.length} that policy ignores everywhere are on`;
      return wrong(says, central ? BY_POLICY : 'apply --controls does it');
    },
    access,
  );
  return [
    ['hub', right('on')],
    // Members follow their administrator.
    ...(account === hub
      ? [
          [
            'format',
            format === 'consolidated'
              ? right('one finding a check')
              : wrong('a finding for each standard', APPLY),
          ] as const,
        ]
      : []),
    ['standard', judge(standards, (enabled) => judgeStandard(standardStatus(enabled), todo), access)],
    ...(unwanted.length === 0 ? [] : [['controls', controls] as const]),
  ];
}

function judgeStandard(status: string | undefined, todo: string): Said {
  if (status === undefined) return wrong('AWS Foundational Security Best Practices is off', todo);
  if (status === 'READY') return right('AWS Foundational Security Best Practices');
  if (status === 'PENDING') return right('AWS Foundational Security Best Practices is being enabled');
  const advice =
    status === 'INCOMPLETE' ? 'let AWS Config record all resources there' : 'look at it in the console';
  return wrong(`AWS Foundational Security Best Practices is ${status}`, advice);
}

function judgeMember(
  status: string | undefined,
  inside: PlaceReading | undefined,
  hub: AccountId,
  invited: boolean,
): Said {
  const administrator = known(inside?.administrator);
  if (administrator !== undefined && administrator !== hub) {
    const command = 'aws securityhub disassociate-from-administrator-account';
    return wrong(`administered by ${administrator}`, `let it go there first: ${command}`);
  }
  if (isMember(status)) return right('member');
  if (status === 'AccountSuspended') {
    return wrong('AWS has suspended the account', 'npm run accounts -- sync takes it for closed');
  }
  if (status === 'Invited') return wrong('invited, and has not accepted', APPLY);
  return wrong(
    status === undefined ? 'not a member' : `${status}, no member`,
    invited ? `${APPLY}: invites it` : APPLY,
  );
}

function judgeDelivery(seen: string | undefined, now: Date): Said {
  const todo = 'look at the EventBridge rule, its target and the queue (README, “Connect your findings”)';
  if (seen === undefined) return wrong('no finding is known to have arrived', todo);
  const when = `the last finding was seen ${seen.slice(0, 16).replace('T', ' ')} UTC`;
  return seen >= deliveredSince(now).toISOString() ? right(when) : wrong(when, todo);
}
