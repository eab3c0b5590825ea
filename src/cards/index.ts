export * from './delivery';
export * from './plan';
export * from './publish';
export * from './publish-bulletin';
export * from './publish-notice';
export * from './view-bulletin';
