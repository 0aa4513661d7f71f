import { TransientFailure } from '../retrying.ts';

/** The network's no: no answer came, or it broke off. Names the host alone; addresses may be signed. */
export class NoConnection extends TransientFailure {
  override readonly name = 'NoConnection';

  constructor(host: string, cause: Error) {
    super(`No connection to ${host}: ${reasonOf(cause)}`, { cause });
  }
}

/** Nobody has ever answered there. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

/** What also happens on the way to a service that is there. */
const passing = /^(ECONNRESET|EPIPE|ETIMEDOUT|EAI_AGAIN|ENETUNREACH|UND_ERR_)/;

/** True where waiting would not help: nothing listens, no such host, a certificate that is not trusted. */
export function isNobodyThere(error: unknown): error is NoConnection {
  if (!(error instanceof NoConnection)) return false;
  const { name, cause } = error.cause as Error & { cause?: NodeJS.ErrnoException };
  return name !== 'TimeoutError' && !passing.test(cause?.code ?? '');
}

/** What fetch throws says only that it failed; its cause says why, and of several addresses tried each has its own. */
function reasonOf(error: Error): string {
  if (error.name === 'TimeoutError') return 'no answer came in time';
  const cause = error.cause as (Error & { errors?: Error[] }) | undefined;
  // Ports of mail, printers and the like, which fetch refuses to call.
  if (cause?.message === 'bad port') return 'nothing can be reached at this address';
  return cause?.errors?.[0]?.message || cause?.message || error.message;
}
