import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { SecurityHubClient } from '@aws-sdk/client-securityhub';
import { type AccountSources, type AwsAccount, accountSources, NoOrganizationError } from '../../src/aws';
import { type StandIn, startStandIn } from '../local/aws/stand-in';

let aws: StandIn;
let clients: readonly [OrganizationsClient, SecurityHubClient];
let sources: AccountSources;
beforeEach(async () => {
  aws = await startStandIn();
  const settings = {
    endpoint: aws.url,
    region: 'ap-northeast-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 3,
  };
  clients = [new OrganizationsClient(settings), new SecurityHubClient(settings)];
  sources = accountSources(...clients, async () => '999999999999');
});
afterEach(async () => {
  for (const client of clients) client.destroy();
  await aws.stop();
});

async function all(pages: AsyncIterable<readonly AwsAccount[]>): Promise<readonly AwsAccount[]> {
  const found: AwsAccount[] = [];
  for await (const page of pages) found.push(...page);
  return found;
}
const id = (number: number) => String(100_000_000_000 + number);

it('lists the examples of the stand-in', async () => {
  const examples = [
    { id: '111122223333', name: 'shop-prod', mail: 'aws+shop-prod@example.com', status: 'active' },
    { id: '444455556666', name: 'shop-dev', mail: 'aws+shop-dev@example.com', status: 'active' },
  ];
  expect(await all(sources.organization())).toEqual(examples);
  expect(await all(sources.securityHubMembers())).toEqual([
    { id: '999999999999', status: 'active' },
    ...examples.map(({ name: _, ...member }) => member),
  ]);
});

it('reads every page of an organization, and what state each account is in', async () => {
  const states = ['ACTIVE', 'PENDING_ACTIVATION', 'SUSPENDED', 'PENDING_CLOSURE', 'CLOSED'] as const;
  await aws.control.setOrganization(
    Array.from({ length: 45 }, (_, number) => ({
      Id: id(number),
      Name: `account-${number}`,
      Email: `aws+${number}@example.com`,
      State: states[number] ?? 'ACTIVE',
    })),
  );
  const found = await all(sources.organization());
  expect(found).toHaveLength(45);
  expect(found.slice(0, 6).map(({ status }) => status)).toEqual([
    'active',
    'active',
    'closed',
    'closed',
    'closed',
    'active',
  ]);
  expect(await aws.control.calls('ListAccounts')).toHaveLength(3);
});

it('says so where there is no organization', async () => {
  await aws.control.setOrganization(null);
  await expect(all(sources.organization())).rejects.toThrow(NoOrganizationError);
});

it('reads every page of members, invited ones too, and not those who have left', async () => {
  const statuses = ['Created', 'Invited', 'Removed', 'Resigned', 'Deleted', 'AccountSuspended'] as const;
  await aws.control.setMembers(
    Array.from({ length: 60 }, (_, number) => ({
      AccountId: id(number),
      MemberStatus: statuses[number] ?? 'Enabled',
    })),
  );
  const found = await all(sources.securityHubMembers());
  expect(found).toHaveLength(1 + 60 - 3);
  expect(found.slice(1, 5)).toEqual([
    { id: id(0), status: 'active' },
    { id: id(1), status: 'active' },
    { id: id(5), status: 'closed' },
    { id: id(6), status: 'active' },
  ]);
  expect(await aws.control.calls('ListMembers')).toHaveLength(2);
});

it('goes on after being throttled', async () => {
  await aws.control.addFault({ kind: 'throttle', operation: 'ListAccounts', when: { next: 2 } });
  await aws.control.addFault({ kind: 'throttle', operation: 'ListMembers', when: { next: 2 } });
  expect(await all(sources.organization())).toHaveLength(2);
  expect(await all(sources.securityHubMembers())).toHaveLength(3);
});
