export default {
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  testEnvironment: 'node',
  transform: { '\\.ts$': '<rootDir>/scripts/jest-transform.cjs' },
  testTimeout: 30_000,
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
}
