const LogScan = require('./log-scan.cjs');

/**
 * Ends every test run with one line that a person and a machine read alike: `12 passed, 0 failed`.
 * Jest prints its summary after all other reporters, hence the wait for the exit.
 */
module.exports = class ClosingLine {
  onRunComplete(_contexts, results) {
    // A test file that does not even load has no failed tests of its own, and is a failure all the same.
    const leaked = LogScan.leaks > 0 ? 1 : 0;
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites + leaked;
    process.once('exit', () => process.stdout.write(`${results.numPassedTests} passed, ${failed} failed\n`));
  }
};
