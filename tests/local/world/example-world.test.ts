import { tick } from '../../../handlers/clock';
import type { FindingFormat, World, WorldResource } from '../../../local/page/api';
import { ImpossibleWorldAct } from '../../../local/page/live-world';
import { loadAccounts } from '../../../src/accounts';
import { loadCatalogue } from '../../../src/controls';
import { type Finding, readFindings } from '../../../src/findings';
import { loadPolicy } from '../../../src/policy';
import { asff } from '../../fixtures/findings';
import { labels } from '../../story/stage';
import { type ExampleStage, openExampleWorld } from './open-example-world';

jest.setTimeout(60_000);

const PROD = '111122223333';
const DEV = '444455556666';
const BUCKET = 'arn:aws:s3:::shop-prod-invoices';
const FORMATS: readonly FindingFormat[] = ['asff', 'ocsf'];

const catalogue = loadCatalogue('config');

let example: ExampleStage;
afterEach(async () => {
  await example.close();
  expect(example.stage.logged).toEqual([]);
});
const open = async () => {
  example = await openExampleWorld({ silent: true, language: 'en' });
};

/** What the bot's door reads of all that was sent, and forgets it. */
function readAll(): Finding[] {
  return example.sent.splice(0).flatMap((body) => {
    const { findings, refusals, dropped } = readFindings(body, catalogue);
    expect({ refusals, dropped }).toEqual({ refusals: [], dropped: undefined });
    expect(findings).toHaveLength(1);
    return findings;
  });
}

function resourceIn(world: World, id: string): WorldResource {
  const found = world.accounts.flatMap(({ resources }) => resources).find((one) => one.id === id);
  if (found === undefined) throw new Error(`no ${id}`);
  return found;
}

/** What differs between the formats: how it was delivered, and how CSPM calls its load balancers. */
function comparable({ format: _format, ...finding }: Finding) {
  const { type, ...resource } = finding.resource;
  return { ...finding, resource, type: type.replace('ElasticLoadBalancingV2', 'Elbv2') };
}

describe('the example accounts', () => {
  beforeEach(open);

  test('are those of the register, a dozen resources each, with controls of every severity and treatment', async () => {
    const { accounts } = await example.world.state();
    const register = loadAccounts('config/accounts.yml', { kind: 'production', mode: 'enforce' } as never);
    const policy = loadPolicy('config/policy.yml', catalogue);
    const treatments = new Map<string, number>();
    for (const account of accounts) {
      const known = register.lookup(account.id as never);
      expect({ name: account.name, kind: account.kind }).toEqual({ name: known.name, kind: known.kind });
      expect(account.resources).toHaveLength(12);
      const controls = account.resources.flatMap((resource) => {
        expect(resource.controls.length).toBeGreaterThan(0);
        expect(resource.controls.length).toBeLessThan(4);
        return resource.controls;
      });
      expect(new Set(controls.map(({ severity }) => severity))).toEqual(
        new Set(['CRITICAL', 'HIGH', 'MEDIUM', 'LOW']),
      );
      expect(controls.filter(({ broken }) => broken)).toEqual([]);
      for (const { id, severity, breaking, title } of controls) {
        const control = catalogue.find(id);
        expect(control?.id).toBe(id);
        expect(breaking.en).not.toBe(title);
        const { treatment } = policy.treat({
          control: id as never,
          product: 'control',
          severity,
          category: control?.category ?? 'other',
          account: known.id,
          kind: known.kind,
          region: 'ap-northeast-1',
          tags: {},
        });
        treatments.set(treatment, (treatments.get(treatment) ?? 0) + 1);
      }
    }
    expect([...treatments.keys()].sort()).toEqual(['ignore', 'notify', 'track']);
  });

  test.each(FORMATS)(
    'every check can break, pass and go away: the door reads all of it as %s',
    async (format) => {
      const { world } = example;
      const { accounts } = await world.setFormat(format);
      for (const account of accounts) {
        for (const { id: resource, type, controls } of account.resources) {
          const at = { account: account.id, resource };
          await world.act({ ...at, act: 'break' });
          const broken = readAll();
          expect(
            broken.map(({ account: owner, control, severity, resource: of, compliance, product }) => ({
              owner,
              control,
              severity,
              of: of.id,
              compliance,
              product,
            })),
          ).toEqual(
            controls.map(({ id, severity }) => ({
              owner: account.id,
              control: id,
              severity,
              of: resource,
              compliance: 'FAILED',
              product: 'control',
            })),
          );
          for (const { key, id } of broken) {
            expect(key).toBe(`arn:aws:securityhub:ap-northeast-1::product/aws/securityhub|${id}`);
          }
          await world.act({ ...at, act: 'fix' });
          const passed = readAll();
          expect(passed.map(({ key }) => key)).toEqual(broken.map(({ key }) => key));
          expect(new Set(passed.map(({ compliance }) => compliance))).toEqual(new Set(['PASSED']));
          if (type === 'AwsAccount') {
            await expect(world.act({ ...at, act: 'delete' })).rejects.toThrow(ImpossibleWorldAct);
            continue;
          }
          await world.act({ ...at, act: 'delete' });
          expect(new Set(readAll().map(({ recordState }) => recordState))).toEqual(new Set(['ARCHIVED']));
        }
      }
    },
  );

  test('both formats tell the same', async () => {
    const { world } = example;
    const readings: Finding[][] = [];
    for (const format of FORMATS) {
      const { accounts } = await world.setFormat(format);
      for (const { id: account, resources } of accounts) {
        for (const { id: resource } of resources) await world.act({ account, resource, act: 'break' });
      }
      readings.push(readAll());
    }
    const [asff = [], ocsf = []] = readings;
    expect(ocsf.every(({ format }) => format === 'ocsf')).toBe(true);
    // The second one came a moment later.
    const timeless = (finding: Finding) => ({ ...comparable(finding), updatedAt: '' });
    expect(ocsf.map(timeless)).toEqual(asff.map(timeless));
  });

  test('what cannot be done is refused, and says why', async () => {
    const { world } = example;
    const at = { account: PROD, resource: BUCKET };
    await expect(world.act({ ...at, account: '999999999999', act: 'break' })).rejects.toThrow(
      'There is no example account 999999999999.',
    );
    await expect(world.act({ ...at, resource: 'arn:aws:s3:::other', act: 'fix' })).rejects.toThrow(
      'There is no arn:aws:s3:::other in 111122223333.',
    );
    await expect(world.act({ ...at, act: 'break', control: 'RDS.2' })).rejects.toThrow(
      'RDS.2 does not check shop-prod-invoices.',
    );
    await expect(world.act({ ...at, act: 'restore' })).rejects.toThrow('is there already');
    await world.act({ ...at, act: 'delete' });
    await expect(world.act({ ...at, act: 'break' })).rejects.toThrow('restore it first');
    await expect(world.threat({ account: PROD, kind: 'crypto-miner', act: 'again' })).rejects.toThrow(
      'GuardDuty has not seen this yet',
    );
  });
});

