/** The views: `#/` the upload and the list, `#/jobs/ID` one job. Later on other hashes (skip links) change nothing. */
export function startRouter(views: { home(): void; job(jobId: string): void }): void {
  const show = () => {
    const jobId = /^#\/jobs\/([^/]+)\/?$/.exec(location.hash)?.[1];
    if (jobId) views.job(decoded(jobId));
    else if (isFirst || location.hash === '' || location.hash === '#/') views.home();
    isFirst = false;
  };
  let isFirst = true;
  addEventListener('hashchange', show);
  show();
}

/** What nobody encoded is no job's id, and the API says so. */
function decoded(jobId: string): string {
  try {
    return decodeURIComponent(jobId);
  } catch {
    return jobId;
  }
}

export const addressOf = (jobId: string) => `#/jobs/${encodeURIComponent(jobId)}`;
