import * as fc from 'fast-check';
import { drawEntry } from '../../../blocks/cards/thread';
import { ACTIONS } from '../../../blocks/ids';
import { checkMessage } from '../../../blocks/kit/check';
import { LANGUAGES, type Language } from '../../../src/playbooks';
import type { Entry, EntryKind, RequestView } from '../../../src/requests';
import { hostile, intruders } from '../hostile';
import { readAloud } from '../read-aloud';
import { control, entry, groupArn, HELPER, OWNER, TEAM, threatView, view } from '../records';

const KINDS: readonly EntryKind[] = [
  'opened',
  'joined',
  'back',
  'suppressed',
  'undone',
  'expired',
  'ending',
  'extended',
  'changed',
  'worsened',
  'taken',
  'fixed',
  'resolved',
  'settled',
  'adopted',
  'lifted',
  'claimed',
  'failed',
  'sent',
  'asked',
  'answered',
];

const read = (told: Entry, language: Language, from: RequestView = view()): string => {
  const reply = drawEntry(told, from, language);
  expect(checkMessage(reply)).toEqual([]);
  expect(intruders(reply)).toEqual([]);
  expect(reply.text).not.toBe('');
  return readAloud(reply.blocks);
};

const both = (told: Entry, from?: RequestView): readonly [string, string] => [
  read(told, 'ja', from),
  read(told, 'en', from),
];

const IDENTITY = 'arn:aws:sts::111122223333:assumed-role/Admin/alex';

test('more resources join: mentions, and names them', () => {
  const [ja, en] = both(
    entry({ kind: 'joined', count: 12, resources: Array.from({ length: 10 }, (_, n) => groupArn(n)) }),
  );
  expect(ja).toBe(
    [
      '新たに 12 件のリソースが加わりました。',
      '@U0OWNER01 さん、ご確認をお願いします。',
      ...Array.from({ length: 10 }, (_, n) => `• \`${groupArn(n)}\``),
      'ほか 2 件',
    ].join('\n'),
  );
  expect(en).toContain('12 more resources joined this request.\n@U0OWNER01, please have a look.');
  expect(en).toContain('and 2 more');
});

test('back again: mentions, and counts', () => {
  const [ja, en] = both(entry({ kind: 'back', count: 1, resources: [groupArn(1)] }));
  expect(ja).toContain('1 件が再び検出されました。もう一度ご確認をお願いします。\n@U0OWNER01 さん');
  expect(en).toContain('1 resource is back again.');
});

test('suppressed: who, why, until when, which ticket, how many', () => {
  const told = entry({
    kind: 'suppressed',
    who: HELPER,
    reason: '社内からのみ接続します。\n<!channel>',
    ticket: 'https://tickets.example.com/OPS-12',
    until: '2026-12-20T00:00:00.000Z',
    count: 3,
    resources: [groupArn(1)],
  });
  const [ja, en] = both(told);
  expect(ja).toContain('@U0HELPER1 さんが 3 件を 2026-12-20 00:00 UTC まで抑制しました。');
  expect(ja).toContain('理由:\n>社内からのみ接続します。\n><!channel>');
  expect(ja).toContain('チケット: https://tickets.example.com/OPS-12');
  expect(en).toContain('@U0HELPER1 suppressed 3 resources until 2026-12-20 00:00 UTC.');
  expect(drawEntry(told, view(), 'ja').text).not.toContain('channel');
});

test('ending: calls who suppressed it and who owns it, with a button to go on', () => {
  const told = entry({
    kind: 'ending',
    change: 'change-1',
    who: HELPER,
    mentions: [HELPER, OWNER],
    count: 2,
    until: '2026-12-20T00:00:00.000Z',
    reason: '社内からのみ接続します。',
    resources: [groupArn(1), groupArn(2)],
  });
  const [ja, en] = both(told);
  expect(ja).toContain(
    '@U0HELPER1 さん、@U0OWNER01 さん、2 件の抑制が 2026-12-20 00:00 UTC に終わり、未対応に戻ります。',
  );
  expect(ja).toContain('理由:\n>社内からのみ接続します。');
  expect(ja).toContain('[ 延長する… ]');
  expect(en).toContain('the suppression of 2 resources ends on 2026-12-20 00:00 UTC');
});

