/** The command was typed wrongly; the message says how, and the usage follows it. */
export class WrongUsage extends Error {
  override readonly name = 'WrongUsage';
}
