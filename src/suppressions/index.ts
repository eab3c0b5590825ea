export * from './suppress';
