import { LOCAL_REGION } from '../embedded/services';
import type { PageLanguage } from '../page/api';

/** The same in both languages. */
export type Both = Readonly<Record<PageLanguage, string>>;

/** One resource of an example account, and the controls that check it. */
export interface ExampleResource {
  /** As ASFF's `Resources[0].Id` has it: the ARN, or what Security Hub writes for a whole account. */
  readonly id: string;
  readonly name: string;
  /** As in ASFF. */
  readonly type: string;
  readonly about: Both;
  readonly controls: readonly string[];
}

export interface ExampleAccount {
  readonly id: string;
  readonly name: string;
  readonly kind: 'production' | 'non-production';
  readonly resources: readonly ExampleResource[];
}

/** What breaking a control does to a resource, in words for somebody who has never seen Security Hub. */
export const BREAKING: Readonly<Record<string, Both>> = {
  'CloudTrail.4': { ja: 'ログの改ざん検知を止める', en: 'Stop checking the log files for tampering' },
  'CloudTrail.5': {
    ja: 'CloudWatch Logs への転送を止める',
    en: 'Stop sending the trail to CloudWatch Logs',
  },
  'EC2.18': {
    ja: '許可していないポートを全世界に公開する',
    en: 'Open a port that is not authorised to the whole internet',
  },
  'EC2.19': { ja: 'SSH (22) を全世界に公開する', en: 'Open SSH (22) to the whole internet' },
  'EC2.7': { ja: 'EBS の既定の暗号化を切る', en: 'Turn default encryption of EBS off' },
  'EC2.8': { ja: '古い IMDSv1 を許可する', en: 'Allow the old metadata service, IMDSv1' },
  'EC2.9': { ja: 'パブリック IP を付ける', en: 'Give it a public IP address' },
  'ELB.1': { ja: 'HTTP のまま応答させる', en: 'Answer plain HTTP instead of redirecting it' },
  'ELB.4': { ja: '不正なヘッダーをそのまま通す', en: 'Let invalid HTTP headers through' },
  'ELB.6': { ja: '削除保護を外す', en: 'Turn deletion protection off' },
  'GuardDuty.1': { ja: 'GuardDuty を止める', en: 'Turn GuardDuty off' },
  'IAM.1': { ja: 'すべての操作を許可する', en: 'Let the policy allow everything' },
  'IAM.21': { ja: 'サービスの全操作を許可する', en: 'Let the policy allow every action of a service' },
  'IAM.3': { ja: 'アクセスキーを 90 日より長く使う', en: 'Keep an access key for more than 90 days' },
  'IAM.4': { ja: 'ルートユーザーのアクセスキーを作る', en: 'Create an access key for the root user' },
  'IAM.5': { ja: 'MFA を外す', en: 'Remove the MFA device' },
  'IAM.8': { ja: '認証情報を使わないまま残す', en: 'Leave credentials unused' },
  'KMS.2': {
    ja: 'インラインポリシーで全キーの復号を許可する',
    en: 'Let an inline policy decrypt with every key',
  },
  'KMS.3': { ja: 'キーの削除を予約する', en: 'Schedule the key for deletion' },
  'KMS.5': { ja: 'キーを誰でも使えるようにする', en: 'Let anybody use the key' },
  'Lambda.1': { ja: '関数を誰でも呼び出せるようにする', en: 'Let anybody invoke the function' },
  'Lambda.2': { ja: 'サポートの切れたランタイムにする', en: 'Use a runtime that is no longer supported' },
  'RDS.13': { ja: 'マイナーバージョンの自動更新を切る', en: 'Turn automatic minor upgrades off' },
  'RDS.2': { ja: 'データベースを公開する', en: 'Make the database publicly accessible' },
  'RDS.5': { ja: 'マルチ AZ をやめる', en: 'Run it in one Availability Zone' },
  'S3.1': {
    ja: 'アカウントのパブリックアクセスブロックを外す',
    en: "Turn the account's Block Public Access off",
  },
  'S3.13': { ja: 'ライフサイクル設定を消す', en: 'Remove the lifecycle configuration' },
  'S3.2': { ja: 'バケットを誰でも読めるようにする', en: 'Let anybody read the bucket' },
  'S3.3': { ja: 'バケットに誰でも書けるようにする', en: 'Let anybody write to the bucket' },
  'S3.5': { ja: '暗号化しない通信を許可する', en: 'Allow requests without TLS' },
  'S3.8': { ja: 'パブリックアクセスブロックを外す', en: 'Turn Block Public Access off' },
  'S3.9': { ja: 'アクセスログを止める', en: 'Stop access logging' },
  'SSM.1': { ja: 'Systems Manager の管理から外す', en: 'Take it out of Systems Manager' },
};

