import type { Finding } from '../findings';
import { derivedId, type Key, type Table } from '../store';

/** What makes a threat's issue the issue it is. */
type ThreatIdentity = Pick<Finding, 'control' | 'region'> & {
  readonly resource: Pick<Finding['resource'], 'id'>;
};

/**
 * GuardDuty's formats do not name a resource alike: whichever of them comes first decides which issue a finding id
 * belongs to, and the others follow.
 */
export interface Identities {
  /** The finding as one of the issue that its id belongs to. Two at once get the same answer. */
  settle(finding: Finding): Promise<Finding>;
}

const itemKey = (finding: Finding): Key => ({ pk: `F#${derivedId(finding.key)}`, sk: 'ISSUE' });

export function tableIdentities(table: Table): Identities {
  return {
    async settle(finding) {
      const key = itemKey(finding);
      const { control, region, resource } = finding;
      let item = await table.get(key);
      if (item === undefined) {
        if (await table.create({ ...key, control, region, resource: resource.id })) return finding;
        item = await table.get(key);
      }
      if (item === undefined) return finding;
      const known: ThreatIdentity = {
        control: item['control'] as Finding['control'],
        region: String(item['region']),
        resource: { id: String(item['resource']) },
      };
      return {
        ...finding,
        control: known.control,
        region: known.region,
        resource: { ...resource, id: known.resource.id },
      };
    },
  };
}
