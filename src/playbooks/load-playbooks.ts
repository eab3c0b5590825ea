import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ConfigError, listFiles, type Parsed, readYaml } from '../config';
import type { ControlId } from '../controls';
import { controlPage, threatPage } from './aws-page';
import type {
  Playbook,
  PlaybookLookup,
  PlaybookText,
  Step,
  ThreatPlaybook,
  ThreatPlaybookLookup,
  ThreatText,
} from './playbook';
import {
  CONTROL_OVERRIDE,
  CONTROL_PLAYBOOK,
  perLanguage,
  THREAT_OVERRIDE,
  THREAT_PLAYBOOK,
  type WrittenPlaybook,
  type WrittenStep,
  type WrittenThreat,
} from './schema';

/** The playbooks of a deployment. A file is read when somebody asks for it first: few of them are needed at a time. */
export interface Playbooks {
  readonly lookup: PlaybookLookup;
  readonly threat: ThreatPlaybookLookup;
  /** The controls that have one, by the names of their files; none is read. */
  controls(): readonly ControlId[];
  /**
   * Reads them all.
   * @throws {ConfigError} when one is wrong, misnamed or too long
   */
  all(): readonly Playbook[];
  allThreats(): readonly ThreatPlaybook[];
}

/** Where threats lie within a folder of playbooks. */
const THREATS = 'threats';

/**
 * The playbooks of a folder: `EC2.19.yml` about the control EC2.19, `threats/*.yml` about GuardDuty's findings.
 * @param overrides a folder with a team's own words, of the same form: each part that a file has replaces that part
 * @throws {ConfigError} when the folder is not there, or an override is about nothing that has a playbook
 */
export function loadPlaybooks(folder: string, overrides?: string): Playbooks {
  const files = new Map(listFiles(folder, '.yml').map((file) => [nameOf(file).toLowerCase(), file]));
  const own = new Map(
    (overrides === undefined ? [] : listFiles(overrides, '.yml')).map((file) => [
      nameOf(file).toLowerCase(),
      file,
    ]),
  );
  for (const [name, file] of own) {
    if (!files.has(name))
      throw nothingToReplace(file, `there is no playbook ${nameOf(file)} to replace parts of`);
  }
  const read = new Map<string, Playbook>();
  const lookup: PlaybookLookup = (control) => {
    const name = control.toLowerCase();
    const known = read.get(name);
    const file = files.get(name);
    if (known || file === undefined) return known;
    const playbook = readPlaybook(file, own.get(name));
    read.set(name, playbook);
    return playbook;
  };
  const controls = () => [...files.values()].map((file) => nameOf(file) as ControlId);
  let threats: ReadonlyMap<string, ThreatPlaybook> | undefined;
  const byThreat = () => {
    threats ??= readThreats(folder, overrides);
    return threats;
  };
  return {
    lookup,
    threat: (type) =>
      familiesOf(type)
        .flatMap((family) => byThreat().get(family) ?? [])
        .at(0),
    controls,
    all: () => controls().flatMap((control) => lookup(control) ?? []),
    allThreats: () => [...byThreat().values()],
  };
}

const nameOf = (file: string): string => basename(file, '.yml');

/** The files of a folder within a folder; none where it is not there, as where there is nothing of threats. */
function filesWithin(folder: string | undefined, inner: string): readonly string[] {
  const within = folder === undefined ? undefined : join(folder, inner);
  return within !== undefined && existsSync(within) ? listFiles(within, '.yml') : [];
}

function nothingToReplace(file: string, problem: string): ConfigError {
  return new ConfigError(file, [{ line: 1, column: 1, text: `${problem}; look at its name` }]);
}

/** A type itself, then what it belongs to, the narrowest first. */
function familiesOf(type: string): readonly string[] {
  const [purpose = '', about = ''] = type.split(/[:/]/);
  return [type, `${purpose}:${about}/*`, `${purpose}:*`].map((name) => name.toLowerCase());
}

function named<T extends { readonly control: string }>(file: string, { value, problemAt }: Parsed<T>): T {
  const name = nameOf(file);
  if (value.control === name) return value;
  const problem = `"${value.control}" is not what the file is named after; write control: ${name}, or rename the file`;
  throw new ConfigError(file, [problemAt(['control'], problem)]);
}

function readPlaybook(file: string, override: string | undefined): Playbook {
  const written = named(file, readYaml(file, CONTROL_PLAYBOOK));
  const own = override === undefined ? {} : named(override, readYaml(override, CONTROL_OVERRIDE));
  const whole = { ...written, ...given(own) };
  const control = written.control as ControlId;
  return {
    control,
    effortMinutes: whole.effortMinutes,
    links: perLanguage((language) => controlPage(control, language)),
    text: perLanguage((language) => controlText(whole, language)),
  };
}

function readThreats(folder: string, overrides: string | undefined): ReadonlyMap<string, ThreatPlaybook> {
  const written = byName(filesWithin(folder, THREATS), (file) => readYaml(file, THREAT_PLAYBOOK));
  const own = byName(filesWithin(overrides, THREATS), (file) => readYaml(file, THREAT_OVERRIDE));
  for (const [name, { file, value }] of own) {
    if (!written.has(name)) throw nothingToReplace(file, `there is no playbook of ${value.threat}`);
  }
  return new Map(
    [...written].map(([name, { value }]) => {
      const whole = { ...value, ...given(own.get(name)?.value ?? {}) };
      const links = perLanguage((language) => threatPage(value.threat, language));
      return [
        name,
        { threat: value.threat, links, text: perLanguage((language) => threatText(whole, language)) },
      ];
    }),
  );
}

/** @throws {ConfigError} when two files are about the same */
function byName<T extends { readonly threat: string }>(
  files: readonly string[],
  read: (file: string) => Parsed<T>,
): Map<string, { readonly file: string; readonly value: T }> {
  const all = new Map<string, { readonly file: string; readonly value: T }>();
  for (const file of files) {
    const { value, problemAt } = read(file);
    const name = value.threat.toLowerCase();
    const other = all.get(name);
    if (other) {
      const problem = `${value.threat} is what ${basename(other.file)} is about, too; keep one of the two`;
      throw new ConfigError(file, [problemAt(['threat'], problem)]);
    }
    all.set(name, { file, value });
  }
  return all;
}

/** Without what is not there: it replaces nothing. */
function given<T extends object>(parts: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

type Spoken = 'ja' | 'en';

const stepIn = ({ run, ...said }: WrittenStep, language: Spoken): Step =>
  run === undefined ? { say: said[language] } : { say: said[language], run };

function controlText(written: Omit<WrittenPlaybook, 'control'>, language: Spoken): PlaybookText {
  const steps = (all: readonly WrittenStep[]) => all.map((step) => stepIn(step, language));
  const { title, why, check, fix, alternative, breaks, intended } = written;
  return {
    title: title[language],
    why: why[language],
    check: steps(check),
    fix: steps(fix),
    ...(alternative && { alternative: stepIn(alternative, language) }),
    breaks: stepIn(breaks, language),
    intended: intended[language],
  };
}

function threatText(written: Omit<WrittenThreat, 'threat'>, language: Spoken): ThreatText {
  const steps = (all: readonly WrittenStep[]) => all.map((step) => stepIn(step, language));
  const { title, happened, first, falseAlarm, contain, intended } = written;
  return {
    title: title[language],
    happened: happened[language],
    first: steps(first),
    falseAlarm: steps(falseAlarm),
    contain: steps(contain),
    intended: intended[language],
  };
}
