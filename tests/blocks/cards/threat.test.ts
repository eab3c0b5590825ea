import * as fc from 'fast-check';
import { drawPlain, drawRequest } from '../../../blocks/cards/request';
import { ACTIONS } from '../../../blocks/ids';
import { LIMITS } from '../../../blocks/kit';
import { checkMessage } from '../../../blocks/kit/check';
import type { ControlId } from '../../../src/controls';
import type { FindingKey } from '../../../src/findings';
import { LANGUAGES, type Language } from '../../../src/playbooks';
import type { RequestView } from '../../../src/requests';
import { hostile, intruders } from '../hostile';
import { readAloud } from '../read-aloud';
import { HELPER, seen, TEAM, threatIssue, threatView } from '../records';

const read = (from: RequestView, language: Language): string => {
  const card = drawRequest(from, language);
  expect(checkMessage(card)).toEqual([]);
  expect(checkMessage(drawPlain(from, language))).toEqual([]);
  expect(intruders(card)).toEqual([]);
  return readAloud(card.blocks);
};

const both = (from: RequestView): readonly [string, string] => [read(from, 'ja'), read(from, 'en')];

test('says what it may mean, what happened, where, who, since when, how often, and what to do first', () => {
  expect(read(threatView(), 'ja')).toBe(
    [
      '🟠 脅威 高 (HIGH): 不正アクセスの疑い (IAM)',
      '@U0OWNER01 さん、@S0SECTEAM のみなさん、Amazon GuardDuty が脅威を検出しました。心当たりのある操作かどうか、すぐにご確認をお願いします。',
      '*重要度*',
      '高 (HIGH)',
      '*アカウント*',
      'payments-prod (111122223333) — 本番',
      '*リージョン*',
      'ap-northeast-1',
      '*検出の種類*',
      '`UnauthorizedAccess:IAMUser/ConsoleLoginSuccess.B`',
      '*最初の検出*',
      '2026-11-22 00:00 UTC',
      '*最後の検出*',
      '2026-11-22 03:00 UTC',
      '*検出の回数*',
      '12 回',
      '*何が起きたか*',
      'Console login was seen from several places for user alex.',
      'User alex signed in to the console from several places at the same time.',
      '• 検知した動作: AWS の API 呼び出し `ConsoleLogin`',
      '[ GuardDuty で開く ]',
      '*誰が、どこから*',
      '• プリンシパル: `alex`',
      '• IP アドレス: `198.51.100.7` (Example City, Exampleland)',
      '• ネットワークの所有者: `Example Networks`',
      '*対象のリソース*',
      '• `AWS::IAM::AccessKey:EXAMPLEKEYID` (`AwsIamAccessKey`)',
      '*まず行うこと*',
      '1. 自分たちの操作や、予定された作業かどうかを確かめます。',
      '2. 心当たりがなければ、このスレッドですぐにセキュリティチームへ知らせてください。',
      '3. 調査の手がかりが消えるため、リソースは削除も停止もせず、そのまま残してください。',
      '問題のない操作だった場合は、「抑制する…」を押して、理由を残してください。',
      '[ 対応します ]',
      '[ 対処しました ]',
      '[ 抑制する… ]',
      '[… 詳細を見る ] [… いま確認する ] [… セキュリティチームに質問する… ]',
    ].join('\n'),
  );
  const en = read(threatView(), 'en');
  for (const text of [
    '🟠 Threat, high: Possible unauthorized access (IAM)',
    '@U0OWNER01 and @S0SECTEAM, Amazon GuardDuty has detected a threat.',
    '*How often*\n12 times',
    '• Action: AWS API call `ConsoleLogin`',
    '• IP address: `198.51.100.7` (Example City, Exampleland)',
    '3. Please do not stop or delete the resource: it holds the evidence.',
    '[ I dealt with it ]',
  ]) {
    expect(en).toContain(text);
  }
});

test('the console opens at the finding, in its region', () => {
  const buttons = drawRequest(threatView(), 'en').blocks.flatMap((block) =>
    block.type === 'section' && block.accessory?.type === 'button' ? [block.accessory] : [],
  );
  expect(buttons).toMatchObject([
    {
      action_id: ACTIONS.console,
      url: 'https://ap-northeast-1.console.aws.amazon.com/guardduty/home?region=ap-northeast-1#/findings?macros=current&fId=00112233445566778899aabbccddeeff',
    },
  ]);
  const lost = threatIssue({ findings: { ['k' as FindingKey]: seen({ region: 'nowhere' }) } });
  expect(read(threatView({ open: [lost] }), 'en')).not.toContain('Open in GuardDuty');
});

test('what is not known is left out', () => {
  const { threat: _none, ...bare } = threatIssue();
  const [ja, en] = both(threatView({ open: [bare] }));
  expect(ja).toContain('*最初の検出*\n2026-11-20 00:10 UTC');
  for (const label of ['最後の検出', '検出の回数', '誰が', '検知した動作']) expect(ja).not.toContain(label);
  expect(en).not.toContain('Who, and from where');
});

