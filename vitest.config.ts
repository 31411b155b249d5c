import { defineConfig } from 'vitest/config'

export default defineConfig({
  // Vite would pick graphql's `module` build for our sources while node_modules get the CommonJS one: two realms.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['test/**/*.test.ts'],
    // The console knows nothing of databases, and a browser is slow: once is enough.
    exclude: process.env.TEST_DATABASE_URL === undefined ? [] : ['test/console/**'],
    globalSetup: ['test/support/global-setup.ts'],
    pool: 'forks',
    isolate: false,
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // What is shown follows what was done, on a busy machine late.
    expect: { poll: { timeout: 10_000 } },
    coverage: { provider: 'v8', include: ['src/**'], exclude: ['src/generated/**'], reporter: ['text-summary'] },
  },
})
