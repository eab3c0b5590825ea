import { type BlockProblem, checkMessage, checkView } from '../../../blocks/kit/check';
import type { Args } from '../args';
import { isJson, type Json } from '../json';
import { Refusal } from '../refusal';
import type { Methods } from './method';

function refuse(error: string, problems: BlockProblem[]): Json {
  if (problems.length === 0) return {};
  throw new Refusal(error, { errors: problems });
}

function validate(args: Args): Json {
  const [blocks, message, view] = [args.json('blocks'), args.json('message'), args.json('view')];
  if (view !== undefined) return refuse('invalid_view', checkView(view));
  if (isJson(message)) return refuse('invalid_message', checkMessage(message));
  if (blocks !== undefined) return refuse('invalid_blocks', checkMessage({ text: ' ', blocks }));
  throw new Refusal('invalid_arguments');
}

export const blocksMethods: Methods = {
  'blocks.validate': { token: 'none', run: validate },
};
