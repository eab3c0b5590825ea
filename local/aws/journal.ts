import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { appendFile, writeFile } from 'node:fs/promises';
import * as z from 'zod';
import { asffFinding } from './finding';
import type { HistoryRecord } from './finding-history';

const historyRecord: z.ZodType<HistoryRecord> = z.object({
  UpdateTime: z.string(),
  FindingCreated: z.boolean(),
  UpdateSource: z.object({
    Type: z.enum(['BATCH_UPDATE_FINDINGS', 'BATCH_IMPORT_FINDINGS']),
    Identity: z.string(),
  }),
  Updates: z.array(
    z.object({
      UpdatedField: z.string(),
      OldValue: z.string().exactOptional(),
      NewValue: z.string().exactOptional(),
    }),
  ),
});

const entry = z.object({
  key: z.string(),
  finding: asffFinding,
  /** Fields that BatchUpdateFindings has set: the provider no longer overwrites them. */
  ownedFields: z.array(z.string()),
  /** Oldest first. */
  history: z.array(historyRecord),
});

/** What Security Hub keeps of one finding. */
export type Entry = z.infer<typeof entry>;

/**
 * Keeps findings in a file, one line a change, the last line of a finding counts: what the local run told
 * Security Hub is still there after a restart. A torn last line (the process was killed) is dropped.
 */
export class Journal {
  private tail: Promise<void> = Promise.resolve();

  constructor(private readonly path: string) {}

  /** Reads the file and rewrites it with one line a finding. */
  load(): readonly Entry[] {
    const entries = new Map<string, Entry>();
    for (const line of this.lines()) {
      const read = entry.safeParse(parseLine(line));
      if (read.success) entries.set(read.data.key, read.data);
    }
    writeFileSync(`${this.path}.new`, [...entries.values()].map(toLine).join(''));
    renameSync(`${this.path}.new`, this.path);
    return [...entries.values()];
  }

  write(changed: Entry): void {
    const line = toLine(changed);
    this.enqueue(() => appendFile(this.path, line));
  }

  clear(): void {
    this.enqueue(() => writeFile(this.path, ''));
  }

  /** Resolves when all that was asked for is written, or said to have failed. */
  flush(): Promise<void> {
    return this.tail;
  }

  private enqueue(write: () => Promise<void>): void {
    this.tail = this.tail.then(write).catch((error: unknown) => {
      console.error(
        `AWS stand-in: ${this.path} cannot be written; a restart will not know this change:`,
        error,
      );
    });
  }

  private lines(): readonly string[] {
    return existsSync(this.path) ? readFileSync(this.path, 'utf8').split('\n') : [];
  }
}

const toLine = (of: Entry): string => `${JSON.stringify(of)}\n`;

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
