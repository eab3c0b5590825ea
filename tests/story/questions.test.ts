import { addressed, addressedAll } from '../../blocks/phrases';
import { words } from '../../blocks/words';
import type { Principal } from '../../src/accounts';
import type { Language } from '../../src/playbooks';
import { readAloud } from '../blocks/read-aloud';
import { asff } from '../fixtures/findings';
import { elements, inputs, openStage, type Stage } from './stage';

const OWNER = 'U0OWNER1' as Principal;
const ANALYST = 'U0ANALYST' as Principal;
const ANALYSTS = 'S0ANALYSTS' as Principal;
const QUESTION = 'secops.question.text';
const ANSWER = 'secops.answer.text';
const finding = asff({ control: 'S3.5', resource: 'arn:aws:s3:::example-a', resourceType: 'AwsS3Bucket' });

let stage: Stage;
afterEach(async () => {
  await stage.close();
});

describe.each<{ language: Language }>([{ language: 'ja' }, { language: 'en' }])(
  'asking the security team in a channel whose language is $language',
  ({ language }) => {
    const w = words(language);
    beforeEach(async () => {
      stage = await openStage({ language });
      await stage.report(finding);
    });

    test('a question calls the team, its answer calls whoever asked', async () => {
      await ask(OWNER, 'May our partner write here?', w.questions.ask);
      const [asked] = (await stage.card()).replies;
      const team = addressedAll([ANALYSTS], w);
      expect(asked?.['text']).toBe(w.questions.asked(team, addressed(OWNER, w)).markup);
      expect(readAloud(asked?.['blocks'])).toContain('>May our partner write here?');
      expect(elements(asked).map(({ label }) => label)).toEqual([w.questions.answer]);

      await answer(ANALYST, 'Through a role of its own, please.');
      const [, answered] = (await stage.card()).replies;
      const said = w.questions.answered(addressed(OWNER, w), addressed(ANALYST, w));
      expect(answered?.['text']).toBe(said.markup);
      expect(readAloud(answered?.['blocks'])).toContain('>Through a role of its own, please.');
      expect((await stage.card()).replies).toHaveLength(2);
      expect(stage.logged).toEqual([]);
    });

    test('what people write calls and links nothing', async () => {
      const hostile = '<!channel> <@U0LEAD> <https://evil.example|AWS> `x` &lt;!here&gt;';
      await ask(OWNER, hostile, w.questions.ask);
      await answer(ANALYST, hostile);
      const replies = (await stage.card()).replies;
      expect(replies).toHaveLength(2);
      expect(JSON.stringify(replies)).not.toMatch(/<!channel>|<!here>|<@U0LEAD>|<https:\/\/evil/);
      expect(readAloud(replies[1]?.['blocks'])).toContain('<!channel> <@U0LEAD>');
    });
  },
);

