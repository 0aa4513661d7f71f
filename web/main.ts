import { announce } from './announce.ts';
import { apiFetch } from './api-fetch.ts';
import { readConfig } from './config.ts';
import { byId, el } from './dom.ts';
import { showJobList } from './job-list.ts';
import { showJob } from './job-view.ts';
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
  startUploads();
}

start().catch((error: Error) => {
  byId('main').replaceChildren(
    el('h1', {}, 'Clipwright can’t start'),
    el('p', {}, error.message),
    el('button', { className: 'primary', onclick: () => location.reload() }, 'Try again'),
  );
  announce('Clipwright can’t start.');
});
