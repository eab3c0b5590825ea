import { createInterface } from 'node:readline/promises';
import { PolicyMovedError } from '../../src/policy';
import type { OpenPolicies } from './open-policies';
import { previewFile } from './preview-file';

async function confirmed(): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await terminal.question('Put this policy into force? [y/N] ');
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    terminal.close();
  }
}

/** Shows what a policy file would do and, if that is wanted, puts it into force. @returns the exit code */
export async function pushFile(file: string | undefined, yes: boolean, open: OpenPolicies): Promise<number> {
  if (!yes && !process.stdin.isTTY) {
    console.error('There is no terminal to ask on: look with `preview`, then push with --yes.');
    return 2;
  }
  const { next, inForce } = await previewFile(file, 'table', open);
  if (next.text === inForce?.text) {
    console.error('This policy is in force already.');
    return 0;
  }
  if (!yes && !(await confirmed())) {
    console.error('Nothing was changed.');
    return 1;
  }
  try {
    const { number } = await open.policies.push(next.text, open.access.operator, inForce?.number ?? 0);
    console.error(`Policy ${number} is in force: the bot takes it up within a minute.`);
    return 0;
  } catch (error) {
    if (!(error instanceof PolicyMovedError)) throw error;
    console.error('Somebody else has pushed a policy meanwhile; look again with `preview`.');
    return 1;
  }
}
