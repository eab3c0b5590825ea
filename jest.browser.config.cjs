/** The story in a real browser: it starts what it needs itself, and one test goes on where the last one ended. */
/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/tests/browser'],
  testMatch: ['<rootDir>/tests/browser/**/*.test.ts'],
  reporters: ['default', '<rootDir>/tests/setup/closing-line.cjs'],
  maxWorkers: 1,
  testTimeout: 60_000,
  cacheDirectory: '.cache/jest-browser',
  transform: require('./jest.config.cjs').transform,
};
