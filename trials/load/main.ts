import { runTrial } from '../run-trial.ts';
import { load } from './load.ts';

await runTrial(
  {
    name: 'load',
    about:
      'Queues so many jobs of 8 clips at once, the first half alice’s, the second half bob’s: all complete, memory stays flat, neither owner waits for the other.',
    runs: 50,
  },
  load,
);
