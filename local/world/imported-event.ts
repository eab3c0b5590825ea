import { randomUUID } from 'node:crypto';
import type { AsffFinding } from '../aws';
import { LOCAL_REGION } from '../embedded/services';
import type { FindingFormat } from '../page/api';
import { ocsfFinding, ocsfUid } from './ocsf-finding';

/** The account in which Security Hub is administered: events come from there, wherever the finding lives. */
const ADMINISTRATOR = '999999999999';

/** The EventBridge event that Security Hub sends of a finding that is new or has changed: one finding an event. */
export function importedEvent(held: AsffFinding, format: FindingFormat, at: Date): object {
  const asff = format === 'asff';
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': asff ? 'Security Hub Findings - Imported' : 'Findings Imported V2',
    source: 'aws.securityhub',
    account: ADMINISTRATOR,
    time: `${at.toISOString().slice(0, 19)}Z`,
    region: LOCAL_REGION,
    resources: [asff ? `${held.ProductArn}/${held.Id}` : ocsfUid(held)],
    detail: { findings: [asff ? held : ocsfFinding(held)] },
  };
}
