export { keepWrites } from './keep-writes';
export type { TableWrite } from './table-write';
