import type { Json } from './json';

/** Slack's `ok: false`: an error code and what Slack adds to it. */
export class Refusal extends Error {
  constructor(
    readonly code: string,
    readonly detail: Json = {},
  ) {
    super(code);
    this.name = 'Refusal';
  }
}

/** Somebody tried what a person could not do in Slack, such as pressing a button that is not shown. */
export class ImpossibleAct extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ImpossibleAct';
  }
}
