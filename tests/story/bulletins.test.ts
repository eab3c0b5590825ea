import { ACTIONS, BLOCKS } from '../../blocks/ids';
import { words } from '../../blocks/words';
import { tick } from '../../handlers/clock';
import { readFindings } from '../../src/findings';
import { treatmentOf } from '../../src/requests';
import { readAloud } from '../blocks/read-aloud';
import { asff } from '../fixtures/findings';
import { type Card, elements, labels, openStage, type Stage } from './stage';

const MINUTE = 60_000;
const w = words('ja').bulletin;
const bucket = (control: string) =>
  asff({ control, severity: 'MEDIUM', resource: 'arn:aws:s3:::example', resourceType: 'AwsS3Bucket' });

let stage: Stage;
let digest: Card;
/** The digest of a new account, with this many requests that policy tracks. */
async function open(requests: number): Promise<void> {
  stage = await openStage({ environment: { QUIET: 'on' } });
  const { catalogue } = stage.config;
  const tracked = catalogue
    .all()
    .filter(({ scope }) => scope === 'regional')
    .filter(({ id }) => {
      const { findings } = readFindings(JSON.stringify(bucket(id)), catalogue);
      return findings.some((f) => treatmentOf(f, 'MEDIUM', stage.bot.intake).treatment === 'track');
    });
  await stage.report(...tracked.slice(0, requests).map(({ id }) => bucket(id)));
  expect(await stage.cards()).toEqual([]);
  stage.clock.advance(2 * MINUTE);
  await tick(stage.bot);
  await stage.drain();
  digest = await stage.card();
}
afterEach(() => stage.close());

const modal = async (user = 'U0OWNER1') => (await stage.people.user(user)).modal;
const pressInModal = async (user: string, label: string, nth = 0) => {
  const found = elements(await modal(user)).filter((element) => element.label === label)[nth];
  if (found === undefined) throw new Error(`no ${label} among ${labels(await modal(user)).join(', ')}`);
  const { action_id, block_id, value } = found;
  return stage.act(() =>
    stage.people.press(user, { surface: 'modal' } as never, { action_id, block_id, value }),
  );
};

test('a digest is one message, whose list brings the card of a request, and leads to it from then on', async () => {
  await open(3);
  expect(await stage.cards()).toHaveLength(1);
  await stage.press('U0OWNER1', digest, w.showList);
  expect(labels(await modal()).filter((label) => label === w.show)).toHaveLength(3);

  await pressInModal('U0OWNER1', w.show);
  const [, card, ...others] = await stage.cards();
  expect(others).toEqual([]);
  expect(labels(card)).not.toContain(w.show);
  expect(readAloud(await stage.whispered('U0OWNER1'))).toBe(stage.words.answers.outcome.shown.markup);

  // The digest itself links it now; who presses in a list that is still open is led there.
  expect(readAloud((await stage.cards())[0])).toContain(w.openCard);
  await pressInModal('U0OWNER1', w.show);
  expect(readAloud(await stage.whispered('U0OWNER1'))).toContain(stage.words.bulletin.hasCard.markup);
  expect(await stage.cards()).toHaveLength(2);
  await stage.press('U0OWNER1', digest, w.showList);
  expect(labels(await modal()).filter((label) => label === w.show)).toHaveLength(2);
});

test('a long list is turned page by page', async () => {
  await open(17);
  await stage.press('U0OWNER1', digest, w.showList);
  expect(labels(await modal()).filter((label) => label === w.show)).toHaveLength(15);
  await pressInModal('U0OWNER1', stage.words.resources.next);
  expect(labels(await modal()).filter((label) => label === w.show)).toHaveLength(2);
  await pressInModal('U0OWNER1', stage.words.resources.previous);
  expect(labels(await modal()).filter((label) => label === w.show)).toHaveLength(15);
});

test('guests see nothing of it and bring nothing', async () => {
  await open(1);
  const spot = { channel: digest.channel, ts: digest.ts };
  await stage.act(() =>
    stage.people.press('U0GUEST', spot, {
      action_id: ACTIONS.bulletinList,
      block_id: BLOCKS.bulletinActions,
    }),
  );
  expect(readAloud(await modal('U0GUEST'))).not.toContain('shop-prod');
  expect(labels(await modal('U0GUEST'))).toEqual([]);
  expect(stage.logged.join()).toContain('a press was denied');
  expect(await stage.cards()).toHaveLength(1);
});
