import { stringify } from 'csv-stringify/sync';
import { array, sample } from 'fast-check';
import { ACTIONS } from '../../blocks/ids';
import { words } from '../../blocks/words';
import { tick } from '../../handlers/clock';
import { asffFinding } from '../../local/aws/finding';
import type { AccountId } from '../../src/accounts';
import { readAccountsCsv, saveAccount } from '../../src/registry';
import { CORPUS, hostile } from '../blocks/hostile';
import { asff, guardDutyAsff, imported } from '../fixtures/findings';
import { type Card, DAY, elements, labels, openStage } from '../story/stage';
import { findIntrusions, intrusions, readSlack } from './slack-reading';

const [OWNER, ANALYST, LEAD, MEMBER] = ['U0OWNER1', 'U0ANALYST', 'U0LEAD', 'U0MEMBER'] as const;
const PEOPLE = [OWNER, ANALYST, LEAD, MEMBER];
const SECURITY = 'C0SECURITY';
const w = words('ja');
/** Places in a day that take words; see `live`. */
const FIELDS = 30;
const ACCOUNT = '111122223333' as AccountId;

/** As much as a field takes, cut as a keyboard cuts: wherever that may be. Too few words get some more. */
function typed(text: string, max: number): string {
  const cut = text.slice(0, max);
  return cut.trim().length < 10 ? `${cut.slice(0, max - 20)} because it is so` : cut;
}

/**
 * Plays a day of the bot in which every word that comes from outside is one of these, and reads all that Slack is given.
 * @returns what was not the bot's own doing; and whether everything was shown that was to be shown
 */
