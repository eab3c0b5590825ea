const { mkdtempSync, readdirSync, readFileSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join, relative } = require('node:path');

const MAIL = 'a mail address';

/** What is secret, or somebody's own, whoever it belongs to. */
const SHAPES = [
  ["Slack's token", /\bxox[a-z](?:\.xox[a-z])?-[\w-]+|\bxapp-[\w-]+/g],
  ['an access key of AWS', /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g],
  // How the session tokens of STS begin.
  ['a session token of AWS', /\b(?:IQoJb3JpZ2lu|FwoGZXIvYXdz)[\w+/=]*/g],
  // Slack's own, and those of the stand-in.
  ['a response URL', /\bhooks\.slack\.com\/[^\s"]+|\/response\/T[A-Z0-9]+\/[0-9a-f]{8,}/g],
  ['a trigger id', /\b\d{9,}\.\d+\.(?:T[A-Z0-9]{3,}|[0-9a-f]{16,})\b/g],
  // Begins at the beginning of a word alone: else a long one without an address would be searched at each of its letters.
  [MAIL, /(?<![\w.+-])[\w.+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}\b/gi],
];

/** Shorter ones are words that stand in any text. */
const SHORTEST_SECRET = 8;
const MOST_TOLD = 20;
/** So much of a line is told, on each side of what it holds. */
const AROUND = 120;

/** So much of it that it is known again. */
const hidden = (found) => `${found.slice(0, 4)}…`;

/** The part of a line in which something is hidden. */
function around(line, secret) {
  const at = line.indexOf(hidden(secret));
  return line.slice(Math.max(0, at - AROUND), at + AROUND);
}

/**
 * What no log may hold.
 * @param text lines of a log
 * @param known secrets of the run that have no shape of their own
 * @returns what each is, and the line, in which it is hidden
 */
function findSecrets(text, known = []) {
  const exact = known.filter((secret) => secret.length >= SHORTEST_SECRET);
  return text.split('\n').flatMap((line) => {
    const found = [
      ...SHAPES.flatMap(([what, shape]) => (line.match(shape) ?? []).map((secret) => ({ what, secret }))),
      ...exact
        .filter((secret) => line.includes(secret))
        .map((secret) => ({ what: 'a secret of the run', secret })),
    ];
    const shown = found.reduce((rest, { secret }) => rest.replaceAll(secret, hidden(secret)), line);
    return found.map(({ what, secret }) => ({ what, line: around(shown, secret) }));
  });
}

/** The records of a file that `log-lines.ts` has written. */
const recordsIn = (file) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

/**
 * Reads every log that the tests have written, when all of them have run: a secret in one of them fails the run. Each worker
 * writes a file of its own (`log-lines.ts`); what a test prints on its console jest hands over.
 */
module.exports = class LogScan {
  /** How many log lines of the last run hold what no log may hold; the run's last line counts them as one failure. */
  static leaks = 0;
  static findSecrets = findSecrets;

  printed = [];

  onRunStart() {
    LogScan.leaks = 0;
    this.folder = mkdtempSync(join(tmpdir(), 'secops-logs-'));
    process.env.TEST_LOGS = this.folder;
  }

  onTestResult(_test, { testFilePath, console: said }) {
    for (const { message } of said ?? []) this.printed.push({ test: testFilePath, text: message });
  }

  onRunComplete() {
    const written = readdirSync(this.folder).flatMap((name) => recordsIn(join(this.folder, name)));
    rmSync(this.folder, { recursive: true });
    const known = [...new Set(written.flatMap(({ secret }) => secret ?? []))];
    const leaks = [...written, ...this.printed].flatMap(({ test, text = '', answer = false }) =>
      findSecrets(text, known)
        // Whoever types a command is answered about the addresses in their own list.
        .filter(({ what }) => !(answer && what === MAIL))
        .map((leak) => ({ ...leak, test })),
    );
    LogScan.leaks = leaks.length;
    for (const { what, line, test } of leaks.slice(0, MOST_TOLD)) {
      process.stderr.write(`A log holds ${what}: ${line}\n  in ${relative(process.cwd(), test)}\n`);
    }
    if (leaks.length > MOST_TOLD) process.stderr.write(`… and ${leaks.length - MOST_TOLD} more\n`);
  }

  /** Jest fails the run if there is one. */
  getLastError() {
    return LogScan.leaks > 0 ? new Error(`${LogScan.leaks} log lines hold what no log may hold`) : undefined;
  }
};
