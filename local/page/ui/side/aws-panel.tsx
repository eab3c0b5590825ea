import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { FindingFormat, FormatChoice, PageLanguage, ThreatAct, World, WorldAct } from '../../api';
import { ask, problemOf } from './ask';
import { somethingChanged } from './changes';
import { FilePicker } from './drop-zone';
import { HubTable } from './hub-table';
import { Resources } from './resources';
import { Threats } from './threats';
import { useFresh } from './use-fresh';
import { sideWords } from './words';

const FORMATS: readonly FindingFormat[] = ['asff', 'ocsf'];

/** An AWS to break: accounts, their resources and threats, and what Security Hub holds of them. */
export function AwsPanel({ language }: { language: PageLanguage }) {
  const w = sideWords(language);
  const world = useFresh<World>('/api/aws');
  const [chosen, choose] = useState<string>();
  const [said, setSaid] = useState<{ text: string; bad: boolean }>();

  const act = async (path: string, body: unknown, tell: (after: World) => string) => {
    try {
      const after = await ask<World>(path, body);
      world.replace(after);
      setSaid({ text: tell(after), bad: false });
      somethingChanged();
    } catch (error) {
      setSaid({ text: w.aws.refused(problemOf(error)), bad: true });
    }
  };

  const { value, problem } = world;
  const account = value?.accounts.find(({ id }) => id === chosen) ?? value?.accounts[0];
  return (
    <section class="side-panel" aria-label={w.aws.label}>
      <p class="side-about">{w.aws.about}</p>
      <div class="side-said-place">
        <p role="status" class={said && !said.bad ? 'side-said' : 'side-hidden'}>
          {said?.bad === false && said.text}
        </p>
        <p role="alert" class={said?.bad ? 'side-said side-said-bad' : 'side-hidden'}>
          {said?.bad && said.text}
        </p>
      </div>
      {value?.seeding && <p class="side-seeding">{w.aws.seeding}</p>}
      {problem && <p class="side-said side-said-bad">{problem}</p>}
      {!value && !problem && <p>{w.loading}</p>}
      {value && account && (
        <>
          <Choice
            legend={w.aws.account}
            name="account"
            options={value.accounts.map(({ id, name, kind }) => ({
              value: id,
              label: (
                <>
                  <strong>{name}</strong> <small>{`${id} · ${w.aws.kind[kind]}`}</small>
                </>
              ),
            }))}
            value={account.id}
            onChoose={choose}
          />
          <Resources
            language={language}
            account={account}
            onAct={(body: WorldAct, what) => void act('/api/aws/act', body, () => w.aws.sent(what, body.act))}
          />
          <Threats
            language={language}
            account={account}
            onAct={(body: ThreatAct) =>
              void act('/api/aws/threat', body, () => w.aws.threatSent[body.act](w.aws.threat[body.kind]))
            }
          />
          <div class="side-more">
            <div>
              <button
                type="button"
                class="side-button"
                onClick={() =>
                  void act('/api/aws/new-account', {}, ({ newAccounts }) =>
                    w.aws.newAccountSent(newAccounts.at(-1) ?? ''),
                  )
                }
              >
                {w.aws.newAccount}
              </button>
              <p class="side-about">{w.aws.newAccountAbout}</p>
              {value.newAccounts.length > 0 && <p>{w.aws.newAccounts(value.newAccounts.join(', '))}</p>}
            </div>
            <div>
              <FilePicker language={language} />
              <p class="side-about">{w.drop.about}</p>
            </div>
            <Choice
              legend={w.aws.format}
              name="format"
              options={FORMATS.map((format) => ({ value: format, label: format.toUpperCase() }))}
              value={value.format}
              onChoose={(format) => {
                const body: FormatChoice = { format };
                void act('/api/aws/format', body, () => w.aws.formatSaved(format.toUpperCase()));
              }}
            />
          </div>
        </>
      )}
      <HubTable language={language} />
    </section>
  );
}

interface ChoiceProps<Value extends string> {
  readonly legend: string;
  readonly name: string;
  readonly options: readonly { readonly value: Value; readonly label: ComponentChildren }[];
  readonly value: Value;
  readonly onChoose: (value: Value) => void;
}

/** One of a few, all of them in sight. */
function Choice<Value extends string>({ legend, name, options, value, onChoose }: ChoiceProps<Value>) {
  return (
    <fieldset class="side-choice">
      <legend>{legend}</legend>
      {options.map((option) => (
        <label key={option.value}>
          <input
            type="radio"
            name={`side-${name}`}
            checked={option.value === value}
            onChange={() => onChoose(option.value)}
          />
          <span>{option.label}</span>
        </label>
      ))}
    </fieldset>
  );
}
