export * from './quarantine';
