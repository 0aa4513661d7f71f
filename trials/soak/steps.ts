import type { Run } from '../../core/jobs/advance.ts';
import { asCaught } from '../../test/support/run-job.ts';
import type { Steps } from './executions.ts';
import type { Plan } from './plan.ts';
import type { Damage } from './quick-media.ts';
import type { Subject } from './subject.ts';
import type { Deps, Invoke } from './world.ts';

/** Limits of the functions, as deployed. */
const stepSeconds = 60;
const workSeconds = 15 * 60;

/** What the state machine calls: each time a function of its own, with the ports and all their faults. */
export function stepsOf(
  subject: Subject,
  { damage, transcribed }: Plan,
  { invoke, now, transcribe }: { invoke: Invoke; now: () => string; transcribe(): void },
): Steps {
  let rooms = 0;
  const room = () => {
    rooms += 1;
    return { folder: `/${rooms}`, signal: new AbortController().signal, now };
  };
  const damageOf = ({ attempt }: Run, clip: number): Damage => {
    const found = damage.find((one) => one.attempt === attempt && one.clip === clip);
    if (!found) return 'none';
    return found.permanent ? 'for good' : 'for now';
  };
  const step = <T>(
    name: keyof Subject,
    { attempt }: Run,
    work: (deps: Deps) => Promise<T>,
    limits: { seconds?: number; damage?: Damage } = {},
  ) => invoke<T>({ name, attempt, seconds: stepSeconds, ...limits }, work).outcome;
  const seconds = workSeconds;

  return {
    probeSource: (run) =>
      step('probeSource', run, (deps) => subject.probeSource(deps, run, room()), {
        damage: damageOf(run, 0),
      }),
    extractAudio: (run) =>
      step('extractAudio', run, (deps) => subject.extractAudio(deps, run, room()), { seconds }),
    selectSegments: (run) =>
      step('selectSegments', run, (deps) => subject.selectSegments(deps, run, room()), { seconds }),
    renderClip: (run) =>
      step('renderClip', run, (deps) => subject.renderClip(deps, run, room()), {
        seconds,
        damage: damageOf(run, run.clipNumber),
      }),
    failClip: (run, error) =>
      step('failClip', run, (deps) => subject.failClip(deps.jobs, run, asCaught(error), now())),
    finishJob: (run) => step('finishJob', run, (deps) => subject.finishJob(deps, run, now())),
    cleanUpJob: (run) => step('cleanUpJob', run, (deps) => subject.cleanUpJob(deps, run, now)),
    announceJob: (run) => step('announceJob', run, (deps) => subject.announceJob(deps, run)),
    failJob: (run, error) =>
      step('failJob', run, (deps) => subject.failJob(deps.jobs, run, asCaught(error), now())),
    ...(transcribed && {
      async transcribeAudio(run) {
        const look = await step('transcribeAudio', run, (deps) => subject.transcribeAudio(deps, run, room()));
        transcribe();
        return look;
      },
    }),
  };
}
