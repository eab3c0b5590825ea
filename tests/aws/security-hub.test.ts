import { BatchUpdateFindingsCommand } from '@aws-sdk/client-securityhub';
import {
  type FindingFilter,
  type FindingName,
  type FindingSource,
  type FindingWriter,
  isThrottling,
  securityHub,
} from '../../src/aws';
import { asff, type ControlFinding, guardDutyAsff, smallCatalogue } from '../fixtures/findings';
import { type StandIn, startStandIn } from '../local/aws/stand-in';

const OWN = 'arn:aws:sts::444455556666:assumed-role/SecopsBot/session-1';
const ALEX = 'arn:aws:sts::111122223333:assumed-role/Admin/alex';

let standIn: StandIn;
let hub: FindingSource & FindingWriter;
let warned: string[];
beforeEach(async () => {
  standIn = await startStandIn();
  warned = [];
  hub = hubAs(OWN);
});
afterEach(() => standIn.stop());

function hubAs(own: string) {
  return securityHub(
    standIn.hub,
    smallCatalogue,
    'secops-bot',
    async () => own,
    (message) => void warned.push(message),
  );
}

async function held(...abouts: readonly ControlFinding[]): Promise<FindingName[]> {
  const documents = abouts.map(asff);
  await standIn.control.putFindings(documents as never);
  return documents.map(({ Id, ProductArn, Region }) => ({
    id: Id,
    productArn: ProductArn,
    region: Region ?? '',
  }));
}

const group = (n: number) => `arn:aws:ec2:ap-northeast-1:111122223333:security-group/sg-${n}`;

describe('reading', () => {
  it('gives a finding as the bot reads it, and nothing for one that is not there', async () => {
    const [name] = await held({ severity: 'HIGH' });
    expect(await hub.finding(name!)).toMatchObject({
      id: name!.id,
      control: 'EC2.19',
      severity: 'HIGH',
      compliance: 'FAILED',
      workflow: 'NEW',
    });
    expect(await hub.finding({ ...name!, id: `${name!.id}x` })).toBeUndefined();
  });

  it('reads twenty ids a call, however many', async () => {
    const names = await held(...Array.from({ length: 45 }, (_, n) => ({ resource: group(n) })));
    const found = await hub.findings(names);
    expect(new Set(found.map(({ id }) => id))).toEqual(new Set(names.map(({ id }) => id)));
    const calls = await standIn.control.calls('GetFindings');
    expect(calls.map(({ input }) => (input as { Filters: { Id: [] } }).Filters.Id.length)).toEqual([
      20, 20, 5,
    ]);
    expect(await hub.findings([])).toEqual([]);
  });

  it('says so when Security Hub answers with what cannot be read', async () => {
    const document = asff();
    const unreadable = {
      ...document,
      Resources: [{ Type: 'x', Id: 'x' }],
      AwsAccountId: '111122223333',
      UpdatedAt: 'soon',
    };
    await standIn.control.putFindings([unreadable as never]);
    expect(await hub.findings([{ id: document.Id, productArn: document.ProductArn, region: 'x' }])).toEqual(
      [],
    );
    expect(warned.length).toBeGreaterThan(0);
  });
});

describe('scanning', () => {
  const ACCOUNT = '111122223333';
  const idsOf = async (filter: FindingFilter) => {
    const { findings } = await hub.scan(filter);
    return findings.map(({ id }) => id);
  };

  it('reads what has not passed of controls, under both names of their product, and of no other account', async () => {
    const failed = asff({ resource: group(1) });
    const renamed = {
      ...asff({ resource: group(2), status: 'WARNING', workflow: 'SUPPRESSED' }),
      ProductName: 'Security Hub CSPM',
    };
    await standIn.control.putFindings([
      failed,
      renamed,
      asff({ resource: group(3), status: 'PASSED' }),
      asff({ resource: group(4), recordState: 'ARCHIVED' }),
      asff({ resource: group(5), account: '444455556666' }),
      guardDutyAsff(),
    ] as never);
    expect(await idsOf({ failing: 'control', accounts: [ACCOUNT] })).toEqual([failed.Id, renamed.Id]);
    expect(
      await idsOf({ failing: 'control', accounts: [ACCOUNT, '444455556666'], severities: ['HIGH'] }),
    ).toEqual([]);
  });

  it('reads all of GuardDuty that is active', async () => {
    const threat = guardDutyAsff();
    const archived = guardDutyAsff({ recordState: 'ARCHIVED', generation: 2 });
    await standIn.control.putFindings([threat, archived, asff()] as never);
    expect(await idsOf({ failing: 'guardduty', accounts: [ACCOUNT] })).toEqual([threat.Id]);
  });

  it('is one call a page of a hundred', async () => {
    await held(...Array.from({ length: 101 }, (_, n) => ({ resource: group(n) })));
    const filter: FindingFilter = { failing: 'control', accounts: [ACCOUNT] };
    const first = await hub.scan(filter);
    expect(first.findings).toHaveLength(100);
    const second = await hub.scan(filter, first.next);
    expect(second.findings).toHaveLength(1);
    expect(second).not.toHaveProperty('next');
    expect(await standIn.control.calls('GetFindings')).toHaveLength(2);
  });

  it('finds by id what Security Hub V2 has named otherwise', async () => {
    const [name] = await held({});
    const asV2 = { ...name!, productArn: name!.productArn.replace('product/', 'productv2/') };
    expect(await idsOf({ names: [asV2] })).toEqual([name!.id]);
  });

  it('names what it cannot read', async () => {
    const unreadable = { ...asff({ resource: group(1) }), UpdatedAt: 'soon' };
    await standIn.control.putFindings([unreadable, asff({ resource: group(2) })] as never);
    const page = await hub.scan({ failing: 'control', accounts: [ACCOUNT] });
    expect(page.findings).toHaveLength(1);
    expect(page.unreadable).toEqual([unreadable.Id]);
    expect(warned).toHaveLength(1);
  });

  it('lets it be known when there were too many calls', async () => {
    const scan = () => hub.scan({ failing: 'control', accounts: [ACCOUNT] });
    await standIn.control.addFault({ kind: 'throttle', operation: 'GetFindings', when: { next: 1 } });
    expect(isThrottling(await scan().catch((error: unknown) => error))).toBe(true);
    await standIn.control.addFault({ kind: 'error', operation: 'GetFindings', when: { next: 1 } });
    expect(isThrottling(await scan().catch((error: unknown) => error))).toBe(false);
  });
});

