import * as fc from 'fast-check';
import { drawPlain, drawRequest } from '../../../blocks/cards/request';
import { ACTIONS } from '../../../blocks/ids';
import { LIMITS, type Message } from '../../../blocks/kit';
import { checkMessage } from '../../../blocks/kit/check';
import type { ControlId } from '../../../src/controls';
import { SEVERITIES } from '../../../src/controls';
import { LANGUAGES, type Language } from '../../../src/playbooks';
import type { RequestView } from '../../../src/requests';
import { hostile, intruders } from '../hostile';
import { readAloud } from '../read-aloud';
import {
  account,
  control,
  exception,
  group,
  groupArn,
  HELPER,
  issue,
  OWNER,
  person,
  TEAM,
  view,
} from '../records';

const LEADS = person('S0LEADS01');

const read = (from: RequestView, language: Language): string => {
  const card = drawRequest(from, language);
  expect(checkMessage(card)).toEqual([]);
  expect(checkMessage(drawPlain(from, language))).toEqual([]);
  expect(intruders(card)).toEqual([]);
  return readAloud(card.blocks);
};

const both = (from: RequestView): readonly [string, string] => [read(from, 'ja'), read(from, 'en')];

const buttons = (card: Message): string[] =>
  card.blocks.flatMap((block) => {
    if (block.type === 'section')
      return block.accessory?.type === 'button' ? [block.accessory.action_id ?? ''] : [];
    return block.type === 'actions' ? block.elements.map((element) => element.action_id ?? '') : [];
  });

