import * as fc from 'fast-check';
import { drawAnswer } from '../../../blocks/cards/answers';
import { drawChange, drawChangeReply, drawPlainChange } from '../../../blocks/cards/change';
import { drawEntry } from '../../../blocks/cards/thread';
import { ACTIONS, approvalValue, readApproval } from '../../../blocks/ids';
import { LIMITS } from '../../../blocks/kit';
import { checkMessage, checkView } from '../../../blocks/kit/check';
import { drawDeny } from '../../../blocks/modals/deny';
import { words } from '../../../blocks/words';
import type { ChangeOutcome, ChangeState, ChangeView } from '../../../src/cards';
import type { Fact } from '../../../src/changes';
import { LANGUAGES } from '../../../src/playbooks';
import { derivedId } from '../../../src/store';
import { hostile, intruders, NAMED } from '../hostile';
import { readAloud } from '../read-aloud';
import { account, EC2_19, entry, groupArn, HELPER, OWNER, view as requestView, TEAM } from '../records';

const STATES: readonly ChangeState[] = [
  'waiting',
  'applying',
  'applied',
  'failed',
  'unknown',
  'refused',
  'withdrawn',
  'denied',
  'expired',
  'ended',
  'undone',
];
const OUTCOMES: readonly ChangeOutcome[] = [
  'applied',
  'refused',
  'denied',
  'withdrawn',
  'expired',
  'failed',
  'unknown',
];

const ID = derivedId('change');
const HASH = derivedId('hash');
const REASON = 'Only the office network reaches it; replaced in March.';
const FACTS: readonly Fact[] = [
  { label: 'scope', value: 'all-open', kind: 'word' },
  { label: 'count', value: '12', kind: 'text' },
  { label: 'until', value: '2026-12-08T00:10:00.000Z', kind: 'date' },
  { label: 'reason', value: REASON, kind: 'text' },
  { label: 'ticket', value: 'https://tickets.example.com/1', kind: 'link' },
  ...Array.from({ length: 10 }, (_, n): Fact => ({ label: 'resource', value: groupArn(n), kind: 'code' })),
];

const changeView = (over: Partial<ChangeView> = {}): ChangeView => ({
  ref: `change/${ID}`,
  id: ID,
  hash: HASH,
  kind: 'suppress',
  asker: { id: OWNER, name: 'owner' },
  askedAt: '2026-11-24T00:10:00.000Z',
  account: account(),
  request: {
    control: EC2_19,
    playbook: undefined,
    title: 'Security groups should not allow unrestricted access',
    severity: 'HIGH',
    card: { channel: 'C0HOME001', ts: '1700000000.000100' },
  },
  facts: FACTS,
  state: 'waiting',
  needs: [{ of: 'lead', count: 2 }],
  approvals: [{ by: { id: HELPER, name: 'helper' }, at: '2026-11-24T01:10:00.000Z' }],
  approvers: [TEAM],
  until: '2026-11-27T00:10:00.000Z',
  round: 1,
  timeZone: 'Asia/Tokyo',
  ...over,
});

/** Of a change that is about no request and no account. */
const bare = (more: Partial<ChangeView>): ChangeView => {
  const { request: _, account: __, ...rest } = changeView(more);
  return rest;
};

const over = (state: ChangeState, reason = 'The sources can be limited.'): Partial<ChangeView> => ({
  state,
  ...(state === 'refused' && { denial: { by: { id: HELPER, name: 'helper' }, reason } }),
  ...(state === 'withdrawn' && { denial: { by: { id: OWNER, name: 'owner' }, reason } }),
  ...(state === 'denied' && { ruledOut: { code: 'left' } as const }),
  ...(state === 'failed' && { failure: 'nothing-open' }),
});

const buttonsOf = (message: { readonly blocks: readonly object[] }) =>
  message.blocks.flatMap((block) => ('elements' in block && 'block_id' in block ? block.elements : [])) as {
    action_id: string;
    value: string;
    style?: string;
    confirm?: { text: { text: string } };
  }[];

type Drawn = { readonly text: string; readonly blocks: readonly object[] };
/** What Slack would refuse, what untrusted text has slipped in, and by how much it is too long. */
const flaws = (message: Drawn): unknown[] => [
  ...checkMessage(message),
  ...intruders(message),
  ...[JSON.stringify(message).length].filter((length) => length > LIMITS.messageJson),
];
const expectSound = (message: Drawn) => expect(flaws(message)).toEqual([]);