async function live(texts: readonly string[]) {
  const at = (place: number) => texts[place % texts.length] ?? '';
  const stage = await openStage({ environment: { QUIET: 'on' } });
  const found: string[] = [];
  const steps: string[] = [];
  const look = async (step: string) => {
    steps.push(step);
    const intruders = await findIntrusions(stage, PEOPLE);
    found.push(...intruders.map((intruder) => `${step}: ${intruder}`));
    await stage.people.forgetCalls();
    for (const person of PEOPLE) {
      if ((await stage.people.user(person)).modal) await stage.people.close(person, true);
    }
  };
  /** What is filled in wrongly is said in the dialog, which is read as well. */
  const submit = async (user: string, values: Record<string, string>) => {
    const { errors } = await stage.act(() => stage.people.submit(user, values));
    return errors === undefined || Object.keys(errors).length === 0;
  };
  /** One after the other; a card changes with what is pressed. */
  const pressAll = async (user: string, { channel, ts }: Card) => {
    const done = new Set<string>();
    for (;;) {
      const card = (await stage.cards(channel)).find((message) => message.ts === ts);
      const next = labels(card).find((label) => !done.has(label));
      if (card === undefined || next === undefined) return;
      done.add(next);
      await stage.press(user, card, next);
      await look(`${next} by ${user}`);
    }
  };

  try {
    // An account of long standing: not everything of it goes into one message.
    const longAgo = new Date(stage.clock.now().getTime() - 3 * DAY).toISOString();
    await stage.bot.intake.known.note({ account: ACCOUNT, kind: 'control', subject: 'ec2.1' }, longAgo);

    // A list of accounts from a spreadsheet.
    const csv = stringify([
      ['id', 'name', 'kind', 'owner', 'channel', 'project'],
      [ACCOUNT, at(0), 'production', OWNER, 'C0SHOPPRD', at(1)],
    ]);
    const { rows } = await readAccountsCsv(Buffer.from(csv), async () => undefined);
    for (const { id, fields } of rows) {
      await saveAccount(
        id,
        fields,
        { source: 'csv', at: stage.clock.now().toISOString() },
        stage.bot.registry,
      );
    }
    await stage.drain();
    await look('accounts imported');

    // Findings: told at once, told in the morning, a threat, one of an account that nobody knows.
    const updatedAt = stage.clock.now().toISOString();
    const bucket = asff({
      control: 'S3.8',
      severity: 'HIGH',
      title: at(2) || 'x',
      description: at(3),
      resource: 'arn:aws:s3:::example-a',
      tags: { [at(4).slice(0, 128)]: at(5).slice(0, 256), Name: at(6) },
      note: { text: at(7).slice(0, 512) || 'x', updatedBy: at(8).slice(0, 512) || 'x', updatedAt },
      updatedAt,
    });
    const named = asff({
      control: 'S3.5',
      severity: 'LOW',
      title: at(9) || 'x',
      resource: `arn:aws:s3:::${at(10)}`.slice(0, 2_048),
      updatedAt,
    });
    const threat = guardDutyAsff({ title: at(11) || 'x', description: at(12), updatedAt });
    const stray = asff({ control: 'S3.8', account: '999988887777', title: at(13) || 'x', updatedAt });
    const findings = [bucket, named, threat, stray];
    await stage.hub.putFindings(findings.map((finding) => asffFinding.parse(finding)));
    for (const finding of findings) await stage.send(imported(finding));
    await stage.drain();
    await look('findings told');
    const card = async () =>
      (await stage.cards()).find(({ blocks }) => JSON.stringify(blocks).includes('S3.8')) as Card;
    await pressAll(OWNER, await card());

    // Somebody asks the security team.
    await stage.press(OWNER, await card(), w.questions.ask);
    await submit(OWNER, { [ACTIONS.questionText]: typed(at(19), 1_000) });
    const asked = (await card()).replies.at(-1);
    const question = elements(asked).at(0);
    if (asked && question) {
      const spot = { channel: 'C0SHOPPRD', ts: String(asked['ts']) };
      await stage.act(() => stage.people.press(ANALYST, spot, question));
      await submit(ANALYST, { [ACTIONS.answerText]: typed(at(20), 1_000) });
    }
    await look('question answered');
    await stage.act(async () => stage.people.mention(OWNER, 'C0SHOPPRD', at(21), (await card()).ts));
    await look('mentioned in the thread');

    // An exception is asked for, denied, asked for again, and approved.
    const terms = (place: number) => ({
      [ACTIONS.reason]: typed(at(place), 500),
      [ACTIONS.days]: '14',
    });
    for (const [place, answer] of [
      [14, w.approval.deny],
      [16, w.approval.approve],
    ] as const) {
      await stage.press(OWNER, await card(), w.card.suppress);
      if (!(await submit(OWNER, { ...terms(place), [ACTIONS.ticket]: at(place + 1).slice(0, 200) }))) {
        await submit(OWNER, { ...terms(place), [ACTIONS.ticket]: '' });
      }
      await look('suppression asked for');
      await stage.press(ANALYST, await stage.card(SECURITY), answer);
      if (answer === w.approval.deny) await submit(ANALYST, { [ACTIONS.denyReason]: typed(at(18), 500) });
      await look('suppression answered');
    }

    // A new account, with everything that its form takes.
    await stage.act(() => stage.people.command(MEMBER, 'C0REQUESTS', 'account request'));
    await submit(MEMBER, {
      [ACTIONS.accountName]: at(22).slice(0, 50) || 'lab',
      [ACTIONS.accountKind]: 'non-production',
      [ACTIONS.purpose]: typed(at(23), 500),
      [ACTIONS.accountProject]: at(24).slice(0, 50),
      [ACTIONS.newChannel]: at(25).slice(0, 50),
      [ACTIONS.cost]: at(26).slice(0, 500),
      [ACTIONS.accountMail]: 'aws+lab@example.com',
    });
    await look('account requested');

    // Somebody in the console, whose session has a name.
    await stage.hub.updateInConsole({
      finding: { Id: bucket.Id, ProductArn: bucket.ProductArn },
      identity: `arn:aws:sts::${ACCOUNT}:assumed-role/Admin/${at(27)}`,
      status: 'NEW',
      note: at(28).slice(0, 512) || 'x',
    });
    await stage.drain();
    await look('lifted in the console');

    for (const command of [
      '',
      'requests',
      'account',
      'owner',
      'history',
      'exceptions',
      'policy',
      'score',
      'questions',
    ]) {
      const text = `${command} ${at(29)}`.trim();
      await stage.act(() => stage.people.command(MEMBER, 'C0REQUESTS', text));
      await stage.act(() => stage.people.command(LEAD, 'C0REQUESTS', `${command} ${ACCOUNT}`));
      await look(`/secops ${command}`);
    }
    stage.clock.advance(DAY);
    await tick(stage.bot);
    await stage.drain();
    await look('the next morning');
    for (const channel of ['C0SHOPPRD', SECURITY]) {
      for (const message of await stage.cards(channel)) await pressAll(LEAD, message);
    }
    for (const person of PEOPLE) await stage.act(() => stage.people.home(person));
    await look('homes');
    return { found, steps, logged: stage.logged };
  } finally {
    await stage.close();
  }
}

