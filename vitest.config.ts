import { defineConfig } from 'vitest/config';
import { rulePages } from './scripts/rule-pages.mjs';

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx,mjs}'],
    exclude: ['test/host/**'],
    testTimeout: 30_000,
    // No module holds mutable state, so tests may share them; loading them once a file took half of the time.
    pool: 'threads',
    isolate: false,
    maxWorkers: '100%',
  },
  // What the build puts into the programs, for tests that read their sources.
  define: { __RULE_PAGES__: JSON.stringify(rulePages()), __VERSION__: JSON.stringify('0.0.0-test') },
});
