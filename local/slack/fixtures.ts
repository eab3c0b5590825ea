/** The made-up workspace that a stand-in starts with. */
export interface UserFixture {
  id: string;
  name: string;
  realName: string;
  email: string;
  locale: string;
  teamId?: string;
  isBot?: boolean;
  isRestricted?: boolean;
  isUltraRestricted?: boolean;
  isStranger?: boolean;
  deleted?: boolean;
}

export interface UserGroupFixture {
  id: string;
  handle: string;
  name: string;
  users: string[];
}

export interface ChannelFixture {
  id: string;
  name: string;
  members: string[];
  locale?: string;
  isPrivate?: boolean;
  isArchived?: boolean;
  isExtShared?: boolean;
}

export interface Fixtures {
  teamId: string;
  teamName: string;
  domain: string;
  appId: string;
  botId: string;
  botUserId: string;
  users: UserFixture[];
  userGroups: UserGroupFixture[];
  channels: ChannelFixture[];
}

const PEOPLE = ['U0OWNER1', 'U0ANALYST', 'U0LEAD', 'U0MEMBER'];
const BOT = 'U0BOT';

export const LOCAL_WORKSPACE: Fixtures = {
  teamId: 'T0LOCAL',
  teamName: 'Local',
  domain: 'local',
  appId: 'A0LOCAL',
  botId: 'B0BOT',
  botUserId: BOT,
  users: [
    { id: BOT, name: 'secops', realName: 'secops', email: '', locale: 'en-US', isBot: true },
    { id: 'U0OWNER1', name: 'owner', realName: 'Owner', email: 'owner@example.com', locale: 'ja-JP' },
    { id: 'U0ANALYST', name: 'analyst', realName: 'Analyst', email: 'analyst@example.com', locale: 'ja-JP' },
    { id: 'U0LEAD', name: 'lead', realName: 'Lead', email: 'lead@example.com', locale: 'ja-JP' },
    { id: 'U0MEMBER', name: 'member', realName: 'Member', email: 'member@example.com', locale: 'en-US' },
    {
      id: 'U0GUEST',
      name: 'guest',
      realName: 'Guest',
      email: 'guest@example.net',
      locale: 'en-US',
      isRestricted: true,
    },
    {
      id: 'U0PARTNER',
      name: 'partner',
      realName: 'Partner',
      email: 'partner@example.net',
      locale: 'en-US',
      teamId: 'T0PARTNER',
    },
    {
      id: 'U0LEFT',
      name: 'left',
      realName: 'Left',
      email: 'left@example.com',
      locale: 'ja-JP',
      deleted: true,
    },
    { id: 'U0TOOL', name: 'tool', realName: 'Tool', email: '', locale: 'en-US', isBot: true },
  ],
  userGroups: [
    { id: 'S0ANALYSTS', handle: 'security-analysts', name: 'Security analysts', users: ['U0ANALYST'] },
    { id: 'S0LEADS', handle: 'security-leads', name: 'Security leads', users: ['U0LEAD'] },
  ],
  channels: [
    { id: 'C0SHOPPRD', name: 'shop-prod-security', members: [BOT, ...PEOPLE], locale: 'ja-JP' },
    { id: 'C0SHOPDEV', name: 'shop-dev-security', members: [BOT, ...PEOPLE], locale: 'ja-JP' },
    { id: 'C0SECURITY', name: 'security', members: [BOT, 'U0ANALYST', 'U0LEAD'], locale: 'ja-JP' },
    { id: 'C0REQUESTS', name: 'security-requests', members: [BOT, ...PEOPLE, 'U0GUEST'], locale: 'ja-JP' },
    { id: 'C0SCORES', name: 'security-scores', members: [BOT, ...PEOPLE], locale: 'ja-JP' },
    { id: 'C0PRIVATE', name: 'private', members: ['U0LEAD'], isPrivate: true },
    { id: 'C0LOUNGE', name: 'lounge', members: PEOPLE },
    { id: 'C0ARCHIVED', name: 'archived', members: [BOT, ...PEOPLE], isArchived: true },
    { id: 'C0SHARED', name: 'shared-partner', members: [BOT, ...PEOPLE, 'U0PARTNER'], isExtShared: true },
  ],
};
