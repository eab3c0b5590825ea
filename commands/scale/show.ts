import { textTable } from '../text-table';
import { COST_LINES, type Cost } from './cost';
import type { Limit, LimitName } from './limits';
import { LOAD_OPTIONS, USUAL } from './load';
import { SCALE_WORDS, type ScaleLanguage } from './words';

/** What was reckoned for one number of accounts. */
export interface Reckoned {
  readonly accounts: number;
  readonly cost: Cost;
  readonly limits: readonly Limit[];
}

const whole = (value: number) => Math.round(value).toLocaleString('en-US');

/** Three digits say enough of what is assumed and measured. */
function amount(value: number): string {
  if (value >= 1_000) return whole(Number(value.toPrecision(3)));
  if (value >= 10) return whole(value);
  return value >= 1 ? value.toFixed(1) : value.toFixed(2);
}

const money = (usd: number) => (usd < 10 ? usd.toFixed(2) : amount(usd));
const percent = ({ use, limit }: Limit) => `${amount((100 * use) / limit)} %`;

function find(limits: readonly Limit[], name: LimitName): Limit {
  const found = limits.find((limit) => limit.name === name);
  if (found === undefined) throw new Error(`nothing was reckoned for ${name}`);
  return found;
}

/** Names in the order in which they are reached, the same for every number of accounts. */
function inOrder([first]: readonly Reckoned[]): readonly Limit[] {
  const at = ({ reachedAt = Number.POSITIVE_INFINITY }: Limit) => reachedAt;
  return [...(first?.limits ?? [])].sort((a, b) => at(a) - at(b));
}

function rows(reckoned: readonly Reckoned[], language: ScaleLanguage) {
  const w = SCALE_WORDS[language];
  const counts = reckoned.map(({ accounts }) => `${whole(accounts)} ${w.accounts}`);
  const cost = [
    [w.cost, ...counts],
    ...COST_LINES.map((line) => [
      w.lines[line],
      ...reckoned.map(({ cost: { lines } }) => money(lines[line])),
    ]),
    [w.total, ...reckoned.map(({ cost: { total } }) => money(total))],
    [w.perAccount, ...reckoned.map(({ cost: { total }, accounts }) => (total / accounts).toFixed(2))],
  ];
  const limits = [
    [w.columns.what, ...counts, w.columns.limit, w.columns.from],
    ...inOrder(reckoned).map(({ name, limit, reachedAt }) => [
      w.limits[name].what,
      ...reckoned.map((one) => percent(find(one.limits, name))),
      `${Number.isInteger(limit) ? whole(limit) : amount(limit)} ${w.limits[name].unit}`,
      reachedAt === undefined ? w.never : amount(reachedAt),
    ]),
  ];
  return { cost, limits };
}

/** For the terminal. */
export function showText(reckoned: readonly Reckoned[]): string {
  const { cost, limits } = rows(reckoned, 'en');
  const numeric = new Set(reckoned.map((_, column) => column + 1));
  const w = SCALE_WORDS.en;
  const reached = inOrder(reckoned).filter(({ name }) =>
    reckoned.some((one) => find(one.limits, name).use >= find(one.limits, name).limit),
  );
  return [
    ...textTable(cost, numeric),
    '',
    ...textTable(limits, numeric),
    ...(reached.length > 0 ? ['', 'What to do:'] : []),
    ...reached.map(({ name }) => `- ${w.limits[name].what}: ${w.limits[name].remedy}.`),
  ].join('\n');
}

const cells = (row: readonly string[]) => `| ${row.join(' | ')} |`;

function markdownTable([head = [], ...body]: readonly (readonly string[])[], left: number): string {
  const line = head.map((_, column) => (column === 0 || column >= left ? '---' : '--:'));
  return [cells(head), cells(line), ...body.map(cells)].join('\n');
}

/** The tables of `docs/scale.md` and its Japanese sister, in their order. */
export function showMarkdown(reckoned: readonly Reckoned[], language: ScaleLanguage) {
  const { cost, limits } = rows(reckoned, language);
  const w = SCALE_WORDS[language];
  const columns = reckoned.length + 1;
  return {
    load: markdownTable(
      [
        w.loadTitle,
        ...LOAD_OPTIONS.map(({ option, of }) => [
          `\`--${option}\``,
          w.load[of],
          USUAL[of].toLocaleString('en-US'),
        ]),
      ],
      1,
    ),
    cost: markdownTable(cost, columns),
    limits: markdownTable(limits, columns),
    remedies: markdownTable(
      [
        [w.columns.what, w.columns.source, w.columns.remedy],
        ...inOrder(reckoned).map(({ name }) => [
          w.limits[name].what,
          w.limits[name].source,
          w.limits[name].remedy,
        ]),
      ],
      1,
    ),
  };
}
