import { checkRequest } from '../../src/requests';
import { type Desk, EC2_19, group, openDesk } from './desk';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.close());

const LATER = '2026-11-24T00:30:00.000Z';

it('resolves what has passed, and counts what still fails and what is gone', async () => {
  const [fails, passes, , closed] = await Promise.all(
    [1, 2, 3, 4].map(async (n) => {
      const finding = await desk.held({ resource: group(n) });
      await desk.take(finding);
      return finding;
    }),
  );
  await desk.take({ ...closed!, recordState: 'ARCHIVED', updatedAt: LATER });
  await desk.spine.hub.reset();
  await desk.held({ resource: group(1) });
  await desk.held({ resource: group(2), status: 'PASSED', updatedAt: LATER });
  await desk.spine.hub.forgetCalls();
  expect(await checkRequest(EC2_19, desk.bot.intake)).toEqual({ failing: 1, passed: 1, gone: 1 });
  expect(await desk.issueOf(fails!)).toMatchObject({ state: 'open' });
  expect(await desk.issueOf(passes!)).toMatchObject({ state: 'resolved' });
  expect(await desk.spine.hub.calls('GetFindings')).toHaveLength(1);
});

it('asks for every finding id of an issue', async () => {
  const first = await desk.held();
  await desk.take(first);
  await desk.take(await desk.held({ generation: 2 }));
  await desk.held({ status: 'PASSED', updatedAt: LATER });
  expect(await checkRequest(EC2_19, desk.bot.intake)).toEqual({ failing: 1, passed: 0, gone: 0 });
  await desk.held({ generation: 2, status: 'PASSED', updatedAt: LATER });
  expect(await checkRequest(EC2_19, desk.bot.intake)).toEqual({ failing: 0, passed: 1, gone: 0 });
});

it('asks for at most a hundred findings; the rest counts as failing', async () => {
  const template = await desk.held();
  await desk.take(template);
  const issue = await desk.issueOf(template);
  const seen = issue.findings[template.key]!;
  await Promise.all(
    Array.from({ length: 103 }, (_, n) =>
      desk.bot.intake.issues.create({
        ...issue,
        resource: { ...issue.resource, id: group(n) },
        findings: { [template.key]: { ...seen, id: `${seen.id}-${n}` } },
      }),
    ),
  );
  expect(await checkRequest(EC2_19, desk.bot.intake)).toEqual({ failing: 5, passed: 0, gone: 99 });
  expect(await desk.spine.hub.calls('GetFindings')).toHaveLength(5);
});

it('of a request that nobody knows says nothing', async () => {
  expect(await checkRequest(EC2_19, desk.bot.intake)).toEqual({ failing: 0, passed: 0, gone: 0 });
});
