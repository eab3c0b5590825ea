import { asff } from '../fixtures/findings';
import { register } from '../setup/register';
import { openStage, type Stage } from './stage';

let stage: Stage;
beforeEach(async () => {
  stage = await openStage({ silent: true });
});
afterEach(async () => {
  await stage.close();
  expect(stage.logged).toEqual([]);
});

const PROD = '111122223333';
const failing = asff({ control: 'EC2.19' });
const other = asff({ control: 'S3.5', resource: 'arn:aws:s3:::example-a', resourceType: 'AwsS3Bucket' });

test('an account that is closed: its requests end, nobody is asked any more, until it is active again', async () => {
  const issues = async () => {
    const found = [];
    for (const { account } of await stage.bot.intake.known.accounts()) {
      for (const key of await stage.bot.intake.known.requestsOf(account)) {
        found.push(...(await stage.bot.intake.issues.of(key)));
      }
    }
    return found.map(({ control, state }) => `${control} ${state}`).sort();
  };
  await stage.report(failing);
  expect(await issues()).toEqual(['EC2.19 open']);

  stage.clock.advance(60_000);
  await register(stage.bot, PROD, { status: 'closed' });
  await stage.drain();
  expect(await issues()).toEqual(['EC2.19 closed']);
  const [request] = await stage.bot.intake.requests.ofAccount(PROD);
  expect(request?.phase).toBe('done');
  const asked = (await stage.people.calls('chat.postMessage')).length;

  // What its controls still say asks nobody, and touches nothing in Security Hub.
  const written = (await stage.hub.calls('BatchUpdateFindings')).length;
  stage.clock.advance(60_000);
  await stage.report(failing, other);
  expect(await issues()).toEqual(['EC2.19 left', 'S3.5 left']);
  expect(await stage.people.calls('chat.postMessage')).toHaveLength(asked);
  expect(await stage.hub.calls('BatchUpdateFindings')).toHaveLength(written);

  stage.clock.advance(60_000);
  await register(stage.bot, PROD, { status: 'active' });
  await stage.drain();
  expect(await issues()).toEqual(['EC2.19 open', 'S3.5 open']);
  expect((await stage.people.calls('chat.postMessage')).length).toBeGreaterThan(asked);
});
