'use strict';
/**
 * Mocha reporter of `npm test`: a line per file, the failures in full at the end, and the counts as JSON for
 * `scripts/test.mjs` (`--reporter-option result=FILE`). CommonJS, because mocha loads reporters with `require`.
 */
const { writeFileSync } = require('node:fs');
const { relative } = require('node:path');
const Mocha = require('mocha');

const { Base } = Mocha.reporters;
const { EVENT_TEST_PASS, EVENT_TEST_FAIL, EVENT_TEST_PENDING, EVENT_HOOK_END, EVENT_RUN_END } = Mocha.Runner.constants;

module.exports = class Lines {
  constructor(runner, options) {
    const files = new Map();
    const failures = [];
    let current;
    let passed = 0;
    let skipped = 0;

    const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;
    const close = () => {
      if (!current) return;
      const { name, tests, failed, ms } = current;
      console.log(
        `  ${failed ? 'FAILED' : 'ok'}  ${name}  ${tests} tests${failed ? `, ${failed} failed` : ''}, ${seconds(ms)}`,
      );
    };
    // The tests of a file come one after the other, also from parallel workers.
    const enter = (runnable) => {
      const name = runnable.file ? relative(process.cwd(), runnable.file) : (current?.name ?? '(no file)');
      if (current?.name !== name) {
        close();
        current = files.get(name) ?? { name, tests: 0, failed: 0, ms: 0 };
        files.set(name, current);
      }
      return current;
    };
    const add = (test, failed) => {
      const file = enter(test);
      file.tests += 1;
      file.failed += failed;
      file.ms += test.duration ?? 0;
    };

    runner.on(EVENT_TEST_PASS, (test) => {
      passed += 1;
      add(test, 0);
    });
    runner.on(EVENT_TEST_PENDING, (test) => {
      skipped += 1;
      add(test, 0);
    });
    runner.on(EVENT_TEST_FAIL, (test, error) => {
      // What Base.list prints from.
      test.err ??= error;
      failures.push(test);
      add(test, 1);
    });
    runner.on(EVENT_HOOK_END, (hook) => {
      if (current) current.ms += hook.duration ?? 0;
    });
    runner.once(EVENT_RUN_END, () => {
      close();
      if (failures.length > 0) Base.list(failures);
      const result = {
        passed,
        skipped,
        failed: failures.map((test) => test.fullTitle()),
        files: [...files.values()],
      };
      writeFileSync(options.reporterOptions.result, JSON.stringify(result));
    });
  }
};
