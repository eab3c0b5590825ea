import type { PageLanguage, WorldAccount, WorldAct, WorldControl, WorldResource } from '../../api';
import { Mark } from './mark';
import { SeverityMark } from './severity-mark';
import { type SideWords, sideWords } from './words';

/** ASFF's type for the account itself, which cannot be deleted. */
const ACCOUNT = 'AwsAccount';

type OnAct = (act: WorldAct, what: string) => void;

interface ResourcesProps {
  readonly language: PageLanguage;
  readonly account: WorldAccount;
  readonly onAct: OnAct;
}

/** An account's resources by type, each with its controls and what can be done to them. */
export function Resources({ language, account, onAct }: ResourcesProps) {
  const w = sideWords(language);
  const types = [...new Set(account.resources.map(({ type }) => type))];
  return (
    <section class="side-section" aria-labelledby="side-resources">
      <h3 id="side-resources">{w.aws.resources}</h3>
      {types.map((type) => (
        <div key={type} class="side-type">
          <h4>{typeName(type)}</h4>
          {account.resources
            .filter((resource) => resource.type === type)
            .map((resource) => (
              <Resource
                key={resource.id}
                language={language}
                account={account.id}
                resource={resource}
                onAct={onAct}
              />
            ))}
        </div>
      ))}
    </section>
  );
}

interface ResourceProps {
  readonly language: PageLanguage;
  readonly account: string;
  readonly resource: WorldResource;
  readonly onAct: OnAct;
}

function Resource({ language, account, resource, onAct }: ResourceProps) {
  const w = sideWords(language);
  const { id, name, type, region, about, exists, controls } = resource;
  const whole = exists ? 'delete' : 'restore';
  const act = (kind: WorldAct['act'], what: string, control?: string) =>
    onAct({ account, resource: id, act: kind, ...(control !== undefined && { control }) }, what);
  return (
    <details class="side-resource">
      <summary>
        <span class="side-resource-name">{name}</span>
        <span class="side-resource-state">
          <ResourceState w={w} resource={resource} />
        </span>
        <span class="side-resource-about">{about[language]}</span>
      </summary>
      <p class="side-arn side-mono">{`${id} (${region})`}</p>
      <ul class="side-controls">
        {controls.map((control) => (
          <Control
            key={control.id}
            language={language}
            control={control}
            exists={exists}
            onAct={(kind) => act(kind, `${name} (${control.id})`, control.id)}
          />
        ))}
      </ul>
      {exists && controls.length > 1 && (
        <div class="side-act">
          <AllButton w={w} act="break" what={name} onAct={() => act('break', name)} />
          <AllButton w={w} act="fix" what={name} onAct={() => act('fix', name)} />
        </div>
      )}
      {type !== ACCOUNT && (
        <ActButton w={w} act={whole} what={name} does={w.aws.does[whole]} onAct={() => act(whole, name)} />
      )}
    </details>
  );
}

interface ControlProps {
  readonly language: PageLanguage;
  readonly control: WorldControl;
  readonly exists: boolean;
  readonly onAct: (act: 'break' | 'fix') => void;
}

function Control({ language, control, exists, onAct }: ControlProps) {
  const w = sideWords(language);
  const { id, title, severity, broken, breaking } = control;
  const next = broken ? 'fix' : 'break';
  return (
    <li>
      <div class="side-control-head">
        <span class="side-mono">{id}</span>
        <SeverityMark severity={severity} />
        {exists && (
          <span>
            <Mark kind={broken ? 'bad' : 'good'} /> {broken ? w.aws.broken : w.aws.fine}
          </span>
        )}
      </div>
      <p>{title}</p>
      {exists && (
        <ActButton
          w={w}
          act={next}
          what={id}
          does={broken ? w.aws.does.fix : w.aws.breaks(breaking[language])}
          onAct={() => onAct(next)}
        />
      )}
    </li>
  );
}

interface AllButtonProps {
  readonly w: SideWords;
  readonly act: 'break' | 'fix';
  readonly what: string;
  readonly onAct: () => void;
}

function AllButton({ w, act, what, onAct }: AllButtonProps) {
  return (
    <button
      type="button"
      class={`side-button side-button-${act}`}
      aria-label={`${w.aws.all[act]}: ${what}`}
      onClick={onAct}
    >
      {w.aws.all[act]}
    </button>
  );
}

interface ActButtonProps {
  readonly w: SideWords;
  readonly act: WorldAct['act'];
  readonly what: string;
  /** What a press does, in words. */
  readonly does: string;
  readonly onAct: () => void;
}

function ActButton({ w, act, what, does, onAct }: ActButtonProps) {
  return (
    <div class="side-act">
      <button
        type="button"
        class={`side-button side-button-${act}`}
        aria-label={`${w.aws.acts[act]}: ${what}`}
        onClick={onAct}
      >
        {w.aws.acts[act]}
      </button>
      <span class="side-about">{does}</span>
    </div>
  );
}

function ResourceState({ w, resource: { exists, controls } }: { w: SideWords; resource: WorldResource }) {
  const failing = controls.filter(({ broken }) => broken).length;
  if (!exists) {
    return (
      <>
        <Mark kind="gone" /> {w.aws.deleted}
      </>
    );
  }
  return (
    <>
      <Mark kind={failing > 0 ? 'bad' : 'good'} /> {failing > 0 ? w.aws.failing(failing) : w.aws.passing}
    </>
  );
}

/** `AwsEc2SecurityGroup` as people write it: `EC2 Security Group`. */
function typeName(type: string): string {
  return type
    .replace(/^Aws/, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/^(Ec2|Iam|Rds|Kms|Ecr|Ecs|Eks|Sns|Sqs|Waf|Acm|Elb|Ssm)\b/, (service) => service.toUpperCase());
}
