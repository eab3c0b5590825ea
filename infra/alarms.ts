import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import {
  Alarm,
  ComparisonOperator,
  Dashboard,
  GraphWidget,
  type IMetric,
  Metric,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { Rule } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { Functions } from './functions';
import type { QueueName } from './resources';

const PERIOD = Duration.minutes(5);

/** How old the oldest message may get. An hour's outage of Slack holds cards up, and is no reason to wake anybody. */
const OLDEST_MINUTES: Readonly<Record<QueueName, number>> = {
  findings: 15,
  changes: 15,
  workflow: 60,
  cards: 90,
};

export interface Watched {
  readonly key: Key;
  readonly queues: Readonly<Record<QueueName, Queue>>;
  /** By what they hold. */
  readonly deadLetters: Readonly<Record<string, Queue>>;
  readonly functions: Functions;
  readonly api: HttpApi;
  readonly rule: Rule;
}

interface Watch {
  readonly id: string;
  /** What has happened, and what to do. */
  readonly says: string;
  readonly metric: IMetric;
  readonly above?: number;
  /** Alarms when there is less of it instead, or none at all. */
  readonly below?: number;
  readonly periods?: number;
}

const capital = (name: string) => `${name.charAt(0).toUpperCase()}${name.slice(1)}`;

/** Alarms to a topic that people subscribe to, and one dashboard. */
export function alarms(scope: Construct, watched: Watched): void {
  const topic = new Topic(scope, 'Alarms', {
    displayName: 'secops-bot alarms',
    masterKey: watched.key,
    enforceSSL: true,
  });
  topic.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(topic).account } },
    }),
  );
  const action = new SnsAction(topic);
  for (const { id, says, metric, above, below, periods = 1 } of watches(watched)) {
    const alarm = new Alarm(scope, `${id}Alarm`, {
      alarmDescription: `secops-bot: ${says}`,
      metric,
      threshold: above ?? below ?? 0,
      comparisonOperator:
        below === undefined
          ? ComparisonOperator.GREATER_THAN_THRESHOLD
          : ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods: periods,
      // A queue or function that nothing happens to has no data; where something must happen, none is bad.
      treatMissingData: below === undefined ? TreatMissingData.NOT_BREACHING : TreatMissingData.BREACHING,
    });
    alarm.addAlarmAction(action);
    alarm.addOkAction(action);
  }
  dashboard(scope, watched);
  new CfnOutput(scope, 'AlarmsTopicArn', {
    description: 'Subscribe to the alarms here',
    value: topic.topicArn,
  });
}

function watches({ queues, deadLetters, functions, api, rule }: Watched): Watch[] {
  return [
    ...Object.entries(deadLetters).map(([name, queue]) => ({
      id: `${capital(name)}DeadLetters`,
      says: `messages of ${name} could not be handled; look into the function's log, then redrive the dead-letter queue`,
      metric: queue.metricApproximateNumberOfMessagesVisible({ period: PERIOD, statistic: Stats.MAXIMUM }),
      above: 0,
    })),
    ...Object.entries(queues).map(([name, queue]) => ({
      id: `${capital(name)}Oldest`,
      says: `the queue ${name} is behind by more than ${OLDEST_MINUTES[name as QueueName]} minutes`,
      metric: queue.metricApproximateAgeOfOldestMessage({ period: PERIOD, statistic: Stats.MAXIMUM }),
      above: OLDEST_MINUTES[name as QueueName] * 60,
    })),
    ...Object.entries(functions).flatMap(([name, made]) => [
      {
        id: `${capital(name)}Errors`,
        says: `the function ${name} fails again and again; its log says why`,
        metric: made.metricErrors({ period: PERIOD }),
        above: 0,
        periods: 3,
      },
      {
        id: `${capital(name)}Throttles`,
        says: `the function ${name} is throttled: the account has too little concurrency`,
        metric: made.metricThrottles({ period: PERIOD }),
        above: 0,
        periods: 3,
      },
    ]),
    {
      id: 'SlackApi5xx',
      says: 'Slack was answered with errors: presses and commands do nothing',
      metric: api.metricServerError({ period: PERIOD, statistic: Stats.SUM }),
      above: 0,
    },
    {
      id: 'ClockStopped',
      says: 'the clock has not run for a quarter of an hour: nothing is reminded of, and nothing ends',
      metric: functions.clock.metricInvocations({ period: Duration.minutes(15) }),
      below: 1,
    },
    {
      id: 'NoFindings',
      says: 'no finding for a day: look at Security Hub, its aggregation Region, and the rule',
      metric: new Metric({
        namespace: 'AWS/Events',
        metricName: 'MatchedEvents',
        dimensionsMap: { RuleName: rule.ruleName },
        period: Duration.days(1),
        statistic: Stats.SUM,
      }),
      below: 1,
    },
  ];
}

function dashboard(scope: Construct, { queues, deadLetters, functions, api, rule }: Watched): void {
  const half = { width: 12, height: 6, period: PERIOD };
  const each = <T>(things: Readonly<Record<string, T>>, metric: (thing: T, label: string) => IMetric) =>
    Object.entries(things).map(([name, thing]) => metric(thing, name));
  new Dashboard(scope, 'Dashboard', {
    widgets: [
      [
        new GraphWidget({
          ...half,
          title: 'Events of findings',
          left: [
            new Metric({
              namespace: 'AWS/Events',
              metricName: 'MatchedEvents',
              dimensionsMap: { RuleName: rule.ruleName },
              statistic: Stats.SUM,
            }),
          ],
        }),
        new GraphWidget({
          ...half,
          title: 'What Slack sent',
          left: [api.metricCount(), api.metricClientError(), api.metricServerError()],
          right: [api.metricLatency({ statistic: Stats.percentile(99) })],
        }),
      ],
      [
        new GraphWidget({
          ...half,
          title: 'Waiting messages',
          left: each(queues, (queue, label) => queue.metricApproximateNumberOfMessagesVisible({ label })),
        }),
        new GraphWidget({
          ...half,
          title: 'Age of the oldest message',
          left: each(queues, (queue, label) => queue.metricApproximateAgeOfOldestMessage({ label })),
        }),
      ],
      [
        new GraphWidget({
          ...half,
          title: 'Errors and throttles of functions',
          left: [
            ...each(functions, (made, name) => made.metricErrors({ label: `${name}: errors` })),
            ...each(functions, (made, name) => made.metricThrottles({ label: `${name}: throttles` })),
          ],
        }),
        new GraphWidget({
          ...half,
          title: 'Slowest runs of functions',
          left: each(functions, (made, label) =>
            made.metricDuration({ label, statistic: Stats.percentile(99) }),
          ),
        }),
      ],
      [
        new GraphWidget({
          ...half,
          title: 'Dead letters',
          left: each(deadLetters, (queue, label) =>
            queue.metricApproximateNumberOfMessagesVisible({ label, statistic: Stats.MAXIMUM }),
          ),
        }),
      ],
    ],
  });
}
