import { isJson, type Json, jsonList, textIn } from '../../../slack/json';
import { ask, problemOf, Refused } from '../side/ask';
import { refreshPerson, say, words } from '../store';

/** Where something is used: a message, the open modal, or App Home. */
export type Spot = { readonly channel: string; readonly ts: string } | { readonly surface: 'modal' | 'home' };

type Verb =
  | 'command'
  | 'press'
  | 'choose'
  | 'suggest'
  | 'submit'
  | 'close'
  | 'mention'
  | 'say'
  | 'react'
  | 'unreact'
  | 'home';

/**
 * Does what a person does, and waits until the app has answered. What Slack refuses and how the app fails is shown
 * to the person.
 * @returns what the stand-in says of it; undefined when it could not be done
 */
export async function act(user: string, verb: Verb, body: Json): Promise<Json | undefined> {
  const w = words();
  try {
    const seen = await ask<Json>(`/api/slack/${verb}`, { user, ...body });
    const trouble = textIn(seen['trouble']);
    if (trouble !== '') say('problem', failureText(verb, body, trouble), trouble);
    return seen;
  } catch (error) {
    const why = problemOf(error);
    say('problem', error instanceof Refused ? w.slackRefuses(why) : w.notReached(why));
    return undefined;
  } finally {
    refreshPerson(user);
  }
}

/** In the words that Slack uses for it. */
function failureText(verb: Verb, body: Json, trouble: string): string {
  const w = words();
  if (verb === 'command') return w.commandFailed(textIn(body['command']) || '/secops', codeOf(trouble));
  return verb === 'submit' ? w.modalFailed : w.appFailed('secops');
}

function codeOf(trouble: string): string {
  return /\((\w+)\)|with (\w+)|HTTP (\d+)/.exec(trouble)?.slice(1).find(Boolean) ?? 'dispatch_failed';
}

/** The options that the app suggests for what has been typed. */
export async function suggest(user: string, body: Json): Promise<Json[]> {
  const seen = await act(user, 'suggest', body);
  return isJson(seen) ? jsonList(seen['options']) : [];
}
