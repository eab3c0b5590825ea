import { type Principal, principal } from '../accounts';
import { ConfigError, compileYaml, parseCompiled } from '../config';
import type { Catalogue, ControlId } from '../controls';
import type { Log } from '../log';
import type { Item, Key, Table } from '../store';
import { type AnsweredPolicy, type PolicyAnswer, withAnswers } from './answer';
import { parsePolicy } from './parse-policy';
import type { PolicyFile } from './policy-file';
import { TREATMENTS, type Treatment } from './treatment';

/** The policy in force, for whoever decides. */
export interface PolicySource {
  /** The policy as it was last read. */
  current(): AnsweredPolicy;
  /**
   * Reads again what has been pushed and answered, at most every 30 seconds.
   * @param now read it whatever is remembered: somebody has just changed it
   */
  refresh(now?: 'now'): Promise<void>;
}

/** A policy text that somebody has put into force. */
export interface PushedPolicy {
  /** Counts from 1. */
  readonly number: number;
  readonly text: string;
  readonly at: string;
  /** Who pushed it: an AWS identity, or the user of the machine. */
  readonly by: string;
}

/** As it lies in the table. */
interface KeptPolicy extends PushedPolicy {
  /** JSON of the text's compiled form: functions carry no parser of YAML. Absent in what an earlier version pushed. */
  readonly compiled?: string;
}

/** The policy that the table holds, and what changes it. */
export interface TablePolicies extends PolicySource {
  /** The pushed policy; undefined while `config/policy.yml` is in force. */
  pushed(): Promise<PushedPolicy | undefined>;
  /**
   * Puts a policy into force.
   * @param replacing number of the pushed policy that it was compared with, 0 for none
   * @throws {ConfigError} when the text is no policy
   * @throws {PolicyMovedError} when another one has been pushed meanwhile
   */
  push(text: string, by: string, replacing: number): Promise<PushedPolicy>;
  /** Every policy ever pushed, the newest first. */
  history(): Promise<readonly PushedPolicy[]>;
  answers(): Promise<readonly PolicyAnswer[]>;
  /** The answer as it stands at this moment. */
  answerTo(control: string): Promise<PolicyAnswer | undefined>;
  /** Keeps an answer. False when another one has been given before: the first one counts. */
  answer(answer: PolicyAnswer): Promise<boolean>;
}

/** Somebody else has pushed a policy since this one was compared with the policy in force. */
export class PolicyMovedError extends Error {
  override readonly name = 'PolicyMovedError';
}

const REMEMBER_MS = 30_000;
/** DynamoDB takes items of 400 KB; a policy and its compiled form are far below. */
const BYTES_LIMIT = 300_000;

const PARTITION = 'POLICY';
const CURRENT: Key = { pk: PARTITION, sk: 'CURRENT' };
const ANSWERS = 'ANSWER#';
const VERSIONS = 'V#';

const answerKey = (control: string): Key => ({ pk: PARTITION, sk: `${ANSWERS}${control.toLowerCase()}` });
const versionItem = (pushed: KeptPolicy): Item => ({
  ...pushed,
  pk: PARTITION,
  sk: `${VERSIONS}${String(pushed.number).padStart(6, '0')}`,
});

const pushedOf = ({ compiled: _, ...pushed }: KeptPolicy): PushedPolicy => pushed;

function keptOf({ number, text, at, by, compiled }: Item): KeptPolicy {
  return {
    number: Number(number),
    text: String(text),
    at: String(at),
    by: String(by),
    ...(typeof compiled === 'string' && { compiled }),
  };
}

function answerOf({ control, treatment, who, at }: Item): PolicyAnswer[] {
  const known: Treatment | undefined = TREATMENTS.find((name) => name === treatment);
  const person: Principal | undefined = principal(String(who));
  return known && person
    ? [{ control: String(control) as ControlId, treatment: known, who: person, at: String(at) }]
    : [];
}

/**
 * The policy in force: the file's until one is pushed.
 * @param file `config/policy.yml`
 * @param warn a pushed text that this program cannot read is passed over for the last one that it can
 */
