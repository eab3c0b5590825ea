export * from './remind';
export { nextWake } from './reminders-for';
