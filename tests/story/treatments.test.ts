import { words } from '../../blocks/words';
import { readAloud } from '../blocks/read-aloud';
import { asff, inspectorAsff } from '../fixtures/findings';
import { register } from '../setup/register';
import { labels, openStage, type Stage, type StageOptions } from './stage';

const w = words('ja');
const OWNER = 'U0OWNER1';

const account = (mode: string) => `
accounts:
  - { id: '111122223333', name: shop-prod, kind: production, owner: ${OWNER}, channel: C0SHOPPRD, mode: ${mode} }
`;

/** LOW and of no category that is chased: told, then suppressed. */
const noticed = asff({ control: 'APIGateway.3', severity: 'LOW', resourceType: 'AwsApiGatewayStage' });
const tracked = asff({ control: 'EC2.19' });
const ignored = asff({ control: 'AutoScaling.2' });

let stage: Stage;
const open = async (options: StageOptions) => {
  stage = await openStage(options);
};
afterEach(async () => {
  await stage.close();
  expect(stage.logged).toEqual([]);
});

test('notify: the owner is told, then policy suppresses it, and the card says so', async () => {
  await open({ silent: true });
  await stage.report(noticed);

  const [post] = await stage.people.calls('chat.postMessage');
  expect(JSON.stringify(post?.args)).toContain(w.card.noticeOnly.markup);
  const [write] = await stage.hub.calls('BatchUpdateFindings');
  expect(Date.parse(write?.at ?? '')).toBeGreaterThan(post?.at ?? Number.NaN);

  const { status, note } = await stage.workflow(noticed);
  expect(status).toBe('SUPPRESSED');
  expect(note).toMatch(/^Suppressed by policy: notify \(line other-moderate, version \S+\)$/);
  const [card, ...others] = await stage.cards();
  expect(others).toEqual([]);
  expect(readAloud(card?.blocks)).toContain('`other-moderate`');
  expect(readAloud(card?.blocks)).toContain(w.card.doneSuppressed.markup);
  // What policy does is not a person's to undo.
  expect(labels(card)).toEqual([w.card.details]);
  expect(card?.replies).toEqual([]);
});

test('ignore: nobody hears of it, and policy suppresses it at once', async () => {
  await open({ silent: true });
  await stage.report(ignored);
  expect(await stage.people.calls()).toEqual([]);
  const { status, note } = await stage.workflow(ignored);
  expect(status).toBe('SUPPRESSED');
  expect(note).toMatch(/^Suppressed by policy: ignore \(line availability, version \S+\)$/);
});

test("leave: other products' findings are neither told nor touched", async () => {
  await open({ silent: true });
  await stage.report(inspectorAsff({ severity: 'CRITICAL' }));
  expect(await stage.people.calls()).toEqual([]);
  expect(await stage.hub.calls('BatchUpdateFindings')).toEqual([]);
});

test('mode notify: posts and takes answers, writes nothing to Security Hub, and says that', async () => {
  await open({ accounts: account('notify') });
  const bucket = asff({ control: 'S3.5', resource: 'arn:aws:s3:::example-a', resourceType: 'AwsS3Bucket' });
  await stage.report(tracked, noticed, ignored, bucket);

  // What is ignored needs no card; what is only noticed rests, with the write withheld.
  const cards = await stage.cards();
  expect(cards).toHaveLength(3);
  for (const card of cards) expect(readAloud(card.blocks)).toContain(w.card.withheld.markup);
  const notice = cards.find((card) => readAloud(card.blocks).includes('APIGateway.3'));
  expect(readAloud(notice?.blocks)).toContain(w.card.withheldGroup(1).markup);

  const asked = cards.find((card) => readAloud(card.blocks).includes('S3.5'));
  if (asked) await stage.press(OWNER, asked, w.card.suppress);
  const { modal } = await stage.people.user(OWNER);
  expect(readAloud(modal)).toContain(w.suppress.withheld.markup);
  await stage.act(() =>
    stage.people.submit(OWNER, {
      'secops.suppress.reason': 'Public website assets, no secrets inside.',
      'secops.suppress.days': '30',
    }),
  );
  const now = (await stage.cards()).find((card) => readAloud(card.blocks).includes('S3.5'));
  expect(readAloud(now?.blocks)).toContain(w.card.withheldGroup(1).markup);
  expect(labels(now)).toContain(w.card.undo);

  expect(await stage.hub.calls('BatchUpdateFindings')).toEqual([]);
});

test('mode observe: nothing is posted to owners, nothing is written', async () => {
  await open({ accounts: account('observe'), silent: true });
  await stage.report(tracked, noticed, ignored);
  expect(await stage.people.calls()).toEqual([]);
  expect(await stage.hub.calls('BatchUpdateFindings')).toEqual([]);
});

test('an account that nobody has registered is observed only, whatever the mode of registered ones is', async () => {
  await open({ silent: true });
  await stage.report(asff({ control: 'EC2.19', account: '777788889999' }));
  expect(await stage.people.calls('chat.postMessage')).toEqual([]);
  expect(await stage.hub.calls('BatchUpdateFindings')).toEqual([]);
});

test('an account that nobody owns: the security team is asked, in the default channel', async () => {
  await open({ silent: true });
  await register(stage.bot, '777788889999');
  await stage.report(asff({ control: 'EC2.19', account: '777788889999' }));
  const card = await stage.card('C0REQUESTS');
  const text = readAloud(card.blocks);
  expect(text).toContain('@S0ANALYSTS');
  expect(text).toContain(w.accountName('777788889999'));
  expect(await stage.cards()).toEqual([]);
});
