import type { ImageBlock, KnownBlock } from '@slack/types';
import type { Account, Principal } from '../../src/accounts';
import type { Language } from '../../src/playbooks';
import {
  type Holding,
  isPerfect,
  type ScoreLine,
  type ScoreList,
  type ScoreSummary,
  type ScoreView,
  scoreOf,
  standardName,
  type Tally,
  total,
} from '../../src/scores';
import {
  allowedUrl,
  cleanLine,
  code,
  context,
  cut,
  date,
  divider,
  excerpt,
  header,
  joined,
  link,
  type Message,
  message,
  mrk,
  plain,
  type SafeMrkdwn,
  section,
} from '../kit';
import { accountLabel, addressed, severityDot } from '../phrases';
import { sparkline } from '../sparkline';
import { type ShownWords, shownWords } from '../words/shown';

/** A control that keeps a score down, as one person sees it. */
export interface ShownHolding extends Pick<Holding, 'control' | 'severity' | 'status'> {
  /** Untrusted. */
  readonly title: string;
  /** Absent for whom this is none of their business. */
  readonly resources?: number;
  /** The card of its request, where it has one. */
  readonly permalink?: string;
  /** AWS's page about it. */
  readonly page: string;
}

/** Everything that one account's score shows. */
export interface ScoreCard {
  readonly account: Pick<Account, 'id' | 'name'>;
  readonly view: Omit<ScoreView, 'holding' | 'points'>;
  readonly holding: readonly ShownHolding[];
  /** False for an account that nobody has registered and no finding has ever come of. */
  readonly known: boolean;
  /** Its trend in Slack, and what that says in words. */
  readonly picture?: { readonly file: string; readonly alt: string };
}

/** Whose accounts are listed. */
export type ScoresOf =
  | { readonly kind: 'mine' | 'all' }
  | { readonly kind: 'person'; readonly who: Principal }
  /** Untrusted. */
  | { readonly kind: 'project'; readonly project: string };

const NAME = 60;
const BAR = 10;
const SHOWN_STANDARDS = 8;
/** What is longer takes too much of the message. */
const LONGEST_URL = 300;
/** Lines in a section: all of a message's text would not fit into one. */
const LINES = 10;
/** Slack takes 2,000 characters, but the message has other things to say too. */
const LONGEST_ALT = 600;

/** One account's score, with all that stands behind it. */
export function drawScore(card: ScoreCard, language: Language): Message {
  const w = shownWords(language);
  const { scores: said } = w;
  const { view, account } = card;
  const name = accountLabel(account, w);
  const headline = said.title(view.score === undefined ? said.noScore : scoreLabel(view.counts, w), name);
  if (view.score === undefined) {
    const known = view.asOf === undefined ? said.notCounted : said.noData;
    return message(mrk`${headline}`, [
      header(headline),
      section(card.known ? known : said.neverHeard),
      ...(view.asOf === undefined ? [] : [context(footer(view, w))]),
    ]);
  }
  return message(mrk`${headline}`, [
    header(headline),
    section(joined([...facts(card, w)])),
    ...(card.picture === undefined ? [] : [pictureBlock(card.picture)]),
    context(footer(view, w), said.rule),
    ...holdingBlocks(card, w),
    divider(),
    ...tallyBlocks(card, w),
    context(said.exceptions(view.exceptions, code(`/secops exceptions ${commandName(account)}`, 100))),
  ]);
}

/** How an account is named in a command. */
function commandName({ id, name }: Pick<Account, 'id' | 'name'>): string {
  const line = cleanLine(name ?? '').trim();
  return line === '' || line.length > NAME || line.includes('`') ? id : line;
}

function pictureBlock({ file, alt }: NonNullable<ScoreCard['picture']>): ImageBlock {
  return { type: 'image', slack_file: { id: file }, alt_text: plain(alt, LONGEST_ALT).text };
}

/** In percent; 100 only with what rounding hides. */
export function scoreLabel(tally: Tally, { scores: said }: ShownWords): string {
  const score = scoreOf(tally);
  if (score === undefined) return said.none;
  return score === 100 && !isPerfect(tally) ? said.almost(tally) : said.percent(score);
}

function* facts({ view }: ScoreCard, w: ShownWords): Generator<SafeMrkdwn> {
  const { scores: said } = w;
  const { counts, week, month } = view;
  if (isPerfect(counts)) yield said.perfect;
  yield mrk`${said.counts(counts)}`;
  if (counts.noData + counts.disabled > 0) yield mrk`${said.leftOut(counts.noData, counts.disabled)}`;
  yield week === undefined && month === undefined
    ? mrk`${said.newcomer}`
    : mrk`${said.change(7, changed(week, w))} · ${said.change(30, changed(month, w))}`;
  const trend = trendLine(view.weeks, w);
  if (trend !== undefined) yield trend;
  const streak = streakLine(view, w);
  if (streak !== undefined) yield mrk`${streak}`;
}

