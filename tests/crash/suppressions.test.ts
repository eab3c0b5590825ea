import { tick } from '../../handlers/clock';
import { requestRef } from '../../src/requests';
import { derivedId } from '../../src/store';
import {
  APPLIED,
  CHANNEL,
  change,
  describeFlow,
  EXCEPTION_MS,
  type Flow,
  OWNER,
  opened,
  spine,
  suppressed,
  suppression,
} from './flow';

const FLOWS: readonly Flow[] = [
  {
    name: 'it is suppressed with a reason',
    before: (run) => opened(run),
    act: (run, bot) => change(run, 'suppress', suppression(), bot),
    states: ['suppressed'],
    workflow: ['SUPPRESSED'],
    told: ['opened', 'suppressed'],
    issueHistory: [['open', 'open → suppressing', 'suppressing → suppressed']],
    change: { kind: 'suppress', history: APPLIED },
  },
  {
    name: 'the suppression is undone',
    before: suppressed,
    act: (run, bot) => {
      const id = derivedId('suppress', run.account);
      return bot.ports.queues.change({
        id: derivedId('undo', id),
        version: 0,
        group: requestRef(run.key),
        body: { type: 'undo', id, actor: OWNER, replyTo: { channel: CHANNEL } },
      });
    },
    states: ['open'],
    workflow: ['NOTIFIED'],
    told: ['opened', 'suppressed', 'undone'],
    issueHistory: [['open', 'open → suppressing', 'suppressing → suppressed', 'suppressed → open']],
    change: { kind: 'suppress', history: [...APPLIED, 'undone'] },
  },
  {
    name: 'the suppression expires',
    before: async (run) => {
      await suppressed(run);
      spine.clock.advance(EXCEPTION_MS + 60_000);
    },
    act: (_run, bot) => tick(bot),
    states: ['open'],
    workflow: ['NOTIFIED'],
    told: ['opened', 'suppressed', 'expired'],
    issueHistory: [['open', 'open → suppressing', 'suppressing → suppressed', 'suppressed → open']],
    change: { kind: 'suppress', history: [...APPLIED, 'expired'] },
  },
];

for (const flow of FLOWS) describeFlow(flow);
