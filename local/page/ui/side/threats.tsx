import type { PageLanguage, ThreatAct, WorldAccount, WorldThreat } from '../../api';
import { Mark } from './mark';
import { SeverityMark } from './severity-mark';
import { sideWords } from './words';

interface ThreatsProps {
  readonly language: PageLanguage;
  readonly account: WorldAccount;
  readonly onAct: (act: ThreatAct) => void;
}

/** What GuardDuty can be made to see in an account. */
export function Threats({ language, account, onAct }: ThreatsProps) {
  const w = sideWords(language);
  return (
    <section class="side-section" aria-labelledby="side-threats">
      <h3 id="side-threats">{w.aws.threats}</h3>
      <p class="side-about">{w.aws.threatsAbout}</p>
      {account.threats.map((threat) => (
        <Threat
          key={threat.kind}
          language={language}
          threat={threat}
          onAct={(act) => onAct({ account: account.id, kind: threat.kind, act })}
        />
      ))}
    </section>
  );
}

interface ThreatProps {
  readonly language: PageLanguage;
  readonly threat: WorldThreat;
  readonly onAct: (act: ThreatAct['act']) => void;
}

function Threat({ language, threat, onAct }: ThreatProps) {
  const w = sideWords(language);
  const { kind, title, about, severity, resource, seen } = threat;
  const button = (act: ThreatAct['act'], label: string, ready = true) => (
    <button
      type="button"
      class="side-button"
      aria-label={`${label}: ${w.aws.threat[kind]}`}
      // Not `disabled`: a button that was just pressed must not lose focus.
      aria-disabled={!ready}
      onClick={() => {
        if (ready) onAct(act);
      }}
    >
      {label}
    </button>
  );
  return (
    <div class="side-threat">
      <div class="side-control-head">
        <strong>{w.aws.threat[kind]}</strong>
        <SeverityMark severity={severity} />
        <span>
          <Mark kind={seen > 0 ? 'bad' : 'gone'} /> {seen > 0 ? w.aws.seen(seen) : w.aws.notSeen}
        </span>
      </div>
      <p>{`${about[language]} (${resource})`}</p>
      <p class="side-about" lang="en">
        {title}
      </p>
      <div class="side-act">
        {seen > 0 ? button('again', w.aws.again) : button('see', w.aws.see)}
        {button('archive', w.aws.archive, seen > 0)}
      </div>
    </div>
  );
}
