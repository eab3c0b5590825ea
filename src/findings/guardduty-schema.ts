import * as z from 'zod';
import { account, identifier, MAX_ID, optionalText, when } from './schema-parts';

/** `…:detector/<detector>/finding/<id>` */
export const GUARDDUTY_ARN =
  /^arn:(aws(?:-[a-z]+)*):guardduty:([a-z0-9-]+):(\d{12}):detector\/[\w-]+\/finding\/[\w-]+$/;

/**
 * The part of GuardDuty's own finding, as its events and its API have it, that the bot uses; all else is passed over.
 * https://docs.aws.amazon.com/guardduty/latest/APIReference/API_Finding.html
 */
export const guardDutySchema = z.object({
  accountId: account,
  arn: identifier(MAX_ID).regex(GUARDDUTY_ARN, 'Expected the ARN of a GuardDuty finding.').nullish(),
  region: optionalText,
  partition: optionalText,
  id: optionalText,
  type: z.string().min(1),
  title: z.string(),
  description: optionalText,
  severity: z.number().refine((score) => score >= 0 && score <= 10, 'Expected a number from 0 to 10.'),
  createdAt: when.nullish(),
  updatedAt: when,
  resource: z.object({ resourceType: optionalText }).nullish(),
  service: z
    .object({
      archived: z.boolean().nullish(),
      detectorId: optionalText,
    })
    .nullish(),
});
