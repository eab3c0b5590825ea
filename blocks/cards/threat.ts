import type { KnownBlock, SectionBlock } from '@slack/types';
import type { ThreatActor } from '../../src/findings';
import { ACTIONS } from '../ids';
import {
  code,
  context,
  date,
  excerpt,
  fields,
  guardDutyUrl,
  joined,
  linkButton,
  mrk,
  type SafeMrkdwn,
  section,
} from '../kit';
import { accountLabel, addressed, addressedAll, regionLabel, titleOf } from '../phrases';
import type { ShownWords } from '../words/shown';
import { fact, type RequestPage } from './request-page';

/** `UnauthorizedAccess:EC2/SSHBruteForce`: what it may mean, and what kind of resource it is about. */
const TYPE = /(?:^|\/)([A-Za-z]+):([A-Za-z0-9]+)[-/]/;

/** What a threat may mean in plain words, by its type; GuardDuty's own title where the type is not known. */
export function threatName({
  view,
  language,
  words: w,
}: Pick<RequestPage, 'view' | 'language' | 'words'>): string {
  const [, purpose = '', about = ''] = TYPE.exec(view.control) ?? [];
  const plain = Object.hasOwn(w.threat.purposes, purpose) ? w.threat.purposes[purpose] : undefined;
  if (view.threatPlaybook !== undefined || plain === undefined) return titleOf(view, language);
  return w.threat.named(plain, about === 'IAMUser' ? 'IAM' : about);
}

export function threatAsk({ view, words: w }: RequestPage): SafeMrkdwn {
  if (view.mentions.length === 0) return w.threat.askNobody;
  const who = addressedAll(view.mentions, w);
  return view.ownerless && view.observed !== true ? w.threat.askOwnerless(who) : w.threat.ask(who);
}

/** That it is a sample, where it is one. */
export function threatNote({ view, words: w }: RequestPage): KnownBlock[] {
  return view.open[0]?.threat?.sample ? [context(w.threat.sample)] : [];
}

export function threatFacts({ view, words: w, room }: RequestPage): SectionBlock {
  const [issue] = view.open;
  const threat = issue?.threat;
  const first = threat?.firstSeen ?? issue?.since;
  const account = `${accountLabel(view.account, w)} — ${w.kind[view.account.kind]}`;
  return fields([
    fact(w.card.severityLabel, mrk`${w.severity[view.severity]}`),
    fact(w.card.account, mrk`${account}`),
    ...(issue === undefined ? [] : [fact(w.card.region, regionLabel(issue.region, w))]),
    fact(w.card.threatType, code(view.control, room.id)),
    ...(first === undefined ? [] : [fact(w.threat.firstSeen, date(first))]),
    ...(threat?.lastSeen === undefined ? [] : [fact(w.threat.lastSeen, date(threat.lastSeen))]),
    ...(threat?.count === undefined ? [] : [fact(w.threat.count, mrk`${w.threat.times(threat.count)}`)]),
    ...(view.phase === 'open' && view.takenBy
      ? [fact(w.card.taken, w.card.takenBy(addressed(view.takenBy.who, w), date(view.takenBy.at)))]
      : []),
  ]);
}

/** What happened in GuardDuty's words, who did it and from where, to what; with the way to the console. */
export function threatStory({ view, language, words: w, room }: RequestPage): KnownBlock[] {
  const [issue] = view.open;
  const meaning = view.threatPlaybook?.text[language].happened;
  const told = [excerpt(view.title, 300), excerpt(meaning ?? view.description, room.prose)].filter(
    ({ markup }, place, all) => place === 0 || markup !== all[0]?.markup,
  );
  const seen = Object.values(issue?.findings ?? {}).at(0);
  const url = seen === undefined ? undefined : guardDutyUrl(seen.region, seen.id);
  const open = url === undefined ? undefined : linkButton(ACTIONS.console, w.threat.console, url);
  const who = actorLines(issue?.threat?.actor, w, room.id);
  return [
    section(fact(w.card.what, joined([...told, actionLine(issue?.threat, w, room.id)])), open),
    ...(who.length === 0 ? [] : [section(fact(w.threat.who, joined(who)))]),
    ...(issue === undefined
      ? []
      : [
          section(
            fact(
              w.threat.resource,
              mrk`• ${code(issue.resource.id, room.id)} (${code(issue.resource.type, 80)})`,
            ),
          ),
        ]),
  ];
}

function actionLine(
  threat: { action?: string; about?: string } | undefined,
  w: ShownWords,
  max: number,
): SafeMrkdwn {
  const { action, about } = threat ?? {};
  if (action === undefined && about === undefined) return mrk``;
  const known = Object.hasOwn(w.threat.actions, action ?? '') ? w.threat.actions[action ?? ''] : undefined;
  const named = known === undefined ? (action === undefined ? mrk`` : code(action, 60)) : mrk`${known}`;
  const parts = [named, about === undefined ? mrk`` : code(about, max)];
  return mrk`• ${w.threat.action}: ${joined(parts, mrk` `)}`;
}

/** Only what is known of it. */
function actorLines(actor: ThreatActor | undefined, w: ShownWords, max: number): SafeMrkdwn[] {
  const { principal, ip, city, country, network } = actor ?? {};
  const place = joined([excerpt(city ?? '', 80), excerpt(country ?? '', 80)], mrk`, `);
  const from =
    ip === undefined ? place : place.markup === '' ? code(ip, 60) : mrk`${code(ip, 60)} (${place})`;
  return [
    principal === undefined ? mrk`` : mrk`• ${w.threat.principal}: ${code(principal, max)}`,
    from.markup === '' ? mrk`` : mrk`• ${ip === undefined ? w.threat.place : w.threat.ip}: ${from}`,
    network === undefined ? mrk`` : mrk`• ${w.threat.network}: ${code(network, 120)}`,
  ].filter(({ markup }) => markup !== '');
}

/** What to do about any threat, before anything is known of it. */
export function threatSteps(w: ShownWords): SafeMrkdwn[] {
  return [fact(w.threat.steps, joined(w.threat.step))];
}

/** Whoever dealt with it says so; GuardDuty has no check that could confirm it. */
export function threatClaim({ view, words: w }: RequestPage): KnownBlock[] {
  if (view.fixedBy === undefined) return [];
  const { who, at } = view.fixedBy;
  return [section(joined([w.threat.fixedClaim(addressed(who, w), date(at)), w.threat.waiting]))];
}
