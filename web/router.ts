/** The views: `#/` the upload and the list, `#/jobs/ID` one job. Other hashes (skip links) change nothing. */
export function startRouter(views: { home(): void; job(jobId: string): void }): void {
  const show = () => {
    const jobId = /^#\/jobs\/([^/]+)\/?$/.exec(location.hash)?.[1];
    if (jobId) views.job(decodeURIComponent(jobId));
    else if (location.hash === '' || location.hash === '#/') views.home();
  };
  addEventListener('hashchange', show);
  show();
}

export const addressOf = (jobId: string) => `#/jobs/${encodeURIComponent(jobId)}`;