describe('an open request', () => {
  test('answers the five questions in Japanese', () => {
    expect(read(view(), 'ja')).toBe(
      [
        '🔴 重大 (CRITICAL): 危険なポートが全世界に公開されています',
        '@U0OWNER01 さん、ご確認と対応をお願いします。',
        '*期限*',
        '2026-11-24 00:10 UTC まで',
        '*重要度*',
        '重大 (CRITICAL)',
        '*アカウント*',
        'payments-prod (111122223333) — 本番',
        '*リージョン*',
        'ap-northeast-1',
        '*コントロール*',
        '`EC2.19`',
        '*作業時間の目安*',
        '20 分',
        '*なぜ大切か*',
        '公開されたポートは数分で見つかり、攻撃の入口になります。',
        '*対象のリソース (2 件)*',
        `• \`${groupArn(1)}\``,
        `• \`${groupArn(2)}\``,
        '*変更する前に確認すること*',
        '• 誰が、どのアドレスから接続しているかを確認します。',
        '*直し方*',
        '1. 接続元を限定したルールを追加します。',
        '`aws ec2 authorize-security-group-ingress --group-id SECURITY_GROUP_ID --protocol tcp --port PORT --cidr YOUR_CIDR`',
        '2. 公開ルールを削除します。',
        '*より安全な方法*',
        'Session Manager なら、ポートを開けずに接続できます。',
        '*影響と戻し方*',
        '許可していない接続元からは接続できなくなります。',
        '詳しい手順 (AWS のドキュメント)',
        '*意図した設定の場合*',
        '公開サービスの場合に限ります。理由には、何が動いていて、どう守っているかを書いてください。',
        '「抑制する…」を押して、理由を残してください。',
        '[ 対応します ]',
        '[ 修正しました ]',
        '[ 抑制する… ]',
        '[… 詳細を見る ] [… いま確認する ] [… セキュリティチームに質問する… ]',
      ].join('\n'),
    );
  });

  test('answers them in English', () => {
    const text = read(view(), 'en');
    for (const line of [
      '🔴 Critical: A high-risk port is open to the whole internet',
      '@U0OWNER01, please take a look and decide what to do.',
      '*By when*\n2026-11-24 00:10 UTC',
      'payments-prod (111122223333) — production',
      '*What to check before changing anything*\n• Ask who connects through it, and from which addresses.',
      '*How to fix it*\n1. Allow the known addresses first.',
      '*If this is intended*\nOnly for a public service.',
      'Press “Suppress…” and leave the reason.',
      '[ I’ll take it ]\n[ I fixed it ]\n[ Suppress… ]',
    ]) {
      expect(text).toContain(line);
    }
  });

  test('the link leads to the page in the card’s language', () => {
    expect(JSON.stringify(drawRequest(view(), 'ja'))).toContain('<https://docs.aws.amazon.com/ja_jp/');
    expect(JSON.stringify(drawRequest(view(), 'en'))).toContain('<https://docs.aws.amazon.com/securityhub/');
  });

  test('the notification says what and where, and mentions nobody', () => {
    expect(drawRequest(view(), 'ja').text).toBe(
      '🔴 重大 (CRITICAL): 危険なポートが全世界に公開されています — payments-prod (111122223333)',
    );
  });

  test('every button carries the reference', () => {
    const { ref } = view();
    expect(drawRequest(view(), 'en').blocks.at(-1)).toMatchObject({
      elements: [
        { action_id: ACTIONS.take, value: ref },
        { action_id: ACTIONS.fixed, value: ref },
        { action_id: ACTIONS.suppress, value: ref },
        {
          action_id: ACTIONS.more,
          options: [{ value: `details:${ref}` }, { value: `check:${ref}` }, { value: `ask:${ref}` }],
        },
      ],
    });
  });

  test('a reference too long for a menu gets buttons', () => {
    const card = drawRequest(view({ ref: `111122223333/control/${'x'.repeat(250)}` }), 'ja');
    expect(checkMessage(card)).toEqual([]);
    expect(buttons(card)).toEqual([
      ACTIONS.take,
      ACTIONS.fixed,
      ACTIONS.suppress,
      ACTIONS.details,
      ACTIONS.checkNow,
      ACTIONS.ask,
    ]);
  });

  test('ten resources are named, and a button opens the rest', () => {
    const open = Array.from({ length: 10 }, (_, n) => issue(n));
    const many = view({ open, openCount: 57 });
    const [ja, en] = both(many);
    expect(ja).toContain('*対象のリソース (57 件)*');
    expect(ja).toContain('[ ほか 47 件を見る ]');
    expect(en).toContain('[ Show 47 more ]');
    expect(buttons(drawRequest(many, 'ja'))).toContain(ACTIONS.resources);
  });

  test('regions are told apart where there are several', () => {
    const open = [issue(1), issue(2, { region: 'us-east-1' }), issue(3, { region: 'global' })];
    const [ja, en] = both(view({ open }));
    expect(ja).toContain('ap-northeast-1, us-east-1, すべてのリージョン (global)');
    expect(en).toContain(`\`${groupArn(2)}\` (us-east-1)`);
  });

  test('what came back says so', () => {
    expect(read(view({ open: [issue(1, { episodes: 2 })] }), 'ja')).toContain(
      `\`${groupArn(1)}\` — 再び検出`,
    );
  });

  test('a deadline that has passed is said kindly', () => {
    const [ja, en] = both(view({ overdue: true }));
    expect(ja).toContain(
      '2026-11-24 00:10 UTC (過ぎています)\n難しい場合は、見通しをスレッドで教えてください。',
    );
    expect(en).toContain('(this has passed)\nIf it needs more time, just say so in the thread.');
  });

  test('without an owner the security team is asked, and told why', () => {
    const [ja, en] = both(view({ mentions: [TEAM, LEADS], ownerless: true }));
    expect(ja).toContain(
      '@S0SECTEAM のみなさん、@S0LEADS01 のみなさん、このアカウントには責任者が登録されていません。',
    );
    expect(en).toContain('@S0SECTEAM and @S0LEADS01, this account has no owner yet.');
    expect(read(view({ mentions: [], ownerless: true }), 'ja')).toContain('お心当たりの方は');
  });

  test('an account without a name says so', () => {
    const { name: _name, ...nameless } = account();
    const [ja, en] = both(view({ account: nameless }));
    expect(ja).toContain('名前が未登録 (111122223333)');
    expect(en).toContain('no name yet (111122223333)');
  });

  test('without a playbook Security Hub’s own words are used', () => {
    const from = view({ playbook: undefined });
    const [ja, en] = both(from);
    expect(ja).toContain('🔴 重大 (CRITICAL): Security groups should not allow');
    expect(ja).toContain('This control checks whether');
    expect(ja).toContain('意図した設定の場合は、「抑制する…」を押して、理由を残してください。');
    expect(en).toContain('If this is intended, press “Suppress…” and leave the reason.');
    expect(JSON.stringify(drawRequest(from, 'en'))).toContain(
      '<https://docs.aws.amazon.com/console/securityhub/EC2.19/remediation|',
    );
  });

  test('a remediation link that leads elsewhere is left out', () => {
    const from = view({ playbook: undefined, remediationUrl: 'https://evil.example/fix' });
    expect(JSON.stringify(drawRequest(from, 'en'))).not.toContain('evil.example');
  });

  test('once taken, the card shows by whom and no longer offers it', () => {
    const taken = view({ takenBy: { who: HELPER, at: '2026-11-22T00:00:00.000Z' } });
    const [ja, en] = both(taken);
    expect(ja).toContain('*対応中*\n@U0HELPER1 さん (2026-11-22 00:00 UTC から)');
    expect(en).toContain('*Taken by*\n@U0HELPER1 (since 2026-11-22 00:00 UTC)');
    expect(buttons(drawRequest(taken, 'ja'))).not.toContain(ACTIONS.take);
  });

  test.each([
    ['periodic', '24 時間以内に届きます', 'within 24 hours of its last check'],
    ['change', '通常、数分で届きます', 'usually arrives within minutes'],
    ['both', '通常は数分で', 'usually within minutes, and otherwise within 24 hours'],
  ] as const)('claimed fixed, it says when AWS looks again (%s)', (schedule, japanese, english) => {
    const fixedBy = { who: OWNER, at: '2026-11-22T00:00:00.000Z', stillFailing: 2 };
    const [ja, en] = both(view({ fixedBy, catalogued: control({ schedule }) }));
    expect(ja).toContain('@U0OWNER01 さんから修正の連絡がありました');
    expect(ja).toContain('まだ 2 件が失敗のまま');
    expect(ja).toContain(japanese);
    expect(en).toContain('says that it is fixed');
    expect(en).toContain(english);
  });

  test('partly done, it says how far', () => {
    const [ja, en] = both(view({ resolvedCount: 3, closedCount: 1, suppressed: [group({ count: 2 })] }));
    expect(ja).toContain('全 8 件: 未対応 2 件、解決済み 3 件、抑制済み 2 件、終了 1 件');
    expect(en).toContain('Of 8: 2 open, 3 resolved, 2 suppressed, 1 closed');
  });

  test('what is only a notice says that acting is optional', () => {
    const [ja, en] = both(view({ notifyOnly: true }));
    expect(ja).toContain('対応は任意で');
    expect(ja).not.toContain('期限');
    expect(en).toContain('Acting on it is optional');
  });

  test('mode notify says plainly that nothing is written', () => {
    const from = view({ withheld: true, suppressed: [group({ count: 2, pending: 2 })] });
    const [ja, en] = both(from);
    expect(ja).toContain('Security Hub には何も書き込みません');
    expect(ja).toContain('うち 2 件は、Security Hub への書き込みを控えています。');
    expect(en).toContain('nothing is written to Security Hub');
    expect(en).not.toContain('has not confirmed');
  });

  test('a refused suppression is shown with its reason', () => {
    const failed = [
      { resource: groupArn(1), detail: 'ConcurrentUpdateError' },
      { resource: groupArn(2), detail: 'constructor' },
    ];
    const [ja, en] = both(view({ failed }));
    expect(ja).toContain('*2 件は抑制できませんでした。*');
    expect(ja).toContain('ほかの更新と重なった');
    expect(en).toContain('busy with another update');
    expect(en).toContain('Security Hub answered `constructor`');
  });

  test('an earlier card is linked', () => {
    const from = view({ previous: { channel: 'C0HOME001', ts: '1700000000.000100' } });
    expect(both(from)[0]).toContain('以前にも同じ依頼がありました: 前回のカード');
    expect(JSON.stringify(drawRequest(from, 'en'))).toContain(
      'https://slack.com/archives/C0HOME001/p1700000000000100',
    );
  });

  test.each([
    ['not_in_channel', '`/invite`', 'invite it there'],
    ['channel_not_found', '登録し直して', 'could not be found'],
    ['is_archived', 'アーカイブ', 'is archived'],
    ['restricted_action', '`restricted_action`', '`restricted_action`'],
    ['__proto__', '投稿できなかった', 'could not be reached'],
  ])('in place of a channel that answered %s it says what to do', (because, japanese, english) => {
    const [ja, en] = both(view({ insteadOf: { channel: 'C0OTHER01', because } }));
    expect(ja).toContain('#C0OTHER01');
    expect(ja).toContain(japanese);
    expect(en).toContain(english);
  });
});

