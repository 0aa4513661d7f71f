import { runTrial } from '../run-trial.ts';
import { fuzzMedia } from './fuzz-media.ts';

const careless = process.argv.indexOf('--unprotected');
if (careless >= 0) process.argv.splice(careless, 1);

await runTrial(
  {
    name: 'fuzz:media',
    about:
      'Submits damaged and hostile files: none may hang, crash, read another file, call anybody or stay.\n' +
      '  With --unprotected ffmpeg is called as careless programs do, and violations must be found.',
    runs: 300,
  },
  (options) => fuzzMedia({ ...options, unprotected: careless >= 0 }),
);
