export * from './notice';
export * from './notices';
