/** How far a run of the state machine came. */
export interface Way {
  /** The stages of the job, its end among them. */
  reached: readonly string[];
  /** That were begun. */
  clips: number;
  /** Calls of transcribe-audio; each but the last is followed by a wait. */
  transcriptLooks: number;
  callsWebhook: boolean;
}

/**
 * State transitions that Step Functions bills for one run: one for each state that is entered, retries left out. The
 * shape of lib/job-workflow.ts and lib/announcements.ts, which a test walks through.
 */
export function countTransitions({ reached, clips, transcriptLooks, callsWebhook }: Way): number {
  const has = (stage: string, transitions: number) => (reached.includes(stage) ? transitions : 0);
  const ended = ['completed', 'failed', 'cancelled', 'expired'].some((end) => reached.includes(end));
  return (
    // ProbeSource, ExtractAudio
    has('preprocessing', 2) +
    // TranscribeAudio and IsTranscribed each time, AwaitTranscript between them
    (transcriptLooks > 0 ? 3 * transcriptLooks - 1 : 0) +
    // SelectSegments
    has('analyzing', 1) +
    // RenderClips, and RenderClip for each
    has('clipping', 1 + clips) +
    // FinishJob, CleanUpJob, AnnounceJob, Done
    has('completed', 4) +
    // FailJob, AnnounceFailure, Failed
    has('failed', 3) +
    // EmitEvent, HasWebhook, Told, and CallWebhook
    (ended ? (callsWebhook ? 4 : 3) : 0)
  );
}
