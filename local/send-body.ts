import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { openEnvelope } from '../src/findings';
import { messageBody } from '../src/queues';
import { type AsffFinding, awsControl } from './aws';
import { hubDocuments } from './hub-documents';

/** SQS takes messages of up to 1 MiB. */
const MESSAGE_LIMIT = 1_048_576;

/** What became of a body on its way to the findings queue. */
export interface SentBody {
  readonly messageId?: string;
  /** The detail-type of an event that the bot lets go, because it holds no finding. */
  readonly dropped?: string;
  /** Why it was not even put on the queue. */
  readonly refused?: string;
}

/** Where a body goes. */
export interface SendTarget {
  readonly sqs: SQSClient;
  readonly findingsQueue: string;
  /** Address of Security Hub's stand-in, where it is used, and what it holds. */
  readonly aws?: { readonly url: string; readonly held: readonly AsffFinding[] } | undefined;
}

/** Puts the text of a file on the findings queue as one message. */
export async function sendBody(text: string, { sqs, findingsQueue, aws }: SendTarget): Promise<SentBody> {
  const body = messageBody(text);
  if (body.trim() === '') return { refused: 'body: the file is empty' };
  const bytes = Buffer.byteLength(body);
  if (bytes > MESSAGE_LIMIT) return { refused: `body: ${bytes} bytes; a message may have ${MESSAGE_LIMIT}` };
  if (aws !== undefined) {
    // In AWS, Security Hub holds a finding before it sends the event; its stand-in must know it as well.
    const documents = hubDocuments(body, aws.held);
    if (documents.length > 0) await awsControl(aws.url).putFindings(documents);
  }
  const { MessageId } = await sqs.send(
    new SendMessageCommand({ QueueUrl: findingsQueue, MessageBody: body }),
  );
  const { dropped } = openEnvelope(body);
  return {
    ...(MessageId !== undefined && { messageId: MessageId }),
    ...(dropped !== undefined && { dropped }),
  };
}
