import type { anApi } from './api.ts';

type Api = ReturnType<typeof anApi>;

/** The example client of the contract for large files: initiate, urls, PUTs, complete. */
export async function anUploadInParts(api: Api, content: Uint8Array, settings: object = {}) {
  const begun = await api.post('/api/upload/multipart/initiate/', {
    ...{ filename: 'talk.mp4', file_size: content.length, part_size: 5 * 1024 ** 2 },
    ...settings,
  });
  if (begun.status !== 200) throw new Error(JSON.stringify(begun.body));
  const { job_id, upload_id, s3_key, num_parts, part_size } = begun.body;
  const claim = { job_id, upload_id, s3_key };
  const call = (step: string, more: object = {}, as: Api = api) =>
    as.post(`/api/upload/multipart/${step}/`, { ...claim, ...more });

  return {
    begun,
    claim,
    call,
    numbers: Array.from({ length: num_parts }, (_, index) => index + 1),
    bytesOf: (number: number) => content.subarray((number - 1) * part_size, number * part_size),

    /** Answers what complete wants to know of them. */
    async send(...numbers: number[]): Promise<{ PartNumber: number; ETag: string }[]> {
      const { body } = await call('urls', { part_numbers: numbers });
      const sending = body.urls.map(async ({ part_number, url }: { part_number: number; url: string }) => {
        const response = await fetch(url, { method: 'PUT', body: new Uint8Array(this.bytesOf(part_number)) });
        if (!response.ok) throw new Error(await response.text());
        return { PartNumber: part_number, ETag: response.headers.get('etag') };
      });
      return Promise.all(sending);
    },
  };
}
