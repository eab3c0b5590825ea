import type { Finding } from '../../src/findings';
import { contentHash, findingHash, NOTE_AUTHOR, noteIdentity } from '../../src/requests';
import { finding } from './finding';

const note = { text: 'a', updatedBy: 'alex', updatedAt: '2026-11-20T00:00:00.000Z' };
const base = findingHash(finding({ note }));

test.each<[string, Partial<Finding>]>([
  ['its compliance', { compliance: 'WARNING' }],
  ['its workflow', { workflow: 'SUPPRESSED' }],
  ['its record state', { recordState: 'ARCHIVED' }],
  ['its severity', { severity: 'LOW' }],
  ["somebody's new note", { note: { ...note, updatedAt: '2026-11-20T00:00:01.000Z' } }],
  ["the bot's note instead", { note: { ...note, updatedBy: NOTE_AUTHOR } }],
])('tells a finding apart by %s', (_, over) => {
  expect(findingHash(finding({ note, ...over }))).not.toBe(base);
});

test.each<[string, Partial<Finding>]>([
  ['a new UpdatedAt', { updatedAt: '2026-11-21T00:00:00.000Z' }],
  ['other words', { title: 'x', description: 'y', standards: [] }],
  ['another text of a note of the same time', { note: { ...note, text: 'b' } }],
])('is not moved by %s', (_, over) => {
  expect(findingHash(finding({ note, ...over }))).toBe(base);
});

it("does not tell the bot's notes apart by their time, so that the echo of a write is known before it comes", () => {
  const ours = (updatedAt: string) => ({ text: 'x', updatedBy: NOTE_AUTHOR, updatedAt });
  expect(noteIdentity(ours('2026-11-20T00:00:00.000Z'))).toBe(noteIdentity(ours('2026-11-21T00:00:00.000Z')));
  const { compliance, ...without } = finding();
  expect(findingHash({ ...without, note: ours('2026-11-20T00:00:00.000Z') })).toBe(
    contentHash({ workflow: 'NEW', recordState: 'ACTIVE', severity: 'HIGH', note: 'ours' }),
  );
  expect(compliance).toBe('FAILED');
});

it('has an identity for no note at all', () => {
  expect(noteIdentity(undefined)).toBeUndefined();
  expect(noteIdentity(note)).toBe(note.updatedAt);
  expect(findingHash(finding())).not.toBe(base);
});