/** What has to have happened: a day that ends early shows nothing. */
const STEPS = [
  'accounts imported',
  'findings told',
  `${w.card.suppress} by ${OWNER}`,
  `${w.card.details} by ${OWNER}`,
  'question answered',
  'mentioned in the thread',
  'suppression asked for',
  'suppression answered',
  'account requested',
  'lifted in the console',
  '/secops history',
  'the next morning',
  `${w.bulletin.show} by ${LEAD}`,
  'homes',
];

describe('words that come from outside, in every field that takes some', () => {
  // Each run has every text of the corpus in another field.
  test.each([0, 12, 24])('the corpus, from its %sth text on', async (first) => {
    const { found, steps, logged } = await live([...CORPUS.slice(first), ...CORPUS.slice(0, first)]);
    expect(found).toEqual([]);
    expect(steps).toEqual(expect.arrayContaining(STEPS));
    expect(logged).toEqual([]);
  });

  test.each([28, 2_028])('whatever they are, made from %s', async (seed) => {
    const [texts = []] = sample(array(hostile(), { minLength: FIELDS, maxLength: FIELDS }), {
      seed,
      numRuns: 1,
    });
    const { found, logged } = await live(texts);
    expect(found).toEqual([]);
    expect(logged).toEqual([]);
  });
});

describe('the reading itself', () => {
  const mrkdwn = (text: string) => ({ type: 'mrkdwn', text, verbatim: true });

  test.each<[string, unknown, string]>([
    ['a mention of everybody', mrkdwn('see <!channel>'), 'calls !channel'],
    ['a group with a label', mrkdwn('<!subteam^S0EVIL001|@team>'), 'calls !subteam^S0EVIL001'],
    ['a guest', mrkdwn('<@U0GUEST>'), 'calls @U0GUEST'],
    ['a private channel', mrkdwn('<#C0PRIVATE|x>'), 'calls #C0PRIVATE'],
    [
      'a link with a label that lies',
      mrkdwn('<http://evil.example|docs.aws.amazon.com>'),
      'links http://evil.example',
    ],
    [
      'a host that only begins like ours',
      mrkdwn('<https://docs.aws.amazon.com.evil.example/|x>'),
      'links https://docs',
    ],
    [
      'an address where Slack looks for them',
      { type: 'mrkdwn', text: 'https://evil.example' },
      'links https://evil',
    ],
    ['the text of a notification', { text: '<!here>', blocks: [] }, 'calls !here'],
    [
      'rich text',
      { type: 'rich_text_section', elements: [{ type: 'broadcast', range: 'here' }] },
      'calls !here',
    ],
    ['a button', { type: 'button', url: 'javascript:alert(1)' }, 'links javascript:alert(1)'],
    ['a bracket', mrkdwn('1 < 2'), 'broken'],
    ['an entity', mrkdwn('a &nbsp; b'), 'broken'],
    ['a fence', mrkdwn('```x```'), 'broken'],
    ['half an emoji', { type: 'plain_text', text: 'x\ud83d' }, 'broken'],
    ['half an emoji that is not drawn', { type: 'button', value: '\ude00' }, 'broken'],
    ['text from right to left', { type: 'plain_text', text: '\u202egnp.exe' }, 'broken'],
    ['NUL', { type: 'plain_text', text: '\u0000' }, 'broken'],
  ])('finds %s', (_, drawn, intruder) => {
    expect(intrusions({ view: { blocks: [drawn] } })).toEqual([expect.stringContaining(intruder)]);
  });

  test("takes the bot's own for what it is", () => {
    const text = `>&lt;!channel&gt; &amp;\n<@${OWNER}> <!subteam^S0LEADS> <#C0SHOPPRD> <!date^1^{date}|x>`;
    const link = mrkdwn('<https://docs.aws.amazon.com/securityhub/|docs>');
    expect(intrusions({ text, blocks: [mrkdwn(text), link] })).toEqual([]);
    const { mentions, links } = readSlack(mrkdwn(text), link);
    expect(mentions).toEqual([`@${OWNER}`, '!subteam^S0LEADS', '#C0SHOPPRD']);
    expect(links).toEqual(['https://docs.aws.amazon.com/securityhub/']);
  });
});
