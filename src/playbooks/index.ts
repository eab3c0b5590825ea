export { controlPage } from './aws-page';
export { type CliOperations, cliMistakes } from './cli-line';
export { findPlaybooks } from './find-playbooks';
export { lintPlaybook, lintThreat } from './lint-playbook';
export { loadPlaybooks, type Playbooks } from './load-playbooks';
export * from './playbook';
export { tolerantPlaybooks } from './tolerant-playbooks';
