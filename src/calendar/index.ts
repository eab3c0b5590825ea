export * from './calendar';
export { addDays, isDay, mondayOf } from './days';
export { loadCalendar } from './load-calendar';
export { zoneOf } from './zone';
