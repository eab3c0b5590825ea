import { TABLE } from '../infra/resources';

/** An item as the document client takes it. */
export type PlainItem = Readonly<Record<string, unknown>>;

const bytes = (text: string) => Buffer.byteLength(text, 'utf8');
const sum = (values: readonly number[]) => values.reduce((so, value) => so + value, 0);

/** One byte for two digits, and one more; leading and trailing zeros count nothing. */
function numberBytes(value: number): number {
  const digits = String(Math.abs(value))
    .replace(/e.*$/, '')
    .replace('.', '')
    .replaceAll(/^0+|0+$/g, '');
  return Math.ceil(digits.length / 2) + 1 + (value < 0 ? 1 : 0);
}

function valueBytes(value: unknown): number {
  if (typeof value === 'string') return bytes(value);
  if (typeof value === 'number') return numberBytes(value);
  if (typeof value === 'boolean' || value === null) return 1;
  if (value instanceof Uint8Array) return value.byteLength;
  if (Array.isArray(value)) return 3 + sum(value.map((inner) => 1 + valueBytes(inner)));
  if (typeof value === 'object') {
    const inner = Object.entries(value).filter(([, part]) => part !== undefined);
    return 3 + sum(inner.map(([name, part]) => 1 + bytes(name) + valueBytes(part)));
  }
  throw new Error(`the bot stores no values such as ${typeof value}`);
}

/**
 * How large DynamoDB takes an item to be.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */
export function itemBytes(item: PlainItem): number {
  const stored = Object.entries(item).filter(([, value]) => value !== undefined);
  return sum(stored.map(([name, value]) => bytes(name) + valueBytes(value)));
}

/** Write units of an item so large. */
export const writeUnits = (item: PlainItem): number => Math.max(1, Math.ceil(itemBytes(item) / 1_024));

/**
 * Write units that a write costs in the indexes, each of which carries whole items: one write where an item comes, goes or
 * changes, two where its key moves.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.html#GSI.ThroughputConsiderations.Writes
 */
export function indexWriteUnits(before: PlainItem | undefined, after: PlainItem): number {
  return sum(
    Object.values(TABLE.indexes).map(({ partition, sort }) => {
      const keyOf = (item: PlainItem | undefined) => {
        const [pk, sk] = [item?.[partition], item?.[sort]];
        return typeof pk !== 'string' || typeof sk !== 'string' ? undefined : `${pk}|${sk}`;
      };
      const [was, is] = [keyOf(before), keyOf(after)];
      if (is === undefined) return was === undefined || before === undefined ? 0 : writeUnits(before);
      if (was === undefined || before === undefined) return writeUnits(after);
      if (was !== is) return writeUnits(before) + writeUnits(after);
      return JSON.stringify(before) === JSON.stringify(after) ? 0 : writeUnits(after);
    }),
  );
}
