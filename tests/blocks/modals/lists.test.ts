import type { ModalView } from '@slack/types';
import { ACTIONS, CALLBACKS } from '../../../blocks/ids';
import { checkView } from '../../../blocks/kit/check';
import { drawDetails, type RequestDetails } from '../../../blocks/modals/details';
import { drawLoading } from '../../../blocks/modals/loading';
import { drawResources, RESOURCES_PAGE } from '../../../blocks/modals/resources';
import type { FindingKey } from '../../../src/findings';
import { intruders, NAMED } from '../hostile';
import { readAloud } from '../read-aloud';
import { groupArn, issue, seen, view } from '../records';

const read = (modal: ModalView): string => {
  expect(checkView(modal)).toEqual([]);
  expect(intruders(modal)).toEqual([]);
  return readAloud(modal);
};

test('the loading view is there at once, in both languages', () => {
  expect(drawLoading('ja').callback_id).toBe(CALLBACKS.loading);
  expect(read(drawLoading('ja'))).toContain('読み込んでいます。少しお待ちください。');
  expect(read(drawLoading('en'))).toContain('One moment, please.');
});

describe('the resource list', () => {
  const page = (number: number, total = 45) =>
    drawResources(
      {
        view: view(),
        issues: Array.from({ length: RESOURCES_PAGE }, (_, n) => issue(n)),
        page: number,
        total,
      },
      'ja',
    );
  const turning = (modal: ModalView) => {
    const last = modal.blocks.at(-1);
    return last?.type === 'actions' && 'elements' in last ? last.elements : [];
  };

  test('names twenty resources a page, with region, severity and deadline', () => {
    const text = read(page(1));
    expect(text).toContain('未対応 45 件 (1 / 3 ページ)');
    expect(text).toContain(
      `\`${groupArn(19)}\`\nap-northeast-1 · 重大 (CRITICAL) · 期限 2026-11-24 00:10 UTC`,
    );
    expect(page(1).private_metadata).toBe(view().ref);
  });

  test('turns its pages', () => {
    expect(turning(page(1))).toMatchObject([{ action_id: ACTIONS.nextPage, value: '2' }]);
    expect(turning(page(2))).toMatchObject([
      { action_id: ACTIONS.previousPage, value: '1' },
      { action_id: ACTIONS.nextPage, value: '3' },
    ]);
    expect(turning(page(3))).toMatchObject([{ action_id: ACTIONS.previousPage, value: '2' }]);
    expect(turning(page(1, 20))).toEqual([]);
  });

  test('can be empty', () => {
    expect(read(drawResources({ view: view(), issues: [], page: 1, total: 0 }, 'en'))).toContain(
      'No resources are open.',
    );
  });

  test.each(NAMED)('lets nothing through: %s', (_name, bad) => {
    const issues = Array.from({ length: RESOURCES_PAGE }, (_, n) =>
      issue(n, { region: bad, resource: { id: bad, type: bad, tags: {} } }),
    );
    expect(read(drawResources({ view: view(), issues, page: 2, total: 60 }, 'ja'))).toContain('未対応 60 件');
  });
});

describe('the details', () => {
  const details = (over: Partial<RequestDetails> = {}): RequestDetails => ({
    view: view(),
    issues: [
      {
        issue: issue(1),
        history: [
          { seq: 1, at: '2026-11-20T00:10:00.000Z', what: 'opened' },
          {
            seq: 2,
            at: '2026-11-21T00:10:00.000Z',
            what: 'open → suppressing',
            by: 'U0HELPER1',
            detail: '<!channel>',
          },
        ],
      },
    ],
    total: 1,
    ...over,
  });

  test('hold every id, date and status, and open the console in the right region', () => {
    const text = read(drawDetails(details(), 'ja'));
    for (const part of [
      `*リソース*\n\`${groupArn(1)}\``,
      '*種類*\nAwsEc2SecurityGroup',
      '*状態*\n未対応',
      '*最初の検出*\n2026-11-20 00:10 UTC',
      '*最後の確認*\n2026-11-21 00:10 UTC',
      '*標準*\naws-foundational-security-best-practices/v/1.0.0',
      `\`${seen().id}\`\n通知済み (NOTIFIED) · 有効 (ACTIVE) · ap-northeast-1`,
      '未対応 → 抑制中 (Security Hub の確認待ち) · U0HELPER1 · <!channel>',
      'アカウント `111122223333` または Security Hub の管理アカウントにサインイン',
      '[ Security Hub で開く ]',
    ]) {
      expect(text).toContain(part);
    }
    expect(JSON.stringify(drawDetails(details(), 'ja'))).toContain(
      'https://ap-northeast-1.console.aws.amazon.com/securityhub/home?region=ap-northeast-1#/findings?search=',
    );
    expect(read(drawDetails(details(), 'en'))).toContain('[ Open in Security Hub ]');
  });

  test('of very many issues show the first ten and count the rest', () => {
    const [one] = details().issues;
    const issues = Array.from({ length: 30 }, (_, n) => ({ ...one!, issue: issue(n) }));
    expect(read(drawDetails(details({ issues, total: 300 }), 'ja'))).toContain('ほかに 290 件あります。');
  });

  test('of an issue with many finding ids count the rest', () => {
    const findings = Object.fromEntries(Array.from({ length: 9 }, (_, n) => [`k${n}` as FindingKey, seen()]));
    const issues = [{ issue: issue(1, { findings }), history: [] }];
    expect(read(drawDetails(details({ issues }), 'en'))).toContain('There are 6 more findings.');
  });

  test('without issues say so', () => {
    expect(read(drawDetails(details({ issues: [], total: 0 }), 'ja'))).toContain(
      '表示できる項目はありません。',
    );
  });

  test.each([...NAMED, ['a wide one', '漢'.repeat(2048)] as const])(
    'always fit, and let nothing through: %s',
    (_name, bad) => {
      const findings = Object.fromEntries(
        Array.from({ length: 5 }, (_, n) => [
          `k${n}` as FindingKey,
          seen({ id: bad, region: n ? 'eu-west-1' : bad, updatedAt: bad }),
        ]),
      );
      const history = Array.from({ length: 20 }, (_, seq) => ({
        seq,
        at: bad,
        what: bad,
        by: bad,
        detail: bad,
      }));
      const one = {
        issue: issue(1, {
          findings,
          region: bad,
          resource: { id: bad, type: bad, tags: {} },
          lastSeen: bad,
          standards: Array.from({ length: 20 }, () => bad),
        }),
        history,
      };
      const from = view({ title: bad, description: bad, remediationUrl: bad, playbook: undefined });
      const issues = Array.from({ length: 12 }, () => one);
      expect(read(drawDetails(details({ view: from, issues, total: 40 }), 'ja'))).toContain('件あります。');
    },
  );
});
