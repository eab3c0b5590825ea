import * as z from 'zod';
import { AwsError } from './aws-error';

export const storedSecret = z.strictObject({
  arn: z.string().startsWith('arn:aws:secretsmanager:'),
  /** The value with the label AWSCURRENT. */
  current: z.string().min(1),
  /** The value before it, with the label AWSPREVIOUS. */
  previous: z.string().min(1).optional(),
  /** When the current value was put. */
  changedAt: z.iso.datetime(),
});

export type StoredSecret = z.infer<typeof storedSecret>;

const getSecretValueInput = z.object({
  SecretId: z.string().min(1),
  VersionStage: z.enum(['AWSCURRENT', 'AWSPREVIOUS']).default('AWSCURRENT'),
});

/** Secrets Manager of the hub's account. */
export class Secrets {
  private secrets: readonly StoredSecret[] = [];

  set(secrets: readonly StoredSecret[]): void {
    this.secrets = secrets;
  }

  getSecretValue(input: unknown): object {
    const read = getSecretValueInput.safeParse(input);
    if (!read.success) throw new AwsError('InvalidParameterException', z.prettifyError(read.error), 400);
    const { SecretId, VersionStage } = read.data;
    const secret = this.secrets.find(({ arn }) => arn === SecretId);
    const value = VersionStage === 'AWSCURRENT' ? secret?.current : secret?.previous;
    if (secret === undefined || value === undefined) {
      const message = `Secrets Manager can't find the specified secret value for staging label: ${VersionStage}`;
      throw new AwsError('ResourceNotFoundException', message, 400);
    }
    return {
      ARN: secret.arn,
      SecretString: value,
      VersionStages: [VersionStage],
      CreatedDate: new Date(secret.changedAt).getTime() / 1000,
    };
  }
}
