/**
 * Ends a test run with one plain line that any script can read: `N passed, N failed, N skipped`. On CI a skipped test
 * is a failure: there everything that tests need is installed, so a skip means that something went untested.
 */
export default class ClosingLineReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const counts = { passed: 0, failed: 0, skipped: 0 };
    const skipped = [];
    for (const module of modules) {
      let tests = 0;
      for (const test of module.children.allTests()) {
        tests += 1;
        const { state } = test.result();
        if (state === "passed" || state === "failed") counts[state] += 1;
        else {
          counts.skipped += 1;
          skipped.push(test.fullName);
        }
      }
      // A file that broke before its first test has failed as a whole.
      if (tests === 0 && module.state() === "failed") counts.failed += 1;
    }
    counts.failed += unhandledErrors.length;
    if (process.env.CI && counts.skipped > 0) {
      process.stdout.write(`\nSkipped on CI, which counts as failed:\n  ${skipped.join("\n  ")}\n`);
      process.exitCode = 1;
    }
    process.stdout.write(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`);
  }
}
