import { describeFlow, type Flow, NOTIFY_CONTROL, opened, send } from './flow';

const FLOWS: readonly Flow[] = [
  {
    name: 'a finding comes in',
    act: (run) => send(run),
    states: ['open'],
    workflow: ['NOTIFIED'],
    told: ['opened'],
    issueHistory: [['open']],
  },
  {
    name: 'a finding comes in that is told and then suppressed by policy',
    control: NOTIFY_CONTROL,
    act: (run) => send(run, { control: NOTIFY_CONTROL }),
    states: ['suppressed'],
    workflow: ['SUPPRESSED'],
    told: ['opened'],
    issueHistory: [['notifying', 'notifying → suppressing', 'suppressing → suppressed']],
  },
  {
    name: 'two more resources join',
    before: (run) => opened(run),
    act: async (run) => {
      await send(run, { resource: 'two' });
      await send(run, { resource: 'three' });
    },
    states: ['open', 'open', 'open'],
    workflow: ['NOTIFIED', 'NOTIFIED', 'NOTIFIED'],
    told: ['opened', 'joined'],
    toldApart: true,
    issueHistory: [['open'], ['open'], ['open']],
  },
  {
    name: 'it passes',
    before: (run) => opened(run),
    act: (run) => send(run, { status: 'PASSED' }),
    states: ['resolved'],
    workflow: ['NOTIFIED'],
    told: ['opened', 'resolved'],
    issueHistory: [['open', 'open → resolved']],
  },
  {
    name: 'it comes back',
    before: async (run) => {
      await opened(run);
      await opened(run, { status: 'PASSED' });
    },
    act: (run) => send(run),
    states: ['open'],
    workflow: ['NOTIFIED'],
    told: ['opened', 'resolved', 'back'],
    issueHistory: [['open', 'open → resolved', 'resolved → open']],
  },
];

for (const flow of FLOWS) describeFlow(flow);
