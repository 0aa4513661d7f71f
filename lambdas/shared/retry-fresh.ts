import { setTimeout as sleep } from 'node:timers/promises';
import { S3ServiceException } from '@aws-sdk/client-s3';

/** Sends anew what the SDK does not: streams, and what conflicts with another request at this moment (409). */
export async function retryFresh<T>(send: () => Promise<T>, tries = 4): Promise<T> {
  try {
    return await send();
  } catch (error) {
    const status = error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
    const passes = status === undefined || status >= 500 || status === 409 || status === 429;
    if (!passes || tries <= 1) throw error;
    await sleep(Math.random() * 1000 * 2 ** (4 - tries));
    return retryFresh(send, tries - 1);
  }
}
