import { code, mrk, type SafeMrkdwn } from './safe-mrkdwn';

// The shell of AWS CLI examples, as far as it can be told from the sentence around it: a value never ends with
// punctuation, an option takes at most one value, anything else that belongs to it looks like an address,
// a `Name=value` or a PLACEHOLDER.
const VALUE = `(?:"[^"]*"|'[^']*'|[!#-&(-_a-~])+(?<![,.;:])`;
const OPTION = String.raw`--?[a-z][\w-]*(?: (?!-|&&|\|)${VALUE})?`;
const PLACE = String.raw`(?=[!-~]*[:/=]|[A-Z][A-Z0-9_]+\b)${VALUE}`;
const AWS = 'aws (?:s3 (?:ls|cp|mv|rm|sync|presign)|[a-z0-9-]+ [a-z0-9]+-[a-z0-9-]+)';
const NEXT = String.raw`(?:&&|\|) (?:${AWS}|[a-z0-9]+(?: \d+)?)`;
const COMMAND = new RegExp(String.raw`\b${AWS}(?: (?:${OPTION}|${PLACE}|${NEXT}))*`, 'g');

const WHOLE = 3000;
const INTRODUCES = /[:。)]\s*$/;
const SENTENCE_END = /^\s*(?:[。.](?:\s+|$)|。|$)/;

/**
 * One step of a playbook: words, and its AWS CLI commands as code spans, ready to be copied. A command that is all
 * there is between an introduction and the end of a sentence stands on a line of its own. One that does not fit is
 * left out, never shortened: half a command is a wrong one.
 */
export function instruction(text: string, max: number): SafeMrkdwn {
  let drawn = mrk``;
  let at = 0;
  for (const { 0: command, index } of text.matchAll(COMMAND)) {
    const before = text.slice(at, index);
    const end = SENTENCE_END.exec(text.slice(index + command.length));
    const alone = end !== null && INTRODUCES.test(before);
    at = index + command.length + (alone ? end[0].length : 0);
    const [lead, trail] = alone
      ? [mrk`${before.trimEnd()}\n`, at < text.length ? mrk`\n` : mrk``]
      : [mrk`${before}`, mrk``];
    drawn = mrk`${drawn}${lead}${code(command, WHOLE)}${trail}`;
  }
  return mrk`${drawn}${text.slice(at)}`.cut(max);
}
