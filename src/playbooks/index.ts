export { loadPlaybooks, type Playbooks } from './load-playbooks';
export * from './playbook';
