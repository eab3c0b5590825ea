import type { Catalogue } from '../controls';

/** `…/cis-aws-foundations-benchmark/v/1.2.0/rule/1.14`, `pci-dss/v/3.2.1/PCI.IAM.8`, `…/finding/<uuid>` */
const RULE_PATH = /(?:^|[:/])([a-z0-9-]+\/v\/[^/]+)\/(?:rule\/)?([^/]+)(?:\/finding\/[^/]*)?$/;
/** `security-control/EC2.19`, as consolidated findings are generated and named */
const CONTROL_PATH = /(?:^|[:/])security-control\/([^/]+)(?:\/finding\/[^/]*)?$/;
const STANDARD_PREFIX = /^(?:arn:[^/]*:)?(?:standards|ruleset|subscription)\//;
const MAX_STANDARDS = 20;
const MAX_STANDARD_LENGTH = 128;

/** The names under which a control finding may know its control. */
export interface ControlNames {
  /** `Compliance.SecurityControlId`: where it is given, no other name is looked up. */
  readonly securityControl: string | undefined;
  /** As received, the most trustworthy first; a title may begin with any of them. */
  readonly rules: readonly string[];
  /** Standards that the finding counts for, e.g. `pci-dss/v/3.2.1`. */
  readonly standards: readonly string[];
}

/** What a finding says about its control, in whatever format. */
export interface ControlMentions {
  readonly securityControl: string | null | undefined;
  /** Other names of the control, the most trustworthy first. */
  readonly rules: readonly (string | null | undefined)[];
  /** Texts that hold the control in a path, such as the generator and the finding's own id. */
  readonly paths: readonly (string | null | undefined)[];
  readonly standards: readonly (string | null | undefined)[];
}

/** Collects what a Security Hub control finding, consolidated or of one standard, says about its control. */
export function controlNames(mentions: ControlMentions): ControlNames {
  const paths = mentions.paths.filter((path) => typeof path === 'string');
  const ofStandard = paths.map((path) => RULE_PATH.exec(path)).filter((match) => match !== null);
  const consolidated = paths.map((path) => CONTROL_PATH.exec(path)?.[1]);
  const rules = [
    mentions.securityControl,
    ...mentions.rules,
    ...consolidated,
    ...ofStandard.map((match) => match[2]),
  ];
  const standards = [...mentions.standards, ...ofStandard.map((match) => match[1])];
  return {
    securityControl: mentions.securityControl || undefined,
    rules: distinct(rules),
    standards: distinct(standards.map((standard) => standard?.replace(STANDARD_PREFIX, '')))
      .filter((standard) => standard.length <= MAX_STANDARD_LENGTH)
      .slice(0, MAX_STANDARDS),
  };
}

/**
 * The id of the control that a finding is about, in the catalogue's spelling. A control that the catalogue does not
 * hold keeps the name it came with; a bare rule number is then told apart by its standard
 * (`cis-aws-foundations-benchmark/v/1.7.0/1.6`), because every standard has a rule 1.6.
 * Undefined when the finding does not say enough.
 */
export function controlId(names: ControlNames, catalogue: Catalogue): string | undefined {
  const { securityControl, rules, standards } = names;
  for (const rule of securityControl === undefined ? rules : [securityControl]) {
    const known = lookUp(rule, standards, catalogue);
    if (known !== undefined) return known;
  }
  const [rule] = rules;
  if (rule === undefined || !isBareNumber(rule)) return rule;
  return standards[0] === undefined ? undefined : `${standards[0]}/${rule}`;
}

function lookUp(rule: string, standards: readonly string[], catalogue: Catalogue): string | undefined {
  if (!isBareNumber(rule)) {
    // Control Tower's standard writes CT.CloudTrail.2 for CloudTrail.2.
    const control =
      catalogue.find(rule) ?? (rule.startsWith('CT.') ? catalogue.find(rule.slice(3)) : undefined);
    if (control !== undefined) return control.id;
  }
  for (const standard of standards) {
    const mapped = catalogue.fromStandard(standard, rule);
    if (mapped !== undefined) return mapped;
  }
  return undefined;
}

function isBareNumber(rule: string): boolean {
  return !/^[a-z]/i.test(rule);
}

function distinct(names: readonly (string | null | undefined)[]): string[] {
  return [...new Set(names.filter((name) => typeof name === 'string'))].filter((name) => name !== '');
}
