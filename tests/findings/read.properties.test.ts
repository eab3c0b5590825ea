import * as fc from 'fast-check';
import { isRegion, readFindings } from '../../src/findings';
import {
  asff,
  CIS_1_2,
  controlOcsf,
  coverageOcsf,
  event,
  guardDuty,
  guardDutyAsff,
  guardDutyOcsf,
  imported,
  inspectorAsff,
  inspectorOcsf,
  smallCatalogue,
  snsWrapped,
} from '../fixtures/findings';

const documents = [
  asff({ tags: { team: 'a' }, note: { text: 'x', updatedBy: 'y', updatedAt: '2026-01-01T00:00:00Z' } }),
  asff({ control: 'IAM.3', standard: CIS_1_2, rule: '1.4', securityControlId: false }),
  guardDutyAsff(),
  inspectorAsff(),
];

/** Of the other formats, by the event that carries them. */
const CALL = { type: 'Stealth:IAMUser/CloudTrailLoggingDisabled', tags: { team: 'a' } };
const others = [
  ...[
    controlOcsf({ tags: { team: 'a' } }),
    guardDutyOcsf(),
    guardDutyOcsf(CALL),
    inspectorOcsf(),
    coverageOcsf(),
  ].map((document) => ({ document, type: 'Findings Imported V2', source: 'aws.securityhub' })),
  ...[guardDuty(), guardDuty(CALL)].map((document) => ({
    document,
    type: 'GuardDuty Finding',
    source: 'aws.guardduty',
  })),
];

/** Where every value of a document stands, containers included. */
function pathsOf(value: unknown, at: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, [...at, key]))].filter(
    (path) => path.length > 0,
  );
}

function replaced(document: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  const copy = structuredClone(document) as Record<string, unknown>;
  const inner = rest.length === 0 ? value : replaced(copy[key], rest, value);
  if (inner === undefined) delete copy[key];
  else copy[key] = inner;
  return copy;
}

const nastyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '',
    '__proto__',
    'constructor',
    'NaN',
    '\u0000',
    '\ud800',
    '1.14',
    'a|b#c',
    '2026-01-15',
    '111122223333',
  ),
  fc
    .tuple(fc.constantFrom('x', '"', '\u0001', '界', '😀', '/v/', 'a:'), fc.integer({ min: 1, max: 3_000 }))
    .map(([unit, times]) => unit.repeat(times)),
);
const nasty = fc.oneof(
  nastyText,
  fc.constant(undefined),
  fc.jsonValue({ maxDepth: 3 }),
  fc.dictionary(nastyText, fc.oneof(nastyText, fc.integer()), { maxKeys: 60 }),
  fc.array(fc.oneof(nastyText, fc.constant(null)), { maxLength: 30 }),
);

const mutationOf = (document: object) =>
  fc
    .array(fc.tuple(fc.constantFrom(...pathsOf(document)), nasty), { minLength: 1, maxLength: 4 })
    .map((changes) =>
      changes.reduce<unknown>((changed, [path, value]) => {
        const reachable = path
          .slice(0, -1)
          .reduce<unknown>((at, key) => (at as Record<string, unknown> | null)?.[key], changed);
        return typeof reachable === 'object' && reachable !== null ? replaced(changed, path, value) : changed;
      }, document),
    );
const mutated = fc.constantFrom(...documents).chain(mutationOf);
const mutatedOther = fc
  .constantFrom(...others)
  .chain(({ document, type, source }) =>
    mutationOf(document).map((value) =>
      source === 'aws.guardduty' ? event(type, value, source) : event(type, { findings: [value] }, source),
    ),
  );
/** What a key of a finding may be renamed to: a trap for whoever copies objects. */
const trap = fc.constantFrom('__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty');

const PROTOTYPES = [Object.prototype, Array.prototype, String.prototype];
const properties = () => PROTOTYPES.map((prototype) => Reflect.ownKeys(prototype));

