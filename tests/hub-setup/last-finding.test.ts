import { asffFinding } from '../../local/aws';
import type { AccountId } from '../../src/accounts';
import { lastFinding } from '../../src/hub-setup';
import { startReconcile } from '../../src/reconcile';
import { asff, imported } from '../fixtures/findings';
import { openSpine, type Spine } from '../setup/spine';

const SHOP = '111122223333' as AccountId;
const DEV = '444455556666' as AccountId;

let spine: Spine;
beforeEach(async () => {
  spine = await openSpine();
});
afterEach(() => spine.close());

async function arrives(account: AccountId): Promise<string> {
  await spine.send(imported(asff({ control: 'EC2.19', account })));
  const at = spine.clock.now().toISOString();
  await spine.drain();
  return at;
}

it('is the newest of all accounts, and nothing before the first', async () => {
  const { known, issues } = spine.bot.intake;
  const sources = { known, issues };
  const never = () => lastFinding(sources, new Date('2100-01-01T00:00:00Z'));
  expect(await never()).toBeUndefined();
  const first = await arrives(DEV);
  expect(await never()).toBe(first);
  spine.clock.advance(3_600_000);
  const second = await arrives(SHOP);
  expect(await never()).toBe(second);
  expect(second > first).toBe(true);
});

it('reads no further than to one that is new enough', async () => {
  const at = await arrives(SHOP);
  await arrives(DEV);
  const { known, issues } = spine.bot.intake;
  let reads = 0;
  const of: typeof issues.of = (request) => {
    reads += 1;
    return issues.of(request);
  };
  expect(await lastFinding({ known, issues: { of } }, new Date(at))).toBe(at);
  expect(reads).toBe(1);
});

it('leaves out what the nightly comparison has seen: that was asked for, and not delivered', async () => {
  const { known, issues } = spine.bot.intake;
  const { runs } = spine.bot.reconcile;
  const last = async () =>
    lastFinding({ known, issues, comparison: await runs.load('run') }, new Date('2100-01-01T00:00:00Z'));
  await arrives(DEV);
  spine.clock.advance(60_000);
  const delivered = await arrives(SHOP);
  spine.clock.advance(20 * 3_600_000);
  // AWS goes on finding, and nobody brings it: the bot sees it when it asks.
  const later = new Date(spine.clock.now().getTime() - 60_000).toISOString();
  const found = [DEV, SHOP].map((account) => asff({ control: 'EC2.19', account, updatedAt: later }));
  await spine.hub.putFindings(found.map((document) => asffFinding.parse(document)));
  await startReconcile(spine.bot.reconcile);
  await spine.drain();
  const [seen] = await issues.of((await known.requestsOf(SHOP))[0]!);
  expect(seen?.lastSeen.slice(0, 13)).toBe(spine.clock.now().toISOString().slice(0, 13));
  expect(await last()).toBeUndefined();
  // A third one had been delivered, and was not asked about.
  spine.clock.advance(3_600_000);
  const again = await arrives('777788889999' as AccountId);
  expect(await last()).toBe(again);
  expect(again > delivered).toBe(true);
});
