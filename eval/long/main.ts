import { chooseSegments } from '../../core/segments/choose-segments.ts';
import { dayOfTalk } from './day-of-talk.ts';

const usage = `npm run eval:long [-- HOURS]
  Chooses 50 clips from so much talk (24 h) with a pause every second, and says what that took besides listening.`;

const hours = Number(process.argv[2] ?? 24);
if (!(hours > 0 && hours <= 24)) {
  console.log(usage);
  process.exit(2);
}

const sound = dayOfTalk(hours * 3600, 1);
const megabytes = () => Math.round(process.resourceUsage().maxRSS / 1024);
console.log(`${hours} h with ${sound.silences.length} pauses; ${megabytes()} MB before.`);

const before = process.cpuUsage();
const wishes = { numSegments: 50, minDurationSeconds: 15, maxDurationSeconds: 60 };
const segments = chooseSegments(wishes, sound, sound.durationSeconds);
const { user, system } = process.cpuUsage(before);

const cpuSeconds = (user + system) / 1e6;
const speed = Math.round(sound.durationSeconds / cpuSeconds);
console.log(
  `${segments.length} clips in ${cpuSeconds.toFixed(1)} CPU s, ${speed} times real time; peak ${megabytes()} MB.`,
);
