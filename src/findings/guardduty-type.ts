/** More than any type has; a longer text is not worth a look at its form. */
const MAX_TYPE = 512;

/** `UnauthorizedAccess:EC2-SSHBruteForce` at the end of a type's path; GuardDuty itself writes `/` for the `-`. */
const WHOLE = /(?:^|\/)([A-Za-z]+):([A-Za-z0-9]+)[-/]([^/]+)$/;
/** `TTPs/Discovery/IAMUser-AnomalousBehavior`: the purpose stands in the path alone. */
const PURPOSE_IN_PATH = /(?:^|\/)([A-Za-z ]+)\/([A-Za-z0-9]+)-([^/:]+)$/;
/** `TTPs/DefenseEvasion/EC2:Unusual-DNS-Resolver` */
const RESOURCE_FIRST = /(?:^|\/)([A-Za-z ]+)\/(EC2):(Unusual-[A-Za-z]+-[A-Za-z]+)$/;
/** `TTPs/AnomalousBehavior/Execution:Kubernetes-ExecInPod`: part of the name stands in the path. */
const ANOMALOUS = /(?:^|\/)AnomalousBehavior\/[^/]+$/;

/**
 * GuardDuty's own spelling of a finding's type, as its direct events carry it: `UnauthorizedAccess:EC2/SSHBruteForce`.
 * ASFF and OCSF list it among other types, and ASFF spells some of them in ways of its own:
 * https://docs.aws.amazon.com/guardduty/latest/ug/securityhub-integration.html
 * @returns undefined when no type is given; a type of an unknown form as it is
 */
export function guardDutyType(types: readonly string[]): string | undefined {
  for (const type of types) {
    const known = ownSpelling(type);
    if (known !== undefined) return known;
  }
  return types[0];
}

function ownSpelling(type: string): string | undefined {
  if (type.length > MAX_TYPE) return undefined;
  const resourceFirst = RESOURCE_FIRST.exec(type);
  if (resourceFirst !== null) {
    const [, purpose = '', resource, name = ''] = resourceFirst;
    return `${joined(purpose)}:${resource}/${name.replaceAll('-', '')}`;
  }
  const whole = WHOLE.exec(type);
  if (whole !== null) {
    const [, purpose, resource, name = ''] = whole;
    const kubernetes = resource === 'Kubernetes' && ANOMALOUS.test(type);
    return `${purpose}:${resource}/${kubernetes ? `AnomalousBehavior.${name}` : name}`;
  }
  const inPath = PURPOSE_IN_PATH.exec(type);
  return inPath === null ? undefined : `${joined(inPath[1] ?? '')}:${inPath[2]}/${inPath[3]}`;
}

/** `Credential Access` is `CredentialAccess` to GuardDuty. */
function joined(words: string): string {
  return words.replaceAll(' ', '');
}