describe.each(FORMATS)('a resource as the bot sees it, by %s', (format) => {
  beforeEach(open);

  test('breaks, is fixed, breaks again, and is deleted and restored', async () => {
    const { world, stage } = example;
    await world.setFormat(format);
    const at = { account: PROD, resource: BUCKET, control: 'S3.2' };
    const states: (string | undefined)[] = [];
    const held = async () =>
      (await stage.hub.findings()).find(({ Id: id }) => id.includes('security-control/S3.2/'));
    const upon = async (act: 'break' | 'fix' | 'delete' | 'restore') => {
      stage.clock.advance(3_600_000);
      const state = resourceIn(await world.act({ ...at, act }), BUCKET);
      await stage.drain();
      const [issue, ...others] = await example.issues(PROD, 'S3.2');
      expect(others).toEqual([]);
      states.push(issue?.state);
      return state;
    };

    expect(resourceIn(await world.state(), BUCKET).controls[0]).toMatchObject({ id: 'S3.2', broken: false });
    expect((await upon('break')).controls.map(({ id, broken }) => [id, broken])).toEqual([
      ['S3.2', true],
      ['S3.5', false],
      ['S3.9', false],
    ]);
    expect((await held())?.Workflow?.Status).toBe('NOTIFIED');
    expect((await upon('fix')).controls[0]?.broken).toBe(false);
    expect((await held())?.Workflow?.Status).toBe('RESOLVED');
    await upon('break');
    expect((await held())?.Workflow?.Status).toBe('NOTIFIED');
    expect(await upon('delete')).toMatchObject({ exists: false });
    expect(await held()).toMatchObject({ RecordState: 'ARCHIVED', Compliance: { Status: 'NOT_AVAILABLE' } });
    expect(await upon('restore')).toMatchObject({ exists: true });
    expect((await upon('break')).controls[0]?.broken).toBe(true);

    expect(states).toEqual(['open', 'resolved', 'open', 'closed', 'resolved', 'open']);
    expect(await stage.cards()).toHaveLength(1);
  });
});