describe('an approval that waits', () => {
  test('says what, why, what happens if it is done, who asked, until when, and how far it is', () => {
    const card = drawChange(changeView(), 'ja');
    expectSound(card);
    expect(card.text).toBe('⏳ 承認待ち: 抑制 — payments-prod (111122223333)');
    expect(readAloud(card.blocks)).toBe(
      [
        '⏳ 承認待ち: 抑制',
        '@S0SECTEAM のみなさん、承認をお願いします。',
        '*`EC2.19` Security groups should not allow unrestricted access*',
        '🟠 高 (HIGH)',
        'アカウント: payments-prod (111122223333)',
        '依頼のカードを開く',
        '*承認すると*',
        '対象の 12 件を 2026/12/08 まで Security Hub で抑制します。その間は通知されず、スコアからも外れます。',
        '*範囲*',
        '申請したときに未対応だったすべて',
        '*件数*',
        '12',
        '*抑制の期限*',
        '2026-12-08 00:10 UTC',
        '*チケット*',
        'https://tickets.example.com/1',
        '*理由*',
        `>${REASON}`,
        '*対象のリソース*',
        ...Array.from({ length: 10 }, (_, n) => `• \`${groupArn(n)}\``),
        'ほか 2 件',
        '*申請した人*',
        '@U0OWNER01 さん (2026-11-24 00:10 UTC)',
        '*承認の期限*',
        '2026-11-27 00:10 UTC まで',
        '*必要な承認*',
        'セキュリティ責任者 2 名',
        '1/2 承認済み',
        '@U0HELPER1 さん (2026-11-24 01:10 UTC)',
        '[ 承認する ]',
        '[ 却下する… ]',
        '[ 取り下げる ]',
      ].join('\n'),
    );
    const en = readAloud(drawChange(changeView(), 'en').blocks);
    expect(en).toContain('@S0SECTEAM, please approve or deny this.');
    expect(en).toContain('12 resources are suppressed in Security Hub until 8 Dec 2026');
    expect(en).toContain('1/2 approved');
  });

  test('its buttons carry the change and what was shown of it, and approving names the effect', () => {
    const [approve, deny, withdraw] = buttonsOf(drawChange(changeView(), 'en'));
    expect([approve, deny, withdraw].map((button) => button?.action_id)).toEqual([
      ACTIONS.approve,
      ACTIONS.deny,
      ACTIONS.withdraw,
    ]);
    expect(readApproval(withdraw?.value ?? '')).toEqual({ id: ID });
    for (const button of [approve, deny]) {
      expect(readApproval(button?.value ?? '')).toEqual({ id: ID, hash: HASH });
    }
    expect(approve).toMatchObject({ style: 'primary' });
    expect(approve?.confirm?.text.text).toContain('12 resources are suppressed in Security Hub until');
    expect(deny).toMatchObject({ style: 'danger' });
    expect(withdraw).not.toHaveProperty('style');
  });

  test('asked anew, it says why the approvals are gone', () => {
    const card = drawChange(changeView({ round: 2, approvals: [] }), 'en');
    expect(readAloud(card.blocks)).toContain('become worse');
    expect(readAloud(card.blocks)).toContain('0/2 approved');
  });

  test('a kind that nobody has words for, with facts of its own, is still a card', () => {
    const card = drawChange(
      bare({
        kind: 'paint-it-blue',
        approvers: [],
        facts: [
          { label: 'field', title: 'Budget code', value: 'B-17', kind: 'text' },
          { label: 'owner', value: HELPER, kind: 'person' },
          { label: 'channel', value: 'C0HOME001', kind: 'channel' },
          { label: 'kind', value: 'non-production', kind: 'word' },
          { label: 'purpose', value: '  ', kind: 'text' },
        ],
      }),
      'en',
    );
    expectSound(card);
    const text = readAloud(card.blocks);
    expect(text).toContain('Waiting for approval: change (paint-it-blue)');
    expect(text).toContain('What was asked for is done.');
    expect(text).toContain('*Budget code*\nB-17');
    expect(text).toContain('*Owner*\n@U0HELPER1');
    expect(text).toContain('*Channel*\n#C0HOME001');
    expect(text).toContain('*Kind*\nnon-production');
    expect(text).toContain('*Purpose*\n–');
  });

  test('an effect that is not the kind’s own can be named', () => {
    const facts: Fact[] = [...FACTS, { label: 'effect', value: 'suppress-by-design', kind: 'word' }];
    expect(readAloud(drawChange(changeView({ facts }), 'en').blocks)).toContain(
      'void when the resource changes',
    );
  });
});

