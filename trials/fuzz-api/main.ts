import { runTrial } from '../run-trial.ts';
import { fuzzApi } from './fuzz-api.ts';

await runTrial(
  {
    name: 'fuzz:api',
    about:
      'Sends generated requests to a cloud on this machine, a stranger to every route, and hostile names through keys and headers.',
    runs: 10_000,
  },
  fuzzApi,
);
