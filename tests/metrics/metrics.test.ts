import * as z from 'zod';
import { emfMetrics, METRICS, type MetricName, measured, noMetrics } from '../../src/metrics';
import { counting } from '../setup/counting';

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html */
const UNITS = ['Seconds', 'Count', 'None'] as const;

/** The parts of the embedded metric format that AWS's specification demands, and the limits that it sets. */
const Emf = z.looseObject({
  _aws: z.strictObject({
    Timestamp: z.int().positive(),
    CloudWatchMetrics: z
      .array(
        z.strictObject({
          Namespace: z.string().min(1).max(1024),
          Dimensions: z.array(z.array(z.string().min(1).max(250)).max(30)).min(1),
          Metrics: z
            .array(z.strictObject({ Name: z.string().min(1).max(1024), Unit: z.enum(UNITS) }))
            .min(1)
            .max(100),
        }),
      )
      .length(1),
  }),
});
const Value = z.union([z.number(), z.array(z.number()).min(1).max(100)]);

let written: string[];
let stdout: jest.SpyInstance;
beforeEach(() => {
  written = [];
  stdout = jest.spyOn(process.stdout, 'write').mockImplementation((line) => {
    written.push(String(line));
    return true;
  });
});
afterEach(() => stdout.mockRestore());

/** What CloudWatch makes of the lines. */
function read() {
  return written.map((line) => {
    const { _aws: metadata, ...blob } = Emf.parse(JSON.parse(line));
    const [directive] = metadata.CloudWatchMetrics;
    if (directive === undefined) throw new Error('no directive');
    const { Namespace, Dimensions, Metrics } = directive;
    return {
      Namespace,
      dimensions: Dimensions.map((set) => Object.fromEntries(set.map((name) => [name, blob[name]]))),
      values: Object.fromEntries(Metrics.map(({ Name }) => [Name, Value.parse(blob[Name])])),
      units: Object.fromEntries(Metrics.map(({ Name, Unit }) => [Name, Unit])),
    };
  });
}

test('a run is one line in AWS’s format: counts added up, measured values side by side', () => {
  const metrics = emfMetrics();
  for (let times = 0; times < 500; times += 1) metrics.count('FindingsMoved');
  metrics.count('WorkflowWritten', 100);
  metrics.measure('SecondsUntilTold', 12.5);
  metrics.measure('SecondsUntilTold', 3);
  metrics.measure('SecretAgeDays', 17);
  metrics.flush();
  expect(read()).toEqual([
    {
      Namespace: 'SecopsBot',
      dimensions: [{ service: 'secops-bot' }],
      values: { FindingsMoved: 500, WorkflowWritten: 100, SecondsUntilTold: [12.5, 3], SecretAgeDays: 17 },
      units: {
        FindingsMoved: 'Count',
        WorkflowWritten: 'Count',
        SecondsUntilTold: 'Seconds',
        SecretAgeDays: 'None',
      },
    },
  ]);
});

test('each run tells its own, and one without anything to tell is silent', () => {
  const metrics = emfMetrics();
  metrics.flush();
  metrics.count('CardsPosted');
  metrics.flush();
  metrics.flush();
  metrics.count('CardsUpdated', 2);
  metrics.flush();
  expect(read().map(({ values }) => values)).toEqual([{ CardsPosted: 1 }, { CardsUpdated: 2 }]);
});

test('more values than a line may hold are several lines, and none is lost', () => {
  const metrics = emfMetrics();
  const values = Array.from({ length: 250 }, (_, index) => index);
  for (const value of values) metrics.measure('SecondsUntilTold', value);
  metrics.flush();
  expect(read().flatMap((line) => line.values['SecondsUntilTold'])).toEqual(values);
});

test('every metric has a unit that CloudWatch knows, and fits into one line', () => {
  const metrics = emfMetrics();
  const names = Object.keys(METRICS) as MetricName[];
  for (const name of names) metrics.measure(name, 1);
  metrics.flush();
  const [line] = read();
  expect(Object.keys(line?.values ?? {}).toSorted()).toEqual(names.toSorted());
});

test('what was counted is handed over when the work fails, too', async () => {
  const metrics = emfMetrics();
  const work = async () => {
    metrics.count('FindingsQuarantined');
    throw new Error('the table is away');
  };
  await expect(measured(metrics, work)).rejects.toThrow('the table is away');
  expect(read().map(({ values }) => values)).toEqual([{ FindingsQuarantined: 1 }]);
  expect(await measured(counting({}), async () => 'done')).toBe('done');
});

test('where nobody collects them nothing is written', () => {
  noMetrics.count('CardsPosted');
  noMetrics.measure('SecondsUntilTold', 1);
  noMetrics.flush();
  expect(written).toEqual([]);
});