describe.each(LANGUAGES)('in %s', (language) => {
  test.each(STATES)(
    '%s: a sound card; who is called and what can be pressed only while it waits',
    (state) => {
      for (const draw of [drawChange, drawPlainChange]) {
        const card = draw(changeView(over(state)), language);
        expectSound(card);
        const waiting = state === 'waiting';
        expect(readAloud(card.blocks).includes('@S0SECTEAM')).toBe(waiting);
        expect(buttonsOf(card)).toHaveLength(waiting ? 3 : 0);
        expect(readAloud(card.blocks)).toContain(
          words(language).approval.states[state](words(language).approval.kinds['suppress'] ?? ''),
        );
      }
    },
  );

  test.each(OUTCOMES)('the thread hears %s, and whoever asked is called', (state) => {
    const reply = drawChangeReply({ key: state, kind: 'outcome', state }, changeView(over(state)), language);
    expectSound(reply);
    expect(readAloud(reply.blocks)).toContain('@U0OWNER01');
  });

  test('a reminder and a new round call those who can approve', () => {
    for (const kind of ['reminder', 'round'] as const) {
      const reply = drawChangeReply({ key: kind, kind }, changeView(), language);
      expectSound(reply);
      expect(readAloud(reply.blocks)).toContain('@S0SECTEAM');
      expectSound(drawChangeReply({ key: kind, kind }, changeView({ approvers: [] }), language));
    }
  });

  test('the dialog for a denial', () => {
    const dialog = drawDeny({ id: ID, kind: 'suppress', actor: changeView().asker }, language);
    expect(checkView(dialog)).toEqual([]);
    expect(dialog.private_metadata).toBe(ID);
  });

  test.each([
    { kind: 'waiting', needs: [{ of: 'lead', count: 1 }], until: '2026-11-27T00:10:00.000Z' },
    { kind: 'waiting', needs: [] },
    { kind: 'refused', by: HELPER, reason: 'The sources can be limited.' },
    { kind: 'no-approver', needs: [{ of: 'analyst', count: 1 }], ask: [TEAM] },
    ...(['stale', 'own', 'not-yours', 'approved-before', 'over', 'taken-back', 'expired'] as const).map(
      (outcome) => ({ kind: 'approval' as const, outcome }),
    ),
  ] as const)('an answer to one person: %j', (answer) => {
    expect(flaws(drawAnswer(answer, language))).toEqual([]);
  });

  test.each(['approval-asked', 'approval-refused', 'approval-withdrawn', 'approval-expired'] as const)(
    'the request’s thread hears %s',
    (kind) => {
      const told = entry({
        kind,
        change: ID,
        who: kind === 'approval-refused' ? HELPER : OWNER,
        reason: REASON,
        until: '2026-11-27T00:10:00.000Z',
        ...(kind === 'approval-refused' && { mentions: [OWNER] }),
      });
      const reply = drawEntry(told, requestView(), language);
      expectSound(reply);
      expect(readAloud(reply.blocks)).toContain('@U0OWNER01');
      expect(buttonsOf(reply).map(({ value }) => value)).toEqual(kind === 'approval-asked' ? [ID] : []);
      expectSound(drawEntry({ ...told, mentions: [], reason: '<!channel>' }, requestView(), language));
    },
  );

  test.each(NAMED)('wild text %s', (_, wild) => {
    const texts: Fact[] = (['text', 'code', 'date', 'person', 'channel', 'link', 'word'] as const).flatMap(
      (kind) => [
        { label: 'note', value: wild, kind },
        { label: 'field', title: wild, value: wild, kind },
        { label: 'resource', value: wild, kind: 'code' },
        { label: 'reason', value: wild, kind: 'text' },
        { label: 'count', value: wild, kind: 'text' },
        { label: 'until', value: wild, kind: 'date' },
        { label: 'effect', value: wild, kind: 'word' },
      ],
    );
    for (const state of STATES) {
      const drawn = changeView({
        ...over(state, wild),
        kind: wild,
        facts: texts,
        account: account({ name: wild }),
        request: { control: wild as typeof EC2_19, playbook: undefined, title: wild, severity: 'LOW' },
        insteadOf: { channel: wild, because: wild },
        round: 3,
      });
      expectSound(drawChange(drawn, language));
      expectSound(drawPlainChange(drawn, language));
    }
    expectSound(
      drawChangeReply(
        { key: 'denied', kind: 'outcome', state: 'refused' },
        changeView(over('refused', wild)),
        language,
      ),
    );
    expect(flaws(drawAnswer({ kind: 'refused', by: HELPER, reason: wild }, language))).toEqual([]);
  });
});

test('whatever facts say, the card is sound', () => {
  const wildFact = fc.record({
    label: fc.constantFrom('note', 'field', 'resource', 'reason', 'name', 'mail'),
    kind: fc.constantFrom('text', 'code', 'date', 'link', 'word'),
    value: hostile(600),
    title: hostile(100),
  });
  fc.assert(
    fc.property(fc.array(wildFact, { maxLength: 40 }), (facts) => {
      expectSound(drawChange(changeView({ facts }), 'ja'));
    }),
    { numRuns: 60 },
  );
});

test('the value of a button is read back, and nothing else is', () => {
  expect(readApproval(approvalValue(ID, HASH))).toEqual({ id: ID, hash: HASH });
  expect(readApproval(ID)).toEqual({ id: ID });
  for (const value of ['', `${ID}.`, `.${HASH}`, `${ID}.${HASH}x`, `../${ID}.${HASH}`]) {
    expect(readApproval(value)).toBeUndefined();
  }
});
