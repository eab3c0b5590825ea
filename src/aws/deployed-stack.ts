import { type CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { AssumeRoleCommand, type STSClient } from '@aws-sdk/client-sts';
import type { CallerIdentity } from './caller-identity';

/** The deployed bot cannot be worked with; the message says why and what to do. */
export class StackOutOfReach extends Error {
  override readonly name = 'StackOutOfReach';
}

/** Which stack is meant. */
export interface StackPlace {
  readonly stack: string;
  readonly account: string;
  readonly region: string;
}

/** Credentials that say when they end, so that clients ask for new ones. */
interface EndingCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiration: Date;
}

/** What the SDK's clients take as credentials, asked before every call. */
export type RoleSession = () => Promise<EndingCredentials>;

/** A stack as the person at the terminal reaches it. */
export interface DeployedStack extends StackPlace {
  /** The person, by the name that their credentials carry. */
  readonly operator: string;
  /** @throws StackOutOfReach when the stack has none of this name */
  output(name: string): string;
  /**
   * Opens a session of one of the stack's roles in the person's name, and again before it ends.
   * @param role the output that holds its ARN
   * @throws StackOutOfReach when the person may not assume it
   */
  session(role: string): Promise<RoleSession>;
}

/** As long as STS lets a session last that was opened from another role's. */
const SESSION_SECONDS = 3600;
/** New credentials are asked for so long before the old ones end. */
const RENEW_BEFORE_MS = 5 * 60_000;

/**
 * The name of whoever these credentials belong to, as a source identity may be: the name of a role session, which for
 * people is what their sign-in gave them, or that of an IAM user. Undefined for root and federated users, who may assume
 * no role. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_monitor.html
 */
export function callerName(arn: string): string | undefined {
  return /:(?:assumed-role\/[^/]+|user(?:\/[^/]+)*)\/([\w+=,.@-]{2,64})$/.exec(arn)?.[1];
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
const nameOf = (error: unknown) => (error instanceof Error ? error.name : '');
/** By which names AWS says that one may not. */
const DENIED = new Set(['AccessDenied', 'AccessDeniedException']);
/** By which it says that credentials are none, or have ended, and how the SDK does where it finds none. */
const NOBODY =
  /^(CredentialsProviderError|TokenProviderError|ExpiredToken(Exception)?|InvalidClientTokenId|UnrecognizedClientException|SignatureDoesNotMatch|AuthFailure|InvalidGrantException|UnauthorizedException)$/;

/** What asks AWS, with what to do where the credentials are at fault. */
async function asked<T>(account: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (!NOBODY.test(nameOf(error))) throw error;
    throw new StackOutOfReach(
      `AWS does not know who you are (${messageOf(error)}). Sign in to account ${account}, for example with \`aws sso login\`, and name the profile in AWS_PROFILE.`,
      { cause: error },
    );
  }
}

/**
 * Who works, once it is sure that they are in the account that is meant.
 * @throws StackOutOfReach when nobody is signed in, or to another account
 */
export async function callerIn(
  account: string,
  identity: () => Promise<CallerIdentity>,
): Promise<CallerIdentity> {
  const caller = await asked(account, identity);
  if (caller.account === account) return caller;
  throw new StackOutOfReach(
    `You are signed in to account ${caller.account}, and the settings file is for ${account} (AWS_ACCOUNT_ID): nothing is done. Sign in to that one, or name its profile in AWS_PROFILE.`,
  );
}

/**
 * Finds a stack with the credentials of the person at the terminal.
 * @throws StackOutOfReach when they are not signed in, or to another account, or the stack is not there
 */
