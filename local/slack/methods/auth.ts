import type { Methods } from './method';

export const authMethods: Methods = {
  'auth.test': {
    token: 'bot',
    run: (_args, { url, workspace: { about } }) => ({
      url: `${url()}/`,
      team: about.teamName,
      team_id: about.teamId,
      user: about.users.find(({ id }) => id === about.botUserId)?.name ?? about.botUserId,
      user_id: about.botUserId,
      bot_id: about.botId,
      is_enterprise_install: false,
    }),
  },
  'apps.connections.open': {
    token: 'app',
    run: (_args, { url, delivery }) => ({
      url: `${url().replace(/^http/, 'ws')}${delivery.socket.ticketPath()}`,
    }),
  },
};