describe('in the life of a team', () => {
  const [ja, en] = [words('ja'), words('en')];
  beforeEach(async () => {
    stage = await openStage();
    await stage.report(finding);
  });

  test('the dialog says what is wrong with the words', async () => {
    await stage.press('U0MEMBER', await stage.card(), ja.questions.ask);
    expect(inputs((await stage.people.user('U0MEMBER')).modal)).toEqual([QUESTION]);
    const { errors } = await stage.act(() => stage.people.submit('U0MEMBER', { [QUESTION]: '         ' }));
    expect(errors).toEqual({ [QUESTION]: en.questions.errors.short(5) });
    expect((await stage.card()).replies).toEqual([]);
  });

  test('only the security team answers; others hear who does', async () => {
    await ask('U0MEMBER', 'Is this really needed?', ja.questions.ask);
    for (const user of ['U0MEMBER', 'U0OWNER1']) {
      await pressAnswer(user);
      const { modal } = await stage.people.user(user);
      expect(inputs(modal)).toEqual([]);
      expect(readAloud(modal)).toContain('@S0ANALYSTS');
      await stage.people.close(user, true);
    }
    await pressAnswer('U0LEAD');
    expect(inputs((await stage.people.user('U0LEAD')).modal)).toEqual([ANSWER]);
  });

  test('two answer at once: the first counts, and the other one hears so', async () => {
    await ask(OWNER, 'Is this really needed?', ja.questions.ask);
    await pressAnswer('U0ANALYST');
    await pressAnswer('U0LEAD');
    await stage.act(() => stage.people.submit('U0ANALYST', { [ANSWER]: 'Yes, it is.' }));
    await stage.act(() => stage.people.submit('U0LEAD', { [ANSWER]: 'No, it is not.' }));

    expect((await stage.card()).replies).toHaveLength(2);
    const late = await stage.whispered('U0LEAD');
    expect(readAloud(late)).toBe(ja.answers.outcome.already.markup);
    // The question is answered in the thread, and so is whoever was too late.
    expect(late).toMatchObject({ thread_ts: (await stage.card()).ts });
    await pressAnswer('U0LEAD');
    const { modal } = await stage.people.user('U0LEAD');
    expect(inputs(modal)).toEqual([]);
    expect(readAloud(modal)).toContain('Yes, it is.');
  });

  test('the submission that Slack delivers twice is one question', async () => {
    await ask(OWNER, 'Is this really needed?', ja.questions.ask);
    const [question] = await stage.bot.questions.all();
    const change = await stage.bot.changes.load(question?.id ?? '');
    await stage.bot.ports.queues.change({
      id: 'again',
      version: 0,
      group: change?.target ?? '',
      body: {
        type: 'propose',
        id: change?.id,
        kind: 'ask',
        actor: change?.actor,
        target: change?.target,
        payload: change?.payload,
        at: stage.clock.now().toISOString(),
      },
    });
    await stage.drain();
    expect(await stage.bot.questions.all()).toHaveLength(1);
    expect((await stage.card()).replies).toHaveLength(1);
  });

  test('the list shows what is open, what is asked about most, and page after page', async () => {
    for (let n = 1; n <= 12; n += 1) {
      stage.clock.advance(60_000);
      await ask(OWNER, `Question ${n} about this?`, ja.questions.ask);
    }
    await answer(ANALYST, 'Answered.');
    const say = (text: string) => stage.act(() => stage.people.command('U0MEMBER', 'C0REQUESTS', text));
    const numbers = async () =>
      [...readAloud(await stage.whispered('U0MEMBER')).matchAll(/>Question (\d+)/g)].map(([, n]) =>
        Number(n),
      );

    await say('questions');
    const list = readAloud(await stage.whispered('U0MEMBER'));
    expect(list).toContain(en.questions.listOpen(11));
    expect(list).toContain('`S3.5` (12)');
    expect(list).toContain(en.questions.openThread);
    // The first one has been answered; the others have waited the longer the higher they stand.
    expect(await numbers()).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    await pressWhisper('U0MEMBER', en.resources.next);
    expect(await numbers()).toEqual([12]);

    await say('questions ALL shop-prod');
    await pressWhisper('U0MEMBER', en.resources.next);
    expect(await numbers()).toEqual([12, 1]);
    await say('questions shop-dev');
    expect(readAloud(await stage.whispered('U0MEMBER'))).toContain(en.questions.emptyOpen.markup);
    const { message } = await say('questions open nowhere');
    expect(readAloud(message)).toContain('`nowhere`');
  });
});

async function ask(user: string, text: string, label: string): Promise<void> {
  await stage.press(user, await stage.card(), label);
  await stage.act(() => stage.people.submit(user, { [QUESTION]: text }));
}

/** Presses "Answer…" beside the first question of the newest card. */
async function pressAnswer(user: string): Promise<void> {
  const card = await stage.card();
  const [asked] = card.replies;
  const [button] = elements(asked);
  await stage.act(() =>
    stage.people.press(
      user,
      { channel: card.channel, ts: String(asked?.['ts']) },
      { action_id: button?.action_id ?? '' },
    ),
  );
}

async function answer(user: string, text: string): Promise<void> {
  await pressAnswer(user);
  await stage.act(() => stage.people.submit(user, { [ANSWER]: text }));
}

async function pressWhisper(user: string, label: string): Promise<void> {
  const message = await stage.whispered(user);
  const found = elements(message).find((element) => element.label === label);
  await stage.act(() =>
    stage.people.press(
      user,
      { channel: String(message?.['channel']), ts: String(message?.['ts']) },
      { action_id: found?.action_id ?? '' },
    ),
  );
}
