import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readFindings } from '../../src/findings';
import { smallCatalogue } from '../fixtures/findings';

/** Findings that others published. They are not ours to ship, so the test does without where they are absent. */
const SAMPLES = join(__dirname, '../../../shared/samples/asff');

if (existsSync(SAMPLES)) {
  const readings = readdirSync(SAMPLES)
    .sort()
    .map((file) => ({ file, ...readFindings(readFileSync(join(SAMPLES, file), 'utf8'), smallCatalogue) }));

  describe('published samples', () => {
    test.each(readings)('$file is read, or refused for a field', ({ findings, refusals }) => {
      expect(findings.length + refusals.length).toBeGreaterThan(0);
      for (const { field, problem } of refusals) expect([field, problem]).not.toContain('');
      for (const finding of findings) {
        expect(Buffer.byteLength(JSON.stringify(finding))).toBeLessThanOrEqual(8_192);
        expect(finding.title).not.toMatch(/^(?:PCI\.)?[A-Za-z0-9]+\.\d+ /);
      }
    });

    test('few are refused, and for a reason', () => {
      expect(readings.flatMap(({ refusals }) => refusals)).toMatchInlineSnapshot(`
[
  {
    "field": "detail-type",
    "problem": ""Security Hub Insight Results" is not read; only "Security Hub Findings - Imported" and "Security Hub Findings - Custom Action" are.",
  },
  {
    "field": "FirstObservedAt",
    "problem": "Expected an ISO 8601 date and time.",
  },
]
`);
    });

    test('rules of standards in the catalogue become its controls', () => {
      const controls = readings.flatMap(({ findings }) => findings.map(({ control }) => control));
      expect(controls).toEqual(
        expect.arrayContaining(['IAM.3', 'CloudTrail.2', 'UnauthorizedAccess:EC2/SSHBruteForce']),
      );
    });
  });
} else {
  console.info(`No published samples at ${SAMPLES}: their reading is not tested in this run.`);
  test.todo('published samples (absent here, so nothing was read)');
}