test('extended and void', () => {
  const until = '2027-01-20T00:00:00.000Z';
  const extended = both(entry({ kind: 'extended', who: OWNER, count: 1, until, approvedBy: [HELPER] }));
  expect(extended[0]).toContain(
    '@U0OWNER01 さんが 1 件の抑制を 2027-01-20 00:00 UTC まで延長しました。\n承認: @U0HELPER1 さん',
  );
  expect(extended[1]).toContain(
    '@U0OWNER01 extended the suppression of 1 resource until 2027-01-20 00:00 UTC.',
  );
  const changed = both(entry({ kind: 'changed', who: HELPER, count: 1, resources: [groupArn(1)] }));
  expect(changed[0]).toContain('@U0OWNER01 さん、ご確認をお願いします。\n抑制した人: @U0HELPER1 さん');
  expect(changed[1]).toContain('A resource suppressed as being so by design has changed.');
  const worse = both(entry({ kind: 'worsened', count: 2 }));
  expect(worse[0]).toContain('抑制していた 2 件が、抑制を認めたときより深刻になりました。');
  expect(worse[1]).toContain('2 resources that were suppressed are more severe than what was accepted.');
});

test('undone and expired', () => {
  const [ja, en] = both(entry({ kind: 'undone', who: OWNER, count: 2 }));
  expect(ja).toContain('@U0OWNER01 さんが 2 件の抑制を取り消しました。未対応に戻ります。');
  expect(en).toContain('@U0OWNER01 undid the suppression of 2 resources, which are open again.');
  const expired = both(entry({ kind: 'expired', count: 1 }));
  expect(expired[0]).toContain('1 件の抑制の期限が切れました。');
  expect(expired[1]).toContain('The suppression of 1 resource has run out, so it is open again.');
});

test('taken', () => {
  expect(both(entry({ kind: 'taken', who: HELPER }))).toEqual([
    '@U0HELPER1 さんが対応します。ありがとうございます。',
    '@U0HELPER1 is taking care of it. Thank you.',
  ]);
});

test('fixed: what Security Hub said, and when AWS looks again', () => {
  const [ja, en] = both(
    entry({ kind: 'fixed', who: OWNER, count: 2 }),
    view({ catalogued: control({ schedule: 'periodic' }) }),
  );
  expect(ja).toContain('@U0OWNER01 さんから修正の連絡がありました。');
  expect(ja).toContain('まだ 2 件が失敗のまま');
  expect(ja).toContain('24 時間以内');
  expect(en).toContain('We simply wait until AWS checks again.\nAWS checks this every 12 or 24 hours');
  expect(read(entry({ kind: 'fixed', who: OWNER, count: 0 }), 'ja')).toContain('失敗の記録は残っていません');
});

test('resolved: warm, varied, and the same again for the same entry', () => {
  const told = (seq: number) => entry({ kind: 'resolved', seq, who: HELPER });
  const all = [0, 1, 2, 3].map((seq) => read(told(seq), 'ja'));
  expect(new Set(all).size).toBe(4);
  for (const text of all) expect(text).toContain('@U0HELPER1 さん、お疲れさまでした。');
  expect(read(told(4), 'ja')).toBe(all[0]);
  expect(read(told(2), 'en')).toBe(
    '✅ Resolved and confirmed. The account is safer for it. Well done, @U0HELPER1.',
  );
  expect(read(entry({ kind: 'resolved', seq: 0 }), 'en')).toBe(
    '✅ All resolved. Thank you for taking care of it.',
  );
});

test('settled: nothing is open any more, without thanks', () => {
  const [ja, en] = both(entry({ kind: 'settled' }));
  expect(ja).toBe('未対応の項目はなくなりました。いまお願いすることはありません。');
  expect(en).toContain('Nothing is open here any more.');
});

test.each([
  ['adopted', 'Security Hub で 2 件を直接抑制しました', 'suppressed 2 resources in Security Hub itself'],
  ['lifted', '抑制を解除しました', 'lifted the suppression of 2 resources'],
  ['claimed', '検査はまだ失敗しています', 'but the check still fails'],
] as const)('%s: names the AWS identity, never as a mention', (kind, japanese, english) => {
  const [ja, en] = both(entry({ kind, detail: IDENTITY, count: 2 }));
  expect(ja).toContain(`\`${IDENTITY}\``);
  expect(ja).toContain(japanese);
  expect(en).toContain(english);
  expect(read(entry({ kind, who: 'U0EVIL001', count: 2 }), 'en')).toContain('`U0EVIL001`');
  expect(read(entry({ kind, count: 2 }), 'ja')).toContain('どなたか');
});

