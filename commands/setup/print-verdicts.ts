import type { SetupCheck, Verdict } from '../../src/hub-setup';
import { printable } from '../printable';
import { textTable } from '../text-table';

const MARKS: Readonly<Record<Verdict['state'], string>> = { right: '✓', wrong: '✗', unread: '?' };

const TITLES: Readonly<Record<SetupCheck, string>> = {
  aggregation: 'region aggregation',
  administration: 'administration',
  hub: 'Security Hub',
  format: 'finding format',
  standard: 'standard',
  controls: 'controls',
  members: 'membership',
  role: 'member role',
  delivery: 'event delivery',
};
const ORDER = Object.keys(TITLES);

/** So many places of a line are named. */
const NAMED = 2;

const place = ({ account, region }: Verdict) => (region === undefined ? account : `${account} ${region}`);

function where(same: readonly Verdict[]): string {
  const named = same.slice(0, NAMED).map(place).join(', ');
  return same.length <= NAMED ? named : `${named} and ${(same.length - NAMED).toLocaleString('en-US')} more`;
}

/** Prints what is right and wrong as a table: places of which the same is said share a line. */
export function printVerdicts(verdicts: readonly Verdict[]): void {
  const lines = new Map<string, Verdict[]>();
  for (const verdict of verdicts) {
    const { check, state, says, todo } = verdict;
    const key = JSON.stringify([check, state, says, todo]);
    lines.set(key, [...(lines.get(key) ?? []), verdict]);
  }
  const sorted = [...lines.values()].sort(
    ([a], [b]) => ORDER.indexOf(a?.check ?? '') - ORDER.indexOf(b?.check ?? ''),
  );
  const rows = sorted.flatMap((same) => {
    const [first] = same;
    if (first === undefined) return [];
    const { check, state, says, todo } = first;
    return [[TITLES[check], where(same), `${MARKS[state]} ${says}`, todo ?? ''].map(printable)];
  });
  for (const row of textTable([['what', 'where', 'state', 'what to do'], ...rows])) console.log(row);
  const count = (state: Verdict['state']) => verdicts.filter((verdict) => verdict.state === state).length;
  console.error(
    `${count('right')} right, ${count('wrong')} wrong, ${count('unread')} that could not be read.`,
  );
}
