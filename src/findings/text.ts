/** Control characters, lone surrogates, and the marks that reverse the direction of text on screen. */
const UNSAFE = /[\p{Cc}\p{Cs}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]+/gu;
const UNSAFE_ONCE = new RegExp(UNSAFE.source, 'u');

/** True when `text` holds characters that no id of AWS holds and that a screen would not show. */
export function hasUnsafe(text: string): boolean {
  return UNSAFE_ONCE.test(text);
}

/** `text` in at most `max` code points; what is cut ends in an ellipsis. Never splits a surrogate pair. */
export function clip(text: string, max: number): string {
  if (text.length <= max) return text;
  const points = Array.from(text.slice(0, (max + 1) * 2));
  return points.length <= max ? text : `${points.slice(0, max - 1).join('')}…`;
}

/** One line of text for people: unsafe characters become spaces, ends are trimmed, at most `max` code points. */
export function cleanText(text: string, max: number): string {
  // What lies far beyond the limit is cut first, so that a megabyte of text costs no more than a line.
  const near = text.length > max * 8 ? text.slice(0, max * 8) : text;
  return clip((hasUnsafe(near) ? near.replace(UNSAFE, ' ') : near).trim(), max);
}
