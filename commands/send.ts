import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { Presets, SingleBar } from 'cli-progress';
import { awsControl } from '../local/aws';
import { type SentBody, sendBody } from '../local/send-body';
import { type DataAccess, dataAccess } from './data-access';
import { runToEnd } from './run-to-end';
import type { WhichBot } from './which-bot';
import { WrongUsage } from './wrong-usage';

const USAGE = `Usage: npm run send -- FILE|DIR …

Puts every JSON file on the findings queue of the bot, as one message a file, waits until the queue is
empty, and says what was refused and why, and which events were dropped because they hold no finding. Folders are
read with all their subfolders.`;

const PARALLEL = 10;
const LOOK_EVERY_MS = 200;
/** The queue must look empty so often in a row: its counts are approximate. */
const EMPTY_LOOKS = 3;

/** What the Security Hub stand-in holds before anything is sent. */
type Held = Awaited<ReturnType<ReturnType<typeof awsControl>['findings']>>;

interface Sent extends SentBody {
  readonly file: string;
}

function filesOf(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const inside = join(path, entry.name);
      if (entry.isDirectory()) return filesOf(inside);
      return entry.name.endsWith('.json') ? [inside] : [];
    });
}

async function sendFile(file: string, access: DataAccess, held: Held): Promise<Sent> {
  const { sqs, findingsQueue, run } = access;
  const aws = run?.aws === undefined ? undefined : { url: run.aws, held };
  return { file, ...(await sendBody(readFileSync(file, 'utf8'), { sqs, findingsQueue, aws })) };
}

async function waitUntilEmpty({ sqs, findingsQueue }: DataAccess): Promise<void> {
  for (let empty = 0; empty < EMPTY_LOOKS; ) {
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({
        QueueUrl: findingsQueue,
        AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
      }),
    );
    const waiting = Number(Attributes?.ApproximateNumberOfMessages ?? 0);
    const inFlight = Number(Attributes?.ApproximateNumberOfMessagesNotVisible ?? 0);
    empty = waiting + inFlight === 0 ? empty + 1 : 0;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

async function refusalOf(sent: Sent, access: DataAccess): Promise<string | undefined> {
  if (sent.refused !== undefined) return sent.refused;
  const item = sent.messageId === undefined ? undefined : await access.quarantine.find(sent.messageId);
  return item?.refusals.map(({ field, problem }) => `${field}: ${problem}`).join('; ');
}

async function main(paths: readonly string[], bot: WhichBot): Promise<number> {
  if (paths.length === 0) throw new WrongUsage('Name files or folders.');
  const files = paths.flatMap(filesOf);
  const access = await dataAccess(bot, 'change');
  const held: Held = access.run?.aws === undefined ? [] : await awsControl(access.run.aws).findings();
  const bar = new SingleBar(
    { format: 'sending {bar} {value}/{total}', stream: process.stderr, noTTYOutput: false },
    Presets.shades_classic,
  );
  bar.start(files.length, 0);
  const sent: Sent[] = [];
  for (let from = 0; from < files.length; from += PARALLEL) {
    sent.push(
      ...(await Promise.all(files.slice(from, from + PARALLEL).map((file) => sendFile(file, access, held)))),
    );
    bar.update(sent.length);
  }
  bar.stop();
  await waitUntilEmpty(access);
  let quarantined = 0;
  for (const item of sent) {
    if (item.dropped !== undefined) console.log(`dropped ${item.file}: detail-type ${item.dropped}`);
    const reason = await refusalOf(item, access);
    if (reason === undefined) continue;
    quarantined += 1;
    console.log(`refused ${item.file}: ${reason}`);
  }
  console.log(JSON.stringify({ sent: sent.length, accepted: sent.length - quarantined, quarantined }));
  return 0;
}

runToEnd(main, {
  usage: USAGE,
  faceOf: (error) => {
    const { code, path } = error as NodeJS.ErrnoException;
    return code === 'ENOENT'
      ? `${path ?? ''}: there is no such file or folder.`
      : `Could not send: ${String(error)}`;
  },
});
