import * as z from 'zod';
import { AwsError, invalidInput } from './aws-error';
import type { Caller } from './caller';

const MAX_BATCH = 100;
const CONTROL_ID = /^[A-Za-z0-9]+\.\d+$/;

/** How Security Hub's controls are set in one account and Region. */
export const regionControls = z.strictObject({
  account: z.string().regex(/^\d{12}$/, 'takes twelve digits'),
  region: z.string().min(1),
  /** `off`: Security Hub is not enabled there. `region-off`: the account has not opted into the Region. */
  hub: z.enum(['on', 'off', 'region-off']).default('on'),
  /** Controls that are switched off; all others are on. They are answered in this spelling, whatever was asked. */
  disabled: z.array(z.string().regex(CONTROL_ID)).default([]),
  /** Controls that come back unprocessed, such as those that the Region does not have (`NOT_FOUND`). */
  unprocessed: z
    .record(
      z.string(),
      z.enum(['NOT_FOUND', 'RESOURCE_NOT_FOUND', 'INVALID_INPUT', 'ACCESS_DENIED', 'LIMIT_EXCEEDED']),
    )
    .default({}),
});

export type RegionControls = z.input<typeof regionControls>;

const batchGetInput = z.object({ SecurityControlIds: z.array(z.string()).max(MAX_BATCH) });

const batchUpdateInput = z.object({
  StandardsControlAssociationUpdates: z
    .array(
      z
        .object({
          StandardsArn: z.string().min(1),
          SecurityControlId: z.string().regex(CONTROL_ID),
          AssociationStatus: z.enum(['ENABLED', 'DISABLED']),
          UpdatedReason: z.string().min(1).optional(),
        })
        .refine(
          ({ AssociationStatus, UpdatedReason }) => AssociationStatus === 'ENABLED' || UpdatedReason,
          'UpdatedReason is needed to disable',
        ),
    )
    .min(1)
    .max(MAX_BATCH),
});

/** The controls of Security Hub, which each account and Region switches for itself. On until it is told otherwise. */
export class SecurityControls {
  private readonly regions = new Map<string, z.output<typeof regionControls>>();

  set(regions: readonly z.output<typeof regionControls>[]): void {
    this.regions.clear();
    for (const given of regions) this.regions.set(`${given.account} ${given.region}`, given);
  }

  clear(): void {
    this.regions.clear();
  }

  /** All standards are one here: what is disabled in one is off. */
  batchUpdate(input: unknown, { account, region }: Caller): object {
    const read = batchUpdateInput.safeParse(input);
    if (!read.success) throw invalidInput(z.prettifyError(read.error));
    const key = `${account} ${region}`;
    const here = this.regions.get(key) ?? regionControls.parse({ account, region });
    const disabled = new Set(here.disabled);
    const unprocessed: object[] = [];
    for (const update of read.data.StandardsControlAssociationUpdates) {
      const { SecurityControlId, AssociationStatus } = update;
      const code = here.unprocessed[SecurityControlId];
      if (code !== undefined) {
        unprocessed.push({ StandardsControlAssociationUpdate: update, ErrorCode: code });
      } else if (AssociationStatus === 'DISABLED') disabled.add(SecurityControlId);
      else disabled.delete(SecurityControlId);
    }
    this.regions.set(key, { ...here, disabled: [...disabled] });
    return { UnprocessedAssociationUpdates: unprocessed };
  }

  batchGet(input: unknown, { account, region }: Caller): object {
    const here = this.regions.get(`${account} ${region}`);
    if (here?.hub === 'off') {
      const message = `Account ${account} is not subscribed to AWS Security Hub`;
      throw new AwsError('InvalidAccessException', message, 401);
    }
    if (here?.hub === 'region-off') {
      const message = 'The security token included in the request is invalid.';
      throw new AwsError('UnrecognizedClientException', message, 403);
    }
    const read = batchGetInput.safeParse(input);
    if (!read.success) throw invalidInput(z.prettifyError(read.error));
    const found: object[] = [];
    const unprocessed: object[] = [];
    for (const id of read.data.SecurityControlIds) {
      const code = here?.unprocessed[id] ?? (CONTROL_ID.test(id) ? undefined : 'INVALID_INPUT');
      if (code !== undefined) {
        unprocessed.push({ SecurityControlId: id, ErrorCode: code, ErrorReason: 'This was asked for.' });
        continue;
      }
      const disabled = here?.disabled.find((off) => off.toLowerCase() === id.toLowerCase());
      const SecurityControlId = disabled ?? id;
      found.push({
        SecurityControlId,
        SecurityControlArn: `arn:aws:securityhub:${region}:${account}:security-control/${SecurityControlId}`,
        Title: `Example control ${SecurityControlId}`,
        Description: `What ${SecurityControlId} checks.`,
        RemediationUrl: `https://docs.aws.amazon.com/console/securityhub/${SecurityControlId}/remediation`,
        SeverityRating: 'MEDIUM',
        SecurityControlStatus: disabled === undefined ? 'ENABLED' : 'DISABLED',
        UpdateStatus: 'READY',
        Parameters: {},
      });
    }
    return { SecurityControls: found, UnprocessedIds: unprocessed };
  }
}
