import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { AwsError } from './aws-error';
import { accessKeyOf, type Caller, hubCaller, type Identity, signedRegion } from './caller';

export const role = z.strictObject({
  arn: z.string().regex(/^arn:aws:iam::\d{12}:role\/.+$/, 'must be the ARN of a role'),
  /** When set, AssumeRole must bring the same one. */
  externalId: z.string().min(2).optional(),
  /**
   * Whom it lets in. `bot`: as infra/member/secops-bot-member.yml says. `earlier`: the same before there were session
   * tags. `operator`: people of the hub's account, each under the name of their session. `plain`: anybody of the hub's
   * account, without source identity and tags, as roles do that other tools have made. Left out, its account and name
   * decide: `operator` in the hub's account, `bot` for names that begin with SecOpsBot or secops-bot, else `plain`.
   */
  trust: z.enum(['bot', 'earlier', 'operator', 'plain']).optional(),
  /** A service control policy keeps everybody out. */
  forbidden: z.literal(true).optional(),
  /** Its account has switched off STS in these Regions. */
  regionsOff: z.array(z.string()).optional(),
});

/** A role that can be assumed. */
export type Role = z.infer<typeof role>;

/** Somebody with credentials that no AssumeRole of this stand-in has given. */
export const signedIn = z.strictObject({
  accessKeyId: z.string().min(1),
  arn: z.string().regex(/^arn:aws:(iam|sts)::\d{12}:.+$/, 'must be the ARN of a user or of a role session'),
});

export type SignedIn = z.infer<typeof signedIn>;

/** Accounts whose role for the bot can be assumed until it is told otherwise. */
const EXAMPLES = ['111122223333', '444455556666', '777788889999'];
const memberRole = (account: string): Role => ({ arn: `arn:aws:iam::${account}:role/SecOpsBotMember` });

const name = z.string().regex(/^[\w+=,.@-]{2,64}$/, 'takes 2 to 64 of letters, digits and _+=,.@-');
const tagKey = z
  .string()
  .regex(/^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u, 'takes 1 to 128 of letters, digits and _.:/=+-@')
  .max(128);
const tagValue = z
  .string()
  .regex(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u, 'takes letters, digits and _.:/=+-@')
  .max(256);
const MAX_TAGS = 50;
/** Whoever assumes a role with a role's credentials, as a function does, gets an hour at most. */
const CHAINED_SECONDS = 3600;

const assumeRoleInput = z.object({
  RoleArn: z.string(),
  RoleSessionName: name,
  ExternalId: z.string().optional(),
  SourceIdentity: name.optional(),
  DurationSeconds: z.coerce.number().int().min(900).max(CHAINED_SECONDS).default(CHAINED_SECONDS),
  Tags: z
    .array(z.object({ Key: tagKey, Value: tagValue }))
    .max(MAX_TAGS)
    .refine(
      (tags) => new Set(tags.map(({ Key }) => Key.toLowerCase())).size === tags.length,
      'has a key twice; case does not count',
    )
    .default([]),
  TransitiveTagKeys: z.array(tagKey).max(MAX_TAGS).default([]),
});
type AssumeRoleInput = z.infer<typeof assumeRoleInput>;

/** The tags that the member template lets a session have. */
const TAG_KEYS = ['secops-bot:action', 'secops-bot:approved-by', 'secops-bot:asked-by', 'secops-bot:change'];

/** The permission that a role's trust does not give to whoever asks; undefined when it lets them in. */
function missingPermission(
  trust: NonNullable<Role['trust']>,
  { externalId }: Role,
  { SourceIdentity, ExternalId, Tags, TransitiveTagKeys }: AssumeRoleInput,
  caller: Caller,
): string | undefined {
  if (externalId !== undefined && externalId !== ExternalId) return 'sts:AssumeRole';
  // Once a session has one, it goes along and cannot be changed.
  const named = caller.sourceIdentity === undefined || caller.sourceIdentity === SourceIdentity;
  if (!named) return 'sts:SetSourceIdentity';
  const keys = [...Tags.map(({ Key }) => Key), ...TransitiveTagKeys];
  switch (trust) {
    case 'plain':
      if (SourceIdentity !== undefined) return 'sts:SetSourceIdentity';
      return keys.length > 0 ? 'sts:TagSession' : undefined;
    case 'operator':
      // The user id of a session is its role's id, a colon, and its name.
      if (SourceIdentity !== caller.userId.split(':')[1]) return 'sts:AssumeRole';
      return keys.length > 0 ? 'sts:TagSession' : undefined;
    case 'bot':
    case 'earlier': {
      // The reader's role, which people at the terminal have, comes with their own names.
      const known =
        caller.sourceIdentity !== undefined || /^(slack-.*|secops-bot)$/.test(SourceIdentity ?? '');
      if (!known) return 'sts:AssumeRole';
      const taken = trust === 'bot' ? TAG_KEYS : [];
      return keys.every((key) => taken.includes(key)) ? undefined : 'sts:TagSession';
    }
  }
}

