import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readFindings } from '../../src/findings';
import { smallCatalogue } from '../fixtures/findings';

/** Findings that others published. They are not ours to ship, so the test does without where they are absent. */
const SAMPLES = join(__dirname, '../../../shared/samples');
const FORMATS = ['asff', 'ocsf', 'guardduty'].filter((format) => existsSync(join(SAMPLES, format)));

if (FORMATS.length === 3) {
  const readings = FORMATS.flatMap((format) =>
    readdirSync(join(SAMPLES, format))
      .sort()
      .map((file) => {
        const body = readFileSync(join(SAMPLES, format, file), 'utf8');
        return { format, file, ...readFindings(body, smallCatalogue) };
      }),
  );

  describe('published samples', () => {
    test.each(readings)('$file is read, dropped, or refused for a field', (reading) => {
      const { findings, refusals, dropped } = reading;
      expect(findings.length + refusals.length + (dropped === undefined ? 0 : 1)).toBeGreaterThan(0);
      for (const { field, problem } of refusals) expect([field, problem]).not.toContain('');
      for (const finding of findings) {
        expect(finding.format).toBe(reading.format);
        expect(Buffer.byteLength(JSON.stringify(finding))).toBeLessThanOrEqual(8_192);
        expect(finding.title).not.toMatch(/^(?:PCI\.)?[A-Za-z0-9]+\.\d+ /);
        if (finding.product !== 'guardduty') expect(finding).not.toHaveProperty('threat');
      }
    });

    test('nearly all are read; few are refused, and for a reason', () => {
      const counts = FORMATS.map((format) => {
        const some = readings.filter((reading) => reading.format === format);
        const dropped = some.flatMap((reading) => reading.dropped ?? []);
        const refusals = some.flatMap((reading) => reading.refusals);
        return {
          format,
          files: some.length,
          read: some.flatMap(({ findings }) => findings).length,
          dropped,
          refusals,
        };
      });
      expect(counts).toMatchInlineSnapshot(`
[
  {
    "dropped": [
      "Security Hub Insight Results",
    ],
    "files": 155,
    "format": "asff",
    "read": 155,
    "refusals": [
      {
        "field": "FirstObservedAt",
        "problem": "Expected an ISO 8601 date and time.",
      },
    ],
  },
  {
    "dropped": [],
    "files": 8,
    "format": "ocsf",
    "read": 8,
    "refusals": [],
  },
  {
    "dropped": [],
    "files": 10,
    "format": "guardduty",
    "read": 10,
    "refusals": [],
  },
]
`);
    });

    test('rules of standards in the catalogue become its controls, types GuardDuty’s own', () => {
      const controls = readings.flatMap(({ findings }) => findings.map(({ control }) => control));
      expect(controls).toEqual(
        expect.arrayContaining([
          'IAM.3',
          'CloudTrail.2',
          'UnauthorizedAccess:EC2/SSHBruteForce',
          'Backdoor:EC2/C&CActivity.B!DNS',
          'AttackSequence:S3/CompromisedData',
          'Execution:Runtime/NewBinaryExecuted',
        ]),
      );
    });
  });
} else {
  console.info(`No published samples at ${SAMPLES}: their reading is not tested in this run.`);
  test.todo('published samples (absent here, so nothing was read)');
}
