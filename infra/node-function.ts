import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyDocument, type PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import {
  Architecture,
  Code,
  type ILayerVersion,
  Function as LambdaFunction,
  Runtime,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { type Construct, Construct as Scope } from 'constructs';
import { codeOf, type HandlerName } from './bundle-handlers';
import { allow } from './statements';

export interface NodeFunction {
  readonly what: string;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly layers?: readonly ILayerVersion[];
  /** What its role may do beside writing its log. */
  readonly may: readonly PolicyStatement[];
}

export interface NodeSurroundings {
  readonly key: Key;
  /** Where `bundleHandlers` has put the code. */
  readonly code: { readonly handlers: string };
}

/** The Lambda function of a handler, with a log and a role of its own; CDK's own grants give more than is called. */
export function nodeFunction(
  scope: Construct,
  name: HandlerName,
  { what, memoryMb, timeoutSeconds, environment, layers = [], may }: NodeFunction,
  { key, code }: NodeSurroundings,
): { readonly made: LambdaFunction; readonly role: Role } {
  const home = new Scope(scope, `${name.charAt(0).toUpperCase()}${name.slice(1)}`);
  const logGroup = new LogGroup(home, 'Log', {
    encryptionKey: key,
    retention: RetentionDays.ONE_YEAR,
    removalPolicy: RemovalPolicy.RETAIN,
  });
  const writesLog = allow('logs', ['CreateLogStream', 'PutLogEvents'], [logGroup.logGroupArn]);
  const role = new Role(home, 'Role', {
    description: `secops-bot: ${what}`,
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    inlinePolicies: { Handler: new PolicyDocument({ statements: [writesLog, ...may] }) },
  });
  const made = new LambdaFunction(home, 'Function', {
    description: `secops-bot: ${what}`,
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    handler: 'index.handler',
    code: Code.fromAsset(codeOf(code.handlers, name)),
    memorySize: memoryMb,
    timeout: Duration.seconds(timeoutSeconds),
    environment: { ...environment },
    layers: [...layers],
    logGroup,
    role,
  });
  return { made, role };
}