export function tablePolicies(
  table: Table,
  file: PolicyFile,
  catalogue: Catalogue,
  now: () => Date,
  warn: Log['warn'],
): TablePolicies {
  let inForce = withAnswers(file, []);
  let readAt: number | undefined;
  let reading: Promise<void> | undefined;
  /** Reads that overlap: an older one must not undo what a newer one has found. */
  let begun = 0;
  let applied = 0;
  let parsed: { readonly number: number; readonly policy: PolicyFile } = { number: 0, policy: file };

  const current = async () => {
    const item = await table.get(CURRENT);
    return item && { ...keptOf(item), version: Number(item['version']) };
  };

  const parse = (pushed: KeptPolicy): PolicyFile | undefined => {
    try {
      const compiled = pushed.compiled === undefined ? undefined : parseCompiled(pushed.compiled);
      return parsePolicy(pushed.text, `policy ${pushed.number}`, catalogue, compiled);
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      warn('a pushed policy cannot be read; the one before it stays in force', {
        number: pushed.number,
        problem: error.message.slice(0, 500),
      });
      return undefined;
    }
  };

  const kept = async (): Promise<readonly KeptPolicy[]> => {
    const [newest, items] = await Promise.all([current(), table.all(PARTITION, VERSIONS)]);
    const older = items.map(keptOf).filter(({ number }) => number !== newest?.number);
    const all = newest ? [...older, keptOf({ ...newest, ...CURRENT })] : older;
    return all.sort((a, b) => b.number - a.number);
  };

  /** The newest pushed policy that can be read, in every process the same one; the file's when there is none. */
  const newestReadable = async (pushed: KeptPolicy): Promise<PolicyFile> => {
    const policy = parse(pushed);
    if (policy) return policy;
    for (const older of await kept()) {
      const readable = older.number < pushed.number && parse(older);
      if (readable) return readable;
    }
    return file;
  };

  const answers = async () => (await table.all(PARTITION, ANSWERS)).flatMap(answerOf);

  const answerTo = async (control: string) => {
    const item = await table.get(answerKey(control));
    return item && answerOf(item)[0];
  };

  const read = async (): Promise<void> => {
    begun += 1;
    const mine = begun;
    const at = now().getTime();
    const [pushed, given] = await Promise.all([current(), answers()]);
    const number = pushed?.number ?? 0;
    const policy = parsed.number === number ? parsed.policy : pushed ? await newestReadable(pushed) : file;
    if (mine < applied) return;
    applied = mine;
    readAt = at;
    parsed = { number, policy };
    inForce = withAnswers(policy, given);
  };

  return {
    current: () => inForce,
    async refresh(wanted) {
      if (wanted === 'now') return read();
      if (readAt !== undefined && now().getTime() - readAt < REMEMBER_MS) return;
      reading ??= read().finally(() => {
        reading = undefined;
      });
      return reading;
    },
    async pushed() {
      const item = await table.get(CURRENT);
      return item && pushedOf(keptOf(item));
    },
    async push(text, by, replacing) {
      parsePolicy(text, 'policy', catalogue);
      const compiled = JSON.stringify(compileYaml(text, 'policy'));
      if (Buffer.byteLength(text) + Buffer.byteLength(compiled) > BYTES_LIMIT) {
        const long = `is longer than ${BYTES_LIMIT} bytes with its compiled form; shorten its comments, or join lines`;
        throw new ConfigError('policy', [{ line: 1, column: 1, text: long }]);
      }
      const before = await current();
      if ((before?.number ?? 0) !== replacing) throw new PolicyMovedError('another policy has been pushed');
      // Once more: whoever pushed it may have died before keeping it.
      if (before) await table.put(versionItem(keptOf({ ...before, ...CURRENT })));
      const at = now().toISOString();
      const pushed: KeptPolicy = { number: replacing + 1, text, at, by, compiled };
      const item: Item = { ...pushed, ...CURRENT, version: (before?.version ?? 0) + 1 };
      const written = before ? await table.replace(item, before.version) : await table.create(item);
      if (!written) throw new PolicyMovedError('another policy has been pushed');
      await table.put(versionItem(pushed));
      return pushedOf(pushed);
    },
    history: async () => (await kept()).map(pushedOf),
    answers,
    answerTo,
    async answer(answer) {
      if (await table.create({ ...answerKey(answer.control), ...answer })) return true;
      const given = await answerTo(answer.control);
      return given?.who === answer.who && given.at === answer.at && given.treatment === answer.treatment;
    },
  };
}
