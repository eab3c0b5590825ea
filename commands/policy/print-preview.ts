import type { AccountLookup } from '../../src/accounts';
import { type Counts, OUTCOMES, type Preview } from '../../src/policy';
import { bold } from '../bold';

const SHOWN = 20;
const NAME = 44;

/** Names come from findings: nothing of them may steer the terminal. */
const printable = (text: string) => text.replace(/\p{C}/gu, '?');

const number = (n: number) => n.toLocaleString('en-US');
const cell = (text: string) => text.padStart(12);
const row = (name: string, cells: readonly string[]) =>
  `  ${printable(name).slice(0, NAME).padEnd(NAME)}${cells.map(cell).join('')}`;
const counted = (counts: Counts) =>
  OUTCOMES.map((outcome) => (counts[outcome] === 0 ? '·' : number(counts[outcome])));

function table(title: string, rows: readonly (readonly [string, Counts])[]): readonly string[] {
  if (rows.length === 0) return [];
  const more = rows.length - SHOWN;
  return [
    '',
    bold(title),
    row('', OUTCOMES),
    ...rows.slice(0, SHOWN).map(([name, counts]) => row(name, counted(counts))),
    ...(more > 0 ? [`  and ${number(more)} more`] : []),
  ];
}

function differences({ differences: all }: Preview, inForce: string): readonly string[] {
  if (all.length === 0) return ['', `Nothing differs from the policy in force (${inForce}).`];
  const more = all.length - SHOWN;
  return [
    '',
    bold(`What differs from the policy in force (${inForce})`),
    ...all
      .slice(0, SHOWN)
      .map(
        ({ control, from, to, count }) =>
          `  ${printable(control).slice(0, NAME).padEnd(NAME)}  ${from} → ${to}`.padEnd(NAME + 28) +
          cell(number(count)),
      ),
    ...(more > 0 ? [`  and ${number(more)} more`] : []),
  ];
}

/** What is said of a preview beside its numbers. */
export interface PreviewAbout {
  /** The file that is held against the policy in force. */
  readonly file: string;
  /** Names the policy in force. */
  readonly inForce: string;
  /** Failing issues that no policy moves. */
  readonly kept: number;
  readonly accounts: AccountLookup;
}

/** Prints a preview as tables, its last line as JSON for programs. */
export function printPreview(preview: Preview, { file, inForce, kept, accounts }: PreviewAbout): void {
  const named = preview.byAccount.map(([id, counts]) => {
    const { name } = accounts(id);
    return [name === undefined ? id : `${name} (${id})`, counts] as const;
  });
  const rest =
    kept === 0 ? '' : ` ${number(kept)} more were suppressed or sent by people and stay as they are.`;
  const lines = [
    `${bold(file)}, over ${number(preview.issues)} failing issues.${rest}`,
    ...table('All', [['', preview.counts]]),
    ...table('By control', preview.byControl),
    ...table('By account', named),
    ...differences(preview, inForce),
  ];
  for (const line of lines) console.log(line);
  const { issues, changed, counts } = preview;
  console.log(JSON.stringify({ issues, changed, posted: counts.asked + counts.told, ...counts, kept }));
}
