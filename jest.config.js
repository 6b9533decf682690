import { availableParallelism } from 'node:os'

export default {
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  testEnvironment: '<rootDir>/scripts/jest-environment.cjs',
  globalSetup: '<rootDir>/scripts/jest-sources.mjs',
  transform: { '\\.ts$': '<rootDir>/scripts/jest-transform.cjs' },
  testTimeout: 60_000,
  // The tests wait for the processes that they start: with a worker a core, a quarter of the time nobody works.
  maxWorkers: Math.ceil(availableParallelism() * 1.5),
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
}
