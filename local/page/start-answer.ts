import type { Bot } from '../../handlers/composition';
import { COMMANDS } from '../../handlers/slack/commands';
import { LOCAL_WORKSPACE } from '../slack';
import type { Person, Start } from './api';

/** Whom the page can be, of the stand-in's people. */
const ROLES: Readonly<Record<string, Person['role']>> = {
  U0OWNER1: 'owner',
  U0ANALYST: 'analyst',
  U0LEAD: 'lead',
};

/** What the page has to know before it shows anything. */
export function startAnswer({
  settings,
  accounts,
  ports,
}: Pick<Bot, 'settings' | 'accounts' | 'ports'>): Start {
  const { users, userGroups, channels, botUserId, teamName } = LOCAL_WORKSPACE;
  return {
    people: users.flatMap(({ id, name, realName }) => {
      const role = ROLES[id];
      return role === undefined ? [] : [{ id, name, realName, role }];
    }),
    users: users.map(({ id, name, realName, ...more }) => ({
      id,
      name,
      realName,
      isBot: more.isBot ?? false,
      isGuest: (more.isRestricted ?? false) || (more.isUltraRestricted ?? false),
      isStranger: (more.isStranger ?? false) || more.teamId !== undefined,
      deleted: more.deleted ?? false,
    })),
    groups: userGroups,
    channels: channels.map(({ id, name, members, locale, ...more }) => ({
      id,
      name,
      members,
      locale: locale ?? 'en-US',
      isPrivate: more.isPrivate ?? false,
      isArchived: more.isArchived ?? false,
      isShared: more.isExtShared ?? false,
    })),
    botUserId,
    teamName,
    now: ports.now().toISOString(),
    timeZone: settings.TIME_ZONE,
    securityChannel: settings.SECURITY_CHANNEL_ID,
    defaultChannel: settings.DEFAULT_CHANNEL_ID,
    accounts: accounts.list().map(({ id, name, kind, mode, channel, owner }) => ({
      id,
      name: name ?? id,
      kind,
      mode,
      ...(channel !== undefined && { channel }),
      ...(owner !== undefined && { owner }),
    })),
    commands: COMMANDS.map(({ usage, about }) => ({ usage, about })),
  };
}
