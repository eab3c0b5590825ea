export * from './errors';
export * from './respond';
export * from './slack';
