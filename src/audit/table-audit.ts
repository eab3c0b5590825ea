import { type Item, type Key, recordType, type Table } from '../store';
import type { Audit, AuditEvent, AuditSubject } from './audit';
import { subjectRef } from './subject-ref';

const DAY_MS = 86_400_000;
const SEQ_DIGITS = 9;

const auditItems = recordType<AuditEvent>('audit');

const dayPartition = (at: Date): string => `AUDIT#${at.toISOString().slice(0, 10)}`;

const partitionOf = (subject: AuditSubject): string => `AUDIT#${subjectRef(subject)}`;

/** Every partition that has the event, whole: each question is one read of one partition. */
function keysOf(event: AuditEvent): Key[] {
  const at = new Date(event.at);
  const sk = `${at.toISOString()}#${event.id}#${String(event.seq).padStart(SEQ_DIGITS, '0')}`;
  const { account, request, by } = event;
  const partitions = [
    dayPartition(at),
    ...(account === undefined ? [] : [partitionOf({ account })]),
    ...(request === undefined ? [] : [partitionOf({ request })]),
    ...(by === undefined ? [] : [partitionOf({ person: by })]),
  ];
  return partitions.map((pk) => ({ pk, sk }));
}

const cursorOf = ({ sk }: Item): string => Buffer.from(sk).toString('base64url');

/** Where to read on; a cursor that is none begins anew. It names a place only, in whatever partition is asked for. */
function startOf(pk: string, cursor: string | undefined): Key | undefined {
  const sk = Buffer.from(cursor ?? '', 'base64url').toString();
  return sk === '' ? undefined : { pk, sk };
}

/** The audit log in the table: by day, account, request and person, in order of time. */
export function tableAudit(table: Table): Audit {
  /** One more than wanted, if there are so many: it says whether there is another page. */
  const newest = async (pk: string, wanted: number, from: Key | undefined): Promise<readonly Item[]> => {
    const items: Item[] = [];
    let start: Record<string, unknown> | undefined = from && { ...from };
    do {
      const limit = wanted + 1 - items.length;
      const page = await table.query(pk, { limit, backwards: true, ...(start && { from: start }) });
      items.push(...page.items);
      start = page.next;
    } while (start !== undefined && items.length <= wanted);
    return items;
  };

  return {
    async record(events) {
      for (const event of events) {
        await Promise.all(keysOf(event).map((key) => table.put(auditItems.toItem(key, event))));
      }
    },

    async of(subject, { limit, from }) {
      const pk = partitionOf(subject);
      const items = await newest(pk, limit, startOf(pk, from));
      const shown = items.slice(0, limit);
      const last = shown.at(-1);
      return {
        events: shown.map(auditItems.fromItem),
        ...(items.length > limit && last && { next: cursorOf(last) }),
      };
    },

    async *between(from, to) {
      const end = to.toISOString();
      const firstDay = Math.floor(from.getTime() / DAY_MS) * DAY_MS;
      for (let day = firstDay; day < to.getTime(); day += DAY_MS) {
        const pk = dayPartition(new Date(day));
        // Sort keys begin with the time, so this one lies just before everything of that moment.
        let start: Record<string, unknown> | undefined = { pk, sk: from.toISOString() };
        while (start !== undefined) {
          const page = await table.query(pk, { from: start });
          const wanted = page.items.filter(({ sk }) => sk < end);
          yield* wanted.map(auditItems.fromItem);
          start = wanted.length < page.items.length ? undefined : page.next;
        }
      }
    },
  };
}
