import './side.css';

export { AwsPanel } from './aws-panel';
export { BehindDrawer } from './behind-drawer';
export { ClockControls } from './clock-controls';
export { DropZone } from './drop-zone';
