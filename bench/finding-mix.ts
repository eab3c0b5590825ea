import { type Document, document, eventOf, notificationOf } from './documents';
import { random } from './random';

/** A message as a queue delivers it, and what the bot knew before. */
export interface MixedMessage {
  readonly body: string;
  /** An older message of the same finding that has been taken in; undefined when its issue is new. */
  readonly earlier?: string;
}

const ACCOUNTS = ['111122223333', '444455556666', '123456789012'];
const REGIONS = ['ap-northeast-1', 'us-east-1', 'eu-central-1'];
const NOW = new Date('2026-01-15T06:00:00.000Z');
const EARLIER = new Date('2026-01-15T00:00:00.000Z');
/** The document itself, without its envelope. */
const SMALLEST = 3_000;
const LARGEST = 8_000;

/** Documents that are at fault, each in another way. */
const FAULTS: readonly ((finding: Document) => object)[] = [
  (finding) => ({ ...finding, AwsAccountId: '12345' }),
  (finding) => ({ ...finding, Resources: [] }),
  (finding) => ({ ...finding, UpdatedAt: 'yesterday' }),
  (finding) => ({ ...finding, Severity: 'HIGH' }),
];

/**
 * What arrives in an estate that mixes accounts old and new: half the messages are EventBridge events, the rest
 * bare documents and SNS notifications; a third of the findings are per standard; 20 % PASSED; 3 % cannot be read.
 * Of half the findings the issue is known already, and three in four of these bring nothing new.
 * @param controls the ids to take in turn
 */
export function findingMix(count: number, controls: readonly string[]): readonly MixedMessage[] {
  const next = random(20_260_115);
  const oneOf = <T>(items: readonly T[]): T => items[Math.floor(next() * items.length)] as T;
  return Array.from({ length: count }, (_, resource): MixedMessage => {
    const sketch = {
      account: oneOf(ACCOUNTS),
      region: oneOf(REGIONS),
      control: oneOf(controls),
      resource,
      perStandard: next() < 1 / 3,
      rules: 12 + Math.floor(next() * 30),
    };
    const status = next() < 0.2 ? 'PASSED' : 'FAILED';
    const finding = document({ ...sketch, status, updatedAt: NOW });
    const size = JSON.stringify(finding).length;
    if (size < SMALLEST || size > LARGEST) throw new Error(`a document of the mix has ${size} bytes`);

    const form = next();
    const wrap = (found: Document) => {
      if (form < 0.25) return JSON.stringify(found);
      return form < 0.75 ? eventOf(found) : notificationOf(eventOf(found));
    };
    if (next() < 0.03) return { body: wrap(oneOf(FAULTS)(finding) as Document) };
    if (next() < 0.5) return { body: wrap(finding) };
    const before = next() < 0.75 ? status : 'FAILED';
    return {
      body: wrap(finding),
      earlier: wrap(document({ ...sketch, status: before, updatedAt: EARLIER })),
    };
  });
}
