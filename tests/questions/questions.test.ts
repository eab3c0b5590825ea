import { type Principal, principal } from '../../src/accounts';
import { type Change, ChangeFailed } from '../../src/changes';
import {
  answer,
  ask,
  listQuestions,
  parseQuestionRef,
  type Question,
  type QuestionChanges,
  questionRef,
} from '../../src/questions';
import { derivedId } from '../../src/store';
import { change } from '../changes/change';
import { type Desk, EC2_19, openDesk } from '../requests/desk';

const ID = derivedId('ask', 'V1');
const AT = '2026-11-24T01:00:00.000Z';
const ANALYST = { id: principal('U0ANALYST') as Principal, name: 'analyst' };
const TEXT = 'Who may connect to this port, and from where?';

describe('the change kinds', () => {
  let desk: Desk;
  beforeEach(async () => {
    desk = await openDesk();
    await desk.take(await desk.held());
    desk.queues.cards.length = 0;
  });
  afterEach(() => desk.close());

  const deps = (): QuestionChanges => ({
    ...desk.bot.intake,
    directory: desk.bot.directory,
    rules: desk.bot.config.access,
    questions: desk.bot.questions,
    securityTeam: ['S0ANALYSTS' as Principal],
  });
  const asking = change({ id: ID, kind: 'ask', proposedAt: AT });
  const answering = (over: Partial<Change> = {}) =>
    change({ id: derivedId('answer', 'V2'), kind: 'answer', actor: ANALYST, ...over });
  const ref = questionRef({ id: ID, at: AT });
  const stored = async () => (await desk.bot.questions.load({ id: ID, at: AT })) as Question;
  const outbox = async () => (await desk.bot.intake.requests.load(EC2_19))?.outbox ?? [];

  test('a question is kept, and told once in the thread, however often it is applied', async () => {
    await ask(deps()).apply(asking, { text: TEXT });
    desk.spine.clock.advance(60_000);
    await ask(deps()).apply(asking, { text: TEXT });
    expect(await desk.bot.questions.all()).toHaveLength(1);
    expect(await stored()).toMatchObject({
      control: 'EC2.19',
      request: EC2_19,
      asker: { id: 'U0OWNER1' },
      text: TEXT,
      status: 'open',
    });
    const asked = (await outbox()).filter(({ kind }) => kind === 'asked');
    expect(asked).toMatchObject([
      { who: 'U0OWNER1', reason: TEXT, mentions: ['S0ANALYSTS'], question: ref, at: AT },
    ]);
    expect(desk.queues.cards.length).toBeGreaterThan(0);
  });

  test('an answer closes it and calls whoever asked, once', async () => {
    await ask(deps()).apply(asking, { text: TEXT });
    const payload = { question: ref, text: 'The office network only.' };
    await answer(deps()).apply(answering(), payload);
    desk.spine.clock.advance(60_000);
    await answer(deps()).apply(answering(), payload);
    expect(await stored()).toMatchObject({
      status: 'answered',
      answer: { by: { id: 'U0ANALYST' }, at: AT, text: payload.text },
    });
    const answered = (await outbox()).filter(({ kind }) => kind === 'answered');
    expect(answered).toMatchObject([
      { who: 'U0ANALYST', reason: payload.text, detail: TEXT, mentions: ['U0OWNER1'] },
    ]);
  });

  test('the first answer counts; a second one, or one to nothing, fails', async () => {
    await ask(deps()).apply(asking, { text: TEXT });
    const give = (over: Partial<Change>, question = ref) =>
      answer(deps()).apply(answering(over), { question, text: 'An answer.' });
    await give({});
    await expect(give({ id: 'another' })).rejects.toThrow(new ChangeFailed('answered'));
    await expect(give({}, 'nonsense')).rejects.toThrow(new ChangeFailed('gone'));
    await expect(give({}, questionRef({ id: derivedId('x'), at: AT }))).rejects.toThrow(
      new ChangeFailed('gone'),
    );
    // A question of another request: the rights were looked at for this one.
    await expect(give({ target: '444455556666/control/ec2.19' })).rejects.toThrow(new ChangeFailed('gone'));
    expect((await outbox()).filter(({ kind }) => kind === 'answered')).toHaveLength(1);
  });

  test('nothing can be asked about a request that there is not', async () => {
    const gone = change({ id: ID, target: '111122223333/control/s3.1' });
    await expect(ask(deps()).apply(gone, { text: TEXT })).rejects.toThrow(new ChangeFailed('gone'));
    expect(await desk.bot.questions.all()).toEqual([]);
  });

  test.each([
    ['U0MEMBER', 'allow', 'deny'],
    ['U0OWNER1', 'allow', 'deny'],
    ['U0ANALYST', 'allow', 'allow'],
    ['U0LEAD', 'allow', 'allow'],
    ['U0GUEST', 'deny', 'deny'],
    ['U0PARTNER', 'deny', 'deny'],
    ['U0TOOL', 'deny', 'deny'],
  ])('%s asking: %s, answering: %s', async (id, mayAsk, mayAnswer) => {
    const actor = { id: principal(id) as Principal, name: id };
    expect(await ask(deps()).rule(change({ actor }), { text: TEXT })).toMatchObject({ effect: mayAsk });
    expect(
      await answer(deps()).rule(answering({ actor }), { question: ref, text: 'An answer.' }),
    ).toMatchObject({ effect: mayAnswer });
  });
});

test('a reference is read back, and nothing else is one', () => {
  expect(parseQuestionRef(questionRef({ id: ID, at: AT }))).toEqual({ id: ID, at: AT });
  for (const other of ['', `#${ID}`, AT, `${AT}#x`, `x${AT}#${ID}`, `${AT}#${ID}\n`]) {
    expect(parseQuestionRef(other)).toBeUndefined();
  }
});

describe('the list', () => {
  const question = (n: number, over: Partial<Question> = {}): Question => ({
    id: derivedId(String(n)),
    at: `2026-11-24T01:00:${String(n).padStart(2, '0')}.000Z`,
    request: EC2_19,
    control: 'EC2.19' as Question['control'],
    asker: ANALYST,
    text: `Question ${n}`,
    status: 'open',
    version: 1,
    ...over,
  });
  const elsewhere = { ...EC2_19, account: '444455556666' as Question['request']['account'] };
  const all = [
    question(3),
    question(1),
    question(2, { status: 'answered' }),
    question(4, { status: 'answered', control: 'S3.2' as Question['control'] }),
    question(5, { request: elsewhere, control: 'S3.2' as Question['control'] }),
  ];
  const texts = (filter: Parameters<typeof listQuestions>[1]) =>
    listQuestions(all, filter).questions.map(({ text }) => text);

  test('holds the open ones, those that have waited longest first; on request the answered ones after them', () => {
    expect(texts({ status: 'open' })).toEqual(['Question 1', 'Question 3', 'Question 5']);
    expect(texts({ status: 'all' })).toEqual([
      'Question 1',
      'Question 3',
      'Question 5',
      'Question 4',
      'Question 2',
    ]);
    expect(texts({ status: 'all', account: '444455556666' })).toEqual(['Question 5']);
  });

  test('counts what is asked about most, answered or not', () => {
    expect(listQuestions(all, { status: 'open' }).mostAsked).toEqual([
      { control: 'EC2.19', count: 3 },
      { control: 'S3.2', count: 2 },
    ]);
    expect(listQuestions([], { status: 'open' }).mostAsked).toEqual([]);
  });
});
