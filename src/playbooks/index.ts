export { controlPage, threatPage } from './aws-page';
export { type CliOperations, cliMistakes } from './cli-line';
export { findPlaybooks } from './find-playbooks';
export { lintPlaybook, lintThreat } from './lint-playbook';
export { loadPlaybooks, type Playbooks } from './load-playbooks';
export * from './playbook';
export { LIMITS as PLAYBOOK_LIMITS } from './schema';
