/**
 * The page in a real browser: each file starts what it needs itself, and one test goes on where the last one ended.
 * Most of the time is spent waiting for Slack's pace: two files at once take hardly longer than one.
 */
/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/tests/browser'],
  testMatch: ['<rootDir>/tests/browser/**/*.test.ts'],
  reporters: ['default', '<rootDir>/tests/setup/log-scan.cjs', '<rootDir>/tests/setup/closing-line.cjs'],
  setupFilesAfterEnv: ['<rootDir>/tests/setup/keep-output.ts'],
  maxWorkers: 2,
  testTimeout: 60_000,
  cacheDirectory: '.cache/jest-browser',
  transform: require('./jest.config.cjs').transform,
};
