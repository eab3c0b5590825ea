import type { ThreatKind } from '../page/api';
import type { Both } from './example-accounts';

/** Where an attack comes from. Addresses are of the ranges for documentation, RFC 5737. */
export interface Remote {
  readonly ip: string;
  readonly city: string;
  readonly country: string;
  readonly asn: number;
  readonly network: string;
}

/** What GuardDuty saw: `service.action`, and how Security Hub's OCSF tells the same. */
export type Seen =
  | {
      readonly action: 'RDS_LOGIN_ATTEMPT';
      readonly user: string;
      readonly application: string;
      readonly remote: Remote;
    }
  | { readonly action: 'DNS_REQUEST'; readonly domain: string };

/** Something that GuardDuty may see in an example account. */
export interface ExampleThreat {
  readonly kind: ThreatKind;
  /** GuardDuty's type. */
  readonly type: string;
  /** The same as Security Hub's ASFF lists it. */
  readonly asffType: string;
  readonly score: number;
  readonly about: Both;
  /** The kind of resource it happens to: the account's first one of this type. */
  readonly on: string;
  title(name: string): string;
  description(name: string): string;
  readonly seen: Seen;
  /** How often GuardDuty has counted it when it first tells, and how many each `again` adds. */
  readonly count: { readonly first: number; readonly more: number };
}

const ATTACKER: Remote = {
  ip: '198.51.100.23',
  city: 'Springfield',
  country: 'Exampleland',
  asn: 64_500,
  network: 'Example Hosting',
};

/**
 * Both are HIGH by GuardDuty's own scale. A brute force against SSH from outside is LOW there (only an instance that
 * attacks others makes it HIGH), and the policy leaves LOW ones alone: so it is a database login that succeeded.
 * https://docs.aws.amazon.com/guardduty/latest/ug/findings-rds-protection.html
 * https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_finding-types-ec2.html
 */
export const EXAMPLE_THREATS: readonly ExampleThreat[] = [
  {
    kind: 'brute-force',
    type: 'CredentialAccess:RDS/AnomalousBehavior.SuccessfulBruteForce',
    asffType: 'TTPs/Credential Access/RDS-AnomalousBehavior.SuccessfulBruteForce',
    score: 8,
    about: {
      ja: '外部の IP アドレスがデータベースのパスワードを総当たりし、ログインに成功する',
      en: 'Somebody outside tries passwords on the database until one of them works',
    },
    on: 'AwsRdsDbInstance',
    title: (name) =>
      `An external IP address logged in to the RDS database ${name} after a brute force attack.`,
    description: (name) =>
      `The IP address ${ATTACKER.ip} logged in to the RDS database ${name} as the user shop_admin in an anomalous way, after many attempts with wrong passwords. The password may be known to somebody else.`,
    seen: {
      action: 'RDS_LOGIN_ATTEMPT',
      user: 'shop_admin',
      application: 'PostgreSQL JDBC Driver',
      remote: ATTACKER,
    },
    count: { first: 12, more: 31 },
  },
  {
    kind: 'crypto-miner',
    type: 'CryptoCurrency:EC2/BitcoinTool.B!DNS',
    asffType: 'TTPs/Command and Control/CryptoCurrency:EC2-BitcoinTool.B!DNS',
    score: 8,
    about: {
      ja: 'EC2 インスタンスが暗号資産のマイニングに使われる',
      en: 'An EC2 instance is used to mine cryptocurrency',
    },
    on: 'AwsEc2Instance',
    title: (name) =>
      `The EC2 instance ${name} is querying a domain name that is associated with Bitcoin activity.`,
    description: (name) =>
      `The EC2 instance ${name} is querying the domain name pool.mining.example, which is associated with Bitcoin or other cryptocurrency activity. Unless it is meant to do so, somebody else is using it.`,
    seen: { action: 'DNS_REQUEST', domain: 'pool.mining.example' },
    count: { first: 3, more: 9 },
  },
];
