export * from './message-body';
export * from './queues';