describe('suppressions', () => {
  test('an exception says who, why, until when and the ticket, and can be undone', () => {
    const from = view({ suppressed: [group({ count: 3, pending: 1 })] });
    const [ja, en] = both(from);
    expect(ja).toContain('*抑制 3 件* — @U0HELPER1 さんが 2026-12-20 00:00 UTC まで抑制しました。');
    expect(ja).toContain('理由:\n>Reached from the office network only');
    expect(ja).toContain('チケット: https://tickets.example.com/OPS-12');
    expect(ja).toContain('うち 1 件は、Security Hub がまだ確認していません。');
    expect(ja).toContain('[ 抑制を取り消す ]');
    expect(en).toContain('*3 suppressed* by @U0HELPER1 until 2026-12-20 00:00 UTC.');
    const section = drawRequest(from, 'ja').blocks.find((block) => block.block_id === 'secops.suppression:0');
    expect(section).toMatchObject({ accessory: { action_id: ACTIONS.undo, value: exception.change } });
  });

  test('a policy names its line, and cannot be undone', () => {
    const cause = { by: 'policy', treatment: 'ignore', line: 'waf-elsewhere', policyVersion: 'abc' } as const;
    const from = view({ suppressed: [group({ cause })] });
    const [ja, en] = both(from);
    expect(ja).toContain('ポリシーの `waf-elsewhere` の行に従って');
    expect(en).toContain('by policy, line `waf-elsewhere`');
    expect(buttons(drawRequest(from, 'ja'))).not.toContain(ACTIONS.undo);
  });

  test('one made outside names who, as an AWS identity and never as a mention', () => {
    const who = 'U0EVIL001';
    const [ja, en] = both(view({ suppressed: [group({ cause: { by: 'outside', who } })] }));
    expect(ja).toContain('`U0EVIL001` が Security Hub で直接抑制しました');
    expect(en).toContain('in Security Hub itself by `U0EVIL001`');
    expect(read(view({ suppressed: [group({ cause: { by: 'outside' } })] }), 'ja')).toContain(
      '直接抑制されていました',
    );
  });

  test('more than fit are counted', () => {
    const suppressed = Array.from({ length: 9 }, (_, n) =>
      group({ cause: { ...exception, change: `c${n}` } }),
    );
    const [ja, en] = both(view({ suppressed }));
    expect(ja).toContain('抑制はほかに 3 種類あります');
    expect(en).toContain('There are 3 more suppressions');
  });
});

