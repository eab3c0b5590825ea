import { useEffect, useMemo } from 'preact/hooks';
import { Notes } from './notes';
import { Panel } from './panel';
import { routeIn } from './route';
import { DropZone } from './side';
import { SideBar } from './side-bar';
import { ChannelPane, ThreadPane } from './slack/channel-pane';
import { Confirm } from './slack/confirm';
import { HomePane } from './slack/home-pane';
import { Modal } from './slack/modal';
import { type Reading, ReadingProvider } from './slack/text';
import {
  channelsOf,
  connect,
  enter,
  languageOf,
  minuteNow,
  openMenu,
  readWhatIsOpen,
  type State,
  startFailure,
  unreadIn,
  useStore,
  words,
} from './store';
import { TopBar } from './top-bar';

/** The whole page. */
export function App() {
  const state = useStore();
  useEffect(() => {
    const listening = new AbortController();
    const { signal } = listening;
    addEventListener('hashchange', () => enter(routeIn(location.hash)), { signal });
    document.addEventListener('visibilitychange', readWhatIsOpen, { signal });
    void connect();
    return () => listening.abort();
  }, []);
  if (state) return <Loaded state={state} />;
  const failure = startFailure();
  return (
    <p class="empty" role="status">
      {failure === undefined ? words().loading : `${words().cannotStart} ${failure}`}
    </p>
  );
}

function Loaded({ state }: { state: State }) {
  const { start, me, route, people, notes, question } = state;
  const w = words();
  const language = languageOf(state);
  const now = minuteNow(state);
  const reading = useMemo<Reading>(() => ({ start, me, language, now }), [start, me, language, now]);
  const modals = people[me]?.modals ?? [];
  const channel =
    route.kind === 'channel' ? start.channels.find(({ id }) => id === route.channel) : undefined;
  useTitle(state, language, channel?.name);
  return (
    <ReadingProvider value={reading}>
      <DropZone language={language}>
        <div class={`page${state.isPanelOpen ? ' with-panel' : ''}${state.isMenuOpen ? ' menu-open' : ''}`}>
          <TopBar state={state} />
          {!state.isConnected && (
            <p class="lost" role="alert">
              {w.reconnecting}
            </p>
          )}
          <div class="body">
            <SideBar state={state} />
            {state.isMenuOpen && (
              <button type="button" class="shade" aria-label={w.close} onClick={() => openMenu(false)} />
            )}
            {route.kind === 'home' && <HomePane home={people[me]?.home} />}
            {route.kind === 'channel' && channel && (
              <ChannelPane state={state} route={route} channel={channel} />
            )}
            {route.kind === 'channel' && channel && route.thread !== undefined && (
              <ThreadPane
                key={route.thread}
                state={state}
                route={route}
                channel={channel}
                thread={route.thread}
              />
            )}
            <Panel state={state} />
          </div>
        </div>
        {modals.length > 0 && <Modal key={`${me} ${modals[0]?.id}`} stack={modals} notes={notes} />}
        {question && <Confirm question={question} />}
        {modals.length === 0 && <Notes notes={notes} />}
      </DropZone>
    </ReadingProvider>
  );
}

function useTitle(state: State, language: string, place: string | undefined): void {
  const mentions = channelsOf(state, state.me).reduce(
    (count, { id }) => count + unreadIn(state, state.me, id).mentions,
    0,
  );
  useEffect(() => {
    document.documentElement.lang = language;
    const where = place === undefined ? '' : `#${place} – `;
    document.title = `${mentions > 0 ? `(${mentions}) ` : ''}${where}secops-bot`;
  }, [language, mentions, place]);
}
