import { accountId, principal } from '../accounts';
import type { AuditSubject } from './audit';

/** A subject as one word, as buttons and keys carry it. It grants nothing. */
export function subjectRef(subject: AuditSubject): string {
  if ('account' in subject) return `A#${subject.account}`;
  if ('request' in subject) return `R#${subject.request}`;
  return `U#${subject.person}`;
}

/** The subject that a reference names; undefined when it is none. Whether there is such a request is not looked at. */
export function parseSubjectRef(ref: string): AuditSubject | undefined {
  const named = ref.slice(2);
  if (ref.startsWith('A#')) {
    const account = accountId(named);
    return account && { account };
  }
  if (ref.startsWith('U#')) {
    const person = principal(named);
    return person && { person };
  }
  return ref.startsWith('R#') && named !== '' ? { request: named } : undefined;
}