/** All texts of a value, keys included. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...textsOf(inner)]);
}

function checkReading(body: string): ReturnType<typeof readFindings> {
  const before = properties();
  const reading = readFindings(body, smallCatalogue);
  expect(properties()).toEqual(before);
  for (const { field, problem } of reading.refusals) {
    expect(field).toMatch(/^[\w.:/-]+$/);
    expect(problem).toMatch(/^[A-Z"][^\n]{5,250}\.$/);
  }
  for (const finding of reading.findings) {
    expect(Buffer.byteLength(JSON.stringify(finding))).toBeLessThanOrEqual(8_192);
    expect(JSON.parse(JSON.stringify(finding))).toEqual(finding);
    expect(finding.account).toMatch(/^\d{12}$/);
    expect(isRegion(finding.region)).toBe(true);
    expect(finding.control).not.toBe('');
    for (const at of [finding.updatedAt, finding.createdAt]) expect(new Date(at).toISOString()).toBe(at);
    // Nothing that is kept holds a control character or half a character, whatever field it came from.
    for (const text of textsOf(finding)) expect(text).not.toMatch(/[\p{Cc}\p{Cs}]/u);
    expect(finding.resource.id.length).toBeLessThanOrEqual(2_048);
    expect(finding.id.length).toBeLessThanOrEqual(512);
    if (finding.product !== 'guardduty') expect(finding).not.toHaveProperty('threat');
  }
  return reading;
}

describe('readFindings', () => {
  test('reads or refuses every mutation of a finding, and leaves the others alone', () => {
    fc.assert(
      fc.property(mutated, fc.boolean(), (document, wrap) => {
        const body = event('Security Hub Findings - Imported', {
          findings: [documents[0], document ?? null, documents[2]],
        });
        const { findings, refusals } = checkReading(wrap ? snsWrapped(body) : body);
        expect(findings.length + refusals.length).toBe(3);
        expect(findings.map(({ id }) => id)).toEqual(
          expect.arrayContaining([documents[0]!.Id, documents[2]!.Id]),
        );
      }),
      { numRuns: 600, seed: 29 },
    );
  });

  test('reads or refuses every mutation of an OCSF or GuardDuty finding', () => {
    fc.assert(
      fc.property(mutatedOther, fc.boolean(), (body, wrap) => {
        const { findings, refusals, dropped } = checkReading(wrap ? snsWrapped(body) : body);
        expect(findings.length + refusals.length).toBe(1);
        expect(dropped).toBeUndefined();
      }),
      { numRuns: 700, seed: 29 },
    );
  });

  test('reads or refuses a document of any format without an event, its keys renamed to traps', () => {
    const all = [...documents, ...others.map(({ document }) => document)];
    fc.assert(
      fc.property(fc.constantFrom(...all).chain(mutationOf), fc.nat(), trap, (document, at, name) => {
        const text = JSON.stringify(document) ?? 'null';
        const keys = [...text.matchAll(/"[^"\\]*":/g)];
        const key = keys[at % Math.max(keys.length, 1)]?.[0];
        checkReading(key === undefined ? text : text.replace(key, `"${name}":`));
      }),
      { numRuns: 500, seed: 29 },
    );
  });

  test('reads or refuses any JSON', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json(),
          mutated.map((value) => JSON.stringify(value)),
        ),
        (body) => {
          checkReading(body);
        },
      ),
      { numRuns: 400, seed: 29 },
    );
  });

  test('reads or refuses any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(), (text, at) => {
        checkReading(text);
        const body = imported(documents[0]!);
        checkReading(body.slice(0, at % body.length) + text);
      }),
      { numRuns: 300, seed: 29 },
    );
  });

  test('gives the same answer twice', () => {
    fc.assert(
      fc.property(mutated, (document) => {
        const body = JSON.stringify(document);
        expect(readFindings(body, smallCatalogue)).toEqual(readFindings(body, smallCatalogue));
      }),
      { numRuns: 100, seed: 29 },
    );
  });
});
