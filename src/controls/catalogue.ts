import { join } from 'node:path';
import * as z from 'zod';
import { ConfigError, listFiles, readJson, readYaml, section } from '../config';
import { CATEGORIES, type Catalogue, type Control, type ControlId, SEVERITIES } from './control';

const CONTROL = section({
  id: z.string().regex(/^[A-Za-z0-9]+\.\d+$/, 'write a control id such as EC2.19'),
  title: z.string().min(1),
  severity: z.enum(SEVERITIES),
  category: z.enum(CATEGORIES),
  scope: z.enum(['regional', 'global']),
  schedule: z.enum(['periodic', 'change', 'both']),
});

const ALIASES = section({
  retired: z.array(z.string()),
  standards: z.record(z.string(), z.record(z.string(), z.string())),
});

/**
 * Reads the control catalogue: `controls/*.json` and `controls/aliases.yml`.
 * @param configDir the folder that holds `controls/`
 * @throws {ConfigError} when a file is wrong, a control is listed twice, or an alias points to no control
 */
export function loadCatalogue(configDir: string): Catalogue {
  const folder = join(configDir, 'controls');
  const byId = new Map<string, Control>();
  for (const file of listFiles(folder, '.json')) {
    for (const control of readJson(file, z.array(CONTROL))) {
      if (byId.has(control.id.toLowerCase())) throw listedTwice(file, control.id);
      byId.set(control.id.toLowerCase(), { ...control, id: control.id as ControlId });
    }
  }
  const { rules, retired } = readAliases(join(folder, 'aliases.yml'), byId);
  const all = [...byId.values()];
  const find = (id: string) => byId.get(id.toLowerCase());
  return {
    find,
    all: () => all,
    isRetired: (id) => retired.has(id.toLowerCase()),
    // A standard without a table of its own (FSBP, NIST …) calls its rules by the control's id.
    fromStandard: (standard, rule) =>
      rules.get(standard.toLowerCase())?.get(rule.toLowerCase()) ?? find(rule)?.id,
  };
}

function listedTwice(file: string, id: string): ConfigError {
  return new ConfigError(file, [{ line: 1, column: 1, text: `${id} is listed twice; keep one of the two` }]);
}

interface Aliases {
  /** By standard and rule, both in lower case. */
  readonly rules: ReadonlyMap<string, ReadonlyMap<string, ControlId>>;
  /** By id in lower case. */
  readonly retired: ReadonlyMap<string, ControlId>;
}

function readAliases(file: string, byId: ReadonlyMap<string, Control>): Aliases {
  const { value, problemAt } = readYaml(file, ALIASES);
  const retired = new Map(value.retired.map((id) => [id.toLowerCase(), id as ControlId]));
  const problems = value.retired.flatMap((id, index) =>
    byId.has(id.toLowerCase())
      ? [problemAt(['retired', index], `${id} is in the catalogue; take it off the list of retired controls`)]
      : [],
  );
  const standards = new Map<string, Map<string, ControlId>>();
  for (const [standard, rules] of Object.entries(value.standards)) {
    const known = new Map<string, ControlId>();
    for (const [rule, target] of Object.entries(rules)) {
      const id = byId.get(target.toLowerCase())?.id ?? retired.get(target.toLowerCase());
      if (id) known.set(rule.toLowerCase(), id);
      else {
        const path = ['standards', standard, rule];
        problems.push(
          problemAt(path, `${target} is not in the catalogue; correct it, or list it under "retired"`),
        );
      }
    }
    standards.set(standard.toLowerCase(), known);
  }
  if (problems.length > 0) throw new ConfigError(file, problems);
  return { rules: standards, retired };
}
