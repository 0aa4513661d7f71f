import { tellMainJob } from '../main-job.ts';

// Set by main.ts, which has made sure of both.
const { CLIPWRIGHT_URL: url = '', CLIPWRIGHT_TOKEN: token } = process.env;

tellMainJob(() => ({ url, token }));
