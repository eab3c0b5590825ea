import type { AccountKind } from '../../src/accounts';
import type { Catalogue } from '../../src/controls';
import { LOCAL_REGION } from '../embedded/services';
import { ofWholeAccount, type StandingCheck } from './standing-checks';

/**
 * An account beside the two that can be broken, so that there is something to compare with. It is only observed, and
 * nobody is asked about what fails in it.
 */
export interface Neighbour {
  readonly id: string;
  readonly name: string;
  readonly kind: AccountKind;
  readonly project: string;
  /** A person of the stand-in's workspace. */
  readonly owner: string;
  /** Which of the resources below stand in it. */
  readonly resources: readonly (keyof typeof RESOURCES)[];
  /** Controls of these resources that fail. */
  readonly failing: readonly string[];
}

const arn = (service: string, account: string, rest: string) =>
  `arn:aws:${service}:${LOCAL_REGION}:${account}:${rest}`;

/** Of what may fail in them the policy asks nobody: how available they are, and whose key encrypts them. */
const RESOURCES = {
  bucket: {
    type: 'AwsS3Bucket',
    id: (_account: string, name: string) => `arn:aws:s3:::${name}-files`,
    controls: ['S3.5', 'S3.8', 'S3.13'],
  },
  database: {
    type: 'AwsRdsDbInstance',
    id: (account: string, name: string) => arn('rds', account, `db:${name}`),
    controls: ['RDS.2', 'RDS.3', 'RDS.5', 'RDS.13'],
  },
  server: {
    type: 'AwsEc2Instance',
    id: (account: string) => arn('ec2', account, `instance/i-0${account.padEnd(16, '0')}`),
    controls: ['EC2.8', 'EC2.9'],
  },
  volume: {
    type: 'AwsEc2Volume',
    id: (account: string) => arn('ec2', account, `volume/vol-0${account.padEnd(16, '0')}`),
    controls: ['EC2.3'],
  },
  table: {
    type: 'AwsDynamoDbTable',
    id: (account: string, name: string) => arn('dynamodb', account, `table/${name}`),
    controls: ['DynamoDB.2', 'DynamoDB.6'],
  },
  function: {
    type: 'AwsLambdaFunction',
    id: (account: string, name: string) => arn('lambda', account, `function:${name}`),
    controls: ['Lambda.1', 'Lambda.2'],
  },
} as const;

/** Settings of the whole account. */
const SETTINGS = ['CloudTrail.1', 'GuardDuty.1'];

export const NEIGHBOURS: readonly Neighbour[] = [
  {
    id: '222233334444',
    name: 'payments-prod',
    kind: 'production',
    project: 'payments',
    owner: 'U0MEMBER',
    resources: ['bucket', 'database', 'server', 'function'],
    failing: [],
  },
  {
    id: '555566667777',
    name: 'search-prod',
    kind: 'production',
    project: 'search',
    owner: 'U0LEAD',
    resources: ['bucket', 'server', 'volume', 'table', 'function'],
    failing: ['EC2.3'],
  },
  {
    id: '666677778888',
    name: 'search-dev',
    kind: 'non-production',
    project: 'search',
    owner: 'U0LEAD',
    resources: ['server', 'volume', 'table'],
    failing: ['EC2.3', 'DynamoDB.2', 'DynamoDB.6'],
  },
  {
    id: '888899990000',
    name: 'data-lake',
    kind: 'production',
    project: 'data',
    owner: 'U0ANALYST',
    resources: ['bucket', 'table', 'database', 'function'],
    failing: ['S3.13', 'RDS.3'],
  },
  {
    id: '999900001111',
    name: 'marketing-site',
    kind: 'production',
    project: 'marketing',
    owner: 'U0MEMBER',
    resources: ['bucket', 'function'],
    failing: [],
  },
  {
    id: '121234345656',
    name: 'sandbox',
    kind: 'non-production',
    project: 'sandbox',
    owner: 'U0LEAD',
    resources: ['bucket', 'volume', 'database'],
    failing: ['S3.13', 'EC2.3', 'RDS.3', 'RDS.5'],
  },
];

/** All that Security Hub checks in the neighbours. */
export function neighbourChecks(catalogue: Catalogue): readonly StandingCheck[] {
  return NEIGHBOURS.flatMap(({ id: account, name, resources, failing }) => [
    ...SETTINGS.flatMap((setting): StandingCheck[] => {
      const control = catalogue.find(setting);
      return control ? [{ checked: ofWholeAccount({ account, control }), status: 'PASSED' }] : [];
    }),
    ...resources.flatMap((what) => {
      const { id, type, controls } = RESOURCES[what];
      const resource = { id: id(account, name), type };
      return controls.flatMap((checked): StandingCheck[] => {
        const control = catalogue.find(checked);
        if (control === undefined) return [];
        const at = { account, control, resource };
        return [{ checked: at, status: failing.includes(checked) ? 'FAILED' : 'PASSED' }];
      });
    }),
  ]);
}
