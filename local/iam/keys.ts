import { createHmac, randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';

export interface AccessKey {
  accessKeyId: string;
  secretAccessKey: string;
}

/**
 * The access key of each identity: derived from one secret, so that it stays the same from start to start (and with it
 * every presigned URL), whatever roles come and go.
 */
export function deriveKeys(secret: string, arns: Iterable<string>): Map<string, AccessKey> {
  const derive = (arn: string, use: string) => createHmac('sha256', secret).update(`${use} ${arn}`).digest();
  return new Map(
    [...arns].map((arn) => [
      arn,
      {
        accessKeyId: `AKIA${base32(derive(arn, 'id')).slice(0, 16)}`,
        secretAccessKey: derive(arn, 'secret').toString('base64url').slice(0, 40),
      },
    ]),
  );
}

/** This machine's secret, kept in `path` and readable by its owner only; made at the first start. */
export async function machineSecret(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const secret = randomBytes(32).toString('hex');
  await writeFile(`${path}.new`, secret, { mode: 0o600, flush: true });
  await rename(`${path}.new`, path); // whole or not at all, whenever the power goes
  return secret;
}

/** The alphabet of AWS's own key ids. */
function base32(bytes: Buffer): string {
  return [...bytes].map((byte) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[byte & 31]).join('');
}
