import everyday from '../../../jest.config.mjs';

/** The story alone, of a service that is up: `npm run e2e`. */
export default {
  ...everyday,
  rootDir: '../../..',
  roots: ['<rootDir>/test/e2e/deployed'],
  testMatch: ['**/story.ts'],
  verbose: true,
};
