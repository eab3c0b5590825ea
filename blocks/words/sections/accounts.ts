import { mrk, type SafeMrkdwn } from '../../kit';

/** Choosing an account, by name or id. */
export const ja = {
  pick: 'アカウントで絞り込む',
  everything: '絞り込まない',
  unknown: (typed: SafeMrkdwn): SafeMrkdwn => mrk`${typed} というアカウントは見つかりませんでした。`,
  several: (typed: SafeMrkdwn): SafeMrkdwn =>
    mrk`${typed} という名前のアカウントは複数あります。12 桁の ID で指定してください。`,
  near: mrk`もしかして:`,
  example: (usage: SafeMrkdwn): SafeMrkdwn =>
    mrk`アカウントは ${usage} のように、名前か 12 桁の ID で指定してください。`,
};

export const en: typeof ja = {
  pick: 'Choose an account',
  everything: 'No particular account',
  unknown: (typed) => mrk`There is no account ${typed}.`,
  several: (typed) => mrk`Several accounts are called ${typed}. Please give the 12-digit id.`,
  near: mrk`Did you mean:`,
  example: (usage) => mrk`Please give its name or its 12-digit id, as in ${usage}.`,
};
