import { authMethods } from './auth';
import { blocksMethods } from './blocks';
import { chatMethods } from './chat';
import { conversationsMethods } from './conversations';
import { filesMethods } from './files';
import type { Methods } from './method';
import { reactionsMethods } from './reactions';
import { usersMethods } from './users';
import { viewsMethods } from './views';

export type { TokenKind } from './method';

/** Every Web API method the stand-in knows. */
export const METHODS: Methods = {
  ...authMethods,
  ...chatMethods,
  ...viewsMethods,
  ...conversationsMethods,
  ...usersMethods,
  ...reactionsMethods,
  ...filesMethods,
  ...blocksMethods,
};