describe('a request that is done', () => {
  const done = (over: Partial<RequestView>): RequestView =>
    view({ open: [], openCount: 0, phase: 'done', ...over });

  test('thanks whoever took it, and asks nothing more', () => {
    const from = done({ resolvedCount: 2, takenBy: { who: HELPER, at: '2026-11-22T00:00:00.000Z' } });
    const [ja, en] = both(from);
    expect(ja).toContain('✅ 解決済み: 危険なポートが全世界に公開されています');
    expect(ja).toContain('すべて解決しました。@U0HELPER1 さん、ご対応ありがとうございました。');
    expect(en).toContain('All resolved. Thank you for taking care of it, @U0HELPER1.');
    expect(buttons(drawRequest(from, 'ja'))).toEqual([ACTIONS.details]);
    expect(ja).not.toContain('期限');
    expect(ja).not.toContain('ご確認と対応をお願いします');
  });

  test('all suppressed: can still be undone', () => {
    const from = done({ suppressed: [group({ count: 2 })] });
    const [ja, en] = both(from);
    expect(ja).toContain('🔕 抑制済み:');
    expect(en).toContain('Everything here is suppressed.');
    expect(buttons(drawRequest(from, 'ja'))).toEqual([ACTIONS.undo, ACTIONS.details]);
  });

  test('all gone: closed without thanks', () => {
    const [ja, en] = both(done({ closedCount: 2 }));
    expect(ja).toContain('対象のリソースがなくなったため、この依頼を終了しました。');
    expect(en).toContain('The resources are gone, so this request is closed.');
    expect(ja).not.toContain('ありがとう');
  });
});