function changed(points: number | undefined, { scores: said }: ShownWords): string {
  return points === undefined ? said.isNew : said.signed(points);
}

/** The weeks as a line of text: there whatever becomes of the picture. None where there is no line to see yet. */
function trendLine(weeks: ScoreView['weeks'], { scores: said }: ShownWords): SafeMrkdwn | undefined {
  const known = weeks.filter((score) => score !== undefined);
  const [first] = known;
  const last = known.at(-1);
  const line = sparkline(weeks);
  if (first === undefined || last === undefined || line === undefined) return undefined;
  return mrk`${said.weeks(line, first, last)}`;
}

function streakLine({ counts, streak }: ScoreCard['view'], { scores: said }: ShownWords): string | undefined {
  const { days, longest } = streak;
  if (!isPerfect(counts)) return longest > 0 ? said.streakBest(longest) : undefined;
  return days > 0 ? said.streak(days, longest) : said.streakBegins(longest);
}

function footer({ asOf, reconciledAt }: ScoreCard['view'], { scores: said }: ShownWords): SafeMrkdwn {
  const compared = reconciledAt === undefined ? said.notReconciled : said.reconciled(date(reconciledAt));
  return joined([asOf === undefined ? mrk`` : said.asOf(date(asOf)), compared], mrk` · `);
}

function holdingBlocks({ view, holding }: ScoreCard, w: ShownWords): KnownBlock[] {
  const { scores: said } = w;
  const { score, lifted, moreHolding, pointsEach } = view;
  if (holding.length === 0 || score === undefined) return [];
  const after = [
    // Where rounding shows no difference, nothing is promised.
    ...(lifted !== undefined && lifted > score ? [`*${said.lifted(holding.length, score, lifted)}*`] : []),
    ...(moreHolding > 0 ? [said.more(moreHolding)] : []),
  ];
  return [
    divider(),
    section(joined([mrk`${said.holding}`, mrk`${said.holdingEach(said.tenths(pointsEach))}`])),
    ...holding.map((one) => section(holdingLine(one, said.tenths(pointsEach), w))),
    ...(after.length === 0 ? [] : [section(mrk`${after.join('　')}`)]),
  ];
}

function holdingLine(one: ShownHolding, points: string, w: ShownWords): SafeMrkdwn {
  const { scores: said } = w;
  const { control, page, permalink, resources, severity, status, title } = one;
  const count = status === 'failed' ? said.failing : said.unchecked;
  return joined([
    mrk`${severityDot(severity)} *${w.severity[severity]}: ${excerpt(title, 150)}*`,
    joined(
      [
        code(control, 80),
        mrk`${points}`,
        resources === undefined ? mrk`` : mrk`${count(resources)}`,
        nextStep(permalink, page, w),
      ],
      mrk` · `,
    ),
    status === 'unknown' ? said.uncheckedDo : mrk``,
  ]);
}

/** The request where there is one: there it can be answered. Else what AWS says. */
function nextStep(permalink: string | undefined, page: string, { scores: said }: ShownWords): SafeMrkdwn {
  const request = shortLink(permalink, said.openRequest);
  return request.markup === '' ? shortLink(page, said.remediation) : request;
}

function shortLink(address: string | undefined, label: string): SafeMrkdwn {
  const url = address === undefined ? undefined : allowedUrl(address);
  return url === undefined || url.length > LONGEST_URL ? mrk`` : link(url, label);
}

function tallyBlocks({ view }: ScoreCard, w: ShownWords): KnownBlock[] {
  const { scores: said, answers } = w;
  const rows = (title: string, lines: readonly SafeMrkdwn[]) =>
    lines.length === 0 ? [] : [section(joined([mrk`${title}`, ...lines]))];
  return [
    ...rows(
      said.standards,
      view.standards
        .slice(0, SHOWN_STANDARDS)
        .map(({ standard, tally }) => tallyRow(excerpt(standardName(standard), NAME), tally, w)),
    ),
    ...rows(
      said.categories,
      view.categories.map(({ category, tally }) => {
        const name = category === undefined ? answers.uncategorised : answers.categories[category];
        return tallyRow(mrk`${name}`, tally, w);
      }),
    ),
  ];
}

