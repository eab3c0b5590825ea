import { Metrics as Emf, MetricUnit } from '@aws-lambda-powertools/metrics';

/**
 * What is measured, and in which unit. Few and without dimensions but the service: CloudWatch bills every name, and every
 * value of a dimension, by the month. `infra/alarms.ts` draws and watches them by these names.
 */
export const METRICS = {
  /** Findings as they came in: one that moved an issue, one that was only noted down, one that changed nothing. */
  FindingsMoved: MetricUnit.Count,
  FindingsRecorded: MetricUnit.Count,
  FindingsUnchanged: MetricUnit.Count,
  /** Messages that could not be read, as they came and as they wait for somebody. */
  FindingsQuarantined: MetricUnit.Count,
  QuarantineWaiting: MetricUnit.Count,
  /** From AWS's `UpdatedAt` of the oldest finding that a new card tells to its post; what waits for a morning is not counted. */
  SecondsUntilTold: MetricUnit.Seconds,
  CardsPosted: MetricUnit.Count,
  CardsUpdated: MetricUnit.Count,
  CardsUnchanged: MetricUnit.Count,
  ThreadReplies: MetricUnit.Count,
  /** Slack asks to wait; Slack does not answer, or with an error of its own. */
  SlackRateLimits: MetricUnit.Count,
  SlackFailures: MetricUnit.Count,
  /** Requests to the bot's address that Slack did not sign. */
  SignatureFailures: MetricUnit.Count,
  /** Findings whose workflow Security Hub was told, and those that it did not take. */
  WorkflowWritten: MetricUnit.Count,
  WorkflowRefused: MetricUnit.Count,
  /** Changes by where they ended. */
  ChangesApplied: MetricUnit.Count,
  ChangesFailed: MetricUnit.Count,
  ChangesUnknown: MetricUnit.Count,
  ChangesDenied: MetricUnit.Count,
  ChangesExpired: MetricUnit.Count,
  ChangesUndone: MetricUnit.Count,
  /** People who were told no at a press, before a change came of it. */
  PressesDenied: MetricUnit.Count,
  /** Member accounts that did not let the bot in. */
  AssumeRoleDenied: MetricUnit.Count,
  /** What the clock finds unfinished ten minutes after it should have been done. */
  RecordsUnsettled: MetricUnit.Count,
  CardsBehind: MetricUnit.Count,
  /** Days since somebody put a new value into Slack's secret. */
  SecretAgeDays: MetricUnit.NoUnit,
} as const;

export type MetricName = keyof typeof METRICS;

/** What is counted and measured while an event is handled. */
export interface Metrics {
  /** Adds to a count. */
  count(name: MetricName, by?: number): void;
  /** Notes one value, e.g. a duration or the height of something now. */
  measure(name: MetricName, value: number): void;
  /** Hands over what has been noted since the last time. */
  flush(): void;
}

/** Where nobody collects metrics. */
export const noMetrics: Metrics = {
  count: () => undefined,
  measure: () => undefined,
  flush: () => undefined,
};

export const METRICS_NAMESPACE = 'SecopsBot';
export const METRICS_SERVICE = 'secops-bot';

/**
 * Metrics as lines of the log from which CloudWatch makes metrics (EMF). Counts are added up, so that a batch is one line.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function emfMetrics(): Metrics {
  const emf = new Emf({ namespace: METRICS_NAMESPACE, serviceName: METRICS_SERVICE });
  const counts = new Map<MetricName, number>();
  return {
    count: (name, by = 1) => void counts.set(name, (counts.get(name) ?? 0) + by),
    measure: (name, value) => void emf.addMetric(name, METRICS[name], value),
    flush() {
      for (const [name, count] of counts) emf.addMetric(name, METRICS[name], count);
      counts.clear();
      if (emf.hasStoredMetrics()) emf.publishStoredMetrics();
    },
  };
}

/** Does some work, and hands its metrics over however it ends. */
export async function measured<T>(metrics: Metrics, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } finally {
    metrics.flush();
  }
}
