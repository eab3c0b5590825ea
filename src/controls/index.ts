export { loadCatalogue } from './catalogue';
export * from './control';
export { nearControls } from './near-controls';
