import { type Account, type AccountId, accountId, type Principal, principal } from '../../src/accounts';
import type { Control, ControlId } from '../../src/controls';
import type { FindingKey } from '../../src/findings';
import type { Playbook } from '../../src/playbooks';
import type { Cause, Entry, Issue, RequestView, Seen, SuppressedGroup } from '../../src/requests';

/** Records for drawing: example accounts, invented people. */

export function person(id: string): Principal {
  const found = principal(id);
  if (found === undefined) throw new Error(`${id} is no Slack id`);
  return found;
}

export const OWNER = person('U0OWNER01');
export const HELPER = person('U0HELPER1');
export const TEAM = person('S0SECTEAM');
export const ACCOUNT_ID = accountId('111122223333') as AccountId;
export const EC2_19 = 'EC2.19' as ControlId;

export const account = (over: Partial<Account> = {}): Account => ({
  id: ACCOUNT_ID,
  name: 'payments-prod',
  kind: 'production',
  mode: 'enforce',
  owner: OWNER,
  status: 'active',
  registered: true,
  ...over,
});

export const control = (over: Partial<Control> = {}): Control => ({
  id: EC2_19,
  title: 'Security groups should not allow unrestricted access to ports with high risk',
  severity: 'CRITICAL',
  category: 'other',
  scope: 'regional',
  schedule: 'both',
  ...over,
});

export const groupArn = (n: number): string =>
  `arn:aws:ec2:ap-northeast-1:111122223333:security-group/sg-${String(n).padStart(17, '0')}`;

export const seen = (over: Partial<Seen> = {}): Seen => ({
  id: 'arn:aws:securityhub:ap-northeast-1:111122223333:security-control/EC2.19/finding/0a1b2c3d-0000-4000-8000-000000000001',
  productArn: 'arn:aws:securityhub:ap-northeast-1::product/aws/securityhub',
  region: 'ap-northeast-1',
  updatedAt: '2026-11-20T00:10:00.000Z',
  hash: 'h',
  compliance: 'FAILED',
  workflow: 'NOTIFIED',
  recordState: 'ACTIVE',
  severity: 'CRITICAL',
  ...over,
});

export const issue = (n: number, over: Partial<Issue> = {}): Issue => ({
  account: ACCOUNT_ID,
  control: EC2_19,
  product: 'control',
  region: 'ap-northeast-1',
  resource: { id: groupArn(n), type: 'AwsEc2SecurityGroup', tags: {} },
  title: 'Security groups should not allow unrestricted access to ports with high risk',
  description:
    'This control checks whether unrestricted incoming traffic is accessible to the specified ports.',
  productName: 'Security Hub',
  standards: ['aws-foundational-security-best-practices/v/1.0.0'],
  severity: 'CRITICAL',
  state: 'open',
  since: '2026-11-20T00:10:00.000Z',
  openedAt: '2026-11-20T00:10:00.000Z',
  due: '2026-11-24T00:10:00.000Z',
  episodes: 1,
  findings: { ['k' as FindingKey]: seen() },
  lastSeen: '2026-11-21T00:10:00.000Z',
  version: 1,
  seq: 1,
  uncopied: [],
  ...over,
});

export const THREAT = 'UnauthorizedAccess:IAMUser/ConsoleLoginSuccess.B' as ControlId;

/** A threat as GuardDuty tells it. */
export const threatIssue = (over: Partial<Issue> = {}): Issue =>
  issue(1, {
    product: 'guardduty',
    control: THREAT,
    severity: 'HIGH',
    resource: { id: 'AWS::IAM::AccessKey:EXAMPLEKEYID', type: 'AwsIamAccessKey', tags: {} },
    title: 'Console login was seen from several places for user alex.',
    description: 'User alex signed in to the console from several places at the same time.',
    findings: {
      ['k' as FindingKey]: seen({
        id: 'arn:aws:guardduty:ap-northeast-1:111122223333:detector/0123/finding/00112233445566778899aabbccddeeff',
        severity: 'HIGH',
      }),
    },
    threat: {
      action: 'AWS_API_CALL',
      about: 'ConsoleLogin',
      actor: {
        principal: 'alex',
        ip: '198.51.100.7',
        city: 'Example City',
        country: 'Exampleland',
        network: 'Example Networks',
      },
      count: 12,
      firstSeen: '2026-11-22T00:00:00.000Z',
      lastSeen: '2026-11-22T03:00:00.000Z',
    },
    ...over,
  });

