import { stringify } from 'csv-stringify/sync';
import { array, assert, asyncProperty } from 'fast-check';
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
const en = words('en');
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
  const pressAll = async (user: string, card: Card) => {
    for (const label of labels(card)) {
      await stage.press(user, card, label);
      await look(`${label} by ${user}`);
    }
  };

  try {
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
    for (const finding of [bucket, named, threat, stray]) await stage.send(imported(finding));
    await stage.drain();
    await look('findings told');
    const card = async () =>
      (await stage.cards()).find(({ blocks }) => JSON.stringify(blocks).includes('S3.8')) as Card;
    await pressAll(OWNER, await card());

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
    await stage.hub.putFindings([asffFinding.parse(bucket)]);
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
    return { found, steps, imported: rows.length, logged: stage.logged };
  } finally {
    await stage.close();
  }
}

test('the corpus in every field that comes from outside', async () => {
  const { found, steps, logged } = await live(CORPUS);
  expect(found).toEqual([]);
  expect(logged).toEqual([]);
  expect(steps).toEqual([]);
});
void [array, assert, asyncProperty, hostile, en, readSlack, intrusions];
