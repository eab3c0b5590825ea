import type { ModalView } from '@slack/types';
import * as fc from 'fast-check';
import { drawBulkReport } from '../../../blocks/cards/bulk-report';
import { ACTIONS, BLOCKS, CALLBACKS } from '../../../blocks/ids';
import { checkMessage, checkView } from '../../../blocks/kit/check';
import {
  type BulkChoice,
  drawBulk,
  drawBulkRefused,
  drawBulkTerms,
  fitsBulk,
} from '../../../blocks/modals/bulk';
import { readBulkChoice, readBulkTerms, writeBulk } from '../../../blocks/modals/read-bulk';
import { words } from '../../../blocks/words';
import type { OfferedTerm } from '../../../src/access';
import { hostile, intruders, NAMED } from '../hostile';
import { readAloud } from '../read-aloud';
import { account } from '../records';

const ja = words('ja').bulk;
const ref = (n: number) => `111122223333/control/s3.${n}`;
const refs = (n: number) => Array.from({ length: n }, (_, place) => ref(place));
const choice = (n: number, over: Partial<BulkChoice> = {}): BulkChoice => ({
  ref: ref(n),
  control: `S3.${n}`,
  title: `Bucket ${n}`,
  severity: 'HIGH',
  account: account(),
  open: n + 1,
  ...over,
});
const choices = (n: number) => Array.from({ length: n }, (_, place) => choice(place));
const terms = (...rulings: readonly OfferedTerm['ruling'][]) =>
  rulings.map((ruling, n) => ({ days: 7 * (n + 1), ruling }));
const asks: OfferedTerm['ruling'] = {
  effect: 'needs approval',
  needs: [{ of: 'lead', count: 1 }],
  other: false,
};
const allow: OfferedTerm['ruling'] = { effect: 'allow', as: 'owner' };
const read = (modal: ModalView): string => {
  expect(checkView(modal)).toEqual([]);
  expect(intruders(modal)).toEqual([]);
  return readAloud(modal);
};
const page = (chosen: readonly BulkChoice[], offered: readonly OfferedTerm[]) =>
  drawBulkTerms(
    {
      target: { requests: chosen.map((one) => one.ref), channel: 'C0REQUESTS' },
      chosen,
      worst: 'CRITICAL',
      offer: { terms: offered },
      now: new Date('2026-11-24T01:00:00.000Z'),
      timeZone: 'Asia/Tokyo',
    },
    'ja',
  );

test('the first page offers a hundred requests, 25 of which can be chosen', () => {
  const modal = drawBulk(choices(120), { channel: 'C0REQUESTS' }, 'ja');
  const text = read(modal);
  expect(text).toContain('🟠 S3.7 · payments-prod (111122223333) · 8 件');
  expect(text).toContain(ja.first(100, 120).markup);
  expect(modal.callback_id).toBe(CALLBACKS.bulk);
  const block = modal.blocks.find((one) => one.block_id === BLOCKS.bulkRequests);
  expect(block).toMatchObject({ element: { action_id: ACTIONS.bulkRequests, max_selected_items: 25 } });
  expect(read(drawBulk([], {}, 'en'))).toContain('no open requests');
  expect(fitsBulk(ref(1))).toBe(true);
  expect(fitsBulk(`111122223333/control/${'x'.repeat(60)}`)).toBe(false);
});

test('the second says what was chosen, the worst of it, and who has to approve', () => {
  const asking = page(choices(25), terms(asks, asks));
  const text = read(asking);
  expect(text).toContain('S3.24');
  expect(text).toContain('重大 (CRITICAL)');
  expect(text).toContain('責任者');
  expect(asking.submit?.text).toBe(words('ja').suppress.askApproval);
  expect(asking.private_metadata?.length).toBeLessThan(3000);
  expect(read(page(choices(2), terms(allow, asks)))).toContain(words('ja').suppress.someNeedApproval.markup);
  expect(read(page(choices(2), terms(allow)))).toContain(ja.alone.markup);
});

test('a refusal names which of them it is', () => {
  const refused = drawBulkRefused(
    {
      effect: 'deny',
      reason: { code: 'too-long', maxDays: 14, severity: 'CRITICAL' },
      about: 'EC2.19 · <!channel>',
    },
    [],
    'ja',
  );
  expect(read(refused)).toContain('EC2.19');
});

test.each(NAMED)('wild text: %s', (_, bad) => {
  const wild = Array.from({ length: 25 }, (__, n) =>
    choice(n, { title: bad, control: bad, account: { id: account().id, name: bad } }),
  );
  read(drawBulk(wild, {}, 'ja'));
  read(page(wild, terms(allow, asks)));
  const report = drawBulkReport(
    {
      count: 1,
      skipped: wild.map((one) => ({
        control: bad,
        account: { ...account(), name: one.account.name },
      })) as never,
    },
    'en',
  );
  expect(checkMessage(report)).toEqual([]);
  expect(intruders(report)).toEqual([]);
});

const chosen = (values: unknown, metadata = writeBulk({ channel: 'C0REQUESTS' })) =>
  readBulkChoice(
    {
      private_metadata: metadata,
      state: { values: { [BLOCKS.bulkRequests]: { [ACTIONS.bulkRequests]: { selected_options: values } } } },
    },
    'ja',
  );
const options = (values: readonly string[]) => values.map((value) => ({ value }));
const wrong = (message: string) => ({ ok: false, errors: { [BLOCKS.bulkRequests]: message } });

test('what was chosen is read: 25 at most, requests of controls only', () => {
  expect(chosen(options(refs(25)))).toEqual({ ok: true, channel: 'C0REQUESTS', requests: refs(25) });
  expect(chosen(options([ref(1), ref(1)]))).toMatchObject({ ok: true, requests: [ref(1)] });
  expect(chosen(options(refs(26)))).toEqual(wrong(ja.most(25)));
  expect(chosen([])).toEqual(wrong(ja.errors.none));
  expect(chosen(options(['111122223333/threat/abc']))).toEqual(wrong(ja.errors.stale));
  expect(chosen(options(['<!channel>']))).toEqual(wrong(ja.errors.stale));
  expect(chosen(undefined)).toEqual(wrong(ja.errors.stale));
  expect(chosen(options([ref(1)]), 'nonsense')).toEqual(wrong(ja.errors.stale));
});

const filled = (reason: string, metadata: string, days = '14') =>
  readBulkTerms(
    {
      private_metadata: metadata,
      state: {
        values: {
          [BLOCKS.reason]: { [ACTIONS.reason]: { value: reason } },
          [BLOCKS.days]: { [ACTIONS.days]: { selected_option: { value: days } } },
        },
      },
    },
    'ja',
  );

test('the second page is read with what the first chose; nothing of it is trusted', () => {
  const target = writeBulk({ requests: refs(2), channel: 'C0REQUESTS' });
  expect(filled('Needed until March.', target)).toEqual({
    ok: true,
    wish: { requests: refs(2), channel: 'C0REQUESTS', reason: 'Needed until March.', days: 14 },
  });
  expect(filled('short', target)).toMatchObject({
    ok: false,
    errors: { [BLOCKS.reason]: expect.any(String) },
  });
  expect(filled('Needed until March.', target, 'design:365').ok).toBe(false);
  expect(filled('Needed until March.', writeBulk({ requests: refs(26) })).ok).toBe(false);
  expect(filled('Needed until March.', writeBulk({ requests: ['111122223333/threat/abc'] })).ok).toBe(false);
  fc.assert(
    fc.property(hostile(), (text) => {
      expect(filled('Needed until March.', text).ok).toBe(false);
    }),
  );
});
