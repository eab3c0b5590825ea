export * from './calendar';
export { addDays, isDay } from './days';
export { loadCalendar } from './load-calendar';
export { zoneOf } from './zone';
