import { composeFinding, toControl } from './compose-finding';
import type { Finding, Refusal } from './finding';
import { guardDutyResource } from './guardduty-resource';
import { GUARDDUTY_ARN, guardDutySchema } from './guardduty-schema';
import { guardDutyThreat, type ServiceDetail } from './guardduty-threat';
import { canonicalProductArn } from './key';
import { parseDocument } from './parse-document';
import { isRegion } from './region';
import { MAX_ID, MAX_RESOURCE_ID } from './schema-parts';
import { fromGuardDuty } from './severity';
import { hasUnsafe } from './text';
import { textAt, valueAt } from './value-at';

/** Deeper than anything that is read lies in a finding. */
const MAX_DEPTH = 10;

/**
 * Reads one finding as GuardDuty itself has it, and brings it to what Security Hub's ASFF says of the same thing: its
 * key, its resource. The PascalCase that the command line prints for GetFindings is taken as well.
 * @param field where the document stands in its message, ending in a dot; empty for the message itself
 * @returns the finding, or the first thing that is wrong with it
 */
export function readGuardDuty(document: unknown, field: string): Finding | Refusal {
  const pascal = valueAt(document, 'accountId') === undefined && valueAt(document, 'AccountId') !== undefined;
  const refuse = (at: string, problem: string): Refusal => ({
    field: field + (pascal ? at.replace(/(^|\.)[a-z]/g, (letter) => letter.toUpperCase()) : at),
    problem,
  });
  const finding = pascal ? camelCase(document, MAX_DEPTH) : document;
  const parsed = parseDocument(guardDutySchema, finding, '');
  if ('problem' in parsed) {
    return parsed.field === 'body'
      ? { field: field.slice(0, -1) || 'body', problem: parsed.problem }
      : refuse(parsed.field, parsed.problem);
  }
  const { data } = parsed;

  // Of findings about global services `region` may be another than that of the detector, by which AWS keeps the finding.
  const [, partition = data.partition || 'aws', region = data.region ?? ''] =
    GUARDDUTY_ARN.exec(data.arn ?? '') ?? [];
  if (!isRegion(region)) return refuse('region', 'The finding does not name an AWS Region.');
  const account = data.accountId;
  const id = data.arn ?? builtArn({ partition, region, account }, data.service?.detectorId, data.id);
  if (id === undefined || id.length > MAX_ID || !GUARDDUTY_ARN.test(id)) {
    return refuse('arn', 'The finding has neither an ARN nor the id and the detector to build it from.');
  }
  const control = toControl(data.type);
  if (control === undefined) return refuse('type', 'The GuardDuty finding does not name its type.');
  const resource = guardDutyResource(finding, { partition, region, account });
  if (resource.id.length > MAX_RESOURCE_ID || hasUnsafe(resource.id)) {
    return refuse('resource', 'The id of the resource is too long or holds control characters.');
  }

  const service: ServiceDetail = (...path) => valueAt(finding, 'service', ...path);
  const principal =
    textAt(finding, 'resource', 'accessKeyDetails', 'userName') ??
    textAt(finding, 'resource', 'kubernetesDetails', 'kubernetesUserDetails', 'username');
  const threat = guardDutyThreat(service, principal);
  const product = { partition, region, account: '', company: 'aws', name: 'guardduty' };
  const composed = composeFinding({
    format: 'guardduty',
    id,
    productArn: { ...product, text: canonicalProductArn(product) },
    product: 'guardduty',
    productName: 'GuardDuty',
    account,
    region,
    control,
    aliases: [],
    standards: [],
    title: data.title,
    description: data.description,
    remediationUrl: undefined,
    severity: fromGuardDuty(data.severity),
    compliance: undefined,
    workflow: 'NEW',
    recordState: data.service?.archived ? 'ARCHIVED' : 'ACTIVE',
    resource,
    updatedAt: data.updatedAt,
    createdAt: data.createdAt ?? data.updatedAt,
    firstObservedAt: threat?.firstSeen,
    threat,
  });
  if (composed === 'untitled') return refuse('title', 'The title is empty.');
  return composed === 'too long'
    ? refuse('resource', 'The ids of the finding are too long to be stored.')
    : composed;
}

function builtArn(
  { partition, region, account }: { partition: string; region: string; account: string },
  detector: string | null | undefined,
  id: string | null | undefined,
): string | undefined {
  return detector && id
    ? `arn:${partition}:guardduty:${region}:${account}:detector/${detector}/finding/${id}`
    : undefined;
}

/** The same with every key in camelCase, down to a depth beyond which nothing is read. */
function camelCase(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth === 0) return undefined;
  if (Array.isArray(value)) return value.map((entry) => camelCase(entry, depth - 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key.charAt(0).toLowerCase() + key.slice(1),
      camelCase(inner, depth - 1),
    ]),
  );
}
