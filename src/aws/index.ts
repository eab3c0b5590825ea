export * from './caller-identity';
export * from './clients';
export * from './objects';
export * from './security-hub';
