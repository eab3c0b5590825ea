export * from './plan';
export * from './publish';
