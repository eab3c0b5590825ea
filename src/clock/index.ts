export * from './applied';
export * from './sweep';
