export * from './plan';
export * from './publish';
export * from './publish-notice';
