import type { Node } from 'constructs';
import { settingReader } from './setting-reader.ts';
import { WrongSetting } from './wrong-setting.ts';

export type SignInSettings = { kind: 'cognito' } | { kind: 'oidc'; issuer: string; audience: string };

/** The pinned build, a folder with a build of your own, or none at all: for local runs and tests. */
export type FfmpegLayerSetting = { kind: 'pinned' } | { kind: 'own'; folder: string } | { kind: 'skip' };

/** Who reads what is said in recordings: Amazon Transcribe writes it down, a model on Amazon Bedrock chooses by it. */
export interface TranscriptSettings {
  /** Of a model, or of an inference profile; or its ARN. */
  model: string;
  /** As Amazon Transcribe names it (`en-US`); found out by it where left out. */
  language?: string;
}

/** A name of your own for the page, and a certificate for it. */
export interface DomainSettings {
  name: string;
  certificateArn: string;
}

/** What a deployer chose by stage (stages.ts) or by `-c name=value`, made sure of. */
export interface Settings {
  /** Clips, jobs and users stay when the stack goes. */
  keepData: boolean;
  logRetentionDays: number;
  signIn: SignInSettings;
  /** False: the page asks nobody to sign in. For local runs, where the API may ask for no token. */
  pageSignIn: boolean;
  domain?: DomainSettings;
  /** Origins whose pages may upload and call the API. A URL or a token is needed all the same. */
  allowedOrigins: string[];
  /** Who owns the jobs of files dropped under `inbox/`: a `sub` of the tokens. Without it nothing is taken there. */
  inboxOwner?: string;
  ffmpegLayer: FfmpegLayerSetting;
  /** Of the functions that render. New accounts are held to 3008; 5308 renders in three quarters of the time, a third dearer. */
  renderMemoryMb: number;
  /** What each owner may use: jobs at a time, bytes of sources a day; docs/adr/0016-quotas.md. */
  quotas: { activeJobs: number; dailyBytes: number };
  /** What the API takes a second, of all callers together; docs/adr/0016-quotas.md. */
  requestsPerSecond: number;
  /** Absent: clips are chosen by the sound alone, and nothing that is said leaves the stack. */
  transcript?: TranscriptSettings;
  /** Absent: no alarms and no dashboard. */
  alarms?: { email?: string };
}

/** @throws WrongSetting that names the setting */
export function readSettings(node: Node): Settings {
  const { text, wholeNumber, oneOf, refuseOthers } = settingReader(node);

  const issuer = text('issuer');
  const audience = text('audience');
  if ((issuer === undefined) !== (audience === undefined)) {
    throw new WrongSetting(
      'Settings issuer and audience go together: give both, or neither for a Cognito user pool.',
    );
  }
  if (issuer && URL.parse(issuer)?.protocol !== 'https:') {
    throw new WrongSetting(`Setting issuer must be a URL as https://id.example.com, not ${issuer}.`);
  }

  const settings: Settings = {
    keepData: oneOf('keepData', ['on', 'off']) === 'on',
    logRetentionDays: oneOf('logRetentionDays', retentionDays),
    signIn: issuer && audience ? { kind: 'oidc', issuer, audience } : { kind: 'cognito' },
    pageSignIn: text('pageSignIn') !== 'none',
    domain: domainOf(text('domain'), text('certificateArn')),
    allowedOrigins: originsOf(text('allowedOrigins')),
    inboxOwner: text('inboxOwner'),
    ffmpegLayer: ffmpegLayerOf(text('ffmpegLayer')),
    renderMemoryMb: wholeNumber('renderMemoryMb', [1024, 10_240]),
    quotas: {
      activeJobs: wholeNumber('maxActiveJobs', [1, 1000]),
      dailyBytes: wholeNumber('maxDailyBytes', [1, Number.MAX_SAFE_INTEGER]),
    },
    requestsPerSecond: wholeNumber('requestsPerSecond', [1, 10_000]),
    transcript: transcriptOf(oneOf('transcript', ['on', 'off']), text('model'), text('language')),
    alarms: alarmsOf(oneOf('alarms', ['on', 'off']), text('alarmEmail')),
  };
  refuseOthers();
  return settings;
}

/** Those that CloudWatch Logs knows, up to two years. */
const retentionDays = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731];

function originsOf(value = '*'): string[] {
  const origins = value.split(',').map((origin) => origin.trim());
  const wrong = origins.find((origin) => origin !== '*' && URL.parse(origin)?.origin !== origin);
  if (wrong === undefined) return origins;
  throw new WrongSetting(
    `Setting allowedOrigins takes origins as https://example.com, without a path, not ${wrong}.`,
  );
}

function domainOf(name?: string, certificateArn?: string): DomainSettings | undefined {
  if (name === undefined && certificateArn === undefined) return undefined;
  if (name === undefined || certificateArn === undefined) {
    throw new WrongSetting('Settings domain and certificateArn go together: give both, or neither.');
  }
  if (!/^([a-z0-9-]+\.)+[a-z]{2,}$/.test(name)) {
    throw new WrongSetting(`Setting domain must be a host name as clips.example.com, not ${name}.`);
  }
  if (!/^arn:aws:acm:us-east-1:\d{12}:certificate\//.test(certificateArn)) {
    throw new WrongSetting(
      `Setting certificateArn must be of a certificate in us-east-1, where CloudFront looks for it, not ${certificateArn}.`,
    );
  }
  return { name, certificateArn };
}

function ffmpegLayerOf(value: string | undefined): FfmpegLayerSetting {
  if (value === undefined) return { kind: 'pinned' };
  return value === 'skip' ? { kind: 'skip' } : { kind: 'own', folder: value };
}

function transcriptOf(
  value: 'on' | 'off',
  model: string | undefined,
  language: string | undefined,
): TranscriptSettings | undefined {
  if (value === 'off') return undefined;
  if (!model || !/^[\w.:/-]+$/.test(model))
    throw new WrongSetting(`Setting model must be a model's id or ARN, not ${model}.`);
  if (language && !/^[a-z]{2,3}-[A-Z]{2,4}$/.test(language)) {
    throw new WrongSetting(`Setting language must be a code as en-US, not ${language}.`);
  }
  return { model, language };
}

function alarmsOf(value: 'on' | 'off', email?: string): Settings['alarms'] {
  if (email !== undefined && !/^[^@\s]+@[^@\s]+$/.test(email)) {
    throw new WrongSetting(`Setting alarmEmail must be an e-mail address, not ${email}.`);
  }
  if (value === 'on') return { email };
  if (email === undefined) return undefined;
  throw new WrongSetting('Setting alarmEmail is of no use without alarms: add -c alarms=on.');
}
