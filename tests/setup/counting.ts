import type { MetricName, Metrics } from '../../src/metrics';

/** What has been counted, and every value that has been measured. */
export type Counted = Partial<Record<MetricName, number[]>>;

/** Metrics that a test can look at: values as they were handed over, counts added up. */
export function counting(counted: Counted): Metrics {
  return {
    count(name, by = 1) {
      counted[name] = [(counted[name]?.[0] ?? 0) + by];
    },
    measure(name, value) {
      counted[name] = [...(counted[name] ?? []), value];
    },
    flush: () => undefined,
  };
}
