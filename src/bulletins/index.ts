export * from './bulletin';
export * from './bulletin-ref';
export * from './bulletins';
export * from './view';