function byArn(roles: readonly Role[]): Map<string, Role> {
  return new Map(roles.map((known) => [known.arn, known]));
}

/** Sessions, and the roles that can be assumed. The rest of AWS asks it who an access key is. */
export class Sts {
  private given: ReadonlyMap<string, Role> | undefined;
  private readonly sessions = new Map<string, Identity>();

  constructor(
    private readonly hubAccount: string,
    private readonly hubRegion: string,
    private readonly now: () => Date,
    /** The accounts whose findings Security Hub holds. */
    private readonly reporting: () => ReadonlySet<string>,
  ) {}

  /** Whose access keys these are from now on, until `clear`. */
  setCallers(callers: readonly SignedIn[]): void {
    for (const { accessKeyId, arn } of callers) {
      const account = arn.split(':')[4] ?? '';
      // As of a role session: AWS's own id of the role, and the session's name.
      this.sessions.set(accessKeyId, { account, arn, userId: `AROASIGNEDIN:${arn.split('/').at(-1)}` });
    }
  }

  setRoles(roles: readonly Role[]): void {
    this.given = byArn(roles);
  }

  clear(): void {
    this.given = undefined;
    this.sessions.clear();
  }

  private get roles(): ReadonlyMap<string, Role> {
    return this.given ?? byArn([...EXAMPLES, ...this.reporting()].map(memberRole));
  }

  /** Whose request this is. Access keys that AssumeRole did not give are the hub's own role. */
  callerOf(authorization: string | undefined): Caller {
    const identity = this.sessions.get(accessKeyOf(authorization) ?? '') ?? hubCaller(this.hubAccount);
    return { ...identity, region: signedRegion(authorization) ?? this.hubRegion };
  }

  getCallerIdentity(caller: Caller): object {
    return { UserId: caller.userId, Account: caller.account, Arn: caller.arn };
  }

  /** @throws AwsError when the role is not there, or does not let the caller in */
  private refuse(input: AssumeRoleInput, caller: Caller): void {
    const { RoleArn } = input;
    const known = this.roles.get(RoleArn);
    if (known?.regionsOff?.includes(caller.region)) {
      const message = `STS is not activated in this region for account:${RoleArn.split(':')[4]}`;
      throw new AwsError('RegionDisabledException', message, 403);
    }
    const missing = known ? missingPermission(this.trustOf(known), known, input, caller) : 'sts:AssumeRole';
    const denied = known?.forbidden ? 'sts:AssumeRole' : missing;
    if (denied === undefined) return;
    const why = known?.forbidden ? ' with an explicit deny in a service control policy' : '';
    const message = `User: ${caller.arn} is not authorized to perform: ${denied} on resource: ${RoleArn}${why}`;
    throw new AwsError('AccessDenied', message, 403);
  }

  private trustOf({ arn, trust }: Role): NonNullable<Role['trust']> {
    if (trust !== undefined) return trust;
    if (arn.split(':')[4] === this.hubAccount) return 'operator';
    return /^secops-?bot/i.test(arn.split('/').at(-1) ?? '') ? 'bot' : 'plain';
  }

  assumeRole(input: unknown, caller: Caller): object {
    const read = assumeRoleInput.safeParse(input);
    if (!read.success) {
      const issue = read.error.issues[0];
      throw new AwsError('ValidationError', `${issue?.path.join('.')}: ${issue?.message}`, 400);
    }
    const { RoleArn, RoleSessionName, SourceIdentity, DurationSeconds } = read.data;
    this.refuse(read.data, caller);
    const account = RoleArn.split(':')[4] ?? '';
    const accessKeyId = `ASIA${randomBytes(8).toString('hex').toUpperCase()}`;
    const userId = `AROA${randomBytes(8).toString('hex').toUpperCase()}:${RoleSessionName}`;
    const arn = `arn:aws:sts::${account}:assumed-role/${RoleArn.split('/').at(-1)}/${RoleSessionName}`;
    const until = this.now().getTime() + DurationSeconds * 1000;
    this.sessions.set(accessKeyId, {
      account,
      arn,
      userId,
      until,
      ...(SourceIdentity ? { sourceIdentity: SourceIdentity } : {}),
    });
    return {
      AssumedRoleUser: { AssumedRoleId: userId, Arn: arn },
      Credentials: {
        AccessKeyId: accessKeyId,
        SecretAccessKey: randomBytes(30).toString('base64'),
        // As AWS's begin, so that whoever looks for them in a log finds them.
        SessionToken: `IQoJb3JpZ2luX2Vj${randomBytes(48).toString('base64')}`,
        Expiration: new Date(until).toISOString(),
      },
      ...(SourceIdentity ? { SourceIdentity } : {}),
    };
  }
}
