export * from './access-rules';
export * from './approvals';
export * from './directory';
export * from './matrix';
export * from './offer';
export * from './rule';
export * from './ruling';
export * from './worst-ruling';
