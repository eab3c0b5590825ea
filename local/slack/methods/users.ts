import { type Args, page } from '../args';
import type { Context } from '../context';
import type { UserFixture, UserGroupFixture } from '../fixtures';
import type { Json } from '../json';
import { Refusal } from '../refusal';
import type { Workspace } from '../workspace';
import type { Methods } from './method';

function shownUser(user: UserFixture, workspace: Workspace, withLocale: boolean): Json {
  const team = workspace.teamOf(user);
  return {
    id: user.id,
    team_id: team,
    name: user.name,
    real_name: user.realName,
    deleted: user.deleted ?? false,
    is_bot: user.isBot ?? false,
    is_app_user: false,
    is_admin: false,
    is_owner: false,
    is_restricted: user.isRestricted ?? false,
    is_ultra_restricted: user.isUltraRestricted ?? false,
    // False for outsiders who share a channel with the app: alone it proves nothing.
    is_stranger: user.isStranger ?? false,
    tz: 'Asia/Tokyo',
    tz_offset: 32_400,
    profile: {
      real_name: user.realName,
      display_name: user.name,
      ...(user.email === '' ? {} : { email: user.email }),
      team,
    },
    ...(withLocale ? { locale: user.locale } : {}),
  };
}

function info(args: Args, { workspace }: Context): Json {
  const user = workspace.users.get(args.required('user', 'user_not_found'));
  if (!user) throw new Refusal('user_not_found');
  return { user: shownUser(user, workspace, args.flag('include_locale')) };
}

function list(args: Args, { workspace }: Context): Json {
  const { entries, next } = page([...workspace.users.values()], args, { otherwise: 1000, most: 1000 });
  const withLocale = args.flag('include_locale');
  return {
    members: entries.map((user) => shownUser(user, workspace, withLocale)),
    response_metadata: { next_cursor: next },
  };
}

function lookupByEmail(args: Args, { workspace }: Context): Json {
  const email = args.required('email', 'users_not_found').toLowerCase();
  const user = [...workspace.users.values()].find((entry) => !entry.deleted && entry.email === email);
  if (!user) throw new Refusal('users_not_found');
  return { user: shownUser(user, workspace, false) };
}

function shownGroup(group: UserGroupFixture, workspace: Workspace, withUsers: boolean): Json {
  return {
    id: group.id,
    team_id: workspace.about.teamId,
    is_usergroup: true,
    name: group.name,
    handle: group.handle,
    date_delete: 0,
    user_count: group.users.length,
    ...(withUsers ? { users: group.users } : {}),
  };
}

function membersOfGroup(args: Args, { workspace }: Context): Json {
  const group = workspace.userGroups.get(args.required('usergroup', 'no_such_subteam'));
  if (!group) throw new Refusal('no_such_subteam');
  return { users: group.users };
}

export const usersMethods: Methods = {
  'users.info': { token: 'bot', run: info },
  'users.list': { token: 'bot', run: list },
  'users.lookupByEmail': { token: 'bot', run: lookupByEmail },
  'usergroups.list': {
    token: 'bot',
    run: (args, { workspace }) => ({
      usergroups: [...workspace.userGroups.values()].map((group) =>
        shownGroup(group, workspace, args.flag('include_users')),
      ),
    }),
  },
  'usergroups.users.list': { token: 'bot', run: membersOfGroup },
};
