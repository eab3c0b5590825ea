import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { messageBody } from '../src/queues';
import { type DataAccess, dataAccess } from './data-access';
import { runToEnd } from './run-to-end';
import type { WhichBot } from './which-bot';
import { WrongUsage } from './wrong-usage';

const USAGE = `Usage: npm run quarantine -- list
       npm run quarantine -- show MESSAGE_ID
       npm run quarantine -- resend MESSAGE_ID … | --all

Messages that could not be read rest in quarantine with the reason; their originals are kept.`;

/** Said where an original is asked for that is there no more. */
const GONE = 'its original is gone (kept 90 days; by the embedded S3 only until the bot stops)';

async function list({ quarantine }: DataAccess): Promise<number> {
  const items = await quarantine.list();
  if (items.length === 0) console.log('Nothing is in quarantine.');
  for (const { messageId, at, bytes, refusals, resentAt } of items) {
    const [first, ...more] = refusals;
    console.log(
      `${messageId}  ${at}  ${bytes} bytes${resentAt === undefined ? '' : `  sent again ${resentAt}`}`,
    );
    console.log(`  ${first?.field}: ${first?.problem}${more.length > 0 ? ` (and ${more.length} more)` : ''}`);
  }
  return 0;
}

async function show({ quarantine }: DataAccess, messageId: string): Promise<number> {
  const item = await quarantine.find(messageId);
  if (item === undefined) {
    console.error(`Nothing in quarantine is called ${messageId}; see npm run quarantine -- list.`);
    return 1;
  }
  for (const { field, problem } of item.refusals) console.log(`${field}: ${problem}`);
  console.log((await quarantine.original(item)) ?? GONE);
  return 0;
}

async function resend(
  { quarantine, sqs, findingsQueue }: DataAccess,
  ids: readonly string[],
): Promise<number> {
  const items = await quarantine.list();
  const wanted = ids.includes('--all')
    ? items.filter(({ resentAt }) => resentAt === undefined)
    : items.filter(({ messageId }) => ids.includes(messageId));
  const unknown = ids.filter((id) => id !== '--all' && !items.some(({ messageId }) => messageId === id));
  for (const id of unknown) console.error(`Nothing in quarantine is called ${id}.`);
  let lost = 0;
  for (const item of wanted) {
    const body = await quarantine.original(item);
    if (body === undefined) {
      console.error(`${item.messageId}: ${GONE}`);
      lost += 1;
      continue;
    }
    await sqs.send(new SendMessageCommand({ QueueUrl: findingsQueue, MessageBody: messageBody(body) }));
    await quarantine.resent(item);
    console.log(`sent again: ${item.messageId}`);
  }
  return unknown.length + lost > 0 ? 1 : 0;
}

async function main([verb, ...args]: readonly string[], bot: WhichBot): Promise<number> {
  const [id] = args;
  if (verb === 'list') return list(await dataAccess(bot, 'read'));
  if (verb === undefined || !['show', 'resend'].includes(verb)) {
    throw new WrongUsage(verb === undefined ? 'Say what to do.' : `I do not know "${verb}".`);
  }
  if (id === undefined) throw new WrongUsage('Name a message.');
  return verb === 'show'
    ? show(await dataAccess(bot, 'read'), id)
    : resend(await dataAccess(bot, 'change'), args);
}

runToEnd(main, { usage: USAGE });
