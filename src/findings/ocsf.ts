import type { Catalogue, ControlId, Severity } from '../controls';
import { composeFinding, toControl, withVulnerability } from './compose-finding';
import { controlId, controlNames } from './control-id';
import type { ComplianceStatus, Finding, Product, RecordState, Refusal, WorkflowStatus } from './finding';
import { fingerprintOf } from './fingerprint';
import { guardDutyType } from './guardduty-type';
import { canonicalProductArn } from './key';
import { type Ocsf, ocsfResource, ocsfSchema } from './ocsf-schema';
import { ocsfThreat } from './ocsf-threat';
import { parseDocument } from './parse-document';
import { isRegion } from './region';
import { accountResource, asffResourceId, asffResourceType } from './resource-id';
import { MAX_RESOURCE_ID } from './schema-parts';
import { controlSeverity } from './severity';
import { cleanText } from './text';

const COMPLIANCE_FINDING = 2003;
const CLOSE = 3;
const SUPPRESSED = 3;
const RESOLVED = 4;
const ARCHIVED = 5;

const SEVERITY_IDS: ReadonlyMap<unknown, Severity> = new Map([
  [1, 'INFORMATIONAL'],
  [2, 'LOW'],
  [3, 'MEDIUM'],
  [4, 'HIGH'],
  [5, 'CRITICAL'],
  [6, 'CRITICAL'],
]);
const SEVERITY_NAMES: ReadonlyMap<unknown, Severity> = new Map([
  ['informational', 'INFORMATIONAL'],
  ['low', 'LOW'],
  ['medium', 'MEDIUM'],
  ['high', 'HIGH'],
  ['critical', 'CRITICAL'],
  ['fatal', 'CRITICAL'],
]);
const COMPLIANCE: ReadonlyMap<unknown, ComplianceStatus> = new Map<unknown, ComplianceStatus>([
  ['pass', 'PASSED'],
  ['warning', 'WARNING'],
  ['fail', 'FAILED'],
  [1, 'PASSED'],
  [2, 'WARNING'],
  [3, 'FAILED'],
]);

/**
 * Reads one OCSF finding of Security Hub V2 and brings it to what ASFF says of the same thing: its key, its control,
 * its resource.
 * @param field where the document stands in its message, ending in a dot; empty for the message itself
 * @returns the finding, or the first thing that is wrong with it
 */
export function readOcsf(document: unknown, field: string, catalogue: Catalogue): Finding | Refusal {
  const parsed = parseDocument(ocsfSchema, document, field);
  if ('problem' in parsed) return parsed;
  const ocsf = parsed.data;
  const refuse = (at: string, problem: string): Refusal => ({ field: field + at, problem });

  const { finding_info: info, metadata } = ocsf;
  const arn = metadata.product.uid;
  const region = [ocsf.cloud.region, arn.region].find((name) => name && isRegion(name));
  if (!region) return refuse('cloud.region', 'Neither the finding nor its product names an AWS Region.');

  const named = identify(ocsf, catalogue);
  if (named === undefined) return refuse('finding_info.types', 'The finding does not name its type.');
  const compliance = complianceOf(ocsf);
  if (named.product === 'control' && compliance === undefined) {
    return refuse('compliance.status', 'A finding of a Security Hub control must say whether it passed.');
  }
  const severity = severityOf(ocsf, named.product, compliance, catalogue.find(named.control)?.severity);
  if (severity === undefined) {
    return refuse('severity_id', 'Neither severity_id nor severity says how severe the finding is.');
  }

  const createdAt = info.created_time ?? info.created_time_dt;
  const firstSeen = info.first_seen_time ?? info.first_seen_time_dt ?? undefined;
  const lastSeen = info.last_seen_time ?? info.last_seen_time_dt ?? undefined;
  const updatedAt =
    info.modified_time ?? info.modified_time_dt ?? ocsf.time ?? ocsf.time_dt ?? lastSeen ?? createdAt;
  if (!updatedAt)
    return refuse('finding_info.modified_time', 'The finding does not say when it was changed.');

  const account = ocsf.cloud.account.uid;
  const resource = firstResource(ocsf, named.product, { partition: arn.partition, region, account }, field);
  if ('problem' in resource) return resource;

  const finding = composeFinding({
    format: 'ocsf',
    id: info.uid,
    productArn: { ...arn, text: canonicalProductArn(arn) },
    productName: metadata.product.name || arn.name,
    account,
    region,
    ...named,
    title: info.title,
    description: info.desc,
    remediationUrl: ocsf.remediation?.references?.[0],
    severity,
    compliance,
    workflow: workflowOf(ocsf),
    recordState: recordStateOf(ocsf),
    resource: resource.named,
    updatedAt,
    createdAt: createdAt ?? firstSeen ?? updatedAt,
    firstObservedAt: firstSeen,
    threat: named.product === 'guardduty' ? ocsfThreat(document, { firstSeen, lastSeen }) : undefined,
    fingerprint:
      named.product === 'control' ? fingerprintOf({ severity, details: resource.details }) : undefined,
  });
  if (finding === 'untitled') return refuse('finding_info.title', 'The title is empty.');
  return finding === 'too long'
    ? refuse('resources.0.uid', 'The ids of the finding are too long to be stored.')
    : finding;
}

