import { z } from 'zod';
import { accountId } from '../accounts';
import { instant } from './instant';
import { productArn } from './product-arn';
import { hasUnsafe } from './text';

/** The Security Finding Format allows 512. */
const MAX_ID = 512;
const MAX_PRODUCT_ARN = 256;
/** Long enough for the longest ARN there is; never cut, because it tells one issue from another. */
const MAX_RESOURCE_ID = 2_048;

/** Text of a certain form, taken over as what it means. */
const parsed = <T>(parse: (text: string) => T | undefined, problem: string) =>
  z.string().transform((text, context) => {
    const value = parse(text);
    if (value !== undefined) return value;
    context.addIssue({ code: 'custom', message: problem });
    return z.NEVER;
  });

const when = parsed(instant, 'Expected an ISO 8601 date and time.');

const product = parsed((text) => {
  const parts = text.length <= MAX_PRODUCT_ARN ? productArn(text) : undefined;
  return parts && { text, ...parts };
}, 'Expected the ARN of a Security Hub product, such as arn:aws:securityhub:us-east-1::product/aws/guardduty.');

const identifier = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .refine((text) => !hasUnsafe(text), 'Control characters and broken characters are not allowed here.');

const optionalText = z.string().nullish();

const resource = z.object({
  Id: identifier(MAX_RESOURCE_ID),
  Type: z.string().min(1),
  Region: optionalText,
  Tags: z.record(z.string(), z.unknown()).nullish(),
});

/**
 * The part of the AWS Security Finding Format that the bot uses; all else is passed over, whatever it holds.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-findings-format-syntax.html
 */
export const asffSchema = z.object({
  Id: identifier(MAX_ID),
  ProductArn: product,
  ProductName: optionalText,
  AwsAccountId: parsed(accountId, 'Expected an account id of 12 digits.'),
  Region: optionalText,
  GeneratorId: optionalText,
  Types: z.array(z.string()).nullish(),
  Title: z.string(),
  Description: optionalText,
  UpdatedAt: when,
  CreatedAt: when.nullish(),
  FirstObservedAt: when.nullish(),
  Severity: z
    .object({ Label: optionalText, Normalized: z.number().nullish(), Product: z.number().nullish() })
    .nullish(),
  Compliance: z
    .object({
      Status: z.enum(['PASSED', 'FAILED', 'WARNING', 'NOT_AVAILABLE']).nullish(),
      SecurityControlId: optionalText,
      AssociatedStandards: z.array(z.object({ StandardsId: optionalText })).nullish(),
    })
    .nullish(),
  Workflow: z.object({ Status: z.enum(['NEW', 'NOTIFIED', 'RESOLVED', 'SUPPRESSED']).nullish() }).nullish(),
  RecordState: z.enum(['ACTIVE', 'ARCHIVED']).nullish(),
  Remediation: z.object({ Recommendation: z.object({ Url: optionalText }).nullish() }).nullish(),
  ProductFields: z
    .object({
      ControlId: optionalText,
      RuleId: optionalText,
      StandardsArn: optionalText,
      StandardsGuideArn: optionalText,
      'ArchivalReasons:0/ReasonCode': optionalText,
      'aws/securityhub/ProductName': optionalText,
    })
    .nullish(),
  Resources: z.tuple([resource], z.unknown()),
  Note: z.object({ Text: z.string(), UpdatedBy: z.string(), UpdatedAt: when }).nullish(),
});

export type Asff = z.output<typeof asffSchema>;
