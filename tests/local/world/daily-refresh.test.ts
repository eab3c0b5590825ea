import type { AsffFinding } from '../../../local/aws';
import { type Checked, type CheckResult, controlFinding } from '../../../local/world/control-finding';
import { dailyRefresh } from '../../../local/world/daily-refresh';
import { ofWholeAccount } from '../../../local/world/standing-checks';
import { loadCatalogue } from '../../../src/controls';

const catalogue = loadCatalogue('config');
const HOUR = 3_600_000;
const start = Date.parse('2026-11-24T00:00:00.000Z');
const after = (hours: number) => new Date(start + hours * HOUR);

function check(id: string, bucket: string): Checked {
  const control = catalogue.find(id);
  if (control === undefined) throw new Error(id);
  return {
    account: '111122223333',
    control,
    resource: { id: `arn:aws:s3:::${bucket}`, type: 'AwsS3Bucket' },
  };
}
const one = check('S3.2', 'one');
const other = check('S3.2', 'other');

const finding = (checked: Checked, hours = 0, result: Partial<CheckResult> = {}) =>
  controlFinding(checked, {
    status: 'FAILED',
    at: after(hours),
    createdAt: after(0).toISOString(),
    ...result,
  });
const gone = (checked: Checked, hours: number) =>
  finding(checked, hours, { status: 'NOT_AVAILABLE', archived: true });
const look = (held: readonly AsffFinding[], hours: number) =>
  dailyRefresh(
    new Map(held.map((each) => [each.Id, each])),
    [one, other, ofWholeAccount(one)],
    [one, other],
    after(hours),
  );

test('a finding is due 18 hours after its last update, and until then nothing has to be looked at', () => {
  const held = [finding(one), finding(other, 5)];
  expect(look(held, 17.9)).toEqual({ again: [], vacated: [], nextAt: after(18).getTime() });
  expect(look(held, 18)).toEqual({ again: [held[0]], vacated: [], nextAt: after(23).getTime() });
  expect(look(held, 30)).toEqual({ again: held, vacated: [], nextAt: after(48).getTime() });
});

test('what is archived, of others, or in a shape that no control reports is left alone', () => {
  const { SchemaVersion: _, ...byHand } = finding(other);
  const foreign = finding(check('S3.5', 'one'));
  expect(look([gone(one, 0), byHand, foreign], 40).again).toEqual([]);
});

test('an account passes a control 18 hours after the last resource of it has gone', () => {
  expect(look([gone(one, 0), finding(other, 18)], 20).vacated).toEqual([]);
  const held = [gone(one, 0), gone(other, 6)];
  expect(look(held, 20)).toEqual({ again: [], vacated: [], nextAt: after(24).getTime() });
  expect(look(held, 24).vacated).toEqual([ofWholeAccount(one)]);
  const passed = finding(ofWholeAccount(one), 24, { status: 'PASSED' });
  expect(look([...held, passed], 30).vacated).toEqual([]);
  // Nothing was ever checked there: that is for Security Hub's first look at the account.
  expect(look([], 48).vacated).toEqual([]);
});
