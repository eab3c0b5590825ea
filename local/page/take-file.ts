import type { SQSClient } from '@aws-sdk/client-sqs';
import type { Quarantine } from '../../src/quarantine';
import { awsControl } from '../aws';
import { sendBody } from '../send-body';
import type { FindingsOutcome } from './api';

/** What it takes to send a dropped file and to learn what became of it. */
export interface FileDoor {
  readonly sqs: SQSClient;
  readonly findingsQueue: string;
  /** Address of Security Hub's stand-in. */
  readonly aws: string;
  readonly quarantine: Quarantine;
  /** Resolves when the bot has taken in what was sent. */
  readonly settle: () => Promise<unknown>;
}

/** Sends the text of a file as a finding, as `npm run send` does, and waits until the bot has taken it in. */
export async function takeFile(text: string, door: FileDoor): Promise<FindingsOutcome> {
  const { sqs, findingsQueue, aws, quarantine, settle } = door;
  const held = await awsControl(aws).findings();
  const sent = await sendBody(text, { sqs, findingsQueue, aws: { url: aws, held } });
  if (sent.refused !== undefined) return { outcome: 'refused', reason: sent.refused };
  await settle();
  if (sent.dropped !== undefined) return { outcome: 'dropped', reason: `detail-type ${sent.dropped}` };
  const refused = await quarantine.find(sent.messageId ?? '');
  if (refused === undefined) return { outcome: 'accepted' };
  return {
    outcome: 'refused',
    reason: refused.refusals.map(({ field, problem }) => `${field}: ${problem}`).join('; '),
  };
}
