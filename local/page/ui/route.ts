/** What the page shows, as its address says it. */
export type Route =
  | { readonly kind: 'none' }
  | { readonly kind: 'home' }
  | {
      readonly kind: 'channel';
      readonly channel: string;
      /** The message whose thread is open. */
      readonly thread?: string;
      /** A message that is pointed out. */
      readonly message?: string;
    };

const CHANNEL = /^#\/([CGD][A-Z0-9]+)(?:\/p(\d+\.\d+))?(?:\/t(\d+\.\d+))?$/;
/** A message's address in any Slack. */
const PERMALINK = /^https:\/\/(?:[\w-]+\.)?slack\.com\/archives\/([CGD][A-Z0-9]+)\/p(\d+)(\d{6})(?:$|[?#])/;

/** Reads `location.hash`. */
export function routeIn(hash: string): Route {
  if (hash === '#/home') return { kind: 'home' };
  const [, channel, message, thread] = CHANNEL.exec(hash) ?? [];
  if (channel === undefined) return { kind: 'none' };
  return {
    kind: 'channel',
    channel,
    ...(message === undefined ? {} : { message }),
    ...(thread === undefined ? {} : { thread }),
  };
}

/** The address of a route, to be used as a link. */
export function hashOf(route: Route): string {
  if (route.kind === 'none') return '#/';
  if (route.kind === 'home') return '#/home';
  const message = route.message === undefined ? '' : `/p${route.message}`;
  return `#/${route.channel}${message}${route.thread === undefined ? '' : `/t${route.thread}`}`;
}

/** Where a link to a Slack message leads on this page; undefined for every other address. */
export function permalinkHash(url: string): string | undefined {
  const [, channel, seconds, rest] = PERMALINK.exec(url) ?? [];
  if (channel === undefined || seconds === undefined || rest === undefined) return undefined;
  return hashOf({ kind: 'channel', channel, message: `${seconds}.${rest}` });
}
