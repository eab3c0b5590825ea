/** An account's role session. */
export interface Identity {
  readonly account: string;
  /** `arn:aws:sts::<account>:assumed-role/<role>/<session>` */
  readonly arn: string;
  readonly userId: string;
  /** The person in whose name the session was opened. */
  readonly sourceIdentity?: string;
  /** Until when its credentials are good, in ms since 1970; those of the bot's own role are renewed in time. */
  readonly until?: number;
}

/** Who makes a call, and in which Region. */
export interface Caller extends Identity {
  readonly region: string;
}

/** The caller whose access key did not come from AssumeRole: the bot's own role in the hub's account. */
export function hubCaller(account: string): Identity {
  return {
    account,
    arn: `arn:aws:sts::${account}:assumed-role/secops-bot/secops-bot`,
    userId: 'AROAHUBHUBHUBHUBHUBHU:secops-bot',
  };
}

/** The access key id in a SigV4 `Authorization` header. Signatures are not checked. */
export function accessKeyOf(authorization: string | undefined): string | undefined {
  return /Credential=([^/]+)\//.exec(authorization ?? '')?.[1];
}

/** The Region that the header was signed for: one address answers for all of them. */
export function signedRegion(authorization: string | undefined): string | undefined {
  return /Credential=[^/]+\/\d+\/([^/]+)\//.exec(authorization ?? '')?.[1];
}
