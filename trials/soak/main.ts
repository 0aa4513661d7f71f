import { runTrial } from '../run-trial.ts';
import { soak } from './soak.ts';

await runTrial(
  {
    name: 'soak',
    about:
      'The life of a job under any interleaving, faults and crashes; and known mistakes, which must be found.',
    runs: 10_000,
  },
  soak,
);
