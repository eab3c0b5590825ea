/** What no log may hold. */
interface Leak {
  /** In words, such as `a mail address`. */
  readonly what: string;
  /** The line that holds it, in which it is hidden. */
  readonly line: string;
}

declare class LogScan {
  static leaks: number;
  static findSecrets(text: string, known?: readonly string[]): Leak[];
  onRunStart(): void;
  onTestResult(
    test: unknown,
    result: { readonly testFilePath: string; readonly console?: readonly { readonly message: string }[] },
  ): void;
  onRunComplete(): void;
  getLastError(): Error | undefined;
}

export = LogScan;
