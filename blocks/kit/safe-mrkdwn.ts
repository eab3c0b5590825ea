import { clean, cleanLine } from './clean';
import { cut, cutMiddle } from './cut';

/**
 * Slack mrkdwn in which nothing untrusted can mention, link or break out. Made by `mrk` and by what is built on it,
 * and by nothing else: the constructor is private and the text is a private field, so that neither a string nor a
 * look-alike object passes for one.
 */
export class SafeMrkdwn {
  readonly #text: string;

  private constructor(text: string) {
    this.#text = text;
  }

  /** The markup, ready for a `mrkdwn` text object. */
  get markup(): string {
    return this.#text;
  }

  /** At most `max` UTF-16 units, never cut inside an entity, a mention, a link or an emoji. */
  cut(max: number): SafeMrkdwn {
    return new SafeMrkdwn(cut(this.#text, max));
  }

  /** The same, leaving out the middle. */
  cutMiddle(max: number): SafeMrkdwn {
    return new SafeMrkdwn(cutMiddle(this.#text, max));
  }

  /** The template tag's own way in; see `mrk`. */
  static fromTemplate(parts: TemplateStringsArray, values: readonly Piece[]): SafeMrkdwn {
    const text = parts.reduce((all, part, index) => all + render(values[index - 1] ?? '') + part);
    return new SafeMrkdwn(text);
  }
}

type Piece = SafeMrkdwn | string | number;

function render(value: Piece): string {
  if (value instanceof SafeMrkdwn) return value.markup;
  return typeof value === 'number' ? String(value) : escaped(cleanLine(value));
}

/** `&`, `<`, `>` in this order, as Slack asks; a backtick becomes its look-alike, so that no code span opens or ends. */
function escaped(text: string): string {
  if (!/[&<>`]/.test(text)) return text;
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/`/g, 'ˋ');
}

/** Template tag: the literal parts are ours and stay as they are, every interpolated string is escaped. */
export function mrk(parts: TemplateStringsArray, ...values: Piece[]): SafeMrkdwn {
  return SafeMrkdwn.fromTemplate(parts, values);
}

/** Untrusted text, escaped, on one line, at most `max` UTF-16 units after escaping. */
export function excerpt(text: string, max: number): SafeMrkdwn {
  return mrk`${beginning(cleanLine(text).trim(), max)}`.cut(max);
}

/** Untrusted text that may have several lines, each quoted, so that its end is seen. */
export function quote(text: string, max: number): SafeMrkdwn {
  const quoted = beginning(clean(text).trim(), max)
    .split('\n')
    .map((line) => mrk`>${line || '–'}`);
  return joined(quoted).cut(max);
}

/** A code span; a long id loses its middle. */
export function code(text: string, max = 160): SafeMrkdwn {
  const line = cleanLine(text).trim();
  if (line === '') return mrk`–`;
  const ends = line.length > 4 * max ? beginning(line, max) + line.slice(-2 * max) : line;
  return mrk`\`${mrk`${ends}`.cutMiddle(max - 2)}\``;
}

/**
 * More of a clean text than `max` characters can show, so that a long one is not escaped and measured to its end.
 * Where this cuts is never seen: escaping makes nothing shorter.
 */
function beginning(line: string, max: number): string {
  return line.slice(0, 2 * max);
}

/** The pieces with `by` between them; empty ones are left out. */
export function joined(pieces: readonly SafeMrkdwn[], by: SafeMrkdwn = mrk`\n`): SafeMrkdwn {
  return pieces
    .filter((piece) => piece.markup !== '')
    .reduce((all, piece, index) => (index === 0 ? piece : mrk`${all}${by}${piece}`), mrk``);
}
