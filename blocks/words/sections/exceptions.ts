import { mrk, type SafeMrkdwn } from '../../kit';

/** Exceptions: how they end, are extended, and become void. */
export const ja = {
  extend: '延長する…',
  extendTitle: '抑制を延長する',
  extendSubmit: '延長する',
  extendTarget: (n: number): string => `延長の対象 (いま抑制されている ${n} 件)`,
  extendNote: (until: SafeMrkdwn): SafeMrkdwn =>
    mrk`いまの期限は ${until} です。延長は新しい抑制として、いまの重要度で改めて判断されます。`,
  termsGroup: '期限を決めて抑制する',
  designGroup: '意図した設定です (最長 1 年、セキュリティ責任者の承認が必要)',
  designOption: (days: number, until: string): string => `意図した設定: ${days} 日間 (${until} まで)`,
  designNote: mrk`「意図した設定」の抑制は、リソースの設定や、アクセスできる範囲が変わると無効になり、未対応に戻ります。`,
  byDesign: '意図した設定',
  voidOnChange: mrk`意図した設定です。リソースが変わると無効になります。`,
  thread: {
    ending: (who: SafeMrkdwn, n: number, until: SafeMrkdwn): SafeMrkdwn =>
      mrk`${who}、${n} 件の抑制が ${until} に終わり、未対応に戻ります。まだ必要な場合は延長してください。`,
    suppressedBy: (who: SafeMrkdwn): SafeMrkdwn => mrk`抑制した人: ${who}`,
    extended: (who: SafeMrkdwn, n: number, until: SafeMrkdwn): SafeMrkdwn =>
      mrk`${who}が ${n} 件の抑制を ${until} まで延長しました。`,
    approvedBy: (who: SafeMrkdwn): SafeMrkdwn => mrk`承認: ${who}`,
    changed: (n: number): SafeMrkdwn =>
      mrk`「意図した設定」として抑制していた ${n} 件の、リソースの設定が変わりました。抑制は無効になり、未対応に戻ります。`,
    worsened: (n: number): SafeMrkdwn =>
      mrk`抑制していた ${n} 件が、抑制を認めたときより深刻になりました。抑制は無効になり、未対応に戻ります。`,
  },
  list: (n: number): string => `抑制の一覧 (${n} 件)`,
  empty: mrk`いま有効な抑制はありません。`,
  endingFirst: mrk`期限の近い順に表示しています。`,
  count: (n: number): string => `${n} 件`,
  none: 'いま抑制中のものなし',
  line: (who: SafeMrkdwn, until: SafeMrkdwn): SafeMrkdwn => mrk`${who}、${until} まで`,
  openCard: 'カードを開く',
  outcome: {
    ended: mrk`この抑制はすでに終わっています。必要な場合は、依頼のカードから改めて抑制してください。`,
    tooLate: mrk`承認されたときには、希望した期限を過ぎていました。何も変更していません。必要な場合は、もう一度申請してください。`,
  },
};

const resources = (n: number): string => (n === 1 ? '1 resource' : `${n} resources`);

export const en: typeof ja = {
  extend: 'Extend…',
  extendTitle: 'Extend a suppression',
  extendSubmit: 'Extend',
  extendTarget: (n) => `What will stay suppressed (${n} at present)`,
  extendNote: (until) =>
    mrk`At present it ends on ${until}. Extending it is a new suppression, ruled by what is found now.`,
  termsGroup: 'Suppress for a time',
  designGroup: 'By design (up to a year, a lead approves)',
  designOption: (days, until) => `By design: ${days} days (until ${until})`,
  designNote: mrk`A suppression by design is void, and the request open again, as soon as the resource or who may reach it changes.`,
  byDesign: 'By design',
  voidOnChange: mrk`By design: void as soon as the resource changes.`,
  thread: {
    ending: (who, n, until) =>
      mrk`${who}, the suppression of ${resources(n)} ends on ${until}; then ${n === 1 ? 'it is' : 'they are'} open again. Please extend it if it is still needed.`,
    suppressedBy: (who) => mrk`Suppressed by ${who}`,
    extended: (who, n, until) => mrk`${who} extended the suppression of ${resources(n)} until ${until}.`,
    approvedBy: (who) => mrk`Approved by ${who}`,
    changed: (n) =>
      mrk`${n === 1 ? 'A resource' : resources(n)} suppressed as being so by design ${n === 1 ? 'has' : 'have'} changed. The suppression is void, and ${n === 1 ? 'it is' : 'they are'} open again.`,
    worsened: (n) =>
      mrk`${n === 1 ? 'A suppressed resource is' : `${resources(n)} that were suppressed are`} more severe than what was accepted. The suppression is void, and ${n === 1 ? 'it is' : 'they are'} open again.`,
  },
  list: (n) => `Suppressions (${n})`,
  empty: mrk`No suppression is in force.`,
  endingFirst: mrk`The one that ends first is at the top.`,
  count: resources,
  none: 'nothing suppressed at present',
  line: (who, until) => mrk`${who}, until ${until}`,
  openCard: 'Open the card',
  outcome: {
    ended: mrk`This suppression has already ended. If it is still needed, please suppress again from the request’s card.`,
    tooLate: mrk`When it was approved, the date asked for had passed. Nothing was changed; please ask again if it is still needed.`,
  },
};
