import type { Message } from '../blocks/kit';
import type { Picture } from '../blocks/pictures';
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
  /** Without pictures first. */
  readonly draw: (pictures: { readonly [name in Name]?: ShownPicture }) => Message;
}

/**
 * Answers at once, because nobody waits for a picture to read a number, and replaces the answer when its pictures are
 * there. One that cannot be drawn, uploaded or shown is left out.
 * @throws what the first answer throws
 */
export async function respondWithPictures<Name extends string>(
  { responseUrl, about, pictures, draw }: PicturedAnswer<Name>,
  { ports: { log, respond, slack } }: Bot,
): Promise<void> {
  const shown: { [name in Name]?: ShownPicture } = {};
  await respond(responseUrl, draw(shown));
  const without = (error: unknown) => log.warn('an answer stays without its picture', { about, error });
  const upload = async (name: Name) => {
    const drawn = await pictures[name]();
    if (drawn === undefined) return;
    const { png, alt } = drawn;
    const file = await slack.uploadPicture({ png, alt, name: `${name}-${about}.png` });
    shown[name] = { file, alt };
  };
  const names = Object.keys(pictures) as Name[];
  await Promise.all(names.map((name) => upload(name).catch(without)));
  if (names.every((name) => shown[name] === undefined)) return;
  await respond(responseUrl, { ...draw(shown), replaceOriginal: true }).catch(without);
}
