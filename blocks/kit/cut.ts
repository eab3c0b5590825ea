const ELLIPSIS = '…';
const SEGMENTER = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** What must never be cut in two: one of our own `<…>`, a code span, an entity. */
const WHOLE = /<[^<>]*>|`[^`]*`|&(?:amp|lt|gt);/g;

/** The pieces of mrkdwn that may stand alone, in order: markup and entities whole, everything else by grapheme. */
function* pieces(text: string): Generator<string> {
  let at = 0;
  for (const match of text.matchAll(WHOLE)) {
    yield* graphemes(text.slice(at, match.index));
    yield match[0];
    at = match.index + match[0].length;
  }
  yield* graphemes(text.slice(at));
}

function* graphemes(text: string): Generator<string> {
  if (text === '') return;
  for (const { segment } of SEGMENTER.segment(text)) yield segment;
}

/**
 * At most `max` UTF-16 units of the text's beginning, with an ellipsis where something is left out.
 * Cuts between graphemes only (never inside an emoji), and never inside an entity, a mention, a link or a code span.
 */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  let kept = '';
  for (const piece of pieces(text)) {
    if (kept.length + piece.length > max - ELLIPSIS.length) break;
    kept += piece;
  }
  return kept.trimEnd() + ELLIPSIS;
}

/** The same from the middle: of two long ARNs it is the end that tells them apart. */
export function cutMiddle(text: string, max: number): string {
  if (text.length <= max) return text;
  const all = [...pieces(text)];
  const room = max - ELLIPSIS.length;
  let head = '';
  let tail = '';
  for (const piece of all) {
    if (head.length + piece.length > Math.floor(room / 2)) break;
    head += piece;
  }
  for (const piece of all.reverse()) {
    if (tail.length + piece.length > room - head.length) break;
    tail = piece + tail;
  }
  return head + ELLIPSIS + tail;
}
