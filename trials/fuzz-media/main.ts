import { resolveFfmpeg } from '../../layers/ffmpeg/resolve-ffmpeg.ts';
import { runTrial } from '../run-trial.ts';
import { fuzzMedia } from './fuzz-media.ts';

const careless = process.argv.indexOf('--unprotected');
if (careless >= 0) process.argv.splice(careless, 1);

await runTrial(
  {
    name: 'fuzz:media',
    about:
      'Submits damaged and hostile files: none may hang, crash, read another file, call anybody or stay.\n' +
      '  With --unprotected ffmpeg is called as careless programs do, and violations must be found.\n' +
      '  FFMPEG_PATH and FFPROBE_PATH name the ffmpeg that is tried; default: the one on the PATH, else npm’s.',
    runs: 300,
  },
  (options) => {
    const tried = resolveFfmpeg(process.env);
    options.print(`ffmpeg ${tried.version}, from ${tried.origin}`);
    return fuzzMedia({ ...options, paths: tried, unprotected: careless >= 0 });
  },
);
