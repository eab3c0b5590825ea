import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import {
  Alarm,
  ComparisonOperator,
  Dashboard,
  GraphWidget,
  type IMetric,
  Metric,
  SingleValueWidget,
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
import type { AlarmTeller } from './alarm-teller';
import type { Functions } from './functions';
import type { QueueName } from './resources';

const PERIOD = Duration.minutes(5);
const HOUR = Duration.hours(1);
const DAY = Duration.days(1);

/** How old the oldest message may get. An hour's outage of Slack holds cards up, and is no reason to wake anybody. */
const OLDEST_MINUTES: Readonly<Record<QueueName, number>> = {
  findings: 15,
  changes: 15,
  workflow: 60,
  cards: 90,
};

/** A batch waits five minutes by itself; a day is what the stream keeps. */
const ARCHIVE_BEHIND_MINUTES = 60;

/** Long enough that nobody changes it for the sake of an alarm, short enough that somebody still knows how. */
const SECRET_DAYS = 180;
/** So many requests in five minutes that are not Slack's: one alone is anybody who has found the address. */
const WRONG_SIGNATURES = 20;

/** What the bot measures itself, by the names of `src/metrics`. */
function measured(metricName: string, statistic: string, period = PERIOD): Metric {
  return new Metric({
    namespace: 'SecopsBot',
    metricName,
    dimensionsMap: { service: 'secops-bot' },
    statistic,
    period,
  });
}

export interface Watched {
  readonly key: Key;
  readonly queues: Readonly<Record<QueueName, Queue>>;
  /** By what they hold. */
  readonly deadLetters: Readonly<Record<string, Queue>>;
  /** Names batches that the archive could not copy. */
  readonly uncopied: Queue;
  readonly functions: Functions;
  /** Tells Slack of the alarms. */
  readonly telling: Pick<AlarmTeller, 'listenTo'>;
  readonly dashboardName: string;
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
  const topic = new Topic(scope, 'AlarmTopic', {
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
  watched.telling.listenTo(topic);
  const action = new SnsAction(topic);
  for (const { id, says, metric, above, below, periods = 1 } of watches(watched)) {
    const alarm = new Alarm(scope, `${id}Alarm`, {
      // The message in Slack finds its words by what stands behind the hyphen.
      alarmName: `${Stack.of(scope).stackName}-${id}`,
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

function watches({ queues, deadLetters, uncopied, functions, api, rule }: Watched): Watch[] {
  return [
    ...Object.entries(deadLetters).map(([name, queue]) => ({
      id: `${capital(name)}DeadLetters`,
      says: `messages of ${name} could not be handled; look into the function's log, then redrive the dead-letter queue`,
      metric: queue.metricApproximateNumberOfMessagesVisible({ period: PERIOD, statistic: Stats.MAXIMUM }),
      above: 0,
    })),
    ...Object.entries(queues).map(([name, queue]) => ({
      id: `${capital(name)}Oldest`,
      says: `the queue ${name} is behind by more than ${OLDEST_MINUTES[name as QueueName]} minutes; look at its length and the function's errors on the dashboard`,
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
        says: `the function ${name} is throttled: the account has too little concurrency, ask for more in Service Quotas`,
        metric: made.metricThrottles({ period: PERIOD }),
        above: 0,
        periods: 3,
      },
    ]),
    {
      id: 'ArchiveBehind',
      says: `history and audit log have not been copied to the archive for ${ARCHIVE_BEHIND_MINUTES} minutes; the log of the function archive says why`,
      metric: functions.archive.metric('IteratorAge', { period: PERIOD, statistic: Stats.MAXIMUM }),
      above: ARCHIVE_BEHIND_MINUTES * 60_000,
    },
    {
      id: 'Uncopied',
      says: 'writes were given up and are missing in the archive; docs/archive.md says how to make up for them',
      metric: uncopied.metricApproximateNumberOfMessagesVisible({ period: PERIOD, statistic: Stats.MAXIMUM }),
      above: 0,
    },
    {
      id: 'SlackApi5xx',
      says: 'Slack was answered with errors: presses and commands do nothing; the log of the function slack says why',
      metric: api.metricServerError({ period: PERIOD, statistic: Stats.SUM }),
      above: 0,
    },
    {
      id: 'ClockStopped',
      says: 'the clock has not run for a quarter of an hour: nothing is reminded of, and nothing ends; look at its schedule and its log',
      metric: functions.clock.metricInvocations({ period: Duration.minutes(15) }),
      below: 1,
    },
    {
      id: 'AssumeRoleDenied',
      says: "the bot's role in a member account could not be assumed; the log of the function changes names the account: deploy infra/member/secops-bot-member.yml there",
      metric: measured('AssumeRoleDenied', Stats.SUM, DAY),
      above: 0,
    },
    {
      id: 'ChangesUnknown',
      says: 'nobody knows whether a change was done to its end; the log of the function changes has its id, compare what it is about with Security Hub',
      metric: measured('ChangesUnknown', Stats.SUM, DAY),
      above: 0,
    },
    {
      id: 'RecordsUnsettled',
      says: 'records have been unfinished for an hour; the logs of the functions clock and workflow say what fails again and again',
      metric: measured('RecordsUnsettled', Stats.MAXIMUM, Duration.minutes(15)),
      above: 0,
      periods: 4,
    },
    {
      id: 'CardsBehind',
      says: 'messages in Slack have been out of date for an hour and a half; look at the log of the function cards and whether Slack works',
      metric: measured('CardsBehind', Stats.MAXIMUM, Duration.minutes(15)),
      above: 0,
      periods: 6,
    },
    {
      id: 'SecretOld',
      says: `Slack's token and signing secret are older than ${SECRET_DAYS} days; put new ones into the secret`,
      metric: measured('SecretAgeDays', Stats.MAXIMUM, DAY),
      above: SECRET_DAYS,
    },
    {
      id: 'SignatureFailures',
      says: 'requests that Slack did not sign keep coming; if buttons do nothing, compare the signing secret with that of the Slack app',
      metric: measured('SignatureFailures', Stats.SUM),
      above: WRONG_SIGNATURES,
    },
    {
      id: 'Quarantined',
      says: 'findings came that cannot be read; npm run quarantine -- list says why',
      metric: measured('FindingsQuarantined', Stats.SUM, HOUR),
      above: 0,
    },
    {
      id: 'NoFindings',
      says: 'no finding for a day: look at Security Hub, its aggregation Region, and the rule',
      metric: new Metric({
        namespace: 'AWS/Events',
        metricName: 'MatchedEvents',
        dimensionsMap: { RuleName: rule.ruleName },
        period: DAY,
        statistic: Stats.SUM,
      }),
      below: 1,
    },
  ];
}

function dashboard(
  scope: Construct,
  { queues, deadLetters, uncopied, functions, api, rule, dashboardName }: Watched,
): void {
  const half = { width: 12, height: 6, period: PERIOD };
  const each = <T>(things: Readonly<Record<string, T>>, metric: (thing: T, label: string) => IMetric) =>
    Object.entries(things).map(([name, thing]) => metric(thing, name));
  /** Those that each happen now and then, in one picture. */
  const sums = (title: string, ...names: readonly string[]) =>
    new GraphWidget({ ...half, title, left: names.map((name) => measured(name, Stats.SUM)) });
  new Dashboard(scope, 'Dashboard', {
    dashboardName,
    widgets: [
      [
        new SingleValueWidget({
          width: 24,
          height: 4,
          title: 'Now, and in the last day',
          metrics: [
            measured('FindingsMoved', Stats.SUM, DAY),
            measured('CardsPosted', Stats.SUM, DAY),
            measured('ChangesApplied', Stats.SUM, DAY),
            measured('QuarantineWaiting', Stats.MAXIMUM),
            measured('RecordsUnsettled', Stats.MAXIMUM),
            measured('CardsBehind', Stats.MAXIMUM),
            measured('SecretAgeDays', Stats.MAXIMUM, DAY),
          ],
        }),
      ],
      [
        sums(
          'Findings taken in',
          'FindingsMoved',
          'FindingsRecorded',
          'FindingsUnchanged',
          'FindingsQuarantined',
        ),
        new GraphWidget({
          ...half,
          title: 'From a finding to its card',
          left: [
            measured('SecondsUntilTold', Stats.percentile(50)).with({ label: 'half of them' }),
            measured('SecondsUntilTold', Stats.percentile(99)).with({ label: '99 %' }),
          ],
        }),
      ],
      [
        sums('Shown in Slack', 'CardsPosted', 'CardsUpdated', 'CardsUnchanged', 'ThreadReplies'),
        sums('Trouble with Slack', 'SlackRateLimits', 'SlackFailures', 'SignatureFailures'),
      ],
      [
        sums(
          'Changes, by where they ended',
          'ChangesApplied',
          'ChangesUndone',
          'ChangesDenied',
          'ChangesExpired',
          'ChangesFailed',
          'ChangesUnknown',
          'PressesDenied',
        ),
        sums('Security Hub and member accounts', 'WorkflowWritten', 'WorkflowRefused', 'AssumeRoleDenied'),
      ],
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
          left: each({ ...deadLetters, uncopied }, (queue, label) =>
            queue.metricApproximateNumberOfMessagesVisible({ label, statistic: Stats.MAXIMUM }),
          ),
        }),
      ],
    ],
  });
}
