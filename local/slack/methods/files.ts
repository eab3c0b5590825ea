import type { Args } from '../args';
import type { Context } from '../context';
import { isJson, type Json } from '../json';
import { Refusal } from '../refusal';
import type { Methods } from './method';

function getUploadUrl(args: Args, { url, workspace: { files } }: Context): Json {
  const name = args.required('filename', 'missing_argument');
  const length = Number(args.required('length', 'missing_argument'));
  if (!Number.isInteger(length)) throw new Refusal('invalid_arguments');
  const { id, ticket } = files.begin({ name, length, alt: args.text('alt_txt') ?? '' });
  return { upload_url: `${url()}/upload/v1/${ticket}`, file_id: id };
}

function completeUpload(args: Args, { workspace: { files } }: Context): Json {
  const given = args.json('files');
  if (!Array.isArray(given) || given.length === 0) throw new Refusal('invalid_arguments');
  return {
    files: given.map((file: unknown) => {
      if (!isJson(file)) throw new Refusal('invalid_arguments');
      const { id, title } = file;
      return files.complete(String(id), typeof title === 'string' ? title : undefined);
    }),
  };
}

export const filesMethods: Methods = {
  'files.getUploadURLExternal': { token: 'bot', run: getUploadUrl },
  'files.completeUploadExternal': { token: 'bot', run: completeUpload },
  'files.info': {
    token: 'bot',
    run: (args, { workspace: { files } }) => ({ file: files.shown(args.required('file', 'file_not_found')) }),
  },
};
