/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/tests'],
  reporters: ['default', '<rootDir>/tests/setup/log-scan.cjs', '<rootDir>/tests/setup/closing-line.cjs'],
  setupFilesAfterEnv: ['<rootDir>/tests/setup/keep-output.ts'],
  globalSetup: '<rootDir>/tests/setup/start-embedded.ts',
  globalTeardown: '<rootDir>/tests/setup/stop-embedded.ts',
  // One of two cores would idle otherwise: jest leaves one to itself.
  maxWorkers: 2,
  // What files leave behind in a worker makes those after them slow.
  workerIdleMemoryLimit: '1GB',
  // Many tests talk to servers over HTTP: on a busy machine they are slow, and right all the same.
  testTimeout: 60_000,
  cacheDirectory: '.cache/jest',
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/tests/browser/'],
  modulePathIgnorePatterns: ['<rootDir>/cdk.out', '<rootDir>/.cache'],
  transform: {
    '^.+\\.tsx?$': [
      '@swc/jest',
      {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
        module: { type: 'commonjs' },
        sourceMaps: 'inline',
      },
    ],
  },
};
