/** Tells people how it goes; standard output is for the figures. */
export function say(text: string): void {
  process.stderr.write(`${text}\n`);
}
