import { LIMITS } from './limits';

const REGION = /^[a-z]{2}(?:-[a-z]+)+-\d{1,2}$/;

/**
 * The address of a finding in the Security Hub console of the region that holds it.
 * @returns undefined for something that is no region, or when the address is longer than a button may carry
 */
export function consoleUrl(region: string, findingId: string): string | undefined {
  if (!REGION.test(region)) return undefined;
  // The console keeps its filter encoded inside an encoded fragment; `\operator\:EQUALS\:` is its own syntax.
  const id = encodeURIComponent(encoded(findingId));
  const filter = `Id%3D%255Coperator%255C%253AEQUALS%255C%253A${id}`;
  const url = `https://${region}.${consoleHost(region)}/securityhub/home?region=${region}#/findings?search=${filter}`;
  return url.length <= LIMITS.url ? url : undefined;
}

const GUARDDUTY_ID = /(?:^|\/)([0-9a-f]{32})$/i;

/**
 * The address of a finding in the GuardDuty console of its region, as `SourceUrl` of AWS's own findings has it; of the
 * region's list where the id is not of GuardDuty's form.
 * @returns undefined for something that is no region
 */
export function guardDutyUrl(region: string, findingId: string): string | undefined {
  if (!REGION.test(region)) return undefined;
  const home = `https://${region}.${consoleHost(region)}/guardduty/home?region=${region}#/findings`;
  const id = GUARDDUTY_ID.exec(findingId)?.[1];
  return id === undefined ? home : `${home}?macros=current&fId=${id}`;
}

/**
 * The address of an alarm in the CloudWatch console.
 * @returns undefined for something that is no region, or for a name that is too long
 */
export function alarmUrl(region: string, name: string): string | undefined {
  return cloudWatchUrl(region, `alarmsV2:alarm/${encoded(name)}`);
}

/**
 * The address of a dashboard in the CloudWatch console.
 * @returns undefined for something that is no region, or for a name that is too long
 */
export function dashboardUrl(region: string, name: string): string | undefined {
  return cloudWatchUrl(region, `dashboards/dashboard/${encoded(name)}`);
}

/** Half a character, which no name of AWS has, would be an error. */
function encoded(name: string): string {
  return encodeURIComponent(name.replace(/\p{Cs}/gu, '\uFFFD'));
}

function cloudWatchUrl(region: string, page: string): string | undefined {
  if (!REGION.test(region)) return undefined;
  const url = `https://${region}.${consoleHost(region)}/cloudwatch/home?region=${region}#${page}`;
  return url.length <= LIMITS.url ? url : undefined;
}

function consoleHost(region: string): string {
  if (region.startsWith('cn-')) return 'console.amazonaws.cn';
  return region.startsWith('us-gov-') ? 'console.amazonaws-us-gov.com' : 'console.aws.amazon.com';
}
