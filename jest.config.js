import { availableParallelism } from 'node:os'

export default {
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  testEnvironment: '<rootDir>/scripts/jest-environment.cjs',
  globalSetup: '<rootDir>/scripts/jest-sources.mjs',
  transform: { '\\.ts$': '<rootDir>/scripts/jest-transform.cjs' },
  testTimeout: 60_000,
  // Few tests wait for a process: with more workers than cores each would load what the others have.
  maxWorkers: availableParallelism(),
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
}
