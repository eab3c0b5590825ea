import type { Catalogue } from '../controls';
import { readAsff } from './asff';
import { type MessageKind, openEnvelope } from './envelope';
import type { Finding, Refusal } from './finding';

/** What a message held: its findings, and what could not be read, in the order of the message. */
export interface Reading {
  readonly kind: MessageKind;
  readonly findings: Finding[];
  /** One a document that could not be read, naming the first field at fault. */
  readonly refusals: Refusal[];
}

/**
 * Reads the body of a message from the `findings` queue (up to 1 MB): Security Hub's events
 * `Findings - Imported` and `Findings - Custom Action`, and bare ASFF documents, each also inside an SNS notification.
 * Never throws: what cannot be read is refused with its field and a reason, and takes nothing else with it.
 */
export function readFindings(body: string, catalogue: Catalogue): Reading {
  const { kind, documents, refusals } = openEnvelope(body);
  const findings: Finding[] = [];
  const refused: Refusal[] = [...refusals];
  for (const { field, value } of documents) {
    const read = readAsff(value, field, catalogue);
    if ('problem' in read) refused.push(read);
    else findings.push(read);
  }
  return { kind, findings, refusals: refused };
}
