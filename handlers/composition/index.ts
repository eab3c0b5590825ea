export * from './bot';
export { compose } from './compose';
export { composeFront } from './compose-front';
export { composeIntake } from './compose-intake';
export { composeMirror } from './compose-mirror';
export { type Config, loadConfig } from './config';
export * from './ports';
