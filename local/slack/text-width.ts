/** Columns a terminal gives to a character: two for East Asian wide ones and emoji, none for marks. */
const NOTHING = /\p{Mn}|\p{Me}|\u200B|\u200C|\u200D|\u200E|\u200F|\u2060/u;
const WIDE =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE4F\uFF00-\uFF60\uFFE0-\uFFE6\u{1F300}-\u{1FAFF}\u{20000}-\u{3FFFD}]|\p{Emoji_Presentation}/u;
/** May not begin a line in Japanese. */
const NOT_FIRST = /[、。，．,.:;!?！？）」』】〕)\]}ー々]/u;

function charWidth(char: string): number {
  if (NOTHING.test(char)) return 0;
  return WIDE.test(char) ? 2 : 1;
}

export function displayWidth(text: string): number {
  let width = 0;
  for (const char of text) width += charWidth(char);
  return width;
}

export function padToWidth(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)));
}

/** Words stay whole; between wide characters a line may break anywhere. */
function pieces(text: string): string[] {
  const found: string[] = [];
  for (const char of text) {
    const last = found.at(-1);
    const lastChar = last === undefined ? '' : ([...last].at(-1) ?? '');
    const joins =
      last !== undefined &&
      (NOT_FIRST.test(char) ||
        charWidth(char) === 0 ||
        (charWidth(char) === 1 && charWidth(lastChar) === 1 && (char === ' ') === (lastChar === ' ')));
    if (joins) found[found.length - 1] = last + char;
    else found.push(char);
  }
  return found;
}

/** A piece that is wider than a whole line is cut. */
function cut(piece: string, width: number): string[] {
  if (displayWidth(piece) <= width) return [piece];
  const parts = [''];
  for (const char of piece) {
    const last = parts[parts.length - 1] ?? '';
    if (displayWidth(last) + charWidth(char) > width && last !== '') parts.push(char);
    else parts[parts.length - 1] = last + char;
  }
  return parts;
}

function wrapLine(text: string, width: number): string[] {
  const lines = [''];
  for (const piece of pieces(text).flatMap((whole) => cut(whole, width))) {
    const line = lines[lines.length - 1] ?? '';
    if (displayWidth(line) + displayWidth(piece.trimEnd()) <= width) lines[lines.length - 1] = line + piece;
    else if (piece.trim() !== '') lines.push(piece);
  }
  return lines.map((line) => line.trimEnd());
}

/** Lines of at most `width` columns; line breaks in the text stay. */
export function wrap(text: string, width: number): string[] {
  return text.split('\n').flatMap((line) => wrapLine(line, Math.max(width, 2)));
}