describe('threats', () => {
  beforeEach(open);

  test.each(FORMATS)('GuardDuty counts on, and begins anew after it was archived, by %s', async (format) => {
    const { world, stage } = example;
    await world.setFormat(format);
    const seen = (state: World) =>
      state.accounts[0]?.threats.find(({ kind }) => kind === 'brute-force')?.seen;
    const at = { account: PROD, kind: 'brute-force' } as const;
    expect(seen(await world.state())).toBe(0);

    expect(seen(await world.threat({ ...at, act: 'see' }))).toBe(12);
    await stage.drain();
    stage.clock.advance(600_000);
    expect(seen(await world.threat({ ...at, act: 'again' }))).toBe(43);
    await stage.drain();
    const [first, again] = readAll();
    expect(again).toMatchObject({
      product: 'guardduty',
      severity: 'HIGH',
      control: 'CredentialAccess:RDS/AnomalousBehavior.SuccessfulBruteForce',
      resource: {
        id: 'arn:aws:rds:ap-northeast-1:111122223333:db:shop-prod-orders',
        type: 'AwsRdsDbInstance',
      },
      threat: {
        actor: {
          principal: 'shop_admin',
          ip: '198.51.100.23',
          city: 'Springfield',
          country: 'Exampleland',
          network: 'Example Hosting',
        },
        count: 43,
      },
    });
    expect(again?.key).toBe(first?.key);
    expect(again?.threat?.firstSeen).toBe(first?.threat?.firstSeen);
    const [card, ...others] = await stage.cards();
    expect(others).toEqual([]);
    expect(JSON.stringify(card?.blocks)).toContain('43');

    expect(seen(await world.threat({ ...at, act: 'archive' }))).toBe(0);
    await stage.drain();
    expect(readAll()[0]).toMatchObject({ key: first?.key, recordState: 'ARCHIVED' });
    expect(seen(await world.threat({ ...at, act: 'see' }))).toBe(12);
    expect(readAll()[0]?.key).not.toBe(first?.key);
  });

  test('a miner is known by the domain that it asks for, in both formats', async () => {
    const { world } = example;
    for (const format of FORMATS) {
      await world.setFormat(format);
      await world.threat({ account: DEV, kind: 'crypto-miner', act: 'see' });
    }
    for (const finding of readAll()) {
      expect(finding).toMatchObject({
        account: DEV,
        control: 'CryptoCurrency:EC2/BitcoinTool.B!DNS',
        severity: 'HIGH',
        resource: { type: 'AwsEc2Instance' },
        threat: { action: 'DNS_REQUEST', about: 'pool.mining.example' },
      });
    }
  });
});

describe('a new account', () => {
  beforeEach(open);

  test('is a flood that the bot tells in one digest, with the critical ones beside it', async () => {
    const { world, stage } = example;
    expect((await world.newAccount()).newAccounts).toEqual(['777788889999']);
    const findings = readAll();
    expect(findings).toHaveLength(116);
    expect(new Set(findings.map(({ control }) => control)).size).toBe(42);
    expect(new Set(findings.map(({ key }) => key)).size).toBe(116);

    await stage.drain();
    stage.clock.advance(120_000);
    await tick(stage.bot);
    await stage.drain();
    const cards = await stage.cards('C0REQUESTS');
    // Those that were there before it was known for a flood have cards of their own as well.
    const digest = cards.filter((card) => labels(card).includes(stage.words.bulletin.showList));
    expect(digest).toHaveLength(1);
    expect(cards.length).toBeGreaterThan(5);
    expect(cards.length).toBeLessThan(12);
  });

  test('is followed by another one', async () => {
    await example.world.newAccount();
    readAll();
    expect((await example.world.newAccount()).newAccounts).toEqual(['777788889999', '777788891110']);
    expect(new Set(readAll().map(({ account }) => account))).toEqual(new Set(['777788891110']));
  });
});

