import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  type ByFunction,
  type FunctionName,
  NO_WORK,
  type PerItemFile,
  type Work,
} from '../commands/scale/per-item-file';
import type { AwsClients } from '../src/aws';
import { indexWriteUnits, itemBytes, type PlainItem, writeUnits } from './per-item-size';

/** What a call takes on AWS from within its Region, and to Slack from Tokyo: assumed, because only AWS could tell. */
export const LATENCY_MS: PerItemFile['latencyMs'] = {
  dynamodb: 5,
  sqs: 10,
  s3: 30,
  securityHub: 300,
  sts: 100,
  slack: 250,
};

type Counters = { -readonly [name in keyof Work]: number };

/** What the SDK's middleware sees of a call; the meter reads few fields of few commands. */
interface Call {
  readonly TableName?: string;
  readonly IndexName?: string;
  readonly Item?: PlainItem;
  readonly Key?: PlainItem;
  ReturnConsumedCapacity?: 'TOTAL';
}

interface Answer {
  readonly ConsumedCapacity?: { readonly CapacityUnits?: number };
  readonly Item?: PlainItem;
  readonly Items?: readonly PlainItem[];
  readonly Attributes?: PlainItem;
}

/** Audit log and history: what is written there stays. */
const KEPT = /^AUDIT#|#H$/;
const POSTS = ['chat.postMessage', 'chat.postEphemeral'];

/** Counts what each function asks of the outside, at the SDK's and Slack's own clients. */
export class Meter {
  #work = new Map<FunctionName, Counters>();
  #at: Counters | undefined;
  /** How long the present invocation would have waited so far: calls that run side by side wait together. */
  #waited = 0;
  /** Items as the bot has last seen them in the table: what a write does to the indexes depends on it. */
  readonly #stored = new Map<string, PlainItem>();
  readonly #fetch = globalThis.fetch;
  #printed = '';

