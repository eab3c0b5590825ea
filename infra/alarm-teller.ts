import { Duration, Validations } from 'aws-cdk-lib';
import type { Key } from 'aws-cdk-lib/aws-kms';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { LambdaSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue, type QueueProps } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { type NodeSurroundings, nodeFunction } from './node-function';
import { allow, useKey } from './statements';

export interface AlarmTellerSurroundings extends NodeSurroundings {
  readonly key: Key;
  readonly secret: Secret;
  readonly deadLetters: QueueProps;
  /** As the other functions have it: token and channel are all that it takes of it. */
  readonly environment: Readonly<Record<string, string>>;
  /** Name of the dashboard that its messages lead to. */
  readonly dashboardName: string;
}

export interface AlarmTeller {
  readonly teller: LambdaFunction;
  /** Alarms that could not be told. */
  readonly untold: Queue;
  /** Has it told of what is sent to a topic. */
  listenTo(topic: ITopic): void;
}

/** The function that tells alarms in Slack. It may read Slack's secret and nothing else: what it tells of may be broken. */
export function alarmTeller(scope: Construct, around: AlarmTellerSurroundings): AlarmTeller {
  const { key, secret, environment, dashboardName } = around;
  const untold = new Queue(scope, 'UntoldAlarms', around.deadLetters);
  Validations.of(untold).acknowledge({
    id: 'AwsSolutions-SQS3',
    reason: 'It is a dead-letter queue itself: of the alarms that go to Slack.',
  });
  const { made: teller } = nodeFunction(
    scope,
    'alarms',
    {
      what: 'tells alarms in Slack',
      memoryMb: 512,
      timeoutSeconds: 60,
      environment: { ...environment, DASHBOARD_NAME: dashboardName },
      may: [
        allow('secretsmanager', ['GetSecretValue'], [secret.secretArn]),
        useKey(key, ['secretsmanager'], ['Decrypt']),
        allow('sqs', ['SendMessage'], [untold.queueArn]),
        useKey(key, ['sqs'], ['Decrypt', 'GenerateDataKey']),
      ],
    },
    around,
  );
  teller.configureAsyncInvoke({
    retryAttempts: 2,
    maxEventAge: Duration.hours(6),
    // CDK's own target would grant what stands in the role already.
    onFailure: { bind: () => ({ destination: untold.queueArn }) },
  });
  return {
    teller,
    untold,
    listenTo: (topic) =>
      void topic.addSubscription(new LambdaSubscription(teller, { deadLetterQueue: untold })),
  };
}