test.each([
  ['FindingNotFound', 'すでに消えたか', '対応は不要です', 'There is nothing to do.'],
  ['ConcurrentUpdateError', 'ほかの更新と重なった', 'もう一度「抑制する…」をお試しください', 'stays open'],
  ['InternalFailure: try later', '内部でエラーが起きました', 'もう一度', 'stays open'],
  ['toString', '`toString`', 'もう一度', 'Security Hub answered `toString`'],
])('failed with %s: says why and what happens next', (detail, why, next, english) => {
  const [ja, en] = both(entry({ kind: 'failed', detail, count: 1 }));
  expect(ja).toContain('1 件を抑制できませんでした。');
  expect(ja).toContain(why);
  expect(ja).toContain(next);
  expect(en).toContain(english);
});

test('failed without a reason says that none was given', () => {
  expect(read(entry({ kind: 'failed' }), 'en')).toContain('No reason was given.');
});

test('a question calls the security team, is quoted, and can be answered; the answer calls who asked', () => {
  const told = entry({
    kind: 'asked',
    who: HELPER,
    reason: 'Why?\n<!channel>',
    mentions: [TEAM],
    question: 'ref',
  });
  const [ja, en] = both(told);
  expect(ja).toContain(
    '@S0SECTEAM のみなさん、@U0HELPER1 さんから質問です。ご回答をお願いします。\n>Why?\n><!channel>',
  );
  expect(en).toContain('@S0SECTEAM, @U0HELPER1 has a question.');
  expect(drawEntry(told, view(), 'en').blocks.at(-1)).toMatchObject({
    elements: [{ action_id: ACTIONS.answer, value: 'ref' }],
  });
  expect(read(entry({ kind: 'asked', who: HELPER, reason: 'Why?' }), 'en')).toContain(
    '@U0HELPER1 has a question.\n>Why?',
  );

  const answer = entry({
    kind: 'answered',
    who: OWNER,
    reason: 'It is fine.',
    detail: 'Why?',
    mentions: [HELPER],
  });
  expect(read(answer, 'en')).toBe('@U0HELPER1, @U0OWNER01 has answered.\n>It is fine.\nQuestion: Why?');
});

test('sent by a custom action: says by which, and asks to look', () => {
  const told = entry({ kind: 'sent', detail: 'Send to Slack', resources: [groupArn(1)] });
  const [ja, en] = both(told);
  expect(ja).toBe(
    `Security Hub のカスタムアクション \`Send to Slack\` から送られました。\n@U0OWNER01 さん、ご確認をお願いします。\n• \`${groupArn(1)}\``,
  );
  expect(en).toContain('Sent from Security Hub by the custom action `Send to Slack`.');
  expect(read({ ...told, who: IDENTITY }, 'en')).toContain(`\`${IDENTITY}\` sent this from Security Hub`);
  expect(read(entry({ kind: 'sent' }), 'ja')).toContain('カスタムアクションから送られました。');
});

test('a threat that has been dealt with waits for GuardDuty, not for a check', () => {
  const [ja, en] = both(entry({ kind: 'fixed', who: HELPER, count: 1 }), threatView());
  expect(ja).toBe(
    '@U0HELPER1 さんから対処の連絡がありました。ありがとうございます。\nGuardDuty でアーカイブされると、この依頼も終了します。',
  );
  expect(en).not.toContain('failing');
});

test.each(KINDS)('%s: each language keeps to itself', (kind) => {
  const told = entry({
    kind,
    who: HELPER,
    count: 2,
    resources: [groupArn(1)],
    until: '2026-12-20T00:00:00.000Z',
  });
  const [ja, en] = both(told);
  const names = /`[^`]*`|AWS|Security Hub|UTC|RESOLVED|[@][A-Z0-9]+/g;
  expect(ja.replace(names, '')).not.toMatch(/[A-Za-z]{2,}/);
  expect(en).not.toMatch(/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/u);
});

test('whatever an entry holds, its reply can be sent and mentions or links nothing of its own accord', () => {
  const text = hostile(1000);
  const told = fc.record({
    kind: fc.constantFrom(...KINDS),
    seq: fc.nat(),
    at: fc.constant('2026-11-21T01:00:00.000Z'),
    who: fc.oneof(
      fc.constant<string>(OWNER),
      text.filter((one) => !/^[UWS][A-Z0-9]{2,20}$/.test(one)),
    ),
    reason: text,
    ticket: text,
    until: text,
    count: fc.nat(2000),
    resources: fc.array(text, { maxLength: 15 }),
    detail: text,
  });
  fc.assert(
    fc.property(told, fc.constantFrom(...LANGUAGES), (one, language) => {
      const reply = drawEntry(one, view(), language);
      expect(checkMessage(reply)).toEqual([]);
      expect(intruders(reply)).toEqual([]);
    }),
    { numRuns: 200 },
  );
});
