export { type DecidePayload, decideControl } from './decide-control';
export { holdUndecided } from './hold-undecided';
export { type Undecided, undecidedKey } from './undecided';
export { buildUndecidedView } from './view-undecided';