export async function findDeployedStack(
  place: StackPlace,
  {
    identity,
    cloudFormation,
    sts,
  }: {
    readonly identity: () => Promise<CallerIdentity>;
    readonly cloudFormation: CloudFormationClient;
    readonly sts: STSClient;
  },
): Promise<DeployedStack> {
  const { stack, account, region } = place;
  const { arn } = await callerIn(account, identity);
  const operator = callerName(arn);
  if (operator === undefined) {
    throw new StackOutOfReach(
      `${arn} may assume no role: sign in as a person, with a role of IAM Identity Center or as an IAM user with MFA.`,
    );
  }
  const { status, outputs } = await asked(account, () => describe(place, operator, cloudFormation));
  const output = (name: string): string => {
    const value = outputs.get(name);
    if (value !== undefined) return value;
    throw new StackOutOfReach(
      `The stack ${stack} in ${account}, ${region} says nothing of ${name} (it is ${status}). Deploy it again, with this version: npm run deploy -- --settings FILE.`,
    );
  };
  return {
    ...place,
    operator,
    output,
    session: (role) => openSession(output(role), { account, operator }, sts),
  };
}

async function describe(
  { stack, account, region }: StackPlace,
  operator: string,
  client: CloudFormationClient,
): Promise<{ readonly status: string; readonly outputs: ReadonlyMap<string, string> }> {
  try {
    const { Stacks: [found] = [] } = await client.send(new DescribeStacksCommand({ StackName: stack }));
    const outputs = (found?.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }): [string, string] => [
      OutputKey,
      OutputValue,
    ]);
    return { status: found?.StackStatus ?? 'not there', outputs: new Map(outputs) };
  } catch (error) {
    if (DENIED.has(nameOf(error))) {
      throw new StackOutOfReach(
        `${operator} may not look at the stack ${stack} in ${account}: that takes cloudformation:DescribeStacks (README, “Commands on the deployed bot”).`,
        { cause: error },
      );
    }
    // CloudFormation has no error of its own for it.
    if (nameOf(error) === 'ValidationError' && messageOf(error).includes('does not exist')) {
      throw new StackOutOfReach(
        `There is no stack ${stack} in account ${account}, Region ${region}. Correct AWS_REGION in the settings file, or deploy the bot: npm run deploy -- --settings FILE.`,
        { cause: error },
      );
    }
    throw error;
  }
}

async function openSession(
  role: string,
  { account, operator }: { readonly account: string; readonly operator: string },
  sts: STSClient,
): Promise<RoleSession> {
  const open = async (): Promise<EndingCredentials> => {
    const { Credentials: given } = await asked(account, () => assume(role, operator, sts));
    if (!given?.AccessKeyId || !given.SecretAccessKey || !given.SessionToken || !given.Expiration) {
      throw new Error('STS AssumeRole answered nothing');
    }
    return {
      accessKeyId: given.AccessKeyId,
      secretAccessKey: given.SecretAccessKey,
      sessionToken: given.SessionToken,
      expiration: given.Expiration,
    };
  };
  let current = await open();
  let renewing: Promise<EndingCredentials> | undefined;
  // Clients that run side by side share one session, and one renewal.
  return async () => {
    if (current.expiration.getTime() - Date.now() > RENEW_BEFORE_MS) return current;
    renewing ??= open().finally(() => {
      renewing = undefined;
    });
    current = await renewing;
    return current;
  };
}

async function assume(role: string, operator: string, sts: STSClient) {
  try {
    return await sts.send(
      new AssumeRoleCommand({
        RoleArn: role,
        RoleSessionName: operator,
        SourceIdentity: operator,
        DurationSeconds: SESSION_SECONDS,
      }),
    );
  } catch (error) {
    if (!DENIED.has(nameOf(error))) throw error;
    throw new StackOutOfReach(
      `${operator} may not assume ${role} (${messageOf(error)}). Ask whoever deploys the bot whether OPERATOR_PRINCIPALS in its settings file names your role, and whoever gives you rights in this account for sts:AssumeRole and sts:SetSourceIdentity on that role (README, “Commands on the deployed bot”). IAM users need a session with MFA.`,
      { cause: error },
    );
  }
}
