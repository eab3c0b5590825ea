import { code, excerpt, joined, type SafeMrkdwn } from './safe-mrkdwn';

/** An AWS CLI command inside a sentence: to the end of the text, or to the full stop behind it. */
const COMMAND = /aws [a-z0-9-]+ [a-z0-9-]+(?: [^。]+?)?(?= ?。|[.](?: |$)|$)/;
const WHOLE = 3000;

/**
 * One step of a playbook: words, and any AWS CLI command as a code span on a line of its own, ready to be copied.
 * A command that does not fit is left out, never shortened: half a command is a wrong one.
 */
export function instruction(text: string, max: number): SafeMrkdwn {
  const command = COMMAND.exec(text);
  if (command === null) return excerpt(text, max);
  const before = text.slice(0, command.index).trimEnd();
  const after = text.slice(command.index + command[0].length).replace(/^ ?[。.] ?/, '');
  return joined([excerpt(before, max), code(command[0], WHOLE), excerpt(after, max)]).cut(max);
}
