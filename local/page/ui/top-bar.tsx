import type { PageLanguage } from '../api';
import { Avatar } from './avatar';
import { ClockControls } from './side';
import { become, languageOf, openMenu, openPanel, type State, speak, words } from './store';

const LANGUAGES: readonly (readonly [PageLanguage, string])[] = [
  ['ja', '日本語'],
  ['en', 'English'],
];

/** Who you are, what time it is, in which language; and what this is: a stand-in. */
export function TopBar({ state }: { state: State }) {
  const w = words();
  const language = languageOf(state);
  return (
    <header class="top">
      <p class="stand-in">
        <span aria-hidden="true">ⓘ </span>
        {w.standIn}
      </p>
      <div class="bar">
        <button
          type="button"
          class="button icon only-narrow"
          aria-label={w.menu}
          aria-expanded={state.isMenuOpen}
          aria-controls="side-bar"
          onClick={() => openMenu(!state.isMenuOpen)}
        >
          <span aria-hidden="true">☰</span>
        </button>
        <h1>
          secops-bot <span class="subtitle">{w.title}</span>
        </h1>
        <fieldset class="who">
          <legend class="hidden">{w.you}</legend>
          <span class="quiet" aria-hidden="true">
            {w.you}
          </span>
          {state.start.people.map(({ id, realName, role }) => (
            <button
              key={id}
              type="button"
              aria-pressed={id === state.me}
              title={w.role[role]}
              onClick={() => become(id)}
            >
              <Avatar id={id} name={realName} />
              <span class="who-name">
                {realName}
                <small>{w.role[role]}</small>
              </span>
            </button>
          ))}
        </fieldset>
        <div class="clock">
          <ClockControls language={language} now={state.start.now} />
        </div>
        <fieldset class="languages" title={w.languageHint}>
          <legend class="hidden">{w.languageLabel}</legend>
          {LANGUAGES.map(([code, name]) => (
            <button
              key={code}
              type="button"
              lang={code}
              aria-pressed={code === language}
              onClick={() => void speak(code)}
            >
              {name}
            </button>
          ))}
        </fieldset>
        <button
          type="button"
          class="button toggle-panel"
          aria-expanded={state.isPanelOpen}
          aria-controls="panel"
          aria-label={w.showPanel}
          onClick={() => openPanel(!state.isPanelOpen)}
        >
          {w.tabAws}
        </button>
      </div>
    </header>
  );
}
