import { QUEUES, type QueueName } from '../../infra/resources';
import { LOCAL_ACCOUNT } from './services';

/** The name of an embedded queue; FIFO queues must end in `.fifo`. */
export function queueName(name: string, queue: QueueName, deadLetter = false): string {
  return `${name}-${queue}${deadLetter ? '-dead-letter' : ''}${QUEUES[queue].fifo ? '.fifo' : ''}`;
}

/**
 * The URL of an embedded queue. fauxqs itself answers with a host name below `localhost`, which not every
 * machine resolves; it takes any URL that ends in the queue's name.
 */
export function queueUrl(sqs: string, name: string): string {
  return `${sqs}/${LOCAL_ACCOUNT}/${name}`;
}
