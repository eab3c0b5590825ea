/** One thing wrong in a data file, and what to write instead. */
export interface Problem {
  /** 1-based; the start of the key or value at fault. */
  readonly line: number;
  readonly column: number;
  readonly text: string;
}

/** A data file under `config/` that cannot be used. The message lists every problem as `file:line:column text`. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(
    readonly file: string,
    readonly problems: readonly Problem[],
  ) {
    super(problems.map(({ line, column, text }) => `${file}:${line}:${column} ${text}`).join('\n'));
  }
}
