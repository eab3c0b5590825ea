import { join } from 'node:path';
import { ConfigError } from '../../src/config';
import { loadCatalogue, SEVERITIES, type Severity } from '../../src/controls';
import { lintPlaybook, lintThreat } from '../../src/playbooks';
import { loadPolicy, TREATMENTS } from '../../src/policy';
import { textTable } from '../text-table';
import { type Covered, coverage } from './coverage';
import { cliOperations, configFolder, openPlaybooks } from './open-playbooks';
import { tooLong } from './too-long';

/** Controls of these severities are never left without one. */
const SERIOUS: readonly Severity[] = ['CRITICAL', 'HIGH'];

/** Says which playbooks there are and what is wrong with them. @returns the exit code */
export function checkPlaybooks(overrides: string | undefined, json: boolean): number {
  const folder = configFolder();
  const catalogue = loadCatalogue(folder);
  const playbooks = openPlaybooks(overrides);
  const unreadable: string[] = [];
  /** One that is wrong must not hide what is wrong with the others. */
  const readable = <T>(read: () => readonly T[]): readonly T[] => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      unreadable.push(error.message);
      return [];
    }
  };
  const controls = playbooks
    .controls()
    .flatMap((control) => readable(() => [playbooks.lookup(control)].filter((one) => one !== undefined)));
  const threats = readable(playbooks.allThreats);
  const operations = cliOperations();
  const there = new Set(playbooks.controls().map((control) => control.toLowerCase()));
  const policy = loadPolicy(join(folder, 'policy.yml'), catalogue);
  const all = coverage(catalogue, policy, (control) => there.has(control.toLowerCase()));
  const covered = all.filter(({ treatment }) => treatment === 'track');
  const problems = [
    ...unreadable,
    ...controls.flatMap((one) => [
      ...(catalogue.find(one.control)?.id === one.control
        ? []
        : [`${one.control}: the catalogue has no such control; look at its spelling`]),
      ...lintPlaybook(one, operations),
      ...tooLong(one),
    ]),
    ...threats.flatMap((one) => [...lintThreat(one, operations), ...tooLong(one)]),
  ];
  const missing = covered.filter(({ playbook }) => !playbook).map(({ control }) => control);
  const serious = missing.filter(({ severity }) => SERIOUS.includes(severity));
  if (json) {
    const said = {
      controls: controls.length,
      threats: threats.length,
      missing: missing.map(({ id }) => id),
      problems,
    };
    console.log(JSON.stringify(said));
  } else {
    for (const line of byTreatment(all)) console.log(line);
    console.log('');
    for (const line of bySeverity(covered)) console.log(line);
    console.log('');
    for (const line of byService(covered)) console.log(line);
    console.log(`\n${controls.length} playbooks of controls, ${threats.length} of threats.`);
    if (serious.length > 0) {
      console.log(`CRITICAL or HIGH, tracked, and without one: ${serious.map(({ id }) => id).join(', ')}`);
    }
    for (const problem of problems) console.log(problem);
    console.log(
      problems.length === 0 ? 'Nothing is wrong with them.' : `${problems.length} things are wrong.`,
    );
  }
  return problems.length + serious.length > 0 ? 1 : 0;
}

const share = (all: readonly Covered[]) => {
  const there = all.filter(({ playbook }) => playbook).length;
  return [
    `${there}`,
    `${all.length}`,
    all.length === 0 ? '–' : `${Math.floor((100 * there) / all.length)} %`,
  ];
};

/** What policy does at most, in any kind of account. */
function byTreatment(all: readonly Covered[]): string[] {
  const rows = TREATMENTS.map(
    (treatment) => [treatment, all.filter((one) => one.treatment === treatment)] as const,
  )
    .filter(([, those]) => those.length > 0)
    .map(([treatment, those]) => [treatment, ...share(those)]);
  return textTable([['Treatment', 'with', 'of', ''], ...rows], new Set([1, 2, 3]));
}

function bySeverity(covered: readonly Covered[]): string[] {
  const rows = SEVERITIES.toReversed()
    .map((severity) => [severity, covered.filter(({ control }) => control.severity === severity)] as const)
    .filter(([, all]) => all.length > 0)
    .map(([severity, all]) => [severity, ...share(all)]);
  return textTable([['Tracked', 'with', 'of', ''], ...rows], new Set([1, 2, 3]));
}

function byService(covered: readonly Covered[]): string[] {
  const services = [...new Set(covered.map(({ control }) => control.id.split('.')[0] ?? ''))].sort();
  const rows = services.map((service) => {
    const all = covered.filter(({ control }) => control.id.split('.')[0] === service);
    const missing = all.filter(({ playbook }) => !playbook).map(({ control }) => control.id);
    return [service, ...share(all), missing.join(' ')];
  });
  return textTable([['Service', 'with', 'of', '', 'without'], ...rows], new Set([1, 2, 3]));
}
