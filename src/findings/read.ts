import type { Catalogue } from '../controls';
import { readAsff } from './asff';
import { type MessageKind, openEnvelope, type SentByHand } from './envelope';
import type { Finding, FindingFormat, Refusal } from './finding';
import { readGuardDuty } from './guardduty';
import { readOcsf } from './ocsf';

/** What a message held: its findings, and what could not be read, in the order of the message. */
export interface Reading {
  readonly kind: MessageKind;
  readonly findings: Finding[];
  /** One a document that could not be read, naming the first field at fault. */
  readonly refusals: Refusal[];
  /** Of a custom action: what a person did. */
  readonly sent?: SentByHand;
  /** Of an event of AWS that holds no finding: its detail-type. Neither a finding nor a refusal comes of it. */
  readonly dropped?: string;
}

type Read = (document: unknown, field: string, catalogue: Catalogue) => Finding | Refusal;

const READERS: Readonly<Record<FindingFormat, Read>> = {
  asff: readAsff,
  ocsf: readOcsf,
  guardduty: readGuardDuty,
};

/**
 * Reads the body of a message from the `findings` queue (up to 1 MB): Security Hub's events `Findings - Imported`,
 * `Findings - Custom Action` and `Findings Imported V2`, GuardDuty's `GuardDuty Finding`, and findings in any of these
 * formats without an event, each also inside an SNS notification.
 * Never throws: what cannot be read is refused with its field and a reason, and takes nothing else with it.
 */
export function readFindings(body: string, catalogue: Catalogue): Reading {
  const { kind, documents, refusals, sent, dropped } = openEnvelope(body);
  const findings: Finding[] = [];
  const refused: Refusal[] = [...refusals];
  for (const { format, field, value } of documents) {
    const read = READERS[format](value, field, catalogue);
    if ('problem' in read) refused.push(read);
    else findings.push(read);
  }
  return {
    kind,
    findings,
    refusals: refused,
    ...(sent !== undefined && { sent }),
    ...(dropped !== undefined && { dropped }),
  };
}
