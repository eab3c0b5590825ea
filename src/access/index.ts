export * from './access-rules';
export * from './directory';
export * from './offer';
export * from './rule';
export * from './ruling';
