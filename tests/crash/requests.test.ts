import { APPLIED, change, describeFlow, type Flow, finding, opened } from './flow';

const FLOWS: readonly Flow[] = [
  {
    name: 'somebody takes it',
    before: (run) => opened(run),
    act: (run, bot) => change(run, 'take', {}, bot),
    states: ['open'],
    workflow: ['NOTIFIED'],
    told: ['opened', 'taken'],
    issueHistory: [['open']],
    change: { kind: 'take', history: APPLIED },
  },
  {
    name: 'somebody reports it fixed, and it is',
    before: async (run) => {
      await opened(run);
      await finding(run, { status: 'PASSED' });
    },
    act: (run, bot) => change(run, 'report-fixed', {}, bot),
    states: ['resolved'],
    workflow: ['NOTIFIED'],
    told: ['opened', 'resolved'],
    issueHistory: [['open', 'open → resolved']],
    change: { kind: 'report-fixed', history: APPLIED },
  },
];

for (const flow of FLOWS) describeFlow(flow);
