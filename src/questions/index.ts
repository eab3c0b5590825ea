export * from './answer';
export * from './ask';
export * from './list-questions';
export * from './question';
export * from './questions';
