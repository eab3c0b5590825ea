import { composeThreat, type RawThreat } from './compose-threat';
import type { Threat } from './threat';

/** Looks up a detail of a finding's `service`, e.g. `'action', 'awsApiCallAction', 'api'`. */
export type ServiceDetail = (...path: readonly (string | number)[]) => unknown;

/** Ports of a probe that are named; a scan may touch hundreds. */
const MAX_PORTS = 3;

/** Where each kind of action stands in `service.action`. */
const ACTIONS: ReadonlyMap<unknown, string> = new Map([
  ['AWS_API_CALL', 'awsApiCallAction'],
  ['DNS_REQUEST', 'dnsRequestAction'],
  ['NETWORK_CONNECTION', 'networkConnectionAction'],
  ['PORT_PROBE', 'portProbeAction'],
  ['KUBERNETES_API_CALL', 'kubernetesApiCallAction'],
  ['RDS_LOGIN_ATTEMPT', 'rdsLoginAttemptAction'],
]);

/**
 * What GuardDuty says about a threat, from `service` as GuardDuty writes it.
 * https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings-summary.html
 * @param principal whose credentials were used, which GuardDuty writes beside `service`
 */
export function guardDutyThreat(service: ServiceDetail, principal: unknown): Threat | undefined {
  const type = service('action', 'actionType');
  const action = ACTIONS.get(type);
  const at: ServiceDetail = (...path) =>
    action === undefined ? undefined : service('action', action, ...path);
  const first = type === 'PORT_PROBE' ? ['portProbeDetails', 0] : [];
  const remote: ServiceDetail = (...path) => at(...first, 'remoteIpDetails', ...path);
  const sequence: ServiceDetail = (...path) => service('detection', 'sequence', ...path);
  return composeThreat({
    action: type,
    about: aboutAction(type, at) ?? aboutRuntime(service),
    actor: {
      principal: either(principal, at('loginAttributes', 0, 'user'), sequence('actors', 0, 'user', 'name')),
      ip: either(
        remote('ipAddressV4'),
        remote('ipAddressV6'),
        at('sourceIPs', 0),
        sequence('endpoints', 0, 'ip'),
      ),
      city: either(remote('city', 'cityName'), sequence('endpoints', 0, 'location', 'city')),
      country: either(remote('country', 'countryName'), sequence('endpoints', 0, 'location', 'country')),
      network: either(
        remote('organization', 'org'),
        remote('organization', 'isp'),
        remote('organization', 'asnOrg'),
        sequence('endpoints', 0, 'autonomousSystem', 'name'),
      ),
    },
    count: service('count'),
    firstSeen: service('eventFirstSeen'),
    lastSeen: service('eventLastSeen'),
    sample: service('additionalInfo', 'sample'),
  } satisfies RawThreat);
}

function aboutAction(type: unknown, at: ServiceDetail): string | undefined {
  switch (type) {
    case 'AWS_API_CALL':
      return apiName(at('serviceName'), at('api'));
    case 'DNS_REQUEST':
      return joined(at('domain'));
    case 'NETWORK_CONNECTION': {
      const direction = at('connectionDirection');
      // The port that matters is the one that was connected to.
      const end = direction === 'OUTBOUND' ? 'remotePortDetails' : 'localPortDetails';
      return joined(direction, at('protocol'), portName(at(end, 'port'), at(end, 'portName')));
    }
    case 'PORT_PROBE': {
      const ports = Array.from({ length: MAX_PORTS }, (_, index) => {
        const port: ServiceDetail = (name) => at('portProbeDetails', index, 'localPortDetails', name ?? '');
        return portName(port('port'), port('portName'));
      });
      return ports.filter((port) => port !== undefined).join(', ') || undefined;
    }
    case 'KUBERNETES_API_CALL':
      return joined(at('verb'), at('requestUri'));
    case 'RDS_LOGIN_ATTEMPT':
      return joined(at('loginAttributes', 0, 'application'));
    default:
      return undefined;
  }
}

/** What a finding without an action is about: a process that ran, or malware that was found. */
function aboutRuntime(service: ServiceDetail): string | undefined {
  const process: ServiceDetail = (name) => service('runtimeDetails', 'process', name ?? '');
  const scan: ServiceDetail = (...path) => service('ebsVolumeScanDetails', 'scanDetections', ...path);
  return joined(
    either(
      process('executablePath'),
      process('name'),
      scan('threatDetectedByName', 'threatNames', 0, 'name'),
      service('malwareScanDetails', 'threats', 0, 'name'),
    ),
  );
}

/** `cloudtrail:DeleteTrail`, as policies write it. */
export function apiName(service: unknown, operation: unknown): string | undefined {
  if (typeof operation !== 'string' || operation === '') return undefined;
  if (typeof service !== 'string' || service === '') return operation;
  return `${service.replace(/\.amazonaws\.com(?:\.cn)?$/, '')}:${operation}`;
}

/** `22 (SSH)`, or `4711` where the port has no name. */
function portName(port: unknown, name: unknown): string | undefined {
  const number = joined(port);
  if (number === undefined) return undefined;
  return typeof name === 'string' && name !== '' && name !== 'Unknown' ? `${number} (${name})` : number;
}

/** The texts and numbers among `parts` as one text; undefined when there is none. */
export function joined(...parts: readonly unknown[]): string | undefined {
  const texts = parts.filter((part) => (typeof part === 'string' && part !== '') || Number.isFinite(part));
  return texts.length === 0 ? undefined : texts.map(String).join(' ');
}

/** The first that is text. */
export function either(...values: readonly unknown[]): unknown {
  return values.find((value) => typeof value === 'string' && value !== '');
}
