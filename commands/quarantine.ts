import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { messageBody } from '../src/queues';
import { type DataAccess, dataAccess, NoBotError } from './data-access';

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

async function main([verb, ...args]: readonly string[]): Promise<number> {
  const [id] = args;
  if (verb === 'list') return list(dataAccess());
  if (verb === 'show' && id !== undefined) return show(dataAccess(), id);
  if (verb === 'resend' && id !== undefined) return resend(dataAccess(), args);
  console.error(USAGE);
  return verb === '--help' ? 0 : 2;
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof NoBotError ? error.message : `Could not do that: ${String(error)}`);
    process.exit(1);
  },
);
