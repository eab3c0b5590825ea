import type { About } from '../changes';
import { parseRequestRef } from './keys';

/** What a change about a request touches. A reference that is none touches nothing: applying it fails. */
export function aboutRequest(target: string): About {
  const key = parseRequestRef(target);
  return key === undefined ? {} : { account: key.account, request: target };
}
