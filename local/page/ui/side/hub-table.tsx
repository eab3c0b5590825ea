import { useMemo, useState } from 'preact/hooks';
import type { Hub, HubRow, PageLanguage } from '../../api';
import { SeverityMark } from './severity-mark';
import { useFresh } from './use-fresh';
import { type SideWords, sideWords } from './words';

/** As many as are read by eye; a filter finds the rest. */
const SHOWN = 100;

const CHOICES = ['compliance', 'workflow', 'recordState'] as const;
type Choice = (typeof CHOICES)[number];

/** What Security Hub holds, newest first, to be filtered. */
export function HubTable({ language }: { language: PageLanguage }) {
  const w = sideWords(language);
  const { value, problem } = useFresh<Hub>('/api/hub');
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<Partial<Record<Choice, string>>>({});
  const rows = value?.rows;
  const fitting = useMemo(() => (rows ? filtered(rows, text, chosen) : []), [rows, text, chosen]);
  return (
    <section class="side-section" aria-labelledby="side-hub">
      <h3 id="side-hub">{w.aws.hub}</h3>
      <p class="side-about">{w.aws.hubAbout}</p>
      <div class="side-filters">
        <label class="side-filter-text">
          <span>{w.aws.search}</span>
          <input type="search" value={text} onInput={({ currentTarget }) => setText(currentTarget.value)} />
        </label>
        {CHOICES.map((choice) => (
          <label key={choice}>
            <span>{w.aws.columns[choice]}</span>
            <select
              value={chosen[choice] ?? ''}
              onChange={({ currentTarget }) => setChosen({ ...chosen, [choice]: currentTarget.value })}
            >
              <option value="">{w.aws.any}</option>
              {valuesOf(rows ?? [], choice).map((each) => (
                <option key={each}>{each}</option>
              ))}
            </select>
          </label>
        ))}
      </div>
      {problem && <p class="side-said side-said-bad">{problem}</p>}
      {!rows && !problem && <p>{w.loading}</p>}
      {rows && (
        <>
          <p class="side-about">{w.aws.count(Math.min(fitting.length, SHOWN), value?.total ?? 0)}</p>
          {fitting.length === 0 ? <p>{w.aws.nothingFits}</p> : <Table w={w} rows={fitting.slice(0, SHOWN)} />}
        </>
      )}
    </section>
  );
}

function Table({ w, rows }: { w: SideWords; rows: readonly HubRow[] }) {
  const { columns } = w.aws;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard
    <section class="side-table" tabIndex={0} aria-label={w.aws.hubTable}>
      <table>
        <thead>
          <tr>
            <th scope="col">{columns.control}</th>
            <th scope="col">{columns.severity}</th>
            <th scope="col">{columns.compliance}</th>
            <th scope="col">{columns.workflow}</th>
            <th scope="col">{columns.recordState}</th>
            <th scope="col">{columns.note}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <th scope="row">
                <span class="side-hub-control">{row.control || row.title}</span>
                <span class="side-arn side-mono">{row.resource}</span>
              </th>
              <td>
                <SeverityMark severity={row.severity} />
              </td>
              <td>{row.compliance}</td>
              <td>
                <span class={`side-workflow side-workflow-${row.workflow.toLowerCase()}`}>
                  {row.workflow}
                </span>
              </td>
              <td>{row.recordState}</td>
              <td class="side-note">{row.note}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function valuesOf(rows: readonly HubRow[], choice: Choice): readonly string[] {
  return [...new Set(rows.map((row) => row[choice]).filter((each) => each !== ''))].sort();
}

function filtered(
  rows: readonly HubRow[],
  text: string,
  chosen: Partial<Record<Choice, string>>,
): readonly HubRow[] {
  const wanted = text.trim().toLowerCase();
  return rows
    .filter((row) => CHOICES.every((choice) => !chosen[choice] || row[choice] === chosen[choice]))
    .filter(
      ({ account, region, control, title, resource, severity, note }) =>
        wanted === '' ||
        [account, region, control, title, resource, severity, note].some((each) =>
          each.toLowerCase().includes(wanted),
        ),
    );
}
