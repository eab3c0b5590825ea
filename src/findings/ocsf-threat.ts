import { composeThreat } from './compose-threat';
import { apiName, either, joined } from './guardduty-threat';
import type { Threat } from './threat';
import { textAt, valueAt } from './value-at';

/** Evidences that are looked at: an attack sequence may list a hundred. */
const MAX_EVIDENCES = 10;

/**
 * What GuardDuty says about a threat, from Security Hub's OCSF detection finding.
 * https://schema.ocsf.io/1.6.0/classes/detection_finding
 * OCSF has no place for a sample to say that it is one.
 * @param seen when it was first and last seen, read already
 */
export function ocsfThreat(
  document: unknown,
  seen: { readonly firstSeen: string | undefined; readonly lastSeen: string | undefined },
): Threat | undefined {
  const list = valueAt(document, 'evidences');
  const evidences = Array.isArray(list) ? list.slice(0, MAX_EVIDENCES) : [];
  const first = (...path: readonly (string | number)[]): unknown =>
    evidences.map((evidence) => valueAt(evidence, ...path)).find((value) => value !== undefined);

  const api = apiName(first('api', 'service', 'name'), first('api', 'operation'));
  const domain = textAt(first('query'), 'hostname');
  const connection = first('connection_info');
  const outbound = textAt(connection, 'direction')?.toLowerCase() === 'outbound';
  const remote = remoteEnd(first('src_endpoint'), first('dst_endpoint'), outbound);
  const network = connection && {
    action: 'NETWORK_CONNECTION',
    about: joined(
      textAt(connection, 'direction')?.toUpperCase(),
      textAt(connection, 'protocol_name')?.toUpperCase(),
      first('dst_endpoint', 'port'),
    ),
  };
  const process = first('process') ?? first('actor', 'process');
  const action = (api !== undefined && { action: 'AWS_API_CALL', about: api }) ||
    (domain !== undefined && { action: 'DNS_REQUEST', about: domain }) ||
    network || { about: either(textAt(process, 'file', 'path'), textAt(process, 'name')) };

  const resource = valueAt(document, 'resources', 0);
  return composeThreat({
    ...action,
    actor: {
      principal: either(
        textAt(resource, 'data', 'user_name'),
        textAt(resource, 'user', 'name'),
        first('actor', 'user', 'name'),
      ),
      ip: valueAt(remote, 'ip'),
      city: valueAt(remote, 'location', 'city'),
      country: valueAt(remote, 'location', 'country'),
      network: either(valueAt(remote, 'autonomous_system', 'name'), valueAt(remote, 'location', 'isp')),
    },
    count: valueAt(document, 'count'),
    ...seen,
  });
}

/** The end that does not belong to the account: the one of which a place or a network is known, else the far one. */
function remoteEnd(source: unknown, destination: unknown, outbound: boolean): unknown {
  const ends = outbound ? [destination, source] : [source, destination];
  const placed = ends.find(
    (end) => valueAt(end, 'location') !== undefined || valueAt(end, 'autonomous_system') !== undefined,
  );
  return placed ?? ends.find((end) => textAt(end, 'ip') !== undefined);
}
