export * from './gather-home';
