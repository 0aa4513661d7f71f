import { readFileSync } from 'node:fs';
import AwsS3 from '@uppy/aws-s3';
import Uppy from '@uppy/core';

/**
 * Uppy itself, with its own AwsS3 uploader, in a process of its own: it is an ES module for browsers, and all that it
 * lacks here is XMLHttpRequest. Argument: the wishes as JSON; prints the outcome as JSON.
 */
export interface UppyWishes {
  companionEndpoint: string;
  path: string;
  meta?: Record<string, unknown>;
  multipart: boolean;
  token?: string;
  /** The PUT of this number breaks off once; the upload is then retried, as a person would. */
  breakAt?: number;
}

export interface UppyOutcome {
  failures: string[];
  body?: { location: string; key: string };
  /** The parts that were sent, in order; the one that broke off too. */
  sent: string[];
}

const wishes: UppyWishes = JSON.parse(process.argv[2] ?? '{}');
const outcome: UppyOutcome = { failures: [], sent: [] };

class FetchingXhr {
  upload = {};
  status = 0;
  statusText = '';
  onload?: () => void;
  onerror?: () => void;
  #request: RequestInit = {};
  #url = '';
  #headers = new Headers();

  open(method: string, url: string) {
    this.#request.method = method;
    this.#url = url;
  }

  setRequestHeader() {}
  abort() {}
  getResponseHeader = (name: string) => this.#headers.get(name);

  async send(body: RequestInit['body']) {
    outcome.sent.push(new URL(this.#url).searchParams.get('partNumber') ?? 'whole');
    const breaks = outcome.sent.length === wishes.breakAt;
    const response = breaks
      ? new Response(null, { status: 400 })
      : await fetch(this.#url, { ...this.#request, body });
    this.status = response.status;
    this.statusText = response.statusText;
    this.#headers = response.headers;
    this.onload?.();
  }
}

/** The one thing that Uppy leaves to the page: who is calling. */
const plainFetch = globalThis.fetch;
const signedIn: typeof fetch = (input, init) => {
  const ours = String(input).startsWith(wishes.companionEndpoint) && wishes.token;
  const headers = new Headers(init?.headers);
  if (ours) headers.set('authorization', `Bearer ${wishes.token}`);
  return plainFetch(input, { ...init, headers });
};
Object.assign(globalThis, { XMLHttpRequest: FetchingXhr, fetch: signedIn });

const uppy = new Uppy({ autoProceed: false }).use(AwsS3, {
  companionEndpoint: wishes.companionEndpoint,
  shouldUseMultipart: wishes.multipart,
});
uppy.on('upload-success', (_file, response) => {
  outcome.body = response.body as UppyOutcome['body'];
});
uppy.on('upload-error', (_file, error) => outcome.failures.push(error.message));

const data = new Blob([readFileSync(wishes.path)], { type: 'video/mp4' });
uppy.addFile({ name: 'My talk.mp4', type: 'video/mp4', data, meta: { relativePath: null, ...wishes.meta } });
await uppy.upload();
if (wishes.breakAt) await uppy.retryAll();
console.log(JSON.stringify(outcome));
process.exit();
