import { words } from '../../blocks/words';
import { readAloud } from '../blocks/read-aloud';
import { asff } from '../fixtures/findings';
import { openStage, type Stage } from './stage';

const [ja, en] = [words('ja'), words('en')];
const OWNER = 'U0OWNER1';

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
  await stage.report(
    asff({ control: 'S3.5', resource: 'arn:aws:s3:::example-a', resourceType: 'AwsS3Bucket' }),
  );
});
afterEach(() => stage.close());

const help = async () =>
  readAloud((await stage.act(() => stage.people.command(OWNER, 'C0SHOPPRD', 'help'))).message);

test('who changes their language is answered in it soon; the card, and everybody else, stay with theirs', async () => {
  expect(await help()).toContain(ja.answers.help);

  await stage.people.chooseLocale(OWNER, 'en-US');
  stage.clock.advance(15_000);
  expect(await help()).toContain(en.answers.help);
  await stage.press(OWNER, await stage.card(), ja.card.checkNow);
  expect(readAloud((await stage.whispered(OWNER))?.['blocks'])).toContain(
    en.answers.checkResult(1, 0).markup,
  );
  await stage.press(OWNER, await stage.card(), ja.card.suppress);
  expect(readAloud((await stage.people.user(OWNER)).modal)).toContain(en.suppress.reason);

  await stage.press('U0LEAD', await stage.card(), ja.card.suppress);
  expect(readAloud((await stage.people.user('U0LEAD')).modal)).toContain(ja.suppress.reason);
});
