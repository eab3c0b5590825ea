import { BULLETIN_KINDS, type BulletinKey } from './bulletin';

/** No control characters, and short enough for a table key, a message and the metadata of a post. */
const SUBJECT = /^[^\p{C}]{1,300}$/u;
const REF = /^bulletin\/([a-z]+)\/(\d{4}-\d{2}-\d{2}|any)\/(.*)$/;

/** The reference by which a bulletin is queued, found again in Slack, and that its own buttons carry. */
export function bulletinRef({ kind, day, subject }: BulletinKey): string {
  return `bulletin/${kind}/${day}/${subject}`;
}

/** The bulletin that a reference names; undefined when it names none. That it exists is for the caller to see. */
export function parseBulletinRef(ref: string): BulletinKey | undefined {
  const [, name, day, subject] = REF.exec(ref) ?? [];
  const kind = BULLETIN_KINDS.find((known) => known === name);
  return kind !== undefined && day !== undefined && subject !== undefined && SUBJECT.test(subject)
    ? { kind, day, subject }
    : undefined;
}
