import { hubDocuments } from '../../local/hub-documents';
import {
  asff,
  controlOcsf,
  customAction,
  event,
  guardDuty,
  guardDutyAsff,
  guardDutyEvent,
  guardDutyOcsf,
  imported,
  importedV2,
  inspectorAsff,
  snsWrapped,
} from '../fixtures/findings';

const document = asff();
const other = inspectorAsff();

test.each([
  ['an event', imported(document, other), [document, other]],
  ['a custom action', customAction(document), [document]],
  ['an event in an SNS notification', snsWrapped(imported(document)), [document]],
  ['a finding', JSON.stringify(document), [document]],
  ['a list of findings', JSON.stringify([document, other]), [document, other]],
  ['what GetFindings answers', JSON.stringify({ Findings: [document] }), [document]],
  ['an event of something else', event('EC2 Instance State-change Notification', {}), []],
  ['a finding without its time', JSON.stringify({ ...document, UpdatedAt: undefined }), []],
  ['a finding without a resource', JSON.stringify({ ...document, Resources: [] }), []],
  ['a finding beside one that is none', JSON.stringify([{ ...document, AwsAccountId: 'x' }, other]), [other]],
  ['a finding whose id is a number', JSON.stringify({ ...document, Id: 1 }), []],
  ['a finding of Security Hub V2', importedV2(controlOcsf()), []],
  ['a finding of Security Hub V2 without its event', JSON.stringify(guardDutyOcsf()), []],
  ['a finding of GuardDuty itself', guardDutyEvent(guardDuty()), []],
  ['a finding of GuardDuty itself in an SNS notification', snsWrapped(guardDutyEvent(guardDuty())), []],
  ['no JSON', '{"detail":', []],
  ['nothing', '', []],
  ['null', 'null', []],
])('%s', (_, body, documents) => {
  expect(hubDocuments(body, [])).toEqual(JSON.parse(JSON.stringify(documents)));
});

const note = { Text: 'why', UpdatedBy: 'alex', UpdatedAt: '2026-01-15T00:00:00.000Z' };

test.each([
  ['a suppression stays', { Workflow: { Status: 'SUPPRESSED' }, Note: note }, 'SUPPRESSED', note],
  ['any other workflow is as it is sent', { Workflow: { Status: 'NOTIFIED' } }, 'NEW', undefined],
  ['a note stays', { Note: note }, 'NEW', note],
])('sent once more: %s', (_, over, status, kept) => {
  const held = { ...document, ...over };
  const [put] = hubDocuments(JSON.stringify({ ...document, UpdatedAt: '2026-01-16T00:00:00.000Z' }), [
    held as never,
  ]);
  expect(put).toMatchObject({ UpdatedAt: '2026-01-16T00:00:00.000Z', Workflow: { Status: status } });
  expect(put?.['Note']).toEqual(kept);
});

it('the same in another format changes nothing of what is held', () => {
  const held = [{ ...guardDutyAsff(), Workflow: { Status: 'SUPPRESSED' } }];
  expect(hubDocuments(guardDutyEvent(guardDuty()), held as never)).toEqual([]);
  expect(hubDocuments(importedV2(guardDutyOcsf()), held as never)).toEqual([]);
});

it('an older version is left out, the same one is not', () => {
  const held = [{ ...document, UpdatedAt: '2026-01-16T00:00:00.000Z' }];
  expect(hubDocuments(JSON.stringify(document), held as never)).toEqual([]);
  expect(hubDocuments(JSON.stringify(document), [document] as never)).toHaveLength(1);
});
