import { type BlockProblem, checkMessage, checkView } from '../../blocks/kit/check';
import type { Files } from './files';
import { isJson, type Json } from './json';
import { Refusal } from './refusal';

/** Problems with an answer of their own; everything else is `invalid_blocks`. */
const OWN_ERRORS: Partial<Record<BlockProblem['code'], string>> = {
  no_text: 'no_text',
  msg_too_long: 'msg_too_long',
  msg_blocks_too_long: 'msg_blocks_too_long',
  invalid_metadata_format: 'invalid_metadata_format',
  only_one_table_allowed: 'invalid_attachments',
};

function inSlacksWords(problems: BlockProblem[], root = ''): string[] {
  return problems.map(({ message, pointer }) => `${message} [json-pointer:${root}${pointer}]`);
}

function detail(errors: string[]): Json {
  return { errors, response_metadata: { messages: errors.map((error) => `[ERROR] ${error}`) } };
}

/** Files that are not there, and those that Slack has not processed yet. */
function badFiles(blocks: unknown, files: Files, root = ''): string[] {
  return files.faultsIn(blocks, `${root}/blocks`).map((at) => `invalid slack file [json-pointer:${at}]`);
}

/** @throws Refusal as chat.postMessage would answer */
export function refuseBadMessage(
  message: { text?: unknown; blocks?: unknown; metadata?: unknown },
  files: Files,
): void {
  const problems = checkMessage(message);
  const errors = [...inSlacksWords(problems), ...badFiles(message.blocks, files)];
  if (errors.length === 0) return;
  const own = problems.map(({ code }) => OWN_ERRORS[code]).find((code) => code !== undefined);
  throw new Refusal(own ?? 'invalid_blocks', detail(errors));
}

/** @throws Refusal as views.open would answer */
export function refuseBadView(view: unknown, files: Files): void {
  const problems = checkView(view);
  const blocks = isJson(view) ? view['blocks'] : undefined;
  const errors = [...inSlacksWords(problems, '/view'), ...badFiles(blocks, files, '/view')];
  if (errors.length === 0) return;
  const tooLarge = problems.some(({ code }) => code === 'view_too_large');
  throw new Refusal(tooLarge ? 'view_too_large' : 'invalid_arguments', detail(errors));
}
