import { accountId } from '../accounts';
import { type Catalogue, type ControlId, SEVERITIES, type Severity } from '../controls';
import { type Asff, asffSchema } from './asff-schema';
import { controlId, controlNames } from './control-id';
import type { ComplianceStatus, Finding, Product, Refusal } from './finding';
import { fitFinding } from './fit';
import { findingKey } from './key';
import { sentence } from './problem';
import { isRegion } from './region';
import { cleanText, hasUnsafe } from './text';

const MAX_TITLE = 256;
const MAX_DESCRIPTION = 1_024;
const MAX_NAME = 128;
/** Security Hub's own limit of a note's text. */
const MAX_NOTE = 512;
const MAX_URL = 512;
const MAX_CONTROL = 256;
const MAX_TAGS = 50;
const MAX_TAG_KEY = 128;
const MAX_TAG_VALUE = 256;

/** Keys that turn a map into a trap for whoever copies it or asks for its constructor. */
const TRAPS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** `UnauthorizedAccess:EC2-SSHBruteForce` at the end of a type's path; GuardDuty itself writes `/` for the `-` */
const GUARDDUTY_TYPE = /(?:^|\/)([A-Za-z]+:[A-Za-z0-9]+)[-/]([^/]+)$/;
const ACCOUNT_ROOT = /^(?:arn:aws(?:-[a-z]+)*:iam::(\d{12}):root|AWS::::Account:(\d{12}))$/;

/**
 * Reads one ASFF finding.
 * @param field where the document stands in its message, ending in a dot; empty for the message itself
 * @returns the finding, or the first thing that is wrong with it
 */
export function readAsff(document: unknown, field: string, catalogue: Catalogue): Finding | Refusal {
  if (typeof document !== 'object' || document === null || Array.isArray(document)) {
    return { field: field.slice(0, -1) || 'body', problem: 'Expected a finding, that is a JSON object.' };
  }
  const parsed = asffSchema.safeParse(document, { error: sentence });
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return {
      field: field + (issue?.path.join('.') ?? ''),
      problem: issue?.message ?? 'Not an ASFF finding.',
    };
  }
  const asff = parsed.data;
  const refuse = (at: string, problem: string): Refusal => ({ field: field + at, problem });

  const [resource] = asff.Resources;
  const region = asff.Region || asff.ProductArn.region || resource.Region;
  if (!region) return refuse('Region', 'Neither the finding nor its product or resource names a region.');
  if (!isRegion(region)) {
    return refuse('Region', `"${cleanText(region, 32)}" is not the name of an AWS Region.`);
  }

  const product = productOf(asff);
  const compliance = asff.Compliance?.Status ?? undefined;
  if (product === 'control' && compliance === undefined) {
    return refuse('Compliance.Status', 'A finding of a Security Hub control must say whether it passed.');
  }
  const named = identify(asff, product, catalogue);
  if (named === undefined) {
    return product === 'guardduty'
      ? refuse('Types', 'The GuardDuty finding does not name its type.')
      : refuse('GeneratorId', 'The finding does not say which check it comes from.');
  }
  const severity = severityOf(asff, product, compliance, catalogue.find(named.control)?.severity);
  if (severity === undefined) {
    return refuse('Severity', 'Neither Label nor Normalized says how severe the finding is.');
  }
  const title = cleanText(withoutId(asff.Title, named.aliases), MAX_TITLE);
  if (title === '') return refuse('Title', 'The title is empty.');

  const url = remediationUrl(asff);
  const archivalReason = asff.ProductFields?.['ArchivalReasons:0/ReasonCode'];
  const firstObservedAt = asff.FirstObservedAt ?? undefined;
  const finding: Finding = {
    key: findingKey(asff.ProductArn, asff.Id),
    id: asff.Id,
    productArn: asff.ProductArn.text,
    product,
    productName: productName(asff),
    account: asff.AwsAccountId,
    region,
    control: named.control,
    title,
    description: cleanText(asff.Description ?? '', MAX_DESCRIPTION),
    ...(url !== undefined && { remediationUrl: url }),
    severity,
    ...(compliance !== undefined && { compliance }),
    workflow: asff.Workflow?.Status ?? 'NEW',
    recordState: asff.RecordState ?? 'ACTIVE',
    ...(archivalReason && { archivalReason: cleanText(archivalReason, MAX_NAME) }),
    resource: {
      id: resourceId(resource),
      type: cleanText(resource.Type, MAX_NAME),
      tags: tagsOf(resource.Tags ?? {}),
    },
    updatedAt: asff.UpdatedAt,
    createdAt: asff.CreatedAt ?? firstObservedAt ?? asff.UpdatedAt,
    ...(firstObservedAt !== undefined && { firstObservedAt }),
    ...(asff.Note && {
      note: {
        text: cleanText(asff.Note.Text, MAX_NOTE),
        updatedBy: cleanText(asff.Note.UpdatedBy, MAX_NAME),
        updatedAt: asff.Note.UpdatedAt,
      },
    }),
    standards: named.standards,
  };
  return fitFinding(finding) ?? refuse('Resources.0.Id', 'The ids of the finding are too long to be stored.');
}

function productOf({ ProductArn: { company, name } }: Asff): Product {
  if (company === 'aws' && name === 'securityhub') return 'control';
  return company === 'aws' && name === 'guardduty' ? 'guardduty' : 'other';
}