function tallyRow(name: SafeMrkdwn, tally: Tally, { scores: said }: ShownWords): SafeMrkdwn {
  const score = scoreOf(tally) ?? 0;
  // Full only where nothing is missing.
  const filled = Math.min(Math.round((tally.passed / total(tally)) * BAR), isPerfect(tally) ? BAR : BAR - 1);
  // In most fonts both are equally wide, so that bars line up.
  const bar = mrk`${'■'.repeat(filled)}${'□'.repeat(BAR - filled)}`;
  return said.row(bar, score, tally.passed, total(tally), name);
}

/** The scores of several accounts, the best first. */
export function drawScores(list: ScoreList, of: ScoresOf, language: Language): Message {
  const w = shownWords(language);
  const { list: said } = w.scores;
  const headline = listTitle(of, w);
  const ranked = list.lines.filter(({ score }) => score !== undefined).length;
  const waiting = [
    ...(list.uncounted > 0 ? [said.uncounted(list.uncounted)] : []),
    ...(list.noData > 0 ? [said.noData(list.noData)] : []),
  ];
  const more = list.accounts - list.lines.length;
  return message(mrk`${headline}`, [
    header(headline),
    section(
      joined([
        of.kind === 'person' ? said.ofPerson(addressed(of.who, w)) : mrk``,
        mrk`${summaryText(list, w)}`,
      ]),
    ),
    ...(of.kind === 'all' ? groupBlocks(list, w) : []),
    divider(),
    ...inSections([
      ...(more > 0 && ranked > 0 ? [mrk`${said.best(ranked)}`] : []),
      ...list.lines.map((line) => scoreLine(line, w)),
    ]),
    ...(more > 0 ? [section(mrk`${said.more(more)}`)] : []),
    ...(waiting.length === 0 ? [] : [context(...waiting.map((text) => mrk`${text}`))]),
    context(said.one, w.scores.rule),
  ]);
}

function listTitle(of: ScoresOf, { scores: { list: said } }: ShownWords): string {
  return of.kind === 'project' ? said.project(cut(cleanLine(of.project).trim(), NAME)) : said[of.kind];
}

function groupBlocks({ projects, moreProjects, kinds }: ScoreList, w: ShownWords): KnownBlock[] {
  const { list: said } = w.scores;
  const row = (name: SafeMrkdwn, summary: ScoreSummary) => mrk`${name}: ${summaryText(summary, w)}`;
  const rows = (title: string, lines: readonly SafeMrkdwn[]) =>
    lines.length === 0 ? [] : [section(joined([mrk`${title}`, ...lines]))];
  return [
    ...rows(
      said.kinds,
      kinds.map((summary) => row(mrk`${w.kind[summary.kind]}`, summary)),
    ),
    ...rows(said.projects, [
      ...projects.map((summary) => row(excerpt(summary.project, NAME), summary)),
      ...(moreProjects > 0 ? [mrk`${said.moreProjects(moreProjects)}`] : []),
    ]),
  ];
}

function summaryText(
  { median, week, perfect, accounts }: ScoreSummary,
  { scores: said }: ShownWords,
): string {
  const { list } = said;
  if (median === undefined) return list.accounts(accounts);
  const parts = [
    list.median(median),
    ...(week === undefined ? [] : [list.week(said.signed(week))]),
    list.perfect(perfect, accounts),
  ];
  return parts.join(' · ');
}

function scoreLine({ account, score, counts, counted, week }: ScoreLine, w: ShownWords): SafeMrkdwn {
  const { scores: said } = w;
  const name = excerpt(accountLabel(account, w), 100);
  if (score === undefined)
    return mrk`• ${name} — ${counted ? said.list.lineNoData : said.list.lineUncounted}`;
  const change = week === undefined ? said.isNew : said.signed(week);
  return mrk`• *${scoreLabel(counts, w)}* ${change} ${name} — ${said.counts(counts)}`;
}

function inSections(lines: readonly SafeMrkdwn[]): KnownBlock[] {
  return Array.from({ length: Math.ceil(lines.length / LINES) }, (_, n) =>
    section(joined(lines.slice(n * LINES, (n + 1) * LINES))),
  );
}

/** Nobody's accounts are meant, in a friendly way. */
export function drawNoScores(of: ScoresOf, guest: boolean, language: Language): Message {
  const w = shownWords(language);
  const { problems } = w.scores;
  const text = () => {
    switch (of.kind) {
      case 'mine':
        return guest ? problems.mineGuest : problems.mine;
      case 'all':
        return problems.all;
      case 'person':
        return problems.person(addressed(of.who, w));
      case 'project':
        return problems.project(excerpt(of.project, NAME));
    }
  };
  return message(text(), [section(text())]);
}
