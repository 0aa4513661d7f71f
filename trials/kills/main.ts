import { runTrial } from '../run-trial.ts';
import { kills } from './kills.ts';

await runTrial(
  {
    name: 'kills',
    about:
      'Kills the local cloud, a function or ffmpeg (SIGKILL) at a random moment of a real job, again and again: each job has to complete.',
    runs: 200,
  },
  kills,
);