function productName(asff: Asff): string {
  const name =
    asff.ProductName || asff.ProductFields?.['aws/securityhub/ProductName'] || asff.ProductArn.name;
  return cleanText(name, MAX_NAME);
}

interface Identity {
  readonly control: ControlId;
  /** What the control is also called; a title may begin with any of these. */
  readonly aliases: readonly string[];
  readonly standards: readonly string[];
}

function identify(asff: Asff, product: Product, catalogue: Catalogue): Identity | undefined {
  if (product === 'control') {
    const names = controlNames(asff);
    const control = toControl(controlId(names, catalogue));
    return control && { control, aliases: [...names.rules, control], standards: names.standards };
  }
  const types = asff.Types ?? [];
  const control = toControl(product === 'guardduty' ? guardDutyType(types) : types[0] || asff.GeneratorId);
  return control && { control, aliases: [], standards: [] };
}

function toControl(name: string | null | undefined): ControlId | undefined {
  const clean = cleanText(name ?? '', MAX_CONTROL);
  return clean === '' ? undefined : (clean as ControlId);
}

/** GuardDuty's own spelling of the type, as its direct events carry it: `UnauthorizedAccess:EC2/SSHBruteForce`. */
function guardDutyType(types: readonly string[]): string | undefined {
  for (const type of types) {
    const parts = GUARDDUTY_TYPE.exec(type);
    if (parts !== null) return `${parts[1]}/${parts[2]}`;
  }
  return types[0];
}

function severityOf(
  asff: Asff,
  product: Product,
  compliance: ComplianceStatus | undefined,
  ofCatalogue: Severity | undefined,
): Severity | undefined {
  const stated = statedSeverity(asff, product);
  // Security Hub says INFORMATIONAL of what has passed; a failing finding that says so was written by hand.
  const unsaid = stated === undefined || (stated === 'INFORMATIONAL' && compliance === 'FAILED');
  return unsaid && product === 'control' ? (ofCatalogue ?? stated) : stated;
}

function statedSeverity(asff: Asff, product: Product): Severity | undefined {
  const { Label, Normalized, Product: native } = asff.Severity ?? {};
  const label = SEVERITIES.find((severity) => severity === Label?.toUpperCase());
  if (label !== undefined) return label;
  if (typeof Normalized === 'number') return fromNormalized(Normalized);
  if (typeof native !== 'number' || product === 'other') return undefined;
  return product === 'guardduty' ? fromGuardDuty(native) : fromNormalized(native);
}

/** https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_Severity.html, Normalized: 0 to 100 */
function fromNormalized(score: number): Severity {
  if (score >= 90) return 'CRITICAL';
  if (score >= 70) return 'HIGH';
  if (score >= 40) return 'MEDIUM';
  return score >= 1 ? 'LOW' : 'INFORMATIONAL';
}

/** https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings-severity.html: 1.0 to 10.0 */
function fromGuardDuty(score: number): Severity {
  if (score >= 9) return 'CRITICAL';
  if (score >= 7) return 'HIGH';
  if (score >= 4) return 'MEDIUM';
  return score >= 1 ? 'LOW' : 'INFORMATIONAL';
}

/** `EC2.19 Security groups …`, `[EC2.19] Security groups …` and `1.14 Ensure …` without what stands in front. */
function withoutId(title: string, ids: readonly string[]): string {
  for (const id of ids) {
    for (const prefix of [`${id} `, `${id}: `, `[${id}] `]) {
      if (
        title.length > prefix.length &&
        title.slice(0, prefix.length).toLowerCase() === prefix.toLowerCase()
      ) {
        return title.slice(prefix.length);
      }
    }
  }
  return title;
}

function remediationUrl(asff: Asff): string | undefined {
  const text = asff.Remediation?.Recommendation?.Url;
  if (!text || text.length > MAX_URL || !text.startsWith('https://') || !URL.canParse(text)) return undefined;
  const { hostname, href, username, password, port } = new URL(text);
  const ofAws = hostname.endsWith('.amazon.com') || hostname.endsWith('.aws');
  return ofAws && username === '' && password === '' && port === '' && href.length <= MAX_URL
    ? href
    : undefined;
}

/** An account has two names, `arn:aws:iam::<id>:root` and `AWS::::Account:<id>`: the second stands for both. */
function resourceId(resource: Asff['Resources'][0]): string {
  const root = ACCOUNT_ROOT.exec(resource.Id);
  const account = root?.[1] ?? root?.[2];
  if (account !== undefined) return `AWS::::Account:${account}`;
  const bare = resource.Type === 'AwsAccount' && accountId(resource.Id) !== undefined;
  return bare ? `AWS::::Account:${resource.Id}` : resource.Id;
}

/** The first tags that are text; AWS's own (`aws:…`) last, as nobody's policy is written on them. */
function tagsOf(tags: Readonly<Record<string, unknown>>): Record<string, string> {
  const usable = Object.entries(tags).filter(
    (tag): tag is [string, string] => typeof tag[1] === 'string' && isTagKey(tag[0]),
  );
  const own = usable.filter(([key]) => !key.startsWith('aws:'));
  const ofAws = usable.filter(([key]) => key.startsWith('aws:'));
  return Object.fromEntries(
    [...own, ...ofAws].slice(0, MAX_TAGS).map(([key, value]) => [key, cleanText(value, MAX_TAG_VALUE)]),
  );
}

function isTagKey(key: string): boolean {
  return key !== '' && key.length <= MAX_TAG_KEY && !TRAPS.has(key) && !hasUnsafe(key);
}
