import { LOCAL_WORKSPACE } from '../../local/slack';
import { enough, type Role } from '../../src/access';
import { type Change, changeItemKey, changeRef } from '../../src/changes';
import type { HistoryEntry, Item } from '../../src/store';
import { where } from './where';

/** An entry of its history, as it is stored. */
type Step = Item & HistoryEntry;

/** Messages as they stand in Slack, by what they tell. */
type Posts = readonly { readonly record: string; readonly key: string }[];

/** The promises that a change breaks: its steps are on record, it is asked about once, and nothing is done unapproved. */
export function brokenByChange(
  change: Change,
  { items, posts }: { readonly items: readonly Item[]; readonly posts: Posts },
): string[] {
  const { pk, sk } = changeItemKey(change.id);
  const steps = items
    .filter((item): item is Step => item.pk === `${pk}#${sk}#H` && item.sk.startsWith('S#'))
    .toSorted((a, b) => (a.sk < b.sk ? -1 : 1));
  return [
    ...wronglyLogged(change, steps, items),
    ...wronglyShown(change, posts),
    ...doneUnapproved(change, steps, items),
  ];
}

/** Every step is in the audit log once, under each of its subjects, and nothing else is there of the change. */
function wronglyLogged(
  { id, kind, about }: Change,
  steps: readonly Step[],
  items: readonly Item[],
): string[] {
  const said = (of: string, { seq, at, what, by }: Item) => [of, seq, at, what, by].join(' ');
  const wanted = steps.flatMap((step) =>
    [
      `AUDIT#${step.at.slice(0, 10)}`,
      ...(about.account === undefined ? [] : [`AUDIT#A#${about.account}`]),
      ...(about.request === undefined ? [] : [`AUDIT#R#${about.request}`]),
      ...(step.by === undefined ? [] : [`AUDIT#U#${step.by}`]),
    ].map((of) => said(of, step)),
  );
  const logged = items
    .filter((item) => item['type'] === 'audit' && item['id'] === id)
    .map((event) => said(event.pk, event));
  return where(
    ...wanted.map((step) => [!logged.includes(step), `${kind} is not logged: ${step}`] as const),
    ...logged.map((step) => [!wanted.includes(step), `${kind} is logged, and was not so: ${step}`] as const),
  );
}

/** One approval card where one was asked for, as the change is now; each reply once, wherever it stands. */
function wronglyShown({ id, kind, card, revision = 0 }: Change, posts: Posts): string[] {
  const keys = posts.filter(({ record }) => record === changeRef(id)).map(({ key }) => key);
  const cards = keys.filter((key) => key === 'card').length;
  return where(
    [cards !== (card === undefined ? 0 : 1), `${kind} ${id} has ${cards} approval cards`],
    [new Set(keys).size < keys.length, `${kind} ${id} has told something twice: ${keys.join()}`],
    [card !== undefined && card.shownRevision < revision, `${kind} ${id} is not shown as it is`],
    [card?.posting !== undefined, `${kind} ${id} is still being posted`],
    [card?.queuedAt !== undefined, `${kind} ${id} still waits to be shown`],
  );
}

const TEAM: readonly (readonly [string, Role])[] = [
  ['S0ANALYSTS', 'analyst'],
  ['S0LEADS', 'lead'],
];

function rolesOf(person: string): readonly Role[] {
  return TEAM.flatMap(([group, role]) =>
    LOCAL_WORKSPACE.userGroups.some(({ id, users }) => id === group && users.includes(person)) ? [role] : [],
  );
}

/** Entries of other records' histories that say that a change was done. */
const DONE: readonly string[] = ['suppressed', 'extended', 'registered', 'changed'];

/** What needs approval is done after others have given it, to what was asked last, and leaves no trace otherwise. */
function doneUnapproved(
  { id, kind, asked, ruling, actor }: Change,
  steps: readonly Step[],
  items: readonly Item[],
): string[] {
  if (asked === undefined || ruling?.effect !== 'needs approval') return [];
  const begun = steps.findIndex(({ what }) => what === 'applying');
  const before = steps.slice(0, Math.max(begun, 0));
  const approvers = before
    .slice(before.findLastIndex(({ what }) => what === 'asked' || what === 'void'))
    .filter(({ what }) => what === 'approval')
    .map(({ by }) => ({ id: String(by) as Change['actor']['id'], roles: rolesOf(String(by)) }));
  const approved = begun >= 0 && enough(ruling.needs, approvers, actor.id);
  const traces = items.filter(
    (item) =>
      (item['type'] === 'issue' && JSON.stringify(item['cause'] ?? '').includes(id)) ||
      (item.pk.endsWith('#H') &&
        item['change'] === id &&
        DONE.includes(String(item['what'] ?? item['kind']))),
  );
  return where(
    [begun >= 0 && !approved, `${kind} ${id} was done, and too few others approved it`],
    ...traces.map(({ pk }) => [!approved, `${kind} ${id} has left its trace on ${pk}, unapproved`] as const),
  );
}
