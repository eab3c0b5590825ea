import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { AwsCall, Behind, BehindEntry, Decision, PageLanguage, SlackCall } from '../../api';
import { showTime } from './bot-time';
import { JsonView } from './json-view';
import { Mark } from './mark';
import { SeverityMark } from './severity-mark';
import { useFresh } from './use-fresh';
import { useStart } from './use-start';
import { type SideWords, sideWords } from './words';

interface BehindDrawerProps {
  readonly language: PageLanguage;
  readonly channel: string;
  readonly ts: string;
  readonly onClose: () => void;
}

/** What lies behind one message: finding, decision, record, history, Block Kit and the calls made. */
export function BehindDrawer({ language, channel, ts, onClose }: BehindDrawerProps) {
  const w = sideWords(language);
  const { value, problem } = useFresh<Behind>(
    `/api/behind?channel=${encodeURIComponent(channel)}&ts=${encodeURIComponent(ts)}`,
  );
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [channel, ts]);
  return (
    <section
      class="side-panel side-behind"
      aria-label={w.behind.label}
      onKeyDown={({ key }) => {
        if (key === 'Escape') onClose();
      }}
    >
      <header class="side-behind-head">
        <h2 ref={heading} tabIndex={-1}>
          <small>{value ? w.behind.kind[value.kind] : w.behind.label}</small>
          {value?.title ?? (problem ? '' : w.loading)}
        </h2>
        <button type="button" class="side-button" onClick={onClose}>
          {w.close}
        </button>
      </header>
      {problem && <p class="side-said side-said-bad">{problem}</p>}
      {value && <Sections key={`${channel} ${ts}`} language={language} behind={value} />}
    </section>
  );
}

function Sections({ language, behind }: { language: PageLanguage; behind: Behind }) {
  const w = sideWords(language);
  const start = useStart();
  const time = (at: string) => showTime(at, language, start?.timeZone);
  const name = (id: string) => start?.users.find((user) => user.id === id)?.realName ?? id;
  const { decision, findings, record, issues, history, message, slackCalls, awsCalls } = behind;
  return (
    <>
      <Section title={w.behind.decision} open>
        {decision && <DecisionTable w={w} decision={decision} time={time} />}
        <None w={w} when={!decision} />
      </Section>
      <Section title={w.behind.history} count={history.length} open>
        <None w={w} when={history.length === 0} />
        {history.length > 0 && <History entries={history} time={time} name={name} />}
      </Section>
      <Section title={w.behind.finding} count={findings.length}>
        <Documents w={w} documents={findings} />
      </Section>
      <Section title={w.behind.record}>
        <Documents w={w} documents={record ? [record] : []} />
      </Section>
      <Section title={w.behind.issues} count={issues.length}>
        <Documents w={w} documents={issues} />
      </Section>
      <Section title={w.behind.blocks}>
        <Documents w={w} documents={message.length > 0 ? [message] : []} />
      </Section>
      <Section title={w.behind.slackCalls} count={slackCalls.length}>
        <None w={w} when={slackCalls.length === 0} />
        {slackCalls.map((call) => (
          <SlackCallView key={`${call.at} ${call.method}`} w={w} call={call} time={time} />
        ))}
      </Section>
      <Section title={w.behind.awsCalls} count={awsCalls.length}>
        <None w={w} when={awsCalls.length === 0} />
        {awsCalls.map((call) => (
          <AwsCallView key={`${call.at} ${call.operation}`} w={w} call={call} time={time} />
        ))}
      </Section>
    </>
  );
}

interface SectionProps {
  readonly title: string;
  readonly count?: number;
  readonly open?: boolean;
  readonly children: ComponentChildren;
}

/** What is closed is not rendered either: records and calls can be long. */
function Section({ title, count, open = false, children }: SectionProps) {
  const [opened, setOpened] = useState(open);
  return (
    <details
      class="side-fold"
      open={open}
      onToggle={({ currentTarget, target }) => {
        if (currentTarget === target) setOpened(currentTarget.open);
      }}
    >
      <summary>
        <h3>{title}</h3>
        {count !== undefined && <span class="side-count">{count}</span>}
      </summary>
      {opened && children}
    </details>
  );
}

function None({ w, when }: { w: SideWords; when: boolean }) {
  return when ? <p class="side-about">{w.none}</p> : null;
}

