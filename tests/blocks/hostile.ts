import * as fc from 'fast-check';
import { parsedTexts } from './read-aloud';

/** What people and attackers put into names, titles and reasons. */
export const CORPUS: readonly string[] = [
  '<!channel>',
  '<!here> <!everyone>',
  '<!subteam^S0EVIL001>',
  '<@U0EVIL001>',
  '<#C0EVIL001>',
  '<http://evil.example|docs.aws.amazon.com>',
  '<https://evil.example/login|AWS>',
  '<mailto:a@b.example|x>',
  '<!date^0^{time}|x>',
  '&lt;!channel&gt;',
  '&amp;lt;!channel&amp;gt;',
  '```\nbreak out\n```',
  '`code` *bold* _it_ ~no~',
  '> quote\n> quote',
  '\u202Egnp.exe\u202C',
  '\u2066left\u2069 \u200Ezero\u200Bwidth\u200D\uFEFF\u00AD',
  'NUL\u0000 BEL\u0007 ESC\u001B[31m DEL\u007F C1\u0085',
  'lone \uD83D high, lone \uDE00 low',
  '👩‍👩‍👧‍👦🇯🇵👍🏽é️⃣'.repeat(40),
  'か\u3099'.repeat(300),
  'a\u0301\u0302\u0303'.repeat(500),
  '<'.repeat(3000),
  '&'.repeat(3000),
  '"\\'.repeat(1500),
  '`'.repeat(3000),
  'x'.repeat(10_000),
  '\u2028line\u2029paragraph',
  ' ',
  '',
  '\n\n\n',
  '__proto__',
  'constructor',
  'javascript:alert(1)',
];

/** The corpus for `test.each`: a short name for each, and the text. */
export const NAMED = CORPUS.map(
  (text, place) => [`${place} ${JSON.stringify(text).slice(0, 40)}`, text] as const,
);

/** Hostile text: the corpus, any string, and strings put together of both. */
export const hostile = (maxLength = 2048): fc.Arbitrary<string> =>
  fc.oneof(
    fc.constantFrom(...CORPUS),
    fc.string({ unit: 'binary', maxLength }),
    fc
      .array(fc.constantFrom(...CORPUS, 'a', 'あ', '<', '>', '&', '|', '`', '😀', '\uD83D'), {
        maxLength: 20,
      })
      .map((parts) => parts.join('').slice(0, maxLength)),
    fc
      .constantFrom('<!channel>', '&', '"', '\\', '漢', '😀')
      .map((unit) => unit.repeat(maxLength).slice(0, maxLength)),
  );

/** Markup that the bot itself makes out of the records of the tests. */
const OURS =
  /^<(?:@U0(?:OWNER01|HELPER1)|!subteam\^S0(?:SECTEAM|LEADS01)|#C0(?:HOME001|OTHER01)|!date\^-?\d+\^\{date_short_pretty\} \{time\}\|[0-9-]+ [0-9:]+ UTC|https:\/\/(?:docs\.aws\.amazon\.com|ap-northeast-1\.console\.aws\.amazon\.com\/cloudwatch|slack\.com\/archives|example\.slack\.com\/archives)\/[^<>|]*\|[^<>|]+)>$/;

/** Everything in a message or view that Slack would take for a mention, a link or a broken text, and we did not make. */
export function intruders(drawn: unknown): string[] {
  const json = JSON.stringify(drawn);
  const texts = parsedTexts(drawn);
  const markup = texts.flatMap((text) => text.match(/<[^<>]*>?/g) ?? []).filter((one) => !OURS.test(one));
  const entities = texts.flatMap((text) => text.match(/&(?!amp;|lt;|gt;).{0,8}/g) ?? []);
  const unseen = texts.flatMap((text) => text.match(/(?![\n])[\p{Cc}\p{Cf}\p{Cs}]/gu) ?? []);
  const fences = texts.filter((text) => text.includes('```'));
  const everywhere = [...json.matchAll(/<[!@#h][^<>"]{0,4000}>?/g)]
    .map(([one]) => one)
    .filter((one) => !OURS.test(one));
  return [...markup, ...entities, ...unseen, ...fences, ...everywhere];
}
