import { guardDutyThreat, type ServiceDetail } from './guardduty-threat';
import type { Threat } from './threat';
import { textAt, valueAt } from './value-at';

const FIELDS = 'aws/guardduty/service/';

/**
 * What GuardDuty says about a threat, from the finding that Security Hub made of it: GuardDuty's `service` lies flat in
 * `ProductFields`, and action and sequence once more, typed, in `Action` and `Detection`.
 * https://docs.aws.amazon.com/guardduty/latest/ug/securityhub-integration.html
 */
export function asffThreat(document: unknown): Threat | undefined {
  const fields = valueAt(document, 'ProductFields');
  const service: ServiceDetail = (...path) =>
    textAt(fields, FIELDS + flat(path)) ?? typed(document, path) ?? inJson(fields, path);
  const key = valueAt(document, 'Resources', 0, 'Details', 'AwsIamAccessKey');
  return guardDutyThreat(service, textAt(key, 'PrincipalName') ?? textAt(key, 'UserName'));
}

/** `action/portProbeAction/portProbeDetails.0_/localPortDetails/port`: lists carry their index so. */
function flat(path: readonly (string | number)[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}.${part}_`;
    return text === '' ? part : `${text}/${part}`;
  }, '');
}

/** `action.dnsRequestAction.domain` is `Action.DnsRequestAction.Domain`; attack sequences lie in `Detection`. */
function typed(document: unknown, path: readonly (string | number)[]): unknown {
  if (path[0] !== 'action' && path[0] !== 'detection') return undefined;
  const keys = path.map((part) =>
    typeof part === 'number' ? part : part.charAt(0).toUpperCase() + part.slice(1),
  );
  return valueAt(document, ...keys);
}

/** `additionalInfo` may hold what it has to say as one JSON text, `{"sample":true}`. */
function inJson(fields: unknown, path: readonly (string | number)[]): unknown {
  if (path.join('/') !== 'additionalInfo/sample') return undefined;
  const text = textAt(fields, `${FIELDS}additionalInfo/value`) ?? '';
  return /^\{"sample":\s*true[,}]/.test(text) ? true : undefined;
}
