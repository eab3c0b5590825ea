import { takeFindings } from '../../handlers/findings';
import type { AccountId } from '../../src/accounts';
import { redacted } from '../../src/log';
import type { Table } from '../../src/store';
import {
  asff,
  controlOcsf,
  event,
  guardDuty,
  guardDutyAsff,
  guardDutyEvent,
  guardDutyOcsf,
  imported,
  importedV2,
} from '../fixtures/findings';
import { openStage, type Stage } from '../story/stage';
import { sqsRecord } from './sqs-record';

const bucket = (name: string, updatedAt = '2026-11-24T00:00:00.000Z') =>
  asff({ control: 'S3.5', resource: `arn:aws:s3:::example-${name}`, resourceType: 'AwsS3Bucket', updatedAt });
const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'];

let stage: Stage;
beforeEach(async () => {
  stage = await openStage({ silent: true });
});
afterEach(() => stage.close());

const issues = () =>
  stage.bot.intake.issues.of({ account: '111122223333' as AccountId, kind: 'control', subject: 's3.5' });
const kept = async () => stage.bot.quarantine.list();

test('a poison message among ten is quarantined with its reason; the nine others are taken in', async () => {
  const poison = sqsRecord('{"detail": {"findings": [');
  const good = names.map((name) => sqsRecord(imported(bucket(name))));
  const batch = [...good.slice(0, 3), poison, ...good.slice(3)];

  expect(await takeFindings({ Records: batch }, stage.bot)).toEqual({ batchItemFailures: [] });

  expect(await issues()).toHaveLength(9);
  const [item, ...others] = await kept();
  expect(others).toEqual([]);
  expect(item?.messageId).toBe(poison.messageId);
  expect(item?.refusals[0]?.problem).toContain('JSON');
  expect(item && (await stage.bot.quarantine.original(item))).toBe(poison.body);
});

test('one unreadable finding in a message takes nothing else with it', async () => {
  const record = sqsRecord(imported(bucket('a'), { ...bucket('b'), Id: '' }, bucket('c')));
  expect(await takeFindings({ Records: [record] }, stage.bot)).toEqual({ batchItemFailures: [] });
  expect(await issues()).toHaveLength(2);
  const [item] = await kept();
  expect(item?.refusals).toHaveLength(1);
  expect(item?.refusals[0]?.field).toContain('Id');
});

test('a store that fails for one record: only that one comes back, and is whole the next time', async () => {
  const failing = { left: 1 };
  const { table } = stage.ports;
  const flaky: Table = {
    ...table,
    async create(item) {
      const resource = item['resource'] as { id?: string } | undefined;
      if (resource?.id === 'arn:aws:s3:::example-e' && failing.left > 0) {
        failing.left -= 1;
        throw new Error('ProvisionedThroughputExceededException');
      }
      return table.create(item);
    },
  };
  const bot = stage.composeWith({ table: flaky });
  const Records = names.map((name) => sqsRecord(imported(bucket(name))));

  const { batchItemFailures } = await takeFindings({ Records }, bot);
  expect(batchItemFailures).toEqual([{ itemIdentifier: Records[4]?.messageId }]);
  expect(await issues()).toHaveLength(8);
  expect(stage.logged.join('\n')).toContain('ProvisionedThroughputExceededException');

  const again = Records.filter(({ messageId }) => messageId === batchItemFailures[0]?.itemIdentifier);
  expect(await takeFindings({ Records: again }, bot)).toEqual({ batchItemFailures: [] });
  expect(await issues()).toHaveLength(9);
});

test('the same finding many times, shuffled with its older states: one issue, as it is now', async () => {
  const passed = { ...asff({ ...about(), status: 'PASSED', updatedAt: '2026-11-24T00:30:00.000Z' }) };
  const states = [bucket('a', '2026-11-24T00:20:00.000Z'), passed, bucket('a', '2026-11-24T00:10:00.000Z')];
  const Records = [...states, ...states, ...states].map((finding) => sqsRecord(imported(finding)));
  expect(await takeFindings({ Records }, stage.bot)).toEqual({ batchItemFailures: [] });
  await stage.drain();
  const [issue, ...others] = await issues();
  expect(others).toEqual([]);
  expect(issue?.state).toBe('resolved');
  // Fixed before anybody was asked: nobody is.
  expect(await stage.cards()).toEqual([]);
});

test('an event of AWS without a finding is let go: neither issue nor quarantine, and one line says so', async () => {
  const said: unknown[] = [];
  const bot = stage.composeWith({
    log: { ...stage.ports.log, info: (message, details) => void said.push([message, redacted(details)]) },
  });
  const insight = sqsRecord(event('Security Hub Insight Results', { insightResults: [] }));
  expect(await takeFindings({ Records: [insight] }, bot)).toEqual({ batchItemFailures: [] });
  expect(await kept()).toEqual([]);
  const detailType = 'Security Hub Insight Results';
  expect(said).toEqual([['event dropped', { messageId: insight.messageId, detailType }]]);
});

test('one thing in every format is one issue, in whatever order it comes', async () => {
  const threat = [guardDutyEvent(guardDuty()), importedV2(guardDutyOcsf()), imported(guardDutyAsff())];
  const control = [importedV2(controlOcsf(about())), imported(asff(about()))];
  for (const body of [...threat, ...control, ...control.reverse(), ...threat.reverse()]) {
    expect(await takeFindings({ Records: [sqsRecord(body)] }, stage.bot)).toEqual({ batchItemFailures: [] });
  }
  expect(await kept()).toEqual([]);
  expect(await issues()).toHaveLength(1);
  const requests = await stage.bot.intake.requests.ofAccount('111122223333');
  expect(requests.map(({ kind }) => kind).sort()).toEqual(['control', 'threat']);
});

function about() {
  return { control: 'S3.5', resource: 'arn:aws:s3:::example-a', resourceType: 'AwsS3Bucket' } as const;
}
