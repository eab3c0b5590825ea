import { useEffect, useRef } from 'preact/hooks';
import { Avatar } from './avatar';
import { channelsOf, openMenu, type State, unreadIn, words } from './store';

/** The person's channels and the app. */
export function SideBar({ state }: { state: State }) {
  const w = words();
  const { route, start } = state;
  const bot = start.users.find(({ id }) => id === start.botUserId);
  const nav = useRef<HTMLElement>(null);
  const { isMenuOpen } = state;
  useEffect(() => {
    if (isMenuOpen) nav.current?.querySelector('a')?.focus();
  }, [isMenuOpen]);
  return (
    <nav
      ref={nav}
      class={isMenuOpen ? 'side-bar open' : 'side-bar'}
      id="side-bar"
      aria-label={w.menu}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && isMenuOpen) openMenu(false);
      }}
    >
      <p class="workspace">{start.teamName}</p>
      <h2>{w.channels}</h2>
      <ul>
        {channelsOf(state, state.me).map(({ id, name, isPrivate }) => {
          const isHere = route.kind === 'channel' && route.channel === id;
          const { any, mentions } = unreadIn(state, state.me, id);
          return (
            <li key={id}>
              <a class={any ? 'unread' : ''} href={`#/${id}`} aria-current={isHere ? 'page' : undefined}>
                <span aria-hidden="true" class="hash">
                  {isPrivate ? '🔒' : '#'}
                </span>
                <span class="name">{name}</span>
                {any && mentions === 0 && <span class="hidden"> {w.unread}</span>}
                {mentions > 0 && (
                  <span class="count-badge">
                    <span aria-hidden="true">{mentions > 99 ? '99+' : mentions}</span>
                    <span class="hidden"> {w.mentions(mentions)}</span>
                  </span>
                )}
              </a>
            </li>
          );
        })}
      </ul>
      <h2>{w.apps}</h2>
      <ul>
        <li>
          <a href="#/home" aria-current={route.kind === 'home' ? 'page' : undefined}>
            <Avatar id={start.botUserId} name={bot?.realName ?? ''} isApp />
            <span class="name">{bot?.realName}</span>
          </a>
        </li>
      </ul>
    </nav>
  );
}
