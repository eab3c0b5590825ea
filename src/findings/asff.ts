import { type Catalogue, type ControlId, SEVERITIES, type Severity } from '../controls';
import { type Asff, asffSchema } from './asff-schema';
import { asffThreat } from './asff-threat';
import { composeFinding, toControl, withVulnerability } from './compose-finding';
import { controlId, controlNames } from './control-id';
import type { ComplianceStatus, Finding, Product, Refusal } from './finding';
import { fingerprintOf } from './fingerprint';
import { guardDutyType } from './guardduty-type';
import { parseDocument } from './parse-document';
import { isRegion } from './region';
import { accountNamed, accountResource } from './resource-id';
import { controlSeverity, fromGuardDuty, fromNormalized } from './severity';
import { cleanText } from './text';

/**
 * Reads one ASFF finding.
 * @param field where the document stands in its message, ending in a dot; empty for the message itself
 * @returns the finding, or the first thing that is wrong with it
 */
export function readAsff(document: unknown, field: string, catalogue: Catalogue): Finding | Refusal {
  const parsed = parseDocument(asffSchema, document, field);
  if ('problem' in parsed) return parsed;
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
  const account = accountNamed(resource.Id, resource.Type);
  const finding = composeFinding({
    format: 'asff',
    id: asff.Id,
    productArn: { ...asff.ProductArn, text: asff.ProductArn.text.replace(':productv2/', ':product/') },
    product,
    productName:
      asff.ProductName || asff.ProductFields?.['aws/securityhub/ProductName'] || asff.ProductArn.name,
    account: asff.AwsAccountId,
    region,
    ...named,
    title: asff.Title,
    description: asff.Description,
    remediationUrl: asff.Remediation?.Recommendation?.Url,
    severity,
    compliance,
    workflow: asff.Workflow?.Status ?? 'NEW',
    recordState: asff.RecordState ?? 'ACTIVE',
    archivalReason: asff.ProductFields?.['ArchivalReasons:0/ReasonCode'],
    resource: {
      id: account === undefined ? resource.Id : accountResource(account),
      type: resource.Type,
      tags: Object.entries(resource.Tags ?? {}),
    },
    updatedAt: asff.UpdatedAt,
    createdAt: asff.CreatedAt ?? asff.FirstObservedAt ?? asff.UpdatedAt,
    firstObservedAt: asff.FirstObservedAt,
    note: asff.Note
      ? { text: asff.Note.Text, updatedBy: asff.Note.UpdatedBy, updatedAt: asff.Note.UpdatedAt }
      : undefined,
    threat: product === 'guardduty' ? asffThreat(document) : undefined,
    fingerprint:
      product === 'control'
        ? fingerprintOf({ severity, details: resource.Details, reasons: asff.Compliance?.StatusReasons })
        : undefined,
  });
  if (finding === 'untitled') return refuse('Title', 'The title is empty.');
  return finding === 'too long'
    ? refuse('Resources.0.Id', 'The ids of the finding are too long to be stored.')
    : finding;
}

function productOf({ ProductArn: { company, name } }: Asff): Product {
  if (company === 'aws' && name === 'securityhub') return 'control';
  return company === 'aws' && name === 'guardduty' ? 'guardduty' : 'other';
}

interface Identity {
  readonly control: ControlId;
  readonly aliases: readonly string[];
  readonly standards: readonly string[];
}

function identify(asff: Asff, product: Product, catalogue: Catalogue): Identity | undefined {
  if (product === 'control') {
    const fields = asff.ProductFields;
    const names = controlNames({
      securityControl: asff.Compliance?.SecurityControlId,
      rules: [fields?.ControlId, fields?.RuleId],
      paths: [asff.GeneratorId, asff.Id],
      standards: [
        ...(asff.Compliance?.AssociatedStandards ?? []).map((standard) => standard.StandardsId),
        fields?.StandardsArn,
        fields?.StandardsGuideArn,
      ],
    });
    const control = toControl(controlId(names, catalogue));
    return control && { control, aliases: [...names.rules, control], standards: names.standards };
  }
  const types = asff.Types ?? [];
  const control = toControl(
    product === 'guardduty'
      ? guardDutyType(types)
      : withVulnerability(types[0] || asff.GeneratorId, asff.Vulnerabilities?.[0]?.Id),
  );
  return control && { control, aliases: [], standards: [] };
}

function severityOf(
  asff: Asff,
  product: Product,
  compliance: ComplianceStatus | undefined,
  ofCatalogue: Severity | undefined,
): Severity | undefined {
  const stated = statedSeverity(asff, product);
  return product === 'control' ? controlSeverity(stated, compliance, ofCatalogue) : stated;
}

function statedSeverity(asff: Asff, product: Product): Severity | undefined {
  const { Label, Normalized, Product: native } = asff.Severity ?? {};
  // GuardDuty's own score first: the label may differ from what its direct event of the same thing says.
  const score = typeof native === 'number' ? native : undefined;
  if (product === 'guardduty' && score !== undefined && score >= 1 && score <= 10)
    return fromGuardDuty(score);
  const label = SEVERITIES.find((severity) => severity === Label?.toUpperCase());
  if (label !== undefined) return label;
  if (typeof Normalized === 'number') return fromNormalized(Normalized);
  return product === 'control' && score !== undefined ? fromNormalized(score) : undefined;
}
