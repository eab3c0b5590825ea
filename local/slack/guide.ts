/** What `GET /` answers. */
export const GUIDE = `Slack stand-in

Web API        POST /api/<method>        Bearer xoxb-… (xapp-… for apps.connections.open)
Socket Mode    apps.connections.open gives the ws:// address
response_url   POST /response/<team>/<id>  five times within 30 minutes
Uploads        POST /upload/v1/<ticket>  as files.getUploadURLExternal gives it

Acts. JSON in, JSON out; each waits for the app's ack (3 s) and tells what the person sees:
{ack: acked | timeout | not_connected | failed | not_sent, since, message?, errors?, modal?, home?, options?, trouble?}
400 {error} when a person could not do it (no such button, no such option, no open modal).

POST /control/command   {user, channel, text, command?}          default command: /secops
POST /control/press     {user, action_id, block_id?, value?} and {channel, ts} or {surface: "modal" | "home"}
POST /control/choose    like press, with value: what is chosen or filled in (a list for multi selects, null to empty)
POST /control/suggest   like press, with query: asks the app for the options of an external select
POST /control/submit    {user, values: {<action_id or input block_id>: value}}
POST /control/close     {user, all?}
POST /control/mention   {user, channel, text, thread_ts?}        mentions the bot
POST /control/say       {user, channel, text, thread_ts?}        the app is not told
POST /control/react     {user, channel, ts, name}                adds a person's reaction; the app is not told
POST /control/unreact   {user, channel, ts, name}                takes it back
POST /control/home      {user}                                   opens App Home
POST /control/users/locale  {user, locale}                       chooses a person's language: ja-JP, en-US
POST /control/users/leave   {user}                               deactivates a person's account
POST /control/groups        {group, users}                       who is in a user group from now on

What there is to see
GET  /control/workspace             all of it at one moment: {since, channels: {id: messages}, users: {id: person}}
GET  /control/channels              the channels
GET  /control/channels/<id>         messages, oldest first, with replies
GET  /control/channels/<id>/<ts>    one thread
GET  /control/users                 the people
GET  /control/users/<id>            one person's locale, ephemeral messages, modals and App Home
GET  /control/files/<id>            an uploaded picture
GET  /control/events?since=N        server-sent events of what changes
GET  /control/wait?type=&channel=&user=&since=N&timeout=ms   the first change that fits, or null
     types: message.posted message.updated message.deleted message.ephemeral
            reaction.added reaction.removed file.uploaded
            modal.opened modal.updated modal.closed home.published
            user.changed ack.timeout
GET  /control/calls?method=&channel=&ts=   what the app called, about one message; DELETE forgets
GET  /control/state                 event position, open sockets, delivery

How it fails
POST /control/faults    {method or "response_url" or "upload" or "*", channel?, kind, every? | next?}   default: always
     kind: ratelimited (retryAfter seconds) | http500 | lost_answer (does the work, drops the connection)
           | slow (ms) | error (error: any code) | refuse (drops the connection before the work)
GET, DELETE /control/faults
POST /control/clock     {offsetMs}   moves this Slack's clock, measured from the machine's
POST /control/recycle   asks the sockets to reconnect
POST /control/delivery  {url, signing_secret}   signed HTTP requests instead of the socket; DELETE goes back
`;
