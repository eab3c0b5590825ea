/** AWS has answered, and its answer is no. */
export class AwsRefused extends Error {
  override readonly name = 'AwsRefused';
  /** @param code AWS's own, such as `AccessDenied` */
  constructor(
    readonly code: string,
    options: ErrorOptions,
  ) {
    super(code, options);
  }
}

/** By which names AWS says that it was asked too often. */
const TOO_MANY = /Throttl|TooManyRequests|LimitExceeded/;

/** An answer of AWS that trying again will not change, as one error; everything else as it is. */
export function refusal(error: unknown): unknown {
  if (!(error instanceof Error) || !('$fault' in error) || error.$fault !== 'client') return error;
  return TOO_MANY.test(error.name) ? error : new AwsRefused(error.name, { cause: error });
}
