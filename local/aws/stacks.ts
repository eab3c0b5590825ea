import * as z from 'zod';
import { AwsError } from './aws-error';
import type { Caller } from './caller';

export const deployedStack = z.strictObject({
  name: z.string().regex(/^[A-Za-z][A-Za-z0-9-]{0,127}$/, 'must be the name of a stack'),
  region: z.string().min(1),
  status: z
    .string()
    .regex(/^[A-Z_]+$/)
    .default('CREATE_COMPLETE'),
  outputs: z.record(z.string(), z.string()),
});

export type DeployedStackInput = z.input<typeof deployedStack>;
type DeployedStack = z.output<typeof deployedStack>;

const describeStacksInput = z.object({ StackName: z.string().min(1) });

/** CloudFormation of the hub's account: stacks that are there, each in one Region. */
export class Stacks {
  private stacks: readonly DeployedStack[] = [];

  constructor(private readonly hubAccount: string) {}

  set(stacks: readonly DeployedStack[]): void {
    this.stacks = stacks;
  }

  describeStacks(input: unknown, caller: Caller): object {
    const read = describeStacksInput.safeParse(input);
    if (!read.success) throw new AwsError('ValidationError', z.prettifyError(read.error), 400);
    const { StackName } = read.data;
    const found = this.stacks.find(
      ({ name, region }) =>
        name === StackName && region === caller.region && caller.account === this.hubAccount,
    );
    if (found === undefined) {
      throw new AwsError('ValidationError', `Stack with id ${StackName} does not exist`, 400);
    }
    const { name, region, status, outputs } = found;
    return {
      Stacks: [
        {
          StackName: name,
          StackId: `arn:aws:cloudformation:${region}:${this.hubAccount}:stack/${name}/00000000-0000-4000-8000-000000000000`,
          CreationTime: '2026-11-01T00:00:00.000Z',
          StackStatus: status,
          Outputs: Object.entries(outputs).map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue })),
        },
      ],
    };
  }
}
