import {
  type DocumentSketch,
  document,
  inEvent,
  notificationOf,
  ocsfDocument,
  threatDocument,
} from './documents';
import { random } from './random';

/** A message as a queue delivers it, and what the bot knew before. */
export interface MixedMessage {
  readonly body: string;
  /** An older message of the same finding that has been taken in; undefined when its issue is new. */
  readonly earlier?: string;
  /** The finding, and the message that tells what is known of it now; undefined when it cannot be read. */
  readonly finding?: { readonly document: object; readonly wrap: (document: object) => string };
}

/** Whose findings they are. */
export const MIX_ACCOUNTS = ['111122223333', '444455556666', '123456789012'];
const REGIONS = ['ap-northeast-1', 'us-east-1', 'eu-central-1'];
const NOW = new Date('2026-01-15T06:00:00.000Z');
const EARLIER = new Date('2026-01-15T00:00:00.000Z');
/** The document itself, without its envelope. */
const SMALLEST = 2_500;
const LARGEST = 8_000;

/** A format in which findings arrive. */
interface Format {
  document(sketch: DocumentSketch): object;
  event(finding: object): string;
  /** Documents that are at fault, each in another way. */
  readonly faults: readonly object[];
}

const ASFF: Format = {
  document,
  event: (finding) => inEvent('Security Hub Findings - Imported', 'aws.securityhub', { findings: [finding] }),
  faults: [{ AwsAccountId: '12345' }, { Resources: [] }, { UpdatedAt: 'yesterday' }, { Severity: 'HIGH' }],
};
const OCSF: Format = {
  document: ocsfDocument,
  event: (finding) => inEvent('Findings Imported V2', 'aws.securityhub', { findings: [finding] }),
  faults: [{ class_uid: null }, { resources: [] }, { severity_id: 'High' }],
};
const GUARDDUTY: Format = {
  document: threatDocument,
  event: (finding) => inEvent('GuardDuty Finding', 'aws.guardduty', finding),
  faults: [{ accountId: '12345' }, { severity: 'HIGH' }, { updatedAt: 'yesterday' }],
};

/**
 * What arrives in an estate that mixes accounts old and new: half the messages are EventBridge events, the rest
 * bare documents and SNS notifications; six in ten are ASFF (a third of these per standard), two OCSF, two of GuardDuty
 * itself; 20 % PASSED; 3 % cannot be read.
 * Of half the findings the issue is known already, and three in four of these bring nothing new.
 * @param controls the ids to take in turn
 * @param now when the findings were updated
 */
export function findingMix(
  count: number,
  controls: readonly string[],
  now: Date = NOW,
): readonly MixedMessage[] {
  const next = random(20_260_115);
  const oneOf = <T>(items: readonly T[]): T => items[Math.floor(next() * items.length)] as T;
  return Array.from({ length: count }, (_, resource): MixedMessage => {
    const sketch = {
      account: oneOf(MIX_ACCOUNTS),
      region: oneOf(REGIONS),
      control: oneOf(controls),
      resource,
      perStandard: next() < 1 / 3,
      rules: 12 + Math.floor(next() * 30),
    };
    const kind = next();
    const among = kind < 0.8 ? OCSF : GUARDDUTY;
    const format = kind < 0.6 ? ASFF : among;
    const status = next() < 0.2 ? 'PASSED' : 'FAILED';
    const finding = format.document({ ...sketch, status, updatedAt: now });
    const size = JSON.stringify(finding).length;
    if (size < SMALLEST || size > LARGEST) throw new Error(`a document of the mix has ${size} bytes`);

    const form = next();
    const wrap = (found: object) => {
      if (form < 0.25) return JSON.stringify(found);
      return form < 0.75 ? format.event(found) : notificationOf(format.event(found));
    };
    if (next() < 0.03) return { body: wrap({ ...finding, ...oneOf(format.faults) }) };
    const readable = { document: finding, wrap };
    if (next() < 0.5) return { body: wrap(finding), finding: readable };
    const before = next() < 0.75 ? status : 'FAILED';
    return {
      body: wrap(finding),
      finding: readable,
      earlier: wrap(format.document({ ...sketch, status: before, updatedAt: EARLIER })),
    };
  });
}
