export { controlPage } from './control-page';
export { loadPlaybooks, type Playbooks } from './load-playbooks';
export * from './playbook';