test('the plain card says the same in sections and one actions block', () => {
  const from = view({ suppressed: [group()], withheld: true });
  const plain = drawPlain(from, 'ja');
  const kinds = plain.blocks.map((block) => block.type);
  expect(new Set(kinds)).toEqual(new Set(['section', 'actions']));
  expect(kinds.filter((kind) => kind === 'actions')).toHaveLength(1);
  expect(plain.blocks.every((block) => block.type !== 'section' || !(block.accessory || block.fields))).toBe(
    true,
  );
  expect(buttons(plain)).toEqual([
    ACTIONS.undo,
    ACTIONS.take,
    ACTIONS.fixed,
    ACTIONS.suppress,
    ACTIONS.details,
    ACTIONS.checkNow,
    ACTIONS.ask,
  ]);
  const spoken = (card: Message) =>
    readAloud(card.blocks.filter((block) => block.type !== 'actions')).split('\n');
  const rich = spoken(drawRequest(from, 'ja')).filter((line) => !line.startsWith('['));
  expect(spoken(plain)).toEqual(rich);
});

test('no English leaks into the Japanese card', () => {
  const from = view({
    overdue: true,
    notifyOnly: true,
    withheld: true,
    resolvedCount: 1,
    closedCount: 1,
    takenBy: { who: HELPER, at: '2026-11-22T00:00:00.000Z' },
    fixedBy: { who: HELPER, at: '2026-11-22T00:00:00.000Z', stillFailing: 1 },
    failed: [{ resource: groupArn(1), detail: 'InternalFailure' }],
    suppressed: [group({ cause: { ...exception, reason: '社内からのみ接続します。' }, pending: 1 })],
    previous: { channel: 'C0HOME001', ts: '1700000000.000100' },
    insteadOf: { channel: 'C0OTHER01', because: 'not_in_channel' },
  });
  const names =
    /AWS|Security Hub|Session Manager|UTC|CRITICAL|notify|https?:\S+|payments-prod|ap-northeast-1|[@#][A-Z0-9]+/g;
  const left = read(from, 'ja')
    .replace(/`[^`]*`/g, '')
    .replace(names, '');
  expect(left.match(/[A-Za-z]{2,}/g)).toBeNull();
});

describe('whatever the records hold', () => {
  const text = hostile();
  const time = fc
    .date({ noInvalidDate: true, min: new Date(0), max: new Date('2100-01-01') })
    .map((at) => at.toISOString());
  const issues = fc.array(
    fc.record({
      id: text,
      region: fc.oneof(fc.constantFrom('ap-northeast-1', 'global'), hostile(60)),
      title: text,
    }),
    { maxLength: 10 },
  );
  const causes = fc.oneof(
    fc.record({
      by: fc.constant('exception' as const),
      change: fc.constant('01JD0000000000000000000001'),
      who: fc.constantFrom(OWNER, HELPER, TEAM),
      name: text,
      reason: hostile(500),
      ticket: hostile(2000),
      until: fc.oneof(time, hostile(50)),
    }),
    fc.record({
      by: fc.constant('policy' as const),
      treatment: fc.constant('ignore' as const),
      line: text,
      policyVersion: text,
    }),
    fc.record({ by: fc.constant('outside' as const), who: text }),
  );
  const step = fc.record({
    say: text,
    run: fc.array(
      text.map((one) => `aws ec2 do-it ${one}`),
      { maxLength: 4 },
    ),
  });
  const bookText = fc.record({
    title: text,
    why: text,
    check: fc.array(step, { maxLength: 12 }),
    fix: fc.array(step, { maxLength: 12 }),
    alternative: step,
    breaks: step,
    intended: text,
  });
  const views: fc.Arbitrary<RequestView> = fc
    .record({
      title: text,
      description: text,
      url: fc.oneof(
        text,
        text.map((one) => `https://docs.aws.amazon.com/${one}`),
      ),
      name: text,
      controlId: hostile(256),
      issues,
      openCount: fc.nat(5000),
      causes: fc.array(causes, { maxLength: 12 }),
      failed: fc.array(fc.record({ resource: text, detail: text }), { maxLength: 10 }),
      book: fc.option(fc.record({ ja: bookText, en: bookText }), { nil: undefined }),
      severity: fc.constantFrom(...SEVERITIES),
      flags: fc.record({
        overdue: fc.boolean(),
        notifyOnly: fc.boolean(),
        withheld: fc.boolean(),
        threat: fc.boolean(),
        done: fc.boolean(),
      }),
      because: text,
      due: fc.oneof(time, hostile(50)),
    })
    .map((raw) => {
      const open = raw.flags.done
        ? []
        : raw.issues.map(({ id, region, title }, n) =>
            issue(n, { region, title, resource: { id, type: 'x', tags: {} } }),
          );
      return view({
        account: account({ name: raw.name }),
        control: raw.controlId as ControlId,
        kind: raw.flags.threat ? 'threat' : 'control',
        title: raw.title,
        description: raw.description,
        remediationUrl: raw.url,
        playbook: raw.book && {
          control: raw.controlId as ControlId,
          effortMinutes: 30,
          links: { ja: raw.url, en: raw.url },
          text: raw.book,
        },
        severity: raw.severity,
        phase: raw.flags.done ? 'done' : 'open',
        open,
        openCount: Math.max(open.length, raw.flags.done ? 0 : raw.openCount),
        overdue: raw.flags.overdue,
        notifyOnly: raw.flags.notifyOnly,
        withheld: raw.flags.withheld,
        due: raw.due,
        suppressed: raw.causes.map((cause, n) => group({ cause, count: n + 1, pending: n % 2 })),
        failed: raw.failed,
        mentions: Array.from({ length: 30 }, (_, n) => (n % 2 ? OWNER : TEAM)),
        takenBy: { who: HELPER, at: '2026-11-22T00:00:00.000Z' },
        fixedBy: { who: HELPER, at: '2026-11-22T00:00:00.000Z', stillFailing: 3 },
        previous: { channel: 'C0HOME001', ts: '1700000000.000100' },
        insteadOf: { channel: 'C0OTHER01', because: raw.because },
      });
    });

  test('the card can be sent, stays in its budget, and mentions or links nothing of its own accord', () => {
    fc.assert(
      fc.property(views, fc.constantFrom(...LANGUAGES), (from, language) => {
        for (const card of [drawRequest(from, language), drawPlain(from, language)]) {
          expect(checkMessage(card)).toEqual([]);
          expect(JSON.stringify(card).length).toBeLessThanOrEqual(LIMITS.messageJson);
          expect(intruders(card)).toEqual([]);
        }
      }),
      { numRuns: 150 },
    );
  });

  test('the worst of everything at once still fits', () => {
    for (const unit of ['<', '&', '"', '\\', '漢', '😀', '`']) {
      const bad = unit.repeat(2048);
      const steps = Array.from({ length: 12 }, () => ({ say: bad, run: [bad] }));
      const step = { say: bad, run: [bad, bad] };
      const words = {
        title: bad,
        why: bad,
        check: steps,
        fix: steps,
        alternative: step,
        breaks: step,
        intended: bad,
      };
      const worst = view({
        account: account({ name: bad }),
        control: bad as ControlId,
        playbook: {
          control: bad as ControlId,
          effortMinutes: 2400,
          links: { ja: bad, en: bad },
          text: { ja: words, en: words },
        },
        open: Array.from({ length: 10 }, (_, n) =>
          issue(n, { region: bad, resource: { id: bad, type: bad, tags: {} } }),
        ),
        openCount: 5000,
        suppressed: Array.from({ length: 20 }, () =>
          group({ cause: { ...exception, reason: bad, ticket: bad } }),
        ),
        failed: Array.from({ length: 10 }, () => ({ resource: bad, detail: bad })),
        mentions: Array.from({ length: 30 }, () => TEAM),
        insteadOf: { channel: bad, because: bad },
        withheld: true,
        overdue: true,
        notifyOnly: true,
        takenBy: { who: TEAM, at: '2026-11-22T00:00:00.000Z' },
        fixedBy: { who: TEAM, at: '2026-11-22T00:00:00.000Z', stillFailing: 3 },
        previous: { channel: 'C0HOME001', ts: '1700000000.000100' },
        resolvedCount: 3,
        ref: 'x'.repeat(280),
      });
      for (const card of [drawRequest(worst, 'en'), drawPlain(worst, 'ja')]) {
        expect(checkMessage(card)).toEqual([]);
        expect(JSON.stringify(card).length).toBeLessThanOrEqual(LIMITS.messageJson);
        expect(intruders(card)).toEqual([]);
      }
    }
  });

  test('equal views draw equal cards', () => {
    expect(drawRequest(view(), 'ja')).toEqual(drawRequest(view(), 'ja'));
  });
});
