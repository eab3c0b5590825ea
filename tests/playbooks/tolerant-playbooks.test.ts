import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ControlId } from '../../src/controls';
import { findPlaybooks, loadPlaybooks, tolerantPlaybooks } from '../../src/playbooks';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'playbooks-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const step = { ja: '見ます。', en: 'Look.' };
const both = { ja: '見ます。', en: 'It is so.' };
const good = (control: string) =>
  JSON.stringify({
    control,
    effortMinutes: 5,
    title: both,
    why: both,
    check: [step],
    fix: [step],
    breaks: step,
    intended: both,
  });

test('one that cannot be read is as if nobody had written it, and is told once', () => {
  writeFileSync(join(folder, 'EC2.1.yml'), good('EC2.1'));
  writeFileSync(join(folder, 'EC2.2.yml'), 'control: EC2.2\n');
  const told: string[] = [];
  const playbooks = tolerantPlaybooks(loadPlaybooks(folder), (message) => told.push(message));
  for (let time = 0; time < 3; time += 1) {
    expect(playbooks.lookup('EC2.2' as ControlId)).toBeUndefined();
    expect(playbooks.all().map(({ control }) => control)).toEqual(['EC2.1']);
    expect(findPlaybooks('so', playbooks)).toHaveLength(1);
    expect(playbooks.threat('Backdoor:EC2/Spambot')).toBeUndefined();
  }
  expect(told).toEqual(['a playbook cannot be read; cards do without it']);
});

test('threats that cannot be read leave the controls alone', () => {
  mkdirSync(join(folder, 'threats'));
  writeFileSync(join(folder, 'EC2.1.yml'), good('EC2.1'));
  writeFileSync(join(folder, 'threats', 'x.yml'), 'threat: no type\n');
  const told: unknown[] = [];
  const playbooks = tolerantPlaybooks(loadPlaybooks(folder), (_, details) => told.push(details));
  expect(playbooks.threat('Backdoor:EC2/Spambot')).toBeUndefined();
  expect(playbooks.allThreats()).toEqual([]);
  expect(playbooks.lookup('EC2.1' as ControlId)?.control).toBe('EC2.1');
  expect(told).toHaveLength(1);
});