const AUTHORIZE =
  'aws ec2 authorize-security-group-ingress --group-id SECURITY_GROUP_ID --protocol tcp --port PORT --cidr YOUR_CIDR';

export const playbook: Playbook = {
  control: EC2_19,
  effortMinutes: 20,
  links: {
    ja: 'https://docs.aws.amazon.com/ja_jp/securityhub/latest/userguide/ec2-controls.html#ec2-19',
    en: 'https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-19',
  },
  text: {
    ja: {
      title: '危険なポートが全世界に公開されています',
      why: '公開されたポートは数分で見つかり、攻撃の入口になります。',
      check: [{ say: '誰が、どのアドレスから接続しているかを確認します。' }],
      fix: [
        { say: '接続元を限定したルールを追加します。', run: [AUTHORIZE] },
        { say: '公開ルールを削除します。' },
      ],
      alternative: { say: 'Session Manager なら、ポートを開けずに接続できます。' },
      breaks: { say: '許可していない接続元からは接続できなくなります。' },
      intended: '公開サービスの場合に限ります。理由には、何が動いていて、どう守っているかを書いてください。',
    },
    en: {
      title: 'A high-risk port is open to the whole internet',
      why: 'Scanners find an open port within minutes, and it is a way in.',
      check: [{ say: 'Ask who connects through it, and from which addresses.' }],
      fix: [{ say: 'Allow the known addresses first.', run: [AUTHORIZE] }, { say: 'Remove the open rule.' }],
      alternative: { say: 'Session Manager needs no open port.' },
      breaks: { say: 'Addresses that are not allowed cannot connect any more.' },
      intended: 'Only for a public service. Then write what runs there and how it is protected.',
    },
  },
};

export const view = (over: Partial<RequestView> = {}): RequestView => {
  const open = over.open ?? [issue(1), issue(2)];
  return {
    ref: '111122223333/control/ec2.19',
    account: account(),
    control: EC2_19,
    kind: 'control',
    catalogued: control(),
    playbook,
    threatPlaybook: undefined,
    title: 'Security groups should not allow unrestricted access to ports with high risk',
    description:
      'This control checks whether unrestricted incoming traffic is accessible to the specified ports.',
    remediationUrl: 'https://docs.aws.amazon.com/console/securityhub/EC2.19/remediation',
    severity: 'CRITICAL',
    phase: open.length > 0 ? 'open' : 'done',
    due: '2026-11-24T00:10:00.000Z',
    overdue: false,
    open,
    openCount: open.length,
    notifyOnly: false,
    suppressed: [],
    resolvedCount: 0,
    closedCount: 0,
    failed: [],
    withheld: false,
    mentions: [OWNER],
    ownerless: false,
    ...over,
  };
};

/** The view of a threat's card. */
export const threatView = (over: Partial<RequestView> = {}): RequestView => {
  const open = over.open ?? [threatIssue()];
  const { remediationUrl: _none, due: _due, ...rest } = view();
  return {
    ...rest,
    ref: '111122223333/threat/0123456789abcdefghijklmnop',
    kind: 'threat',
    control: THREAT,
    catalogued: undefined,
    playbook: undefined,
    severity: 'HIGH',
    title: threatIssue().title,
    description: threatIssue().description,
    mentions: [OWNER, TEAM],
    ...over,
    open,
    openCount: open.length,
    phase: open.length > 0 ? 'open' : 'done',
  };
};

export const exception: Extract<Cause, { by: 'exception' }> = {
  by: 'exception',
  change: '01JD0000000000000000000001',
  who: HELPER,
  name: 'Alex Example',
  reason: 'Reached from the office network only, until the move in January.',
  ticket: 'https://tickets.example.com/OPS-12',
  until: '2026-12-20T00:00:00.000Z',
};

export const group = (over: Partial<SuppressedGroup> = {}): SuppressedGroup => ({
  cause: exception,
  count: 1,
  pending: 0,
  resources: [groupArn(9)],
  ...over,
});

export const entry = (over: Partial<Entry> & Pick<Entry, 'kind'>): Entry => ({
  seq: 3,
  at: '2026-11-21T01:00:00.000Z',
  ...over,
});
