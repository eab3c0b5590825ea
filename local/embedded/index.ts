export { createResources, type Resources } from './create-resources';
export { environment } from './environment';
export {
  type EmbeddedSettings,
  type Endpoints,
  LOCAL_CREDENTIALS,
  LOCAL_REGION,
  type ServiceName,
} from './services';
export { type Embedded, startEmbedded } from './start-embedded';