function DecisionTable({ w, decision, time }: { w: SideWords; decision: Decision; time: TimeFormat }) {
  const { treatment, line, lineNumber, text, why, version, severity, deadlineHours, due } = decision;
  const named = line === 'answer' ? w.behind.answered : line;
  return (
    <dl class="side-facts">
      <dt>{w.behind.treatment}</dt>
      <dd>
        <code>{treatment}</code> {`— ${w.behind.treatments[treatment]}`}
      </dd>
      <dt>{w.behind.line}</dt>
      <dd>
        {lineNumber === undefined ? named : w.behind.lineAt(named, lineNumber)}
        {text !== undefined && <pre class="side-mono">{text}</pre>}
      </dd>
      {why !== undefined && (
        <>
          <dt>{w.behind.why}</dt>
          <dd>{why}</dd>
        </>
      )}
      <dt>{w.behind.severity}</dt>
      <dd>
        <SeverityMark severity={severity} />
      </dd>
      <dt>{w.behind.deadline}</dt>
      <dd>{w.behind.hours(deadlineHours)}</dd>
      <dt>{w.behind.due}</dt>
      <dd>{due === undefined ? w.none : <time dateTime={due}>{time(due)}</time>}</dd>
      <dt>{w.behind.version}</dt>
      <dd>
        <code>{version}</code>
      </dd>
    </dl>
  );
}

type TimeFormat = (at: string) => string;

interface HistoryProps {
  readonly entries: readonly BehindEntry[];
  readonly time: TimeFormat;
  /** What somebody is called, by id. */
  readonly name: (id: string) => string;
}

function History({ entries, time, name }: HistoryProps) {
  return (
    <ol class="side-history">
      {entries.map(({ seq, at, what, by, detail, resource }) => (
        <li key={`${resource ?? ''} ${seq}`}>
          <code>{what}</code> {by !== undefined && <span>{name(by)}</span>}{' '}
          <time dateTime={at} class="side-about">
            {time(at)}
          </time>
          {resource !== undefined && <p class="side-arn side-mono">{resource}</p>}
          {detail !== undefined && <p>{detail}</p>}
        </li>
      ))}
    </ol>
  );
}

/** Each document with a button that copies all of it, folded parts too. */
function Documents({ w, documents }: { w: SideWords; documents: readonly unknown[] }) {
  return (
    <>
      <None w={w} when={documents.length === 0} />
      {documents.map((document, index) => (
        <div key={index} class="side-document">
          <CopyButton w={w} text={JSON.stringify(document, null, 2)} />
          <JsonView value={document} items={w.behind.items} />
        </div>
      ))}
    </>
  );
}

function CopyButton({ w, text }: { w: SideWords; text: string }) {
  const [said, setSaid] = useState('');
  const copy = () => {
    navigator.clipboard
      .writeText(text)
      .then(() => setSaid(w.behind.copied))
      .catch(() => setSaid(w.behind.notCopied));
  };
  return (
    <div class="side-copy">
      <button type="button" class="side-button" onClick={copy}>
        {w.behind.copy}
      </button>
      <span role="status">{said}</span>
    </div>
  );
}

function SlackCallView({ w, call, time }: { w: SideWords; call: SlackCall; time: TimeFormat }) {
  return (
    <Call
      name={call.method}
      good={call.ok}
      outcome={call.ok ? w.behind.ok : w.behind.failed(call.error ?? '')}
      at={call.at}
      time={time}
    >
      <Documents w={w} documents={[call.args]} />
    </Call>
  );
}

function AwsCallView({ w, call, time }: { w: SideWords; call: AwsCall; time: TimeFormat }) {
  const error = call.error === undefined ? '' : `: ${call.error}`;
  return (
    <Call
      name={call.operation}
      good={call.outcome === 'done'}
      outcome={`${w.behind.outcome[call.outcome]}${error}`}
      at={call.at}
      time={time}
    >
      <Documents w={w} documents={[call.input]} />
    </Call>
  );
}

interface CallProps {
  readonly name: string;
  readonly good: boolean;
  readonly outcome: string;
  readonly at: string;
  readonly time: TimeFormat;
  readonly children: ComponentChildren;
}

function Call({ name, good, outcome, at, time, children }: CallProps) {
  return (
    <details class="side-call">
      <summary>
        <code>{name}</code> <Mark kind={good ? 'good' : 'bad'} /> <span>{outcome}</span>{' '}
        <time dateTime={at} class="side-about">
          {time(at)}
        </time>
      </summary>
      {children}
    </details>
  );
}
