import { everyFfmpeg } from '../../test/support/ffmpeg-here.ts';
import { runTrial } from '../run-trial.ts';
import { tryCuts } from './try-cuts.ts';

await runTrial(
  {
    name: 'cuts',
    about:
      'Cuts random clips, fast and exactly, with each ffmpeg there is: frames, times and sound must be the same.',
    runs: 180,
  },
  (options) => tryCuts({ ...options, everyFfmpeg }),
);
