import { useEffect, useState } from 'preact/hooks';
import { Avatar } from '../avatar';
import { wordsOf } from '../words';
import { act } from './act';
import { Blocks } from './blocks';
import { SurfaceProvider, useFields } from './surface';
import { useReading } from './text';
import type { View } from './view';

/** The app's own page for this person. The app hears that it was opened. */
export function HomePane({ home }: { home: View | undefined }) {
  const { me, start, language } = useReading();
  const w = wordsOf(language);
  const bot = start.users.find(({ id }) => id === start.botUserId);
  const [opened, setOpened] = useState<string>();
  const fields = useFields();
  useEffect(() => {
    let isStale = false;
    const open = async () => {
      await act(me, 'home', {});
      if (!isStale) setOpened(me);
    };
    void open();
    return () => {
      isStale = true;
    };
  }, [me]);
  const name = bot?.realName ?? '';
  return (
    <main class="pane home" aria-label={w.home(name)}>
      <header class="pane-head">
        <Avatar id={start.botUserId} name={name} isApp />
        <h2>{w.home(name)}</h2>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard */}
      <section class="scroller home-view" tabIndex={0} aria-label={w.home(name)}>
        {home ? (
          <SurfaceProvider
            value={{
              spot: { surface: 'home' },
              blocks: home.blocks,
              values: home.values,
              errors: home.errors,
              ...fields,
            }}
          >
            <Blocks blocks={home.blocks} />
          </SurfaceProvider>
        ) : (
          <p class="empty quiet" role="status">
            {opened === me ? w.noHome : w.openingHome}
          </p>
        )}
      </section>
    </main>
  );
}
