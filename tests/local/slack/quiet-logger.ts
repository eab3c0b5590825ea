import { type Logger, LogLevel } from '@slack/web-api';

const silent = () => undefined;

/** Refusals are what these tests provoke; the client need not print them. */
export const quietLogger: Logger = {
  debug: silent,
  info: silent,
  warn: silent,
  error: silent,
  setLevel: silent,
  getLevel: () => LogLevel.ERROR,
  setName: silent,
};
