import { words } from '../../blocks/words';
import { readAloud } from '../blocks/read-aloud';
import { asff } from '../fixtures/findings';
import { elements, inputs, labels, openStage, type Stage } from './stage';

const [ja, en] = [words('ja'), words('en')];

let stage: Stage;
afterEach(async () => {
  await stage.close();
});

describe('/secops', () => {
  beforeEach(async () => {
    stage = await openStage();
  });
  afterEach(() => expect(stage.logged).toEqual([]));

  const say = (user: string, text: string) => stage.act(() => stage.people.command(user, 'C0REQUESTS', text));

  test('help names every command, in the language of whoever asks', async () => {
    const english = readAloud((await say('U0MEMBER', 'help')).message);
    const japanese = readAloud((await say('U0OWNER1', 'HELP')).message);
    for (const usage of ['/secops requests [ACCOUNT]', '/secops policy', '/secops help']) {
      expect(english).toContain(usage);
      expect(japanese).toContain(usage);
    }
    expect(english).toContain(en.answers.help);
    expect(japanese).toContain(ja.answers.help);
  });

  test('the bare command offers a menu, whose buttons answer', async () => {
    const { message } = await say('U0MEMBER', '');
    expect(labels(message)).toEqual([en.answers.menuRequests, en.answers.menuPolicy, en.answers.menuHelp]);
    await pressEphemeral('U0MEMBER', message, en.answers.menuHelp);
    expect(readAloud(await newest('U0MEMBER'))).toContain(en.answers.help);
    await pressEphemeral('U0MEMBER', message, en.answers.menuRequests);
    expect(readAloud(await newest('U0MEMBER'))).toContain('Accounts that you own have no open requests');
  });

  test('a command that there is not: says so, with the likeliest one', async () => {
    const near = readAloud((await say('U0MEMBER', 'requets')).message);
    expect(near).toContain('/secops requests [ACCOUNT]');
    const far = readAloud((await say('U0MEMBER', '<!channel> drop tables')).message);
    expect(far).toContain('/secops help');
    const account = readAloud((await say('U0MEMBER', 'requests nowhere')).message);
    expect(account).toContain('/secops requests shop-prod');
  });

  test('policy says what happens to a control, by kind of account', async () => {
    const text = readAloud((await say('U0MEMBER', 'policy ec2.19')).message);
    expect(text).toContain(en.answers.policy('EC2.19'));
    expect(text).toContain('`other-severe`');
    expect(text).toContain(en.answers.policyDue(24));
    expect(readAloud((await say('U0MEMBER', 'policy EC2.199')).message)).toContain('/secops policy EC2.19');
  });

  test('requests lists what is open in pages, the most urgent first; another account is not mixed in', async () => {
    const critical = ['EC2.19', 'SSM.4'];
    const high = ['EC2.18', 'EC2.2', 'IAM.4', 'ACM.2'];
    const medium = ['S3.5', 'APIGateway.2', 'APIGateway.1', 'CloudFront.3', 'CloudFront.9', 'ACM.1'];
    const severe = (controls: string[], severity: 'CRITICAL' | 'HIGH' | 'MEDIUM') =>
      controls.map((control) => asff({ control, severity, title: `Title of ${control}` }));
    // The least urgent arrive first.
    await stage.report(
      ...severe(medium, 'MEDIUM'),
      ...severe(high, 'HIGH'),
      ...severe(critical, 'CRITICAL'),
      asff({ control: 'EC2.19', account: '444455556666', title: 'Elsewhere' }),
    );
    await stage.people.forgetCalls();
    await say('U0OWNER1', 'requests');

    const first = await newest('U0OWNER1');
    const text = readAloud(first);
    expect(text).toContain(ja.answers.list(12));
    expect(text).toContain(ja.answers.page(1, 2).markup);
    expect(severities(text)).toEqual([
      'CRITICAL',
      'CRITICAL',
      'HIGH',
      'HIGH',
      'HIGH',
      'HIGH',
      'MEDIUM',
      'MEDIUM',
      'MEDIUM',
      'MEDIUM',
    ]);
    expect(text).not.toContain('shop-dev');
    expect(await stage.people.calls('chat.getPermalink')).toHaveLength(10);

    await pressEphemeral('U0OWNER1', first, ja.resources.next);
    const second = readAloud(await newest('U0OWNER1'));
    expect(second).toContain(ja.answers.page(2, 2).markup);
    expect(severities(second)).toEqual(['MEDIUM', 'MEDIUM']);

    await say('U0LEAD', 'requests');
    expect(readAloud(await newest('U0LEAD'))).toContain(ja.answers.list(13));
    await say('U0OWNER1', 'requests shop-dev');
    expect(readAloud(await newest('U0OWNER1'))).toContain(ja.answers.list(1));

    // Turning the pages of one account's list stays with that account.
    await say('U0MEMBER', 'requests 111122223333');
    await pressEphemeral('U0MEMBER', await newest('U0MEMBER'), en.resources.next);
    const theirs = readAloud(await newest('U0MEMBER'));
    expect(theirs).toContain(en.answers.page(2, 2).markup);
    expect(theirs).not.toContain('shop-dev');
  });

  const newest = (user: string) => stage.whispered(user);

  async function pressEphemeral(user: string, message: unknown, label: string): Promise<void> {
    const { ts, channel = 'C0REQUESTS' } = message as { ts: string; channel?: string };
    const found = elements(message).find((element) => element.label === label);
    await stage.act(() =>
      stage.people.press(
        user,
        { channel, ts },
        { action_id: found?.action_id ?? '', block_id: found?.block_id ?? '' },
      ),
    );
  }
});

