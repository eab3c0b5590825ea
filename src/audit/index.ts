export * from './audit';
export * from './subject-ref';
export { tableAudit } from './table-audit';
