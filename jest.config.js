export default {
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  testEnvironment: 'node',
  transform: { '\\.ts$': '<rootDir>/scripts/jest-transform.cjs' },
  testTimeout: 60_000,
  // The tests wait for the processes that they start: one worker a core keeps all of them busy.
  maxWorkers: '100%',
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
}