describe('as time passes', () => {
  beforeEach(open);

  const HOUR = 3_600_000;
  /** Lets so much time pass; what Security Hub does then reaches the bot. */
  const pass = async (hours: number): Promise<Finding[]> => {
    example.stage.clock.advance(hours * HOUR);
    await example.world.refresh();
    await example.stage.drain();
    return readAll();
  };
  const held = async (id: string) => (await example.stage.hub.findings()).find(({ Id }) => Id === id);

  test.each(FORMATS)(
    'every live finding is reported once more in a day, unchanged, by %s',
    async (format) => {
      const { world, stage } = example;
      await world.setFormat(format);
      await world.act({ account: PROD, resource: BUCKET, act: 'break' });
      await world.act({ account: DEV, resource: 'arn:aws:s3:::shop-dev-uploads', act: 'fix' });
      await world.act({ account: DEV, resource: 'arn:aws:s3:::shop-dev-artifacts', act: 'delete' });
      await stage.drain();
      const before = readAll().filter(({ recordState }) => recordState === 'ACTIVE');
      const cards = JSON.stringify(await stage.cards());
      const workflows = new Map((await stage.hub.findings()).map(({ Id, Workflow }) => [Id, Workflow]));

      expect(await pass(17)).toEqual([]);
      const updatedAt = new Date(stage.clock.now().getTime() + HOUR).toISOString();
      const all = await pass(1);
      const ofAccount = ({ resource }: Finding) => resource.id === `AWS::::Account:${DEV}`;
      const again = all.filter((finding) => !ofAccount(finding));
      // What Security Hub says of the workflow has moved on since it was told first.
      const said = ({ workflow: _, ...finding }: Finding) => finding;
      expect(again.map(said)).toEqual(before.map((finding) => said({ ...finding, updatedAt })));
      // These have nothing left to check in shop-dev, which passes them for that.
      expect(all.filter(ofAccount).map(({ control, compliance }) => [control, compliance])).toEqual([
        ['S3.8', 'PASSED'],
        ['S3.5', 'PASSED'],
        ['S3.9', 'PASSED'],
      ]);
      for (const { Id, Workflow } of await stage.hub.findings()) {
        if (workflows.has(Id)) expect(Workflow).toEqual(workflows.get(Id));
      }
      expect(JSON.stringify(await stage.cards())).toBe(cards);

      expect(await pass(17)).toEqual([]);
      expect(await pass(1)).toHaveLength(all.length);
    },
  );

  test('a suppression and its note outlast it; the bot has nothing to do', async () => {
    const { world, stage } = example;
    await world.act({ account: PROD, resource: BUCKET, act: 'break', control: 'S3.9' });
    await stage.drain();
    const [finding] = readAll();
    const id = finding?.id ?? '';
    await stage.hub.updateInConsole({
      finding: { Id: id, ProductArn: finding?.productArn ?? '' },
      identity: 'arn:aws:sts::999999999999:assumed-role/analyst/jane',
      status: 'SUPPRESSED',
      note: 'Read by nobody.',
    });
    await stage.drain();
    const [issue] = await example.issues(PROD, 'S3.9');
    expect(issue?.state).toBe('suppressed');
    await stage.hub.forgetCalls();

    await pass(24);
    expect(await held(id)).toMatchObject({
      Workflow: { Status: 'SUPPRESSED' },
      Note: { Text: 'Read by nobody.' },
      UpdatedAt: stage.clock.now().toISOString(),
    });
    expect((await example.issues(PROD, 'S3.9'))[0]).toMatchObject({ state: 'suppressed', seq: issue?.seq });
    expect(await stage.hub.calls('BatchUpdateFindings')).toEqual([]);
  });

  test("GuardDuty's findings and what people send are not the world's", async () => {
    const { world, stage } = example;
    await world.threat({ account: PROD, kind: 'crypto-miner', act: 'see' });
    await stage.hold(asff({ control: 'S3.5', account: PROD, resource: 'arn:aws:s3:::by-hand' }));
    await stage.drain();
    readAll();
    expect(await pass(30)).toEqual([]);
  });

  test('a new account goes on being checked, and nothing is told of that', async () => {
    await example.world.newAccount();
    await example.stage.drain();
    readAll();
    const again = await pass(20);
    expect(again).toHaveLength(116);
    expect(new Set(again.map(({ compliance }) => compliance))).toEqual(new Set(['FAILED']));
  });

  test('what is restored after a day takes the place of the account as a whole', async () => {
    const { world } = example;
    const at = {
      account: PROD,
      resource: 'arn:aws:kms:ap-northeast-1:111122223333:key/0f9e8d7c-6b5a-4938-8271-605f4e3d2c1b',
    };
    await world.act({ ...at, act: 'delete' });
    readAll();
    expect(await pass(10)).toEqual([]);
    expect((await pass(10)).map(({ control, compliance }) => [control, compliance])).toEqual([
      ['KMS.3', 'PASSED'],
      ['KMS.5', 'PASSED'],
    ]);
    await world.act({ ...at, act: 'restore' });
    expect(
      readAll().map(({ control, resource, recordState }) => [control, resource.type, recordState]),
    ).toEqual([
      ['KMS.3', 'AwsKmsKey', 'ACTIVE'],
      ['KMS.5', 'AwsKmsKey', 'ACTIVE'],
      ['KMS.3', 'AwsAccount', 'ARCHIVED'],
      ['KMS.5', 'AwsAccount', 'ARCHIVED'],
    ]);
    expect((await pass(20)).map(({ control, resource }) => [control, resource.type])).toEqual([
      ['KMS.3', 'AwsKmsKey'],
      ['KMS.5', 'AwsKmsKey'],
    ]);
  });
});
