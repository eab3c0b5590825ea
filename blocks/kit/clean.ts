/**
 * What nobody can see and what turns text around: format characters (zero-width, bidi U+202A-E and U+2066-9,
 * soft hyphen, tags) and control characters other than a line's end.
 */
const UNSEEN = /[\p{Cf}\u2028\u2029]|(?!\n)\p{Cc}/gu;
const LONE_SURROGATE = /\p{Cs}/gu;
/** All of the above and all line ends: in nearly every text there is none, which one look tells. */
const ANYTHING_TO_CLEAN = /[\p{C}\u2028\u2029]/u;

/** Untrusted text without what cannot be seen, as well-formed UTF-16; line ends are kept, runs of blank lines are not. */
export function clean(text: string): string {
  if (!ANYTHING_TO_CLEAN.test(text)) return text;
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
