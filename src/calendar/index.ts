export * from './calendar';
export { addDays } from './days';
export { loadCalendar } from './load-calendar';
export { zoneOf } from './zone';
