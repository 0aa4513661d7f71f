// CloudFormation validation takes seconds a synth; the real `npm run synth` keeps it, unit tests do without.
process.env.CDK_VALIDATION = 'false';

/** Packages that ship as ES modules only: they are transformed like our own code. */
const esmOnly = ['@middy', 'jose', 'oauth4webapi', 'aws-local-stepfunctions'];

export default {
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  testEnvironment: '<rootDir>/test/support/plain-environment.mjs',
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
  transform: {
    '^.+\\.m?[jt]s$': [
      '@swc/jest',
      { jsc: { target: 'es2023', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
    ],
  },
  moduleNameMapper: { '^@middy/([^/]+)$': '<rootDir>/node_modules/@middy/$1/index.js' },
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnly.join('|')})/)`],
  setupFilesAfterEnv: ['aws-cdk-lib/testhelpers/jest-autoclean'],
  testSequencer: '<rootDir>/test/support/folders-first.mjs',
  // One more than CI has cores: with as many, these stand idle for a seventh of the time, since the longest suites wait.
  maxWorkers: 3,
  // Nothing waits that long on a quiet machine; a noisy one must not fail for being slow.
  testTimeout: 600_000,
};
