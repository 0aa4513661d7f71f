import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { ownerArn } from '../../local/iam/create-access.ts';
import { type AccessKey, deriveKeys } from '../../local/iam/keys.ts';
import type { PolicyDocument, PolicyStatement } from '../../local/iam/policy-document.ts';
import { startS3 } from '../../local/s3/start-s3.ts';
import type { BucketOptions } from '../../local/s3/types.ts';
import type { EmitEvent, LocalService, OutgoingEvent } from '../../local/types.ts';
import { anAccess } from './access.ts';

export const bucketName = 'uploads-bucket';

/** For a server in a process of its own. */
export const ownerKeys = deriveKeys('a secret', [ownerArn]);

export interface LocalS3 extends LocalService {
  dataDir: string;
  /** What was emitted so far. */
  events: OutgoingEvent[];
  /** Signs as the owner of the machine, who may do everything. */
  owner: S3Client;
  ownerKey: AccessKey;
  /** Signs as a role that may do what `statements` says. */
  role: S3Client;
  /** Signs with the owner's key id, but not with their secret. */
  forger: S3Client;
  /** The files of content that are on the disk. */
  blobs(): Promise<string[]>;
  /** Stops, and starts on the same data. */
  restart(): Promise<void>;
}

export interface LocalS3Settings {
  bucket?: Partial<BucketOptions>;
  statements?: PolicyStatement[];
  resourcePolicies?: PolicyDocument[];
  clock?: () => number;
  emit?: EmitEvent;
}

/** The server on a folder of its own, which `stop` removes. */
export async function aLocalS3(settings: LocalS3Settings = {}): Promise<LocalS3> {
  const dataDir = await mkdtemp(join(tmpdir(), 'local-s3-'));
  const { access, credentialsOf, owner } = anAccess(
    { role: settings.statements ?? [] },
    settings.resourcePolicies,
  );
  const events: OutgoingEvent[] = [];
  const start = (port: number) =>
    startS3({
      dataDir,
      port,
      access,
      emit: settings.emit ?? (async (event) => void events.push(event)),
      buckets: [{ name: bucketName, cors: [], eventBridge: true, ...settings.bucket }],
      clock: settings.clock,
    });
  let server = await start(0);
  const { url } = server;
  const clientWith = (credentials: AccessKey) =>
    new S3Client({ region: 'us-east-1', endpoint: url, credentials, maxAttempts: 1 });
  const clients = {
    owner: clientWith(owner),
    role: clientWith(credentialsOf('role')),
    forger: clientWith({ ...owner, secretAccessKey: 'guessed' }),
  };

  return {
    ...clients,
    ownerKey: owner,
    url,
    dataDir,
    events,
    blobs: () => readdir(join(dataDir, bucketName, 'blobs')),
    async restart() {
      await server.stop();
      server = await start(Number(new URL(url).port));
    },
    async stop() {
      for (const client of Object.values(clients)) client.destroy();
      await server.stop();
      await rm(dataDir, { recursive: true });
    },
  };
}
