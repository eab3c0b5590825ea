export * from './amend';
export * from './clock-bucket';
export * from './derived-id';
export * from './history';
export * from './history-entry';
export * from './record-item';
export * from './table';
