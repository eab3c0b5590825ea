import * as z from 'zod';

/**
 * A finding in the AWS Security Finding Format, as far as the stand-in looks into it; all else is kept as it came.
 * As lenient as a hand-written example needs; `importedFinding` is what AWS takes.
 */
export const asffFinding = z.looseObject({
  Id: z.string().min(1).max(2048),
  ProductArn: z.string().startsWith('arn:').max(2048),
  AwsAccountId: z.string().regex(/^\d{12}$/, 'must be 12 digits'),
  GeneratorId: z.string().optional(),
  CreatedAt: z.string(),
  UpdatedAt: z.string(),
  Title: z.string(),
  Description: z.string(),
  Severity: z.looseObject({ Label: z.string().optional(), Normalized: z.number().optional() }),
  Resources: z.array(z.looseObject({ Id: z.string().min(1), Type: z.string().min(1) })).min(1),
  Region: z.string().optional(),
  ProductName: z.string().optional(),
  ProductFields: z.record(z.string(), z.unknown()).optional(),
  Compliance: z
    .looseObject({ Status: z.string().optional(), SecurityControlId: z.string().optional() })
    .optional(),
  Workflow: z.looseObject({ Status: z.string().optional() }).optional(),
  RecordState: z.string().optional(),
});

const time = z.iso.datetime({ offset: true });

/**
 * What BatchImportFindings requires.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/asff-required-attributes.html
 */
export const importedFinding = asffFinding.extend({
  SchemaVersion: z.literal('2018-10-08'),
  GeneratorId: z.string().min(1),
  CreatedAt: time,
  UpdatedAt: time,
  Title: z.string().min(1),
  Description: z.string().min(1),
  ProductFields: z.record(z.string(), z.string()).optional(),
});

export type AsffFinding = z.infer<typeof asffFinding>;

export const findingIdentifier = z.object({ Id: z.string().min(1), ProductArn: z.string().min(1) });

export type FindingIdentifier = z.infer<typeof findingIdentifier>;

/** What tells one finding from another in Security Hub. */
export function keyOf(of: FindingIdentifier): string {
  return `${of.ProductArn}/${of.Id}`;
}

/** Where the finding lives: its own word, else the region in its product's ARN. */
export function regionOf(finding: AsffFinding): string {
  return finding.Region ?? finding.ProductArn.split(':')[3] ?? '';
}
