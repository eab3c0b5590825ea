/**
 * What nobody can see and what turns text around: format characters (zero-width, bidi U+202A-E and U+2066-9,
 * soft hyphen, tags) and control characters other than a line's end.
 */
const UNSEEN = /[\p{Cf}\u2028\u2029]|(?!\n)\p{Cc}/gu;
const LONE_SURROGATE = /\p{Cs}/gu;
/**
 * Texts of nothing but ASCII, kana, common kanji and full-width forms hold nothing of the above. Nearly every text is
 * one, and a set of ranges is told several times faster than a property of Unicode.
 */
const PLAIN = /^[\x20-\x7e\u2010-\u2027\u3001-\u303f\u3041-\u3096\u3099-\u30ff\u4e00-\u9fef\uff01-\uff5e]*$/;
/** All of the above and all line ends. */
const ANYTHING_TO_CLEAN = /[\p{C}\u2028\u2029]/u;

/** Untrusted text without what cannot be seen, as well-formed UTF-16; line ends are kept, runs of blank lines are not. */
export function clean(text: string): string {
  if (PLAIN.test(text) || !ANYTHING_TO_CLEAN.test(text)) return text;
  return text
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(/\t/g, ' ')
    .replace(UNSEEN, '')
    .replace(LONE_SURROGATE, '\uFFFD')
    .replace(/\n{3,}/g, '\n\n');
}

/** The same on one line. */
export function cleanLine(text: string): string {
  const cleaned = clean(text);
  return cleaned.includes('\n') ? cleaned.replace(/\s*\n\s*/g, ' ') : cleaned;
}
