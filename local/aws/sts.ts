import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { AwsError } from './aws-error';
import { accessKeyOf, type Caller, hubCaller, type Identity, signedRegion } from './caller';

export const role = z.strictObject({
  arn: z.string().regex(/^arn:aws:iam::\d{12}:role\/.+$/, 'must be the ARN of a role'),
  /** When set, AssumeRole must bring the same one. */
  externalId: z.string().min(2).optional(),
});

/** A role that can be assumed. */
export type Role = z.infer<typeof role>;

/** Accounts whose role for the bot can be assumed until it is told otherwise. */
const EXAMPLES = ['111122223333', '444455556666', '777788889999'];
const memberRole = (account: string): Role => ({ arn: `arn:aws:iam::${account}:role/SecOpsBotMember` });

const name = z.string().regex(/^[\w+=,.@-]{2,64}$/, 'takes 2 to 64 of letters, digits and _+=,.@-');

const assumeRoleInput = z.object({
  RoleArn: z.string(),
  RoleSessionName: name,
  ExternalId: z.string().optional(),
  SourceIdentity: name.optional(),
  DurationSeconds: z.coerce.number().int().min(900).max(43_200).default(3600),
});

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

  assumeRole(input: unknown, caller: Caller): object {
    const read = assumeRoleInput.safeParse(input);
    if (!read.success) {
      const issue = read.error.issues[0];
      throw new AwsError('ValidationError', `${issue?.path.join('.')}: ${issue?.message}`, 400);
    }
    const { RoleArn, RoleSessionName, ExternalId, SourceIdentity, DurationSeconds } = read.data;
    const known = this.roles.get(RoleArn);
    if (!known || (known.externalId !== undefined && known.externalId !== ExternalId)) {
      throw new AwsError(
        'AccessDenied',
        `User: ${caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${RoleArn}`,
        403,
      );
    }
    const account = RoleArn.split(':')[4] ?? '';
    const accessKeyId = `ASIA${randomBytes(8).toString('hex').toUpperCase()}`;
    const userId = `AROA${randomBytes(8).toString('hex').toUpperCase()}:${RoleSessionName}`;
    const arn = `arn:aws:sts::${account}:assumed-role/${RoleArn.split('/').at(-1)}/${RoleSessionName}`;
    this.sessions.set(accessKeyId, {
      account,
      arn,
      userId,
      ...(SourceIdentity ? { sourceIdentity: SourceIdentity } : {}),
    });
    return {
      AssumedRoleUser: { AssumedRoleId: userId, Arn: arn },
      Credentials: {
        AccessKeyId: accessKeyId,
        SecretAccessKey: randomBytes(30).toString('base64'),
        SessionToken: randomBytes(48).toString('base64'),
        Expiration: new Date(this.now().getTime() + DurationSeconds * 1000).toISOString(),
      },
      ...(SourceIdentity ? { SourceIdentity } : {}),
    };
  }
}
