import type { Principal } from '../../local/iam/access.ts';

// Key and time of the requests that the S3 API reference prints as examples.
export const principal: Principal = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  arn: 'arn:aws:iam::000000000000:user/example',
};
export const signedAtMs = Date.UTC(2013, 4, 24);
export const options = {
  service: 's3',
  nowMs: signedAtMs + 5000,
  lookup: (id: string) => (id === principal.accessKeyId ? principal : undefined),
};
export const credential = `${principal.accessKeyId}/20130524/us-east-1/s3/aws4_request`;

/** The name of the error that it throws; undefined where it throws none. */
export function codeOf(act: () => unknown): string | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    return (error as Error).name;
  }
}