test.each([
  [{ ip: '198.51.100.7' }, '• IP address: `198.51.100.7`'],
  [{ country: 'Exampleland' }, '• Place: Exampleland'],
  [{ principal: 'U0EVIL001' }, '• Principal: `U0EVIL001`'],
])('who is told as far as it is known: %j', (actor, line) => {
  const text = read(threatView({ open: [threatIssue({ threat: { actor } })] }), 'en');
  expect(text).toContain(`*Who, and from where*\n${line}\n*Resource*`);
});

test.each([
  [{ action: 'PORT_PROBE', about: '22' }, '公開ポートへの探索 `22`', 'probe of an open port `22`'],
  [{ action: 'SOMETHING_NEW' }, '`SOMETHING_NEW`', '`SOMETHING_NEW`'],
  [{ action: 'constructor' }, '`constructor`', '`constructor`'],
  [{ about: 'example.com' }, '`example.com`', '`example.com`'],
])('the action is said in words: %j', (threat, japanese, english) => {
  const [ja, en] = both(threatView({ open: [threatIssue({ threat })] }));
  expect(ja).toContain(`• 検知した動作: ${japanese}\n`);
  expect(en).toContain(`• Action: ${english}\n`);
});

test.each(['constructor:EC2/X', 'NewPurpose:EC2/X', 'no type at all', 'Trojan:EC2'])(
  'a type without a plain name keeps GuardDuty’s title: %s',
  (control) => {
    const [ja] = both(threatView({ control: control as ControlId }));
    expect(ja).toContain('🟠 脅威 高 (HIGH): Console login was seen from several places for user alex.');
  },
);

test('a sample says so', () => {
  const [ja, en] = both(threatView({ open: [threatIssue({ threat: { sample: true } })] }));
  expect(ja).toContain('GuardDuty のサンプル検出です。実際に起きたことではありません。');
  expect(en).toContain('This is a sample finding of GuardDuty.');
});

test('in mode observe the card says why only the security team sees it', () => {
  const [ja, en] = both(threatView({ observed: true, mentions: [TEAM] }));
  expect(ja).toContain('様子見のモード (observe) のため、セキュリティチームだけに届けています。');
  expect(en).toContain('so only the security team is shown this');
});

test('without an owner the security team is asked in their place', () => {
  const [ja, en] = both(threatView({ mentions: [TEAM], ownerless: true }));
  expect(ja).toContain(
    '@S0SECTEAM のみなさん、Amazon GuardDuty が脅威を検出しました。このアカウントには責任者が',
  );
  expect(en).toContain('and this account has no owner yet');
  expect(read(threatView({ mentions: [], ownerless: true }), 'en')).toContain('If this account is yours');
});

test('once somebody says that it is dealt with, it waits for GuardDuty and not for a check', () => {
  const fixedBy = { who: HELPER, at: '2026-11-22T05:00:00.000Z', stillFailing: 1 };
  const [ja, en] = both(threatView({ fixedBy }));
  expect(ja).toContain('@U0HELPER1 さんから対処の連絡がありました (2026-11-22 05:00 UTC)。');
  expect(ja).toContain('GuardDuty でアーカイブされると、この依頼も終了します。');
  expect(ja).not.toContain('失敗');
  expect(en).toContain('Once it is archived in GuardDuty');
});

test('archived: it is over, and nobody speaks of resources that are gone', () => {
  const [ja, en] = both(threatView({ open: [], closedCount: 1 }));
  expect(ja).toContain('☑️ 終了: 不正アクセスの疑い (IAM)');
  expect(ja).toContain('GuardDuty でこの検出がアーカイブされたため、この依頼を終了しました。');
  expect(en).toContain('This finding has been archived in GuardDuty, so the request is closed.');
  expect(en).not.toContain('resources are gone');
});

test('whatever GuardDuty says, the card can be sent and mentions nobody of its own accord', () => {
  const text = hostile();
  const threats = fc.record({
    action: text,
    about: text,
    actor: fc.record({ principal: text, ip: text, city: text, country: text, network: text }),
    count: fc.nat(),
    firstSeen: hostile(50),
    lastSeen: hostile(50),
    sample: fc.constant(true as const),
  });
  const views = fc.record({ threat: threats, title: text, control: hostile(256), id: text, type: text });
  fc.assert(
    fc.property(views, fc.constantFrom(...LANGUAGES), (raw, language) => {
      const from = threatView({
        control: raw.control as ControlId,
        title: raw.title,
        description: raw.title,
        observed: true,
        open: [
          threatIssue({
            threat: raw.threat,
            resource: { id: raw.id, type: raw.type, tags: {} },
            findings: { ['k' as FindingKey]: seen({ id: raw.id, region: 'eu-west-1' }) },
          }),
        ],
      });
      for (const card of [drawRequest(from, language), drawPlain(from, language)]) {
        expect(checkMessage(card)).toEqual([]);
        expect(JSON.stringify(card).length).toBeLessThanOrEqual(LIMITS.messageJson);
        expect(intruders(card)).toEqual([]);
      }
    }),
    { numRuns: 100 },
  );
});
