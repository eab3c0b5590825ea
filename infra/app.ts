import { secopsApp } from './secops-app';

secopsApp().synth();
