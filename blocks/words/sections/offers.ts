import { mrk, type SafeMrkdwn } from '../../kit';

/** What is answered to a mention of the bot. */
export const ja = {
  suppress: mrk`この理由で抑制しますか。`,
  suppressButton: 'この理由で抑制する…',
  ask: mrk`セキュリティチームに質問しますか。`,
  orAsk: mrk`質問の場合は、セキュリティチームに質問できます。`,
  short: (n: number): SafeMrkdwn =>
    mrk`抑制する場合は、ボットへのメンションに続けて、理由を ${n} 文字以上で書いてください。`,
  done: mrk`この依頼に未対応の項目はないため、いま抑制するものはありません。`,
  help: mrk`このスレッドでできること:\n• ボットへのメンションに続けて理由を書くと、その理由で抑制できます。\n• 「？」で終わる文を書くと、セキュリティチームに質問できます。`,
  bulletin: mrk`このメッセージは、いくつかの依頼をまとめたものです。理由や質問は、それぞれの依頼のカードのスレッドに書いてください。`,
  elsewhere: mrk`ここは依頼のスレッドではありません。理由や質問は、依頼のカードのスレッドに、ボットへのメンションに続けて書いてください。`,
  commands: mrk`依頼の一覧は \`/secops requests\`、使い方は \`/secops help\` でご覧になれます。`,
};

export const en: typeof ja = {
  suppress: mrk`Suppress with this reason?`,
  suppressButton: 'Suppress with this reason…',
  ask: mrk`Ask the security team?`,
  orAsk: mrk`If it is a question, you can ask the security team.`,
  short: (n) =>
    mrk`To suppress, mention the bot and write the reason behind it, in at least ${n} characters.`,
  done: mrk`Nothing is open in this request, so there is nothing to suppress.`,
  help: mrk`In this thread:\n• Mention the bot and write a reason to suppress with it.\n• Write something that ends with “?” to ask the security team.`,
  bulletin: mrk`This message is about several requests. Please write reasons and questions in the thread of a request’s own card.`,
  elsewhere: mrk`This is not the thread of a request. Please write reasons and questions in the thread of a request’s card, and mention the bot there.`,
  commands: mrk`\`/secops requests\` lists the requests; \`/secops help\` shows what else there is.`,
};
