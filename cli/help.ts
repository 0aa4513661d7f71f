const intro = 'Uploads recordings of any size to Clipwright, and brings back their best moments as clips.';

/** By command, as it stands in the text for all of them. */
const commands: Record<string, string> = {
  upload: `  clipwright upload FILE…   upload, and start a job on each
      --segments N            how many clips (5)
      --min-duration S        length of the shortest clip in seconds (15)
      --max-duration S        length of the longest clip in seconds (60)
      --segment A-B[=TITLE]   exactly this clip, as 1:20-1:50=Joke; may be given again and again
      --instructions TEXT     what to look for
      --webhook-url URL       an https address that is called, signed, when the job has ended
      --output SHAPE[:FIT]    source, vertical (9:16) or square; crop, blur (the default) or pad what does not fit;
                              may be given again: each clip comes in each
      --captions FILE         .srt or .vtt of the recording: each clip gets its part of them
      --burn-captions         write captions into the pictures, too
      --no-loudness           leave the sound as loud as it is
      --watermark FILE        a .png of at most 256 KiB and 2048 × 2048 pixels, drawn small over a corner of each clip
      --watermark-position P  top-left, top-right (the default), bottom-left or bottom-right
      --fast                  copy the pictures where that can be done (MP4 or MOV with H.264, in its own shape, nothing
                              drawn over it), and encode only the ends of each clip: sooner done, larger files
      --monitor               stay until the job has ended, and show how it goes on
      --download DIR          stay, and download its clips with all their files to DIR
      --parallel N            parts on their way at once (4)
      --part-size MIB         size of a part, 5 to 5120 (16; more where a file needs it)
      --no-resume             do not go on with an upload that broke off, start anew`,
  status: `  clipwright status ID      how far a job is; --monitor and --download DIR as for upload`,
  clips: `  clipwright clips ID       its clips; --download DIR saves them`,
  timeline: `  clipwright timeline ID    what happened to a job, line by line`,
  list: `  clipwright list           your jobs, newest first; --status S, --limit N (20)`,
  retry: `  clipwright retry ID       render again what failed; --monitor and --download DIR as for upload`,
  cancel: `  clipwright cancel ID      stop a job`,
  delete: `  clipwright delete ID      remove a job and its clips for good; --yes does not ask`,
  help: `  clipwright help [COMMAND] this text, or that of one COMMAND; --version tells the version`,
};

const always = `For all of them
      --url URL               where the service is; else CLIPWRIGHT_URL, else http://127.0.0.1:8600
      --json                  last line of stdout: the outcome as JSON; all else goes to stderr
  -q, --quiet                 no progress; stdout has nothing but ids of jobs and paths of files

The token of a service that asks for one is read from CLIPWRIGHT_TOKEN, from nowhere else.`;

const resuming = `An upload that broke off (Ctrl-C, no network, a crash) goes on when the same command is run again on the same file;
nothing that arrived is sent twice. What is needed for that is remembered in \${XDG_STATE_HOME:-~/.local/state}/clipwright.
The service forgets an unfinished upload after a day.`;

const exitCodes = `Ends with 0 if all went well; 1 if an upload or its job failed, was cancelled or expired, or there was no connection;
2 if called wrongly; 3 if the service refused, as an unknown job or a missing token; 130 if interrupted.`;

/** What `argv` asks for with --help or help: the text on the command it names, or on all of them. */
export function helpOn(argv: string[]): string {
  const name = argv.find((word) => word !== 'help' && Object.hasOwn(commands, word));
  const paragraphs = name
    ? [commands[name], always, name === 'upload' && resuming, exitCodes]
    : [intro, Object.values(commands).join('\n'), always, resuming, exitCodes];
  return `${paragraphs.filter(Boolean).join('\n\n')}\n`;
}
