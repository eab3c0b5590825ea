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
  readonly draw: (pictures: Readonly<Partial<Record<Name, ShownPicture>>>) => Message;
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
  await respond(responseUrl, draw({}));
  const upload = async (name: Name): Promise<Partial<Record<Name, ShownPicture>>> => {
    const drawn = await pictures[name]();
    if (drawn === undefined) return {};
    const { png, alt } = drawn;
    const file = await slack.uploadPicture({ png, alt, name: `${name}-${about}.png` });
    return { [name]: { file, alt } } as Record<Name, ShownPicture>;
  };
  const without = (error: unknown) => {
    log.warn('an answer stays without its picture', { about, error });
    return {};
  };
  const names = Object.keys(pictures) as Name[];
  const uploads = await Promise.all(names.map((name) => upload(name).catch(without)));
  const shown: Partial<Record<Name, ShownPicture>> = Object.assign({}, ...uploads);
  if (Object.keys(shown).length === 0) return;
  await respond(responseUrl, { ...draw(shown), replaceOriginal: true }).catch(without);
}
