import { apiFetch } from './api-fetch.ts';
import { readConfig } from './config.ts';
import { byId, el } from './dom.ts';
import { showJobList } from './job-list.ts';
import { showJob } from './job-view.ts';
import { showNotice } from './notice.ts';
import { startRouter } from './router.ts';
import { signIn } from './sign-in.ts';
import { startUploads } from './start-uploads.ts';

async function start(): Promise<void> {
  const account = await signIn(await readConfig());
  window.fetch = apiFetch(window.fetch.bind(window), account.token);
  if (account.signOut)
    byId('account').append(el('button', { className: 'quiet', onclick: account.signOut }, 'Sign out'));

  let view = new AbortController();
  const enter = (id: 'home' | 'job') => {
    view.abort();
    view = new AbortController();
    byId('home').hidden = id !== 'home';
    byId('job').hidden = id !== 'job';
    return view.signal;
  };
  startRouter({
    home: () => showJobList(enter('home')),
    job: (jobId) => showJob(jobId, enter('job')),
  });
  startUploads(account.subject);
}

start().catch(async (error: Error) => {
  await showNotice('Clipwright can’t start', error.message, 'Try again');
  location.reload();
});