describe('who does not belong', () => {
  beforeEach(async () => {
    stage = await openStage({
      accounts: `
accounts:
  - { id: '111122223333', name: shop-prod, kind: production, owner: U0OWNER1, channel: C0SHOPPRD }
  - { id: '444455556666', name: shop-dev, kind: production, owner: U0GUEST, channel: C0REQUESTS }
`,
    });
  });

  test.each([
    {
      who: 'a guest, though named as the owner',
      user: 'U0GUEST',
      channel: 'C0REQUESTS',
      account: '444455556666',
      refusal: en.ruling.guest,
    },
    {
      // The channel was shared with them after the card had been posted there.
      who: 'a partner of another workspace',
      user: 'U0PARTNER',
      channel: 'C0SHOPPRD',
      account: '111122223333',
      refusal: en.ruling.outsider,
    },
  ])('$who gets a polite refusal and nothing else', async ({ user, channel, account, refusal }) => {
    const finding = asff({ control: 'S3.5', resource: 'arn:aws:s3:::example-a', account });
    await stage.report(finding);
    const card = await stage.card(channel);
    await stage.people.forgetCalls();

    for (const label of [ja.card.take, ja.card.fixed, ja.card.checkNow]) {
      await stage.press(user, card, label);
      expect(readAloud(await stage.whispered(user))).toBe(refusal.markup);
    }
    for (const label of [ja.card.suppress, ja.card.details]) {
      await stage.press(user, card, label);
      const { modal } = await stage.people.user(user);
      expect(inputs(modal)).toEqual([]);
      expect(readAloud(modal)).not.toContain('example-a');
      await stage.people.close(user, true);
    }
    for (const text of ['', 'help', 'requests', 'policy EC2.19']) {
      const { message } = await stage.act(() => stage.people.command(user, channel, text));
      expect(readAloud(message)).toBe(refusal.markup);
    }

    expect(await stage.card(channel)).toEqual(card);
    expect(await stage.people.calls('chat.postMessage')).toEqual([]);
    expect((await stage.workflow(finding)).status).toBe('NOTIFIED');
    // What was tried is in the log, and nothing worse.
    expect(stage.logged.filter((line) => !line.startsWith('a press was denied'))).toEqual([]);
  });
});

/** Severities in the order in which a list shows them. */
function severities(text: string): string[] {
  return [...text.matchAll(/\((CRITICAL|HIGH|MEDIUM)\):/g)].flatMap(([, severity]) => severity ?? []);
}
