import { asffFinding } from '../../local/aws/finding';
import type { AccountId } from '../../src/accounts';
import type { FindingPage } from '../../src/aws';
import { confirmAccount } from '../../src/reconcile';
import { type AsffDocument, asff, type ControlFinding, imported } from '../fixtures/findings';
import { openSpine, type Spine } from '../setup/spine';

const ACCOUNT = '111122223333' as AccountId;
const OTHER = '444455556666' as AccountId;

let spine: Spine;
beforeEach(async () => {
  spine = await openSpine();
});
afterEach(() => spine.close());

const finding = (control: string, about: ControlFinding = {}): AsffDocument =>
  asff({ control, severity: 'HIGH', updatedAt: spine.clock.now().toISOString(), ...about });
const hold = (...documents: readonly AsffDocument[]) =>
  spine.hub.putFindings(documents.map((document) => asffFinding.parse(document)));
async function known(...documents: readonly AsffDocument[]): Promise<void> {
  await hold(...documents);
  for (const document of documents) await spine.send(imported(document));
  await spine.drain();
}
const confirm = (bot = spine.bot) => confirmAccount(ACCOUNT, bot.reconcile);

test('one account is compared with Security Hub and counted, nobody else', async () => {
  await known(
    finding('S3.8', { status: 'PASSED' }),
    finding('RDS.2', { status: 'PASSED' }),
    finding('RDS.2', { account: OTHER }),
  );
  await spine.hub.forgetCalls();
  const score = await confirm();
  expect(score?.counts).toMatchObject({ passed: 2, failed: 0, unknown: 0 });
  expect(score?.reconciledAt).toBe(score?.asOf);
  const calls = await spine.hub.calls('GetFindings');
  // Controls, and GuardDuty.
  expect(calls).toHaveLength(2);
  expect(JSON.stringify(calls)).not.toContain(OTHER);
  expect((await spine.bot.scores.ofAccounts.load(OTHER))?.reconciledAt).toBeUndefined();
  // No run is begun or disturbed by it.
  expect(await spine.bot.reconcile.runs.load('run')).toBeUndefined();
});

test('what was missed is taken in, and counts', async () => {
  await known(finding('S3.8', { status: 'PASSED' }), finding('RDS.2', { status: 'PASSED' }));
  spine.clock.advance(60_000);
  await hold(finding('RDS.2'));
  expect((await confirm())?.counts).toMatchObject({ passed: 1, failed: 1 });
  await spine.drain();
  const [card] = await spine.people.channel('C0SHOPPRD');
  expect(JSON.stringify(card)).toContain('RDS.2');
});

test('an account that is too large is read by severity, and counted once all of it has been read', async () => {
  await known(finding('S3.8', { status: 'PASSED' }), finding('RDS.2', { status: 'PASSED' }));
  const { hub } = spine.ports;
  const asked: string[] = [];
  let pages = 0;
  const bot = spine.composeWith({
    hub: {
      ...hub,
      async scan(filter, token): Promise<FindingPage> {
        if (!('failing' in filter) || filter.severities !== undefined) {
          if ('failing' in filter && filter.failing === 'control') asked.push(String(filter.severities));
          return hub.scan(filter, token);
        }
        // Pages without end.
        pages += 1;
        return { findings: [], unreadable: [], next: `page-${pages}` };
      },
    },
  });
  expect((await confirm(bot))?.counts).toMatchObject({ passed: 2, failed: 0 });
  expect(pages).toBeGreaterThan(10);
  expect(asked.sort()).toEqual(['CRITICAL', 'HIGH', 'INFORMATIONAL', 'LOW', 'MEDIUM']);
});

test('Security Hub that cannot be read confirms nothing, and the log says so', async () => {
  await known(finding('S3.8', { status: 'PASSED' }));
  await spine.hub.addFault({ kind: 'error', operation: 'GetFindings', when: 'always' });
  expect(await confirm()).toBeUndefined();
  expect(spine.logged.join('\n')).toContain('an account could not be compared with Security Hub');
  expect((await spine.bot.scores.ofAccounts.load(ACCOUNT))?.reconciledAt).toBeUndefined();
});

test('a table that fails is another matter: the message is to be delivered again', async () => {
  await known(finding('S3.8', { status: 'PASSED' }));
  const { table } = spine.ports;
  const replace = () => Promise.reject(new Error('the table is away'));
  await expect(confirm(spine.composeWith({ table: { ...table, replace } }))).rejects.toThrow(
    'the table is away',
  );
  expect(spine.logged).toEqual([]);
});

test('an account of which nothing is known has no score', async () => {
  expect(await confirm()).toBeUndefined();
});