const PROD = '111122223333';
const DEV = '444455556666';

const arn = (service: string, account: string, rest: string) =>
  `arn:aws:${service}:${service === 'iam' ? '' : LOCAL_REGION}:${account}:${rest}`;

/** The accounts of `config/accounts.yml`, with what stands in them. */
export const EXAMPLE_ACCOUNTS: readonly ExampleAccount[] = [
  {
    id: PROD,
    name: 'shop-prod',
    kind: 'production',
    resources: [
      {
        id: 'arn:aws:s3:::shop-prod-invoices',
        name: 'shop-prod-invoices',
        type: 'AwsS3Bucket',
        about: { ja: '請求書の PDF を置く S3 バケット', en: 'S3 bucket with the invoices' },
        controls: ['S3.2', 'S3.5', 'S3.9'],
      },
      {
        id: 'arn:aws:s3:::shop-prod-images',
        name: 'shop-prod-images',
        type: 'AwsS3Bucket',
        about: { ja: '商品画像を置く S3 バケット', en: 'S3 bucket with the pictures of the goods' },
        controls: ['S3.8', 'S3.13'],
      },
      {
        id: arn('ec2', PROD, 'security-group/sg-0f1e2d3c4b5a69788'),
        name: 'shop-prod-web',
        type: 'AwsEc2SecurityGroup',
        about: { ja: 'Web サーバーのセキュリティグループ', en: 'Security group of the web servers' },
        controls: ['EC2.19', 'EC2.18'],
      },
      {
        id: arn('ec2', PROD, 'instance/i-0c1d2e3f405162738'),
        name: 'shop-prod-web-1',
        type: 'AwsEc2Instance',
        about: { ja: 'Web サーバーの EC2 インスタンス', en: 'EC2 instance that serves the shop' },
        controls: ['EC2.8', 'EC2.9', 'SSM.1'],
      },
      {
        id: arn('rds', PROD, 'db:shop-prod-orders'),
        name: 'shop-prod-orders',
        type: 'AwsRdsDbInstance',
        about: { ja: '注文のデータベース', en: 'Database of the orders' },
        controls: ['RDS.2', 'RDS.13', 'RDS.5'],
      },
      {
        id: arn('iam', PROD, 'user/shop-prod-operator'),
        name: 'shop-prod-operator',
        type: 'AwsIamUser',
        about: { ja: '運用担当の IAM ユーザー', en: 'IAM user of the operators' },
        controls: ['IAM.5', 'IAM.3'],
      },
      {
        id: arn('iam', PROD, 'policy/shop-prod-release'),
        name: 'shop-prod-release',
        type: 'AwsIamPolicy',
        about: { ja: 'リリース用の IAM ポリシー', en: 'IAM policy for releases' },
        controls: ['IAM.1', 'IAM.21'],
      },
      {
        id: arn('cloudtrail', PROD, 'trail/shop-prod-trail'),
        name: 'shop-prod-trail',
        type: 'AwsCloudTrailTrail',
        about: { ja: '操作を記録する CloudTrail の証跡', en: 'CloudTrail trail that records what is done' },
        controls: ['CloudTrail.5', 'CloudTrail.4'],
      },
      {
        id: arn('kms', PROD, 'key/0f9e8d7c-6b5a-4938-8271-605f4e3d2c1b'),
        name: 'shop-prod-orders-key',
        type: 'AwsKmsKey',
        about: { ja: '注文データを暗号化する KMS キー', en: 'KMS key that encrypts the orders' },
        controls: ['KMS.3', 'KMS.5'],
      },
      {
        id: arn('lambda', PROD, 'function:shop-prod-checkout'),
        name: 'shop-prod-checkout',
        type: 'AwsLambdaFunction',
        about: { ja: '決済を行う Lambda 関数', en: 'Lambda function that takes payments' },
        controls: ['Lambda.1', 'Lambda.2'],
      },
      {
        id: arn('elasticloadbalancing', PROD, 'loadbalancer/app/shop-prod/50dc6c495c0c9188'),
        name: 'shop-prod',
        type: 'AwsElbv2LoadBalancer',
        about: { ja: '店舗サイトの入口になるロードバランサー', en: 'Load balancer in front of the shop' },
        controls: ['ELB.1', 'ELB.4', 'ELB.6'],
      },
      {
        id: `AWS::::Account:${PROD}`,
        name: 'shop-prod (account)',
        type: 'AwsAccount',
        about: { ja: 'アカウント全体の設定', en: 'Settings of the whole account' },
        controls: ['IAM.4', 'GuardDuty.1', 'EC2.7'],
      },
    ],
  },
  {
    id: DEV,
    name: 'shop-dev',
    kind: 'non-production',
    resources: [
      {
        id: 'arn:aws:s3:::shop-dev-artifacts',
        name: 'shop-dev-artifacts',
        type: 'AwsS3Bucket',
        about: { ja: 'ビルド成果物を置く S3 バケット', en: 'S3 bucket with what the builds make' },
        controls: ['S3.8', 'S3.5', 'S3.9'],
      },
      {
        id: 'arn:aws:s3:::shop-dev-uploads',
        name: 'shop-dev-uploads',
        type: 'AwsS3Bucket',
        about: { ja: 'アップロード試験用の S3 バケット', en: 'S3 bucket for trying uploads' },
        controls: ['S3.3', 'S3.13'],
      },
      {
        id: arn('ec2', DEV, 'security-group/sg-0123abcd4567ef890'),
        name: 'shop-dev-bastion',
        type: 'AwsEc2SecurityGroup',
        about: { ja: '踏み台のセキュリティグループ', en: 'Security group of the bastion' },
        controls: ['EC2.19', 'EC2.18'],
      },
      {
        id: arn('ec2', DEV, 'instance/i-0918273645a5b4c3d'),
        name: 'shop-dev-api-1',
        type: 'AwsEc2Instance',
        about: { ja: '開発用 API の EC2 インスタンス', en: 'EC2 instance of the API in development' },
        controls: ['EC2.8', 'EC2.9', 'SSM.1'],
      },
      {
        id: arn('rds', DEV, 'db:shop-dev-orders'),
        name: 'shop-dev-orders',
        type: 'AwsRdsDbInstance',
        about: { ja: '開発用の注文データベース', en: 'Database of orders for development' },
        controls: ['RDS.2', 'RDS.13', 'RDS.5'],
      },
      {
        id: arn('iam', DEV, 'user/shop-dev-trainee'),
        name: 'shop-dev-trainee',
        type: 'AwsIamUser',
        about: { ja: '研修用の IAM ユーザー', en: 'IAM user for trainees' },
        controls: ['IAM.5', 'IAM.3', 'IAM.8'],
      },
      {
        id: arn('iam', DEV, 'role/shop-dev-batch'),
        name: 'shop-dev-batch',
        type: 'AwsIamRole',
        about: { ja: 'バッチ処理の IAM ロール', en: 'IAM role of the batch jobs' },
        controls: ['KMS.2'],
      },
      {
        id: arn('cloudtrail', DEV, 'trail/shop-dev-trail'),
        name: 'shop-dev-trail',
        type: 'AwsCloudTrailTrail',
        about: { ja: '操作を記録する CloudTrail の証跡', en: 'CloudTrail trail that records what is done' },
        controls: ['CloudTrail.5', 'CloudTrail.4'],
      },
      {
        id: arn('kms', DEV, 'key/1a2b3c4d-5e6f-4071-8293-a4b5c6d7e8f9'),
        name: 'shop-dev-key',
        type: 'AwsKmsKey',
        about: { ja: '開発データを暗号化する KMS キー', en: 'KMS key for data in development' },
        controls: ['KMS.3', 'KMS.5'],
      },
      {
        id: arn('lambda', DEV, 'function:shop-dev-resize'),
        name: 'shop-dev-resize',
        type: 'AwsLambdaFunction',
        about: { ja: '画像を縮小する Lambda 関数', en: 'Lambda function that resizes pictures' },
        controls: ['Lambda.1', 'Lambda.2'],
      },
      {
        id: arn('elasticloadbalancing', DEV, 'loadbalancer/app/shop-dev/6f0a1b2c3d4e5f60'),
        name: 'shop-dev',
        type: 'AwsElbv2LoadBalancer',
        about: { ja: '開発サイトのロードバランサー', en: 'Load balancer of the site in development' },
        controls: ['ELB.1', 'ELB.4'],
      },
      {
        id: `AWS::::Account:${DEV}`,
        name: 'shop-dev (account)',
        type: 'AwsAccount',
        about: { ja: 'アカウント全体の設定', en: 'Settings of the whole account' },
        controls: ['S3.1', 'GuardDuty.1', 'EC2.7'],
      },
    ],
  },
];
