import type { Endpoints, Tools } from './functions/function-environment.ts';
import type { GrantUsage } from './iam/grant-usage.ts';
import type { AccessKey } from './iam/keys.ts';
import { runStack, type Stop } from './run-stack.ts';
import type { Stack } from './template/stack.ts';
import type { EmitEvent } from './types.ts';

export type StandIns = Pick<Endpoints, 'AWS_ENDPOINT_URL_TRANSCRIBE' | 'AWS_ENDPOINT_URL_BEDROCK_RUNTIME'>;

export interface CloudSettings {
  /** A CDK assembly of one stack, or what makes it, which is asked only once folder and port are taken: it may take long. */
  assemblyDir: string | (() => Promise<string>);
  /** All state; made if missing. One cloud at a time. */
  dataDir: string;
  /** Where the functions' code is unpacked and compiled; clouds may share it. Default: `dataDir`. */
  codeDir?: string;
  /** The page's and the API's; S3 and the API behind the page take the next two. 0: any that are free. */
  port: number;
  /** Forget what an earlier cloud kept in `dataDir`. */
  fresh?: boolean;
  /** Ask for tokens, which alice and bob get on the page, too. Otherwise whoever calls is the owner of this machine. */
  auth?: boolean;
  /** In the place of what the functions' layers hold. */
  tools?: Tools;
  /** Of services that are not here, for functions that call them. */
  endpoints?: StandIns;
  log(line: string): void;
}

export interface Cloud {
  /** Without a slash at its end; with a page, the page's origin. */
  apiUrl: string;
  /** Of a stack that has a page. */
  pageUrl?: string;
  s3Url: string;
  /** Step Functions. */
  statesUrl: string;
  region: string;
  stack: Stack;
  /** For an SDK or CLI of your own: everything is allowed that no resource policy denies. */
  ownerKey: AccessKey;
  /** With `auth` only. */
  tokens?: Record<'alice' | 'bob', string>;
  /** Puts an event on the default bus, as a service would. */
  emit: EmitEvent;
  /** Which grants of the roles were needed so far. */
  usage(): GrantUsage[];
  /** Stops everything; what ran goes on at the next start. */
  stop(): Promise<void>;
}

/**
 * Runs the stack of a CDK assembly on this machine, on 127.0.0.1 only.
 * Throws TemplateError for what it can't run, FolderInUse, the system's EADDRINUSE, and what `assemblyDir` throws.
 */
export async function startCloud(settings: CloudSettings): Promise<Cloud> {
  const stops: Stop[] = [];
  try {
    return { ...(await runStack(settings, stops)), stop: () => stopAll(stops) };
  } catch (error) {
    await stopAll(stops);
    throw error;
  }
}

/** What started last stops first; one that fails doesn't keep the others from stopping. */
async function stopAll(stops: Stop[]): Promise<void> {
  const failures: unknown[] = [];
  for (const stop of stops.splice(0).reverse()) {
    try {
      await stop();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}
