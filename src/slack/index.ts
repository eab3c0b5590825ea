export * from './errors';
export * from './respond';
export * from './slack';
export type { Picture } from './upload-picture';
