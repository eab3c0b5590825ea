import type { AwsClients } from '../src/aws';

/** Calls by `Service.Operation`. */
export type Tally = Map<string, number>;

export function add(tally: Tally, name: string, count = 1): void {
  tally.set(name, (tally.get(name) ?? 0) + count);
}

/** Every request that these clients make from now on, tries that failed included. */
export function countAwsCalls({ dynamodb, sqs, s3, securityHub, sts }: AwsClients): Tally {
  const tally: Tally = new Map();
  const counting =
    <Args, Answer>(
      next: (args: Args) => Promise<Answer>,
      { clientName = '', commandName = '' }: { clientName?: string; commandName?: string },
    ) =>
    (args: Args): Promise<Answer> => {
      add(tally, `${clientName.replace(/Client$/, '')}.${commandName.replace(/Command$/, '')}`);
      return next(args);
    };
  // After the retries, so that each try counts.
  const each = { step: 'deserialize', name: 'countCalls' } as const;
  dynamodb.middlewareStack.add(counting, each);
  sqs.middlewareStack.add(counting, each);
  s3.middlewareStack.add(counting, each);
  securityHub.middlewareStack.add(counting, each);
  sts.middlewareStack.add(counting, each);
  return tally;
}

/** In the order of their names. */
export function inOrder(tally: ReadonlyMap<string, number>): Readonly<Record<string, number>> {
  return Object.fromEntries([...tally].sort(([a], [b]) => (a < b ? -1 : 1)));
}
