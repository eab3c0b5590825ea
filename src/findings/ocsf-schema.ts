import * as z from 'zod';
import {
  account,
  epoch,
  identifier,
  MAX_ID,
  MAX_RESOURCE_ID,
  optionalText,
  product,
  when,
} from './schema-parts';

const id = z.number().nullish();

/** One resource of a finding; only the first is read, as an attack sequence may list hundreds. */
export const ocsfResource = z.object({
  uid: identifier(MAX_RESOURCE_ID).nullish(),
  uid_alt: identifier(MAX_RESOURCE_ID).nullish(),
  type: optionalText,
  data: z.unknown().optional(),
  tags: z.array(z.object({ name: optionalText, value: optionalText })).nullish(),
});

/**
 * The part of an OCSF finding, as Security Hub V2 sends it, that the bot uses; all else is passed over.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-v2-cwe-event-formats.html
 */
export const ocsfSchema = z.object({
  class_uid: z.number(),
  activity_id: id,
  status_id: id,
  severity_id: id,
  severity: optionalText,
  time: epoch.nullish(),
  time_dt: when.nullish(),
  cloud: z.object({ account: z.object({ uid: account }), region: optionalText }),
  metadata: z.object({ product: z.object({ uid: product, name: optionalText }) }),
  vulnerabilities: z.array(z.object({ cve: z.object({ uid: optionalText }).nullish() })).nullish(),
  finding_info: z.object({
    uid: identifier(MAX_ID),
    title: z.string(),
    desc: optionalText,
    types: z.array(z.string()).nullish(),
    created_time: epoch.nullish(),
    created_time_dt: when.nullish(),
    modified_time: epoch.nullish(),
    modified_time_dt: when.nullish(),
    first_seen_time: epoch.nullish(),
    first_seen_time_dt: when.nullish(),
    last_seen_time: epoch.nullish(),
    last_seen_time_dt: when.nullish(),
  }),
  compliance: z
    .object({
      control: optionalText,
      standards: z.array(z.string()).nullish(),
      status: optionalText,
      status_id: id,
    })
    .nullish(),
  remediation: z.object({ references: z.array(z.string()).nullish() }).nullish(),
  resources: z.array(z.unknown()).nullish(),
});

export type Ocsf = z.output<typeof ocsfSchema>;
