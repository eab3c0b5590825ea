/** AWS has answered, and its answer is no. */
export class AwsRefused extends Error {
  override readonly name: string = 'AwsRefused';
  /** @param code AWS's own, such as `AccessDenied` */
  constructor(
    readonly code: string,
    options: ErrorOptions,
  ) {
    super(code, options);
  }
}

/**
 * Why an account does not let the bot in, as far as STS tells. `no-entry`: there is no such role, it trusts somebody else,
 * or it asks for another external id; STS does not say which. `outdated`: the role is there, and its trust is that of an
 * earlier template. `forbidden`: a policy of the organization denies it. `region-off`: the account has switched this
 * Region off, or STS in it.
 */
export type RoleRefusal = 'no-entry' | 'outdated' | 'forbidden' | 'region-off' | 'other';

/** An account does not let the bot in. */
export class RoleRefused extends AwsRefused {
  override readonly name: string = 'RoleRefused';
  constructor(
    readonly why: RoleRefusal,
    code: string,
    options: ErrorOptions,
  ) {
    super(code, options);
  }
}

/** By which names AWS says that it was asked too often, and that the bot's own credentials are about to be renewed. */
const PASSING = /Throttl|TooManyRequests|LimitExceeded|Expired/;

/** An answer of AWS that trying again will not change, as one error; everything else as it is. */
export function refusal(error: unknown): unknown {
  if (!(error instanceof Error) || !('$fault' in error) || error.$fault !== 'client') return error;
  return PASSING.test(error.name) ? error : new AwsRefused(error.name, { cause: error });
}

/**
 * The same of AssumeRole. Which permission was missing, and that a policy of the organization denied it, stands in the
 * message: https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export function roleRefusal(error: unknown): unknown {
  const refused = refusal(error);
  if (!(refused instanceof AwsRefused)) return refused;
  return new RoleRefused(whyOf(refused), refused.code, { cause: refused.cause });
}

function whyOf({ code, cause }: AwsRefused): RoleRefusal {
  if (code === 'RegionDisabledException') return 'region-off';
  if (code !== 'AccessDenied') return 'other';
  const said = cause instanceof Error ? cause.message : '';
  if (/explicit deny in an? (service|resource) control policy/.test(said)) return 'forbidden';
  return /sts:(TagSession|SetSourceIdentity)/.test(said) ? 'outdated' : 'no-entry';
}

/** What credentials that are good elsewhere are called in a Region that their account has switched off. */
const UNKNOWN_THERE = ['InvalidClientTokenId', 'UnrecognizedClientException'];

/** The same of a question that a session of the role has asked. */
export function sessionRefusal(error: unknown): unknown {
  const refused = refusal(error);
  if (!(refused instanceof AwsRefused)) return refused;
  const why = UNKNOWN_THERE.includes(refused.code) ? 'region-off' : 'other';
  return new RoleRefused(why, refused.code, { cause: refused.cause });
}
