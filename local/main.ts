import { join, relative } from 'node:path';
import { resolveFfmpeg } from '../layers/ffmpeg/resolve-ffmpeg.ts';
import { BadUsage, help, parseArguments } from './arguments.ts';
import { type Cloud, type StandIns, startCloud } from './cloud.ts';
import { explainFailure } from './explain-failure.ts';
import { greeting } from './greeting.ts';
import { stopOnSignals } from './stop-on-signals.ts';
import { synth } from './synth.ts';

const projectDir = join(import.meta.dirname, '..');
const log = (line: string) => console.error(line);

async function run(args: string[]): Promise<void> {
  const {
    help: helpWanted,
    json,
    assemblyDir,
    port,
    dataDir,
    fresh,
    auth,
  } = parseArguments(args, process.cwd());
  if (helpWanted) return console.log(help);

  let cloud: Cloud | undefined;
  stopOnSignals(async () => {
    log('Stopping …');
    await cloud?.stop();
  });
  const { ffmpegPath, ffprobePath, version, origin } = resolveFfmpeg(process.env);
  cloud = await startCloud({
    assemblyDir: assemblyDir ?? (() => synth(projectDir, log)),
    dataDir,
    port,
    fresh,
    auth,
    tools: { ffmpegPath, ffprobePath },
    endpoints: standIns(process.env),
    log,
  });

  const { pageUrl, apiUrl, s3Url, tokens } = cloud;
  const ffmpeg = `${version} (${origin}: ${ffmpegPath})`;
  if (json) console.log(JSON.stringify({ pid: process.pid, pageUrl, apiUrl, s3Url, tokens }));
  else console.log(greeting(cloud, { dataDir: relative(process.cwd(), dataDir) || '.', ffmpeg }));
}

/** As the AWS SDK reads them: for whoever has a stand-in for these services. */
function standIns(env: NodeJS.ProcessEnv): StandIns {
  const { AWS_ENDPOINT_URL_TRANSCRIBE, AWS_ENDPOINT_URL_BEDROCK_RUNTIME } = env;
  return {
    ...(AWS_ENDPOINT_URL_TRANSCRIBE && { AWS_ENDPOINT_URL_TRANSCRIBE }),
    ...(AWS_ENDPOINT_URL_BEDROCK_RUNTIME && { AWS_ENDPOINT_URL_BEDROCK_RUNTIME }),
  };
}

try {
  await run(process.argv.slice(2));
} catch (error) {
  console.error(explainFailure(error as Error));
  process.exit(error instanceof BadUsage ? 2 : 1);
}
