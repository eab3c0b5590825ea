import * as z from 'zod';
import { account, identifier, MAX_ID, MAX_RESOURCE_ID, optionalText, product, when } from './schema-parts';

const resource = z.object({
  Id: identifier(MAX_RESOURCE_ID),
  Type: z.string().min(1),
  Region: optionalText,
  Tags: z.record(z.string(), z.unknown()).nullish(),
  Details: z.unknown().optional(),
});

/**
 * The part of the AWS Security Finding Format that the bot uses; all else is passed over, whatever it holds.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-findings-format-syntax.html
 */
export const asffSchema = z.object({
  Id: identifier(MAX_ID),
  ProductArn: product,
  ProductName: optionalText,
  AwsAccountId: account,
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
      StatusReasons: z.unknown().optional(),
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
  Vulnerabilities: z.array(z.object({ Id: optionalText })).nullish(),
  Note: z.object({ Text: z.string(), UpdatedBy: z.string(), UpdatedAt: when }).nullish(),
});

export type Asff = z.output<typeof asffSchema>;
