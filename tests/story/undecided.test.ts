import { readAloud } from '../blocks/read-aloud';
import { asff } from '../fixtures/findings';
import { type Card, elements, labels, openStage, type Stage } from './stage';

const quantum = (resource: string, account = '111122223333') =>
  asff({
    control: 'Quantum.1',
    account,
    resource: `arn:aws:s3:::example-${resource}`,
    resourceType: 'AwsS3Bucket',
  });

let stage: Stage;
beforeEach(async () => {
  stage = await openStage({ language: 'en' });
});
afterEach(() => stage.close());

const undecided = () => stage.words.bulletin.undecided;
const security = () => stage.cards('C0SECURITY');
const question = async (): Promise<Card> => (await security())[0] as Card;

it('a control that nobody has decided on is held, asked about once, and goes as it is answered', async () => {
  await stage.report(quantum('a'), quantum('b'), quantum('c', '444455556666'));

  const [asked, ...others] = await security();
  expect(others).toEqual([]);
  expect(readAloud(asked)).toContain('Quantum.1');
  expect(readAloud(asked)).toContain('shop-dev');
  expect(labels(asked)).toEqual(Object.values(undecided().decide));
  expect(await stage.cards('C0SHOPPRD')).toEqual([]);
  expect((await stage.workflow(quantum('a'))).status).toBe('NEW');

  await stage.press('U0ANALYST', await question(), undecided().decide.notify);

  const [answered, ...more] = await security();
  expect(more).toEqual([]);
  expect(labels(answered)).toEqual([]);
  expect(readAloud(answered)).toContain('uncatalogued: true, treatment: notify');
  expect(await stage.cards('C0SHOPPRD')).toHaveLength(1);
  expect(await stage.cards('C0SHOPDEV')).toHaveLength(1);
  expect((await stage.workflow(quantum('a'))).status).toBe('SUPPRESSED');

  await stage.report(quantum('d'));
  expect(await security()).toHaveLength(1);
  expect((await stage.workflow(quantum('d'))).status).toBe('SUPPRESSED');
});

it('only the security team answers, and its first answer counts', async () => {
  await stage.report(quantum('a'));
  const card = await question();

  await stage.press('U0OWNER1', card, undecided().decide.ignore);
  expect(readAloud(await stage.whispered('U0OWNER1'))).toContain('@S0ANALYSTS');
  expect(labels(await question())).toHaveLength(4);

  const spot = { channel: card.channel, ts: card.ts };
  await stage.actOnly(() => stage.people.press('U0LEAD', spot, buttonOf(card, undecided().decide.ignore)));
  await stage.press('U0ANALYST', card, undecided().decide.track);
  expect(readAloud(await question())).toContain('treatment: ignore');
  expect(await stage.cards('C0SHOPPRD')).toEqual([]);
  expect((await stage.workflow(quantum('a'))).status).toBe('SUPPRESSED');
  expect(readAloud(await stage.whispered('U0ANALYST'))).toContain(
    readAloud(stage.words.answers.outcome.already),
  );
});

it('what a worker holds that has not heard of the answer yet is decided all the same', async () => {
  await stage.report(quantum('a'));
  const late = stage.composeWith({});
  await late.policies.refresh();
  await stage.press('U0LEAD', await question(), undecided().decide.ignore);

  await stage.hold(quantum('b'));
  await stage.send({ ...quantum('b'), UpdatedAt: stage.clock.now().toISOString() });
  await stage.drain({ bot: late });
  expect((await stage.workflow(quantum('b'))).status).toBe('SUPPRESSED');
});

it('in mode observe the security team is asked as well', async () => {
  const observed = await openStage({
    language: 'en',
    silent: true,
    environment: { UNKNOWN_ACCOUNT_MODE: 'observe' },
  });
  try {
    await observed.report(quantum('a', '777788889999'));
    expect(await observed.cards('C0SECURITY')).toHaveLength(1);
  } finally {
    await observed.close();
  }
});

function buttonOf(card: Card, label: string) {
  const { action_id = '', block_id = '' } = elements(card).find((button) => button.label === label) ?? {};
  return { action_id, block_id };
}
