import { fontPath } from '../../layers/ffmpeg/resolve-ffmpeg.ts';
import type { AccessKey } from '../iam/keys.ts';
import { region } from '../types.ts';
import type { FunctionDefinition } from './function-definition.ts';

/** Where the services of this cloud listen, as the variables of the AWS SDK name them. */
export interface Endpoints {
  AWS_ENDPOINT_URL_S3: string;
  AWS_ENDPOINT_URL_DYNAMODB: string;
  AWS_ENDPOINT_URL_SFN: string;
  /** These services are not here: who has a stand-in says where. */
  AWS_ENDPOINT_URL_TRANSCRIBE?: string;
  AWS_ENDPOINT_URL_BEDROCK_RUNTIME?: string;
}

/** Nobody listens here: a call of a service that is not here fails at once, and never reaches AWS. */
const nowhere = 'http://127.0.0.1:9';

/** The tools that a layer holds in `/opt/bin` when deployed. */
export interface Tools {
  ffmpegPath: string;
  ffprobePath: string;
}

export interface EnvironmentSettings {
  key: AccessKey;
  endpoints: Endpoints;
  tools?: Tools;
  runtimeApi: string;
  taskRoot: string;
  temporaryFolder: string;
  compileCacheFolder: string;
  logStream: string;
}

/** All that a function finds in its environment: what Lambda would put there, and nothing of the developer's. */
export function functionEnvironment(
  definition: FunctionDefinition,
  settings: EnvironmentSettings,
): Record<string, string> {
  const { variables, name, memoryMegabytes, handler, hasLayer } = definition;
  const { key, endpoints, tools } = settings;
  return {
    ...variables,
    ...(hasLayer && tools && toolVariables(tools)),
    // Who can reach this cloud is at this machine anyway: their webhooks may be here, too.
    WEBHOOKS_TO_LOOPBACK: 'allowed',
    AWS_ENDPOINT_URL: nowhere,
    ...endpoints,
    AWS_ACCESS_KEY_ID: key.accessKeyId,
    AWS_SECRET_ACCESS_KEY: key.secretAccessKey,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMegabytes),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: settings.logStream,
    AWS_LAMBDA_RUNTIME_API: settings.runtimeApi,
    _HANDLER: handler,
    LAMBDA_TASK_ROOT: settings.taskRoot,
    TMPDIR: settings.temporaryFolder,
    HOME: settings.temporaryFolder,
    PATH: '/usr/local/bin:/usr/bin:/bin',
    LANG: 'en_US.UTF-8',
    TZ: 'UTC',
    NODE_COMPILE_CACHE: settings.compileCacheFolder,
  };
}

function toolVariables({ ffmpegPath, ffprobePath }: Tools): Record<string, string> {
  return { FFMPEG_PATH: ffmpegPath, FFPROBE_PATH: ffprobePath, FONT_PATH: fontPath };
}
