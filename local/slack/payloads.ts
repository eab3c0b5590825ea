import { randomUUID } from 'node:crypto';
import type { Context } from './context';
import type { ShownElement } from './elements';
import { stateValues } from './elements';
import type { UserFixture } from './fixtures';
import type { Json } from './json';
import type { OpenView } from './views';
import type { Channel, Ephemeral, Message } from './workspace';

/** Deprecated by Slack and still sent by it; nobody may rely on it. */
const VERIFICATION_TOKEN = 'local-verification-token';

function envelopeFields(user: UserFixture, { workspace }: Context): Json {
  const { about } = workspace;
  return {
    team: { id: about.teamId, domain: about.domain },
    enterprise: null,
    is_enterprise_install: false,
    user: { id: user.id, username: user.name, name: user.name, team_id: workspace.teamOf(user) },
    api_app_id: about.appId,
    token: VERIFICATION_TOKEN,
  };
}

export function commandPayload(
  command: string,
  text: string,
  user: UserFixture,
  channel: Channel,
  context: Context,
): Json {
  const { about } = context.workspace;
  return {
    token: VERIFICATION_TOKEN,
    team_id: about.teamId,
    team_domain: about.domain,
    channel_id: channel.id,
    channel_name: channel.kind === 'private' ? 'privategroup' : channel.name,
    user_id: user.id,
    user_name: user.name,
    command,
    text,
    api_app_id: about.appId,
    is_enterprise_install: 'false',
    response_url: context.responseUrls.issue({ user: user.id, channel }),
    trigger_id: context.triggers.issue(user.id),
  };
}

/** Where the element that a person used is shown. */
export type Place =
  | { kind: 'message'; channel: Channel; message: Message; ephemeral?: Ephemeral }
  | { kind: 'view'; view: OpenView };

export function blocksOf(place: Place): Json[] {
  return place.kind === 'view' ? place.view.blocks : place.message.blocks;
}

function placeFields(place: Place, user: UserFixture, context: Context): Json {
  if (place.kind === 'view') {
    const view = context.views.shown(place.view);
    return {
      container: { type: 'view', view_id: place.view.id },
      view,
      state: view['state'],
    };
  }
  const { channel, message, ephemeral } = place;
  return {
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: channel.id,
      is_ephemeral: ephemeral !== undefined,
      ...(message.threadTs === undefined ? {} : { thread_ts: message.threadTs }),
    },
    channel: { id: channel.id, name: channel.kind === 'private' ? 'privategroup' : channel.name },
    // Slack sends no content of ephemeral messages.
    ...(ephemeral ? {} : { message: context.workspace.shown(channel, message) }),
    state: { values: stateValues(message.blocks, message.values) },
    response_url: context.responseUrls.issue({
      user: user.id,
      channel,
      message,
      ...(ephemeral ? { ephemeral } : {}),
    }),
  };
}

export function blockActionsPayload(
  action: Json,
  used: ShownElement,
  place: Place,
  user: UserFixture,
  context: Context,
): Json {
  return {
    type: 'block_actions',
    ...envelopeFields(user, context),
    ...placeFields(place, user, context),
    trigger_id: context.triggers.issue(user.id),
    actions: [
      {
        type: used.type,
        action_id: used.actionId,
        block_id: used.blockId,
        ...action,
        action_ts: context.workspace.timestamps.next(),
      },
    ],
  };
}

/** Where somebody types. A suggestion is no interaction that could be answered otherwise: it brings no URL. */
function suggestionPlace(place: Place, user: UserFixture, context: Context): Json {
  const { response_url: _, state: __, ...fields } = placeFields(place, user, context);
  return fields;
}

export function suggestionPayload(
  query: string,
  used: ShownElement,
  place: Place,
  user: UserFixture,
  context: Context,
): Json {
  return {
    type: 'block_suggestion',
    ...envelopeFields(user, context),
    ...suggestionPlace(place, user, context),
    action_id: used.actionId,
    block_id: used.blockId,
    value: query,
  };
}

export function submissionPayload(view: OpenView, user: UserFixture, context: Context): Json {
  return {
    type: 'view_submission',
    ...envelopeFields(user, context),
    trigger_id: context.triggers.issue(user.id),
    view: context.views.shown(view),
    response_urls: [],
  };
}

export function closedPayload(view: OpenView, isCleared: boolean, user: UserFixture, context: Context): Json {
  return {
    type: 'view_closed',
    ...envelopeFields(user, context),
    view: context.views.shown(view),
    is_cleared: isCleared,
  };
}

export function eventPayload(event: Json, context: Context): Json {
  const { about, timestamps } = context.workspace;
  return {
    token: VERIFICATION_TOKEN,
    team_id: about.teamId,
    api_app_id: about.appId,
    event: { ...event, event_ts: event['ts'] ?? timestamps.next() },
    type: 'event_callback',
    event_id: `Ev${randomUUID().replaceAll('-', '').slice(0, 10).toUpperCase()}`,
    event_time: Math.floor(context.now() / 1000),
    authorizations: [
      {
        enterprise_id: null,
        team_id: about.teamId,
        user_id: about.botUserId,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: false,
  };
}
