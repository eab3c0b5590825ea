import { setTimeout as delay } from 'node:timers/promises';
import type { Message } from '../blocks/kit';
import type { Picture } from '../blocks/pictures';
import { SlackRefused } from '../src/slack';
import type { Bot } from './composition';

/** A picture that has been uploaded, and what it says in words. */
export type ShownPicture = { readonly file: string; readonly alt: string };

/** An answer that is whole without its pictures, and better with them. */
export interface PicturedAnswer<Name extends string> {
  readonly responseUrl: string;
  /** What it is about: names its files, and stands in the log. */
  readonly about: string;
  /** Undefined where there is nothing to draw yet. */
  readonly pictures: Readonly<Record<Name, () => Promise<Picture | undefined>>>;
  /** With the pictures that there are. */
  readonly draw: (pictures: { readonly [name in Name]?: ShownPicture }) => Message;
}

/** Nobody waits longer than this for a picture to read a number. */
const PATIENCE_MS = 5_000;

/**
 * Answers once, with the pictures that are there in time: an answer to a command cannot be replaced by a later one, as
 * a message with buttons can. A picture that cannot be drawn, uploaded or shown is left out.
 * @throws what the answer without pictures throws
 */
export async function respondWithPictures<Name extends string>(
  { responseUrl, about, pictures, draw }: PicturedAnswer<Name>,
  { ports: { log, respond, slack } }: Bot,
): Promise<void> {
  const ready: { [name in Name]?: ShownPicture } = {};
  const without = (error: unknown) => log.warn('an answer stays without its picture', { about, error });
  const upload = async (name: Name) => {
    const drawn = await pictures[name]();
    if (drawn === undefined) return;
    const { png, alt } = drawn;
    const file = await slack.uploadPicture({ png, alt, name: `${name}-${about}.png` });
    ready[name] = { file, alt };
  };
  const names = Object.keys(pictures) as Name[];
  const late = new AbortController();
  await Promise.race([
    Promise.all(names.map((name) => upload(name).catch(without))),
    delay(PATIENCE_MS, undefined, { signal: late.signal, ref: false }).catch(() => undefined),
  ]);
  late.abort();
  const shown = { ...ready };
  if (names.some((name) => shown[name] !== undefined)) {
    try {
      await respond(responseUrl, draw(shown));
      return;
    } catch (error) {
      if (!(error instanceof SlackRefused)) throw error;
      without(error);
    }
  }
  await respond(responseUrl, draw({}));
}