interface Identity {
  readonly product: Product;
  readonly control: ControlId;
  readonly aliases: readonly string[];
  readonly standards: readonly string[];
}

/** Whose finding it is and what it is called; a finding that names no control, such as one on coverage, is no control's. */
function identify(ocsf: Ocsf, catalogue: Catalogue): Identity | undefined {
  const { company, name } = ocsf.metadata.product.uid;
  const { types, uid } = ocsf.finding_info;
  if (company === 'aws' && name === 'securityhub' && ocsf.class_uid === COMPLIANCE_FINDING) {
    const names = controlNames({
      securityControl: ocsf.compliance?.control,
      rules: [],
      paths: [uid],
      standards: ocsf.compliance?.standards ?? [],
    });
    const control = toControl(controlId(names, catalogue));
    if (control) {
      return {
        product: 'control',
        control,
        aliases: [...names.rules, control],
        standards: names.standards,
      };
    }
  }
  const product = company === 'aws' && name === 'guardduty' ? 'guardduty' : 'other';
  const control = toControl(
    product === 'guardduty'
      ? guardDutyType(types ?? [])
      : withVulnerability(types?.[0], ocsf.vulnerabilities?.[0]?.cve?.uid),
  );
  return control && { product, control, aliases: [], standards: [] };
}

function complianceOf({ class_uid: classUid, compliance }: Ocsf): ComplianceStatus | undefined {
  const { status, status_id: id } = compliance ?? {};
  if (classUid !== COMPLIANCE_FINDING || (!status && id == null)) return undefined;
  return COMPLIANCE.get(status?.toLowerCase()) ?? COMPLIANCE.get(id) ?? 'NOT_AVAILABLE';
}

function severityOf(
  ocsf: Ocsf,
  product: Product,
  compliance: ComplianceStatus | undefined,
  ofCatalogue: Severity | undefined,
): Severity | undefined {
  const stated = SEVERITY_IDS.get(ocsf.severity_id) ?? SEVERITY_NAMES.get(ocsf.severity?.toLowerCase());
  if (product !== 'control') return stated;
  return compliance === 'PASSED' ? 'INFORMATIONAL' : controlSeverity(stated, compliance, ofCatalogue);
}

function workflowOf({ status_id: id }: Ocsf): WorkflowStatus {
  if (id === SUPPRESSED) return 'SUPPRESSED';
  return id === RESOLVED ? 'RESOLVED' : 'NEW';
}

function recordStateOf({ activity_id: activity, status_id: status }: Ocsf): RecordState {
  return activity === CLOSE || status === ARCHIVED ? 'ARCHIVED' : 'ACTIVE';
}

function firstResource(
  ocsf: Ocsf,
  product: Product,
  place: { readonly partition: string; readonly region: string; readonly account: string },
  field: string,
) {
  const [first] = ocsf.resources ?? [];
  if (first === undefined && product === 'guardduty') {
    return {
      named: { id: accountResource(place.account), type: 'AwsAccount', tags: [] },
      details: undefined,
    };
  }
  if (first === undefined) return { field: `${field}resources`, problem: 'The finding names no resource.' };
  const parsed = parseDocument(ocsfResource, first, `${field}resources.0.`);
  if ('problem' in parsed) return parsed;
  const { uid, uid_alt: alternative, type, tags, data: details } = parsed.data;
  const named = uid ?? alternative;
  if (!named) return { field: `${field}resources.0.uid`, problem: 'The field is missing.' };
  const asffType = asffResourceType(cleanText(type ?? '', 128) || 'Other');
  const id = asffResourceId(named, asffType, place, alternative ?? undefined);
  if (id.length > MAX_RESOURCE_ID) {
    return { field: `${field}resources.0.uid`, problem: 'The ids of the finding are too long to be stored.' };
  }
  const pairs = (tags ?? []).map(({ name, value }) => [name, value] as const);
  return { named: { id, type: asffType, tags: pairs }, details };
}
