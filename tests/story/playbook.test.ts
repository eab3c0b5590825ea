import { words } from '../../blocks/words';
import { readAloud } from '../blocks/read-aloud';
import { asff } from '../fixtures/findings';
import { openStage, type Stage } from './stage';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

const [ja, en] = [words('ja').playbook, words('en').playbook];
const ask = async (user: string, text: string) =>
  readAloud((await stage.act(() => stage.people.command(user, 'C0REQUESTS', `playbook ${text}`))).message);

test('a control’s is shown whole, in the language of whoever asks', async () => {
  const japanese = await ask('U0OWNER1', 'ec2.19');
  expect(japanese).toContain('危険なポートが全世界に公開されています');
  for (const label of [ja.why, ja.check, ja.fix, ja.alternative, ja.breaks, ja.intended]) {
    expect(japanese).toContain(label);
  }
  expect(japanese).toContain('`aws ec2 revoke-security-group-ingress --group-id SECURITY_GROUP_ID');
  expect(japanese).toContain(`${ja.effort}: 20 分`);
  const english = await ask('U0MEMBER', 'EC2.19');
  expect(english).toContain('A high-risk port is open to the whole internet');
  expect(english).toContain(en.breaks);
});

test('words find it in either language, titles first', async () => {
  expect(await ask('U0MEMBER', 'Session Manager')).toContain('EC2.19');
  expect(await ask('U0MEMBER', 'ルートユーザーのアクセスキー')).toContain('IAM.4');
});

test('what nobody has written, and nothing at all, is answered with how to ask', async () => {
  for (const typed of ['nothing-like-it', '', '<!channel> *x*']) {
    const answer = await ask('U0MEMBER', typed);
    expect(answer).toContain('/secops playbook EC2.19');
    expect(answer).not.toContain('<!channel>');
  }
});

test('“Details…” of a request have all of it', async () => {
  await stage.report(
    asff({
      control: 'EC2.19',
      severity: 'CRITICAL',
      resource: 'arn:aws:ec2:ap-northeast-1:111122223333:security-group/sg-1',
    }),
  );
  await stage.press('U0OWNER1', await stage.card(), stage.words.card.details);
  const details = readAloud((await stage.people.user('U0OWNER1')).modal);
  expect(details).toContain(ja.breaks);
  expect(details).toContain('`aws ec2 revoke-security-group-ingress --group-id SECURITY_GROUP_ID');
});
