import { GetCallerIdentityCommand, type STSClient } from '@aws-sdk/client-sts';

export interface CallerIdentity {
  readonly account: string;
  readonly arn: string;
}

/** Whose credentials these are; asked once, then remembered. A failed try is not remembered. */
export function callerIdentity(client: STSClient): () => Promise<CallerIdentity> {
  let known: CallerIdentity | undefined;
  return async () => {
    if (known) return known;
    const answer = await client.send(new GetCallerIdentityCommand({}));
    if (!answer.Account || !answer.Arn) throw new Error('STS GetCallerIdentity answered without an identity');
    known = { account: answer.Account, arn: answer.Arn };
    return known;
  };
}
