import { useEffect, useRef } from 'preact/hooks';
import { AwsPanel, BehindDrawer } from './side';
import { isPanelAbove, languageOf, openPanel, type State, showPanel, words } from './store';

const TABS = ['aws', 'behind'] as const;

/** Beside the Slack: the AWS to break, and what is behind the chosen message. */
export function Panel({ state }: { state: State }) {
  const w = words();
  const language = languageOf(state);
  const tabs = useRef<HTMLDivElement>(null);
  const { panel, chosen } = state;
  const { isPanelOpen } = state;
  useEffect(() => {
    if (isPanelOpen && isPanelAbove())
      tabs.current?.querySelector<HTMLElement>('[aria-selected=true]')?.focus();
  }, [isPanelOpen, chosen]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    event.preventDefault();
    const other = panel === 'aws' ? 'behind' : 'aws';
    showPanel(other);
    tabs.current?.querySelector<HTMLElement>(`#tab-${other}`)?.focus();
  };
  return (
    <aside
      id="panel"
      class={state.isPanelOpen ? 'panel open' : 'panel'}
      aria-label={w.panel}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) openPanel(false);
      }}
    >
      <div class="panel-head">
        <div class="tabs" role="tablist" aria-label={w.panel} ref={tabs} onKeyDown={onKeyDown} tabIndex={-1}>
          {TABS.map((tab) => (
            <button
              key={tab}
              id={`tab-${tab}`}
              type="button"
              role="tab"
              aria-selected={panel === tab}
              aria-controls="tab-panel"
              tabIndex={panel === tab ? 0 : -1}
              onClick={() => showPanel(tab)}
            >
              {tab === 'aws' ? w.tabAws : w.tabBehind}
            </button>
          ))}
        </div>
        <button type="button" class="button icon" aria-label={w.close} onClick={() => openPanel(false)}>
          <span aria-hidden="true">×</span>
        </button>
      </div>
      <div
        class="panel-body"
        id="tab-panel"
        role="tabpanel"
        aria-labelledby={`tab-${panel}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard
        tabIndex={0}
      >
        {panel === 'aws' && <AwsPanel language={language} />}
        {panel === 'behind' && chosen && (
          <BehindDrawer
            language={language}
            channel={chosen.channel}
            ts={chosen.ts}
            onClose={() => openPanel(false)}
          />
        )}
        {panel === 'behind' && !chosen && <p class="empty quiet">{w.behindEmpty}</p>}
      </div>
    </aside>
  );
}