  /** @param slackUrl of the stand-in's Web API; what goes to it by `fetch` is counted from now on */
  constructor(
    private readonly slackUrl: string,
    clients: AwsClients,
  ) {
    this.#watchTable(clients.dynamodb);
    this.#watch(clients.sqs, LATENCY_MS.sqs, (command, at) => {
      if (command === 'ChangeMessageVisibilityCommand') at.delayed += 1;
      else at.sent += 1;
    });
    this.#watch(clients.s3, LATENCY_MS.s3, (_, at) => (at.s3Puts += 1));
    this.#watch(clients.securityHub, LATENCY_MS.securityHub, (_, at) => (at.hubCalls += 1));
    this.#watch(clients.sts, LATENCY_MS.sts, (_, at) => (at.stsCalls += 1));
    globalThis.fetch = (...args) => this.#fetched(...args);
  }

  close(): void {
    globalThis.fetch = this.#fetch;
  }

  /** The pauses that the bot makes are not waited for, but count. */
  pause(ms: number): void {
    this.#waited += ms;
  }

  /** Runs one invocation of a function; what it does is counted for it. */
  async run<T>(name: FunctionName, invoke: () => Promise<T>): Promise<T> {
    const at = this.#work.get(name) ?? { ...NO_WORK };
    this.#work.set(name, at);
    this.#at = at;
    this.#waited = 0;
    this.#printed = '';
    const quiet = keepingOutput((text) => {
      at.logBytes += Buffer.byteLength(text);
      this.#printed += text;
    });
    const began = process.cpuUsage();
    try {
      return await invoke();
    } finally {
      const { user, system } = process.cpuUsage(began);
      quiet();
      at.invocations += 1;
      at.cpuMs += (user + system) / 1_000;
      at.waitMs += this.#waited;
      this.#at = undefined;
    }
  }

  /** What the last invocation has logged. */
  get printed(): string {
    return this.#printed;
  }

  /** What has been counted, and begins anew. */
  take(): ByFunction {
    const taken = Object.fromEntries(this.#work);
    this.#work = new Map();
    return taken;
  }

  /** A call begins when those are over that it may have waited for: all that were over by then. */
  async #timed<T>(latencyMs: number, call: () => Promise<T>): Promise<T> {
    const begins = this.#waited;
    try {
      return await call();
    } finally {
      this.#waited = Math.max(this.#waited, begins + latencyMs);
    }
  }

  #watch(
    client: AwsClients['sqs'] | AwsClients['s3'] | AwsClients['securityHub'] | AwsClients['sts'],
    latencyMs: number,
    count: (command: string, at: Counters) => void,
  ): void {
    const { add } = client.middlewareStack as unknown as Stack;
    add.call(
      client.middlewareStack,
      (next, context) => (args) => {
        if (this.#at) count(context.commandName ?? '', this.#at);
        return this.#timed(latencyMs, () => next(args));
      },
      { step: 'initialize', name: 'meter' },
    );
  }

  #watchTable(client: AwsClients['dynamodb']): void {
    const { add } = client.middlewareStack as unknown as Stack;
    add.call(
      client.middlewareStack,
      // Before the documents become attribute values.
      (next, context) => async (args) => {
        const input = args.input as Call;
        input.ReturnConsumedCapacity = 'TOTAL';
        const reads = !/^(Put|Update)/.test(context.commandName ?? '');
        try {
          const answer = await this.#timed(LATENCY_MS.dynamodb, () => next(args));
          this.#countTable(reads, input, answer.output);
          return answer;
        } catch (error) {
          // A condition that fails costs as if it had not; of what stands there nobody tells the size.
          if (error instanceof ConditionalCheckFailedException && this.#at) {
            this.#at.tableCalls += 1;
            this.#at.writeUnits += input.Item ? writeUnits(input.Item) : 1;
          }
          throw error;
        }
      },
      { step: 'initialize', name: 'meter' },
    );
  }

  #countTable(reads: boolean, input: Call, answer: Answer): void {
    const units = answer.ConsumedCapacity?.CapacityUnits ?? 0;
    const found = [...(answer.Items ?? []), ...(answer.Item ? [answer.Item] : [])];
    if (reads) {
      for (const item of found) this.#stored.set(keyOf(item), item);
      if (this.#at === undefined) return;
      this.#at.tableCalls += 1;
      // Nothing found is half a unit or one, never none.
      this.#at.readUnits += Math.max(units, input.IndexName === undefined ? 1 : 0.5);
      return;
    }
    const after = input.Item ?? answer.Attributes;
    if (after === undefined) throw new Error('a write that does not say what it has written');
    const before = this.#stored.get(keyOf(after));
    this.#stored.set(keyOf(after), after);
    if (this.#at === undefined) return;
    this.#at.tableCalls += 1;
    this.#at.writeUnits += units;
    this.#at.indexWriteUnits += indexWriteUnits(before, after);
    if (KEPT.test(String(after['pk']))) this.#at.keptBytes += itemBytes(after);
  }

  async #fetched(...args: Parameters<typeof fetch>): ReturnType<typeof fetch> {
    const [target] = args;
    const url = new URL(target instanceof Request ? target.url : target);
    const slack = url.href.startsWith(this.slackUrl) && !url.pathname.startsWith('/control');
    if (!slack || this.#at === undefined) return this.#fetch(...args);
    this.#at.slackCalls += 1;
    if (POSTS.some((method) => url.pathname.endsWith(method))) this.#at.slackPosts += 1;
    return this.#timed(LATENCY_MS.slack, () => this.#fetch(...args));
  }
}

/** As much of the SDK's middleware stack as is used here; its own type differs with every client. */
interface Stack {
  add(
    middleware: (
      next: (args: { readonly input: object }) => Promise<{ readonly output: object }>,
      context: { readonly commandName?: string },
    ) => (args: { readonly input: object }) => Promise<{ readonly output: object }>,
    options: { readonly step: string; readonly name: string },
  ): void;
}

const keyOf = (item: PlainItem) => `${String(item['pk'])}|${String(item['sk'])}`;

/** Hands over what is printed instead of printing it. @returns what ends it */
function keepingOutput(keep: (text: string) => void): () => void {
  const outputs = [process.stdout, process.stderr];
  const writes = outputs.map((output) => output.write);
  for (const output of outputs) {
    output.write = (chunk: Uint8Array | string) => {
      keep(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8'));
      return true;
    };
  }
  return () => {
    for (const [index, output] of outputs.entries()) {
      const write = writes[index];
      if (write) output.write = write;
    }
  };
}

/** What every counter of every function comes to in a sum of such works. */
export function combine(works: readonly (readonly [ByFunction, number])[]): ByFunction {
  const total: { [name in FunctionName]?: Counters } = {};
  for (const [work, factor] of works) {
    for (const [name, counters] of Object.entries(work) as [FunctionName, Work][]) {
      const so = total[name] ?? { ...NO_WORK };
      total[name] = so;
      for (const counter of Object.keys(so) as (keyof Work)[]) so[counter] += counters[counter] * factor;
    }
  }
  return total;
}
