import { CfnOutput, Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi, HttpMethod, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { STACK_OUTPUTS } from './resources';

/** The events that hold findings, as `src/findings` reads them. */
export const FINDING_EVENTS = {
  source: ['aws.securityhub', 'aws.guardduty'],
  detailType: [
    'Security Hub Findings - Imported',
    'Security Hub Findings - Custom Action',
    'Findings Imported V2',
    'GuardDuty Finding',
  ],
};

/** Where Slack calls; the same path as in `manifest.yml`. */
export const SLACK_PATH = '/slack/events';
/** Requests a second. A workspace in which everybody presses at once stays below. */
const THROTTLE = { rateLimit: 50, burstLimit: 100 };

/** Sends the events of findings to their queue, and what the queue does not take to a dead-letter queue. */
export function findingsRule(scope: Construct, findings: Queue, undelivered: Queue): Rule {
  return new Rule(scope, 'FindingsRule', {
    description: 'secops-bot: findings of Security Hub and GuardDuty',
    eventPattern: { source: FINDING_EVENTS.source, detailType: FINDING_EVENTS.detailType },
    targets: [
      new SqsQueue(findings, {
        deadLetterQueue: undelivered,
        maxEventAge: Duration.hours(24),
        retryAttempts: 185,
      }),
    ],
  });
}

/** Calls the clock every minute. A call that fails is not made up for: the next one does what it has left. */
export function clockSchedule(scope: Construct, clock: IFunction): void {
  const role = new Role(scope, 'ClockScheduleRole', {
    description: 'secops-bot: calls the clock',
    assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
    }),
    inlinePolicies: {
      CallClock: new PolicyDocument({
        statements: [
          new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [clock.functionArn] }),
        ],
      }),
    },
  });
  new CfnSchedule(scope, 'ClockSchedule', {
    description: 'secops-bot: wakes what is due',
    scheduleExpression: 'rate(1 minute)',
    flexibleTimeWindow: { mode: 'OFF' },
    target: {
      arn: clock.functionArn,
      roleArn: role.roleArn,
      retryPolicy: { maximumRetryAttempts: 0, maximumEventAgeInSeconds: 60 },
    },
  });
}

/** The HTTPS address that Slack calls. */
export function slackApi(scope: Construct, slack: IFunction, key: Key): HttpApi {
  const api = new HttpApi(scope, 'SlackApi', {
    description: 'secops-bot: what Slack sends',
    createDefaultStage: false,
  });
  const [route] = api.addRoutes({
    path: SLACK_PATH,
    methods: [HttpMethod.POST],
    integration: new HttpLambdaIntegration('Slack', slack),
  });
  const log = new LogGroup(scope, 'SlackApiLog', {
    encryptionKey: key,
    retention: RetentionDays.ONE_YEAR,
    removalPolicy: RemovalPolicy.RETAIN,
  });
  api.addStage('Stage', {
    autoDeploy: true,
    throttle: THROTTLE,
    accessLogSettings: {
      destination: new LogGroupLogDestination(log),
      // Bodies and headers hold what people write, and signatures: neither is logged.
      format: AccessLogFormat.custom(
        JSON.stringify({
          at: '$context.requestTime',
          request: '$context.requestId',
          ip: '$context.identity.sourceIp',
          status: '$context.status',
          milliseconds: '$context.responseLatency',
          problem: '$context.integrationErrorMessage',
        }),
      ),
    },
  });
  if (route) {
    Validations.of(route).acknowledge({
      id: 'AwsSolutions-APIG4',
      reason:
        'Slack signs what it sends, with no authorizer in between; the function checks that first of all.',
    });
  }
  new CfnOutput(scope, STACK_OUTPUTS.slack, {
    description: 'For the manifest of the Slack app: npm run -s manifest -- --url THIS',
    value: `${api.apiEndpoint}${SLACK_PATH}`,
  });
  return api;
}
