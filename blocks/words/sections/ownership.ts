import { mrk, type SafeMrkdwn } from '../../kit';

/** Who answers for an account, and that it has changed. */
export const ja = {
  title: (account: SafeMrkdwn) => mrk`アカウント ${account} の責任者`,
  registered: (account: SafeMrkdwn, who: SafeMrkdwn) =>
    mrk`アカウント ${account} の責任者として、${who}を登録しました。`,
  handedOver: (account: SafeMrkdwn, before: SafeMrkdwn, after: SafeMrkdwn) =>
    mrk`アカウント ${account} を、${before}から${after}に引き継ぎました。`,
  removed: (account: SafeMrkdwn) => mrk`アカウント ${account} の責任者の登録を外しました。`,
  toTheOwner: (who: SafeMrkdwn) => mrk`未対応の依頼も、これからの依頼も、${who}にお届けします。`,
  toTheTeam: mrk`次の責任者が決まるまで、依頼はセキュリティチームにお届けします。`,
  changedBy: (who: SafeMrkdwn) => mrk`変更した人: ${who}`,
  approvedBy: (who: SafeMrkdwn, approvers: SafeMrkdwn) => mrk`申請した人: ${who} / 承認した人: ${approvers}`,
};

export const en: typeof ja = {
  title: (account) => mrk`Owner of account ${account}`,
  registered: (account, who) => mrk`${who} is now the owner of account ${account}.`,
  handedOver: (account, before, after) => mrk`${before} has handed account ${account} over to ${after}.`,
  removed: (account) => mrk`Account ${account} has no owner any more.`,
  toTheOwner: (who) => mrk`Its requests, open ones included, go to ${who} from now on.`,
  toTheTeam: mrk`Until there is a new one, its requests go to the security team.`,
  changedBy: (who) => mrk`Changed by ${who}`,
  approvedBy: (who, approvers) => mrk`Asked for by ${who}, approved by ${approvers}`,
};