describe('who moved the workflow', () => {
  const write = (name: FindingName, status: 'NEW' | 'NOTIFIED' | 'SUPPRESSED') =>
    standIn.control.updateInConsole({
      finding: { Id: name.id, ProductArn: name.productArn },
      identity: OWN,
      status,
    });
  const alex = (name: FindingName, status: 'NEW' | 'RESOLVED' | 'SUPPRESSED', note?: string) =>
    standIn.control.updateInConsole({
      finding: { Id: name.id, ProductArn: name.productArn },
      identity: ALEX,
      status,
      ...(note !== undefined && { note }),
    });

  it('nobody, where nobody has', async () => {
    const [name] = await held({});
    expect(await hub.workflowHistory(name!)).toEqual({});
  });

  it('somebody else, when theirs is the last move', async () => {
    const [name] = await held({});
    await write(name!, 'NOTIFIED');
    await alex(name!, 'SUPPRESSED');
    expect(await hub.workflowHistory(name!)).toEqual({ changedBy: ALEX });
  });

  it('nobody else, when ours is the last move, whatever our session is called', async () => {
    const [name] = await held({});
    await alex(name!, 'SUPPRESSED');
    await write(name!, 'NOTIFIED');
    expect(await hub.workflowHistory(name!)).toEqual({});
    expect(await hubAs(OWN.replace('session-1', 'session-2')).workflowHistory(name!)).toEqual({});
    expect(await hubAs(OWN.replace('SecopsBot', 'Other')).workflowHistory(name!)).toEqual({ changedBy: OWN });
    expect(await hubAs(OWN.replace('444455556666', '999988887777')).workflowHistory(name!)).toEqual({
      changedBy: OWN,
    });
  });

  it('of two moves of one moment the one that Security Hub names first is the newer', async () => {
    await standIn.stop();
    standIn = await startStandIn({ now: () => new Date('2026-11-24T01:00:00.000Z') });
    hub = hubAs(OWN);
    const [name] = await held({});
    await write(name!, 'NOTIFIED');
    await alex(name!, 'SUPPRESSED');
    expect(await hub.workflowHistory(name!)).toEqual({ changedBy: ALEX });
    await write(name!, 'NOTIFIED');
    expect(await hub.workflowHistory(name!)).toEqual({});
  });

  it('a note alone moves nothing', async () => {
    const [name] = await held({});
    await write(name!, 'NOTIFIED');
    await standIn.hub.send(
      new BatchUpdateFindingsCommand({
        FindingIdentifiers: [{ Id: name!.id, ProductArn: name!.productArn }],
        Note: { Text: 'looked at it', UpdatedBy: 'alex' },
      }),
    );
    expect(await hub.workflowHistory(name!)).toEqual({});
  });

  it('is found behind a hundred other moves', async () => {
    const [name] = await held({});
    await alex(name!, 'SUPPRESSED');
    for (let n = 0; n < 55; n += 1) {
      await standIn.control.putFindings([asff({ title: `t${n}`, workflow: 'SUPPRESSED' }) as never]);
      await standIn.control.putFindings([asff({ title: `u${n}`, workflow: 'SUPPRESSED' }) as never]);
    }
    expect(await hub.workflowHistory(name!)).toEqual({ changedBy: ALEX });
    expect((await standIn.control.calls('GetFindingHistory')).length).toBe(2);
  });
});

describe('writing', () => {
  it('writes status and note in the name of the bot', async () => {
    const names = await held({ resource: group(1) }, { resource: group(2) });
    expect(await hub.update({ status: 'SUPPRESSED', note: 'why', findings: names })).toEqual([]);
    for (const document of await standIn.control.findings()) {
      expect(document).toMatchObject({
        Workflow: { Status: 'SUPPRESSED' },
        Note: { Text: 'why', UpdatedBy: 'secops-bot' },
      });
    }
  });

  it('leaves the note as it is where none is given', async () => {
    const note = { text: 'theirs', updatedBy: 'alex', updatedAt: '2026-11-20T00:00:00.000Z' };
    const names = await held({ note });
    await hub.update({ status: 'NOTIFIED', findings: names });
    expect(await standIn.control.findings()).toMatchObject([
      { Workflow: { Status: 'NOTIFIED' }, Note: { Text: 'theirs' } },
    ]);
  });

  it('names what was not processed, and why', async () => {
    const [there] = await held({});
    const gone = { ...there!, id: `${there!.id}x` };
    expect(await hub.update({ status: 'NOTIFIED', findings: [there!, gone] })).toEqual([
      { id: gone.id, productArn: gone.productArn, code: 'FindingNotFound' },
    ]);
  });
});
