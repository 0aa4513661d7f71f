import type { Node } from 'constructs';
import { limits } from '../core/limits.ts';

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

/** What a deployer may choose, by `-c name=value` or in cdk.json. */
export interface Settings {
  signIn: SignInSettings;
  /** False: the page asks nobody to sign in. For local runs, where the API may ask for no token. */
  pageSignIn: boolean;
  /** Origins whose pages may upload and call the API. A URL or a token is needed all the same. */
  allowedOrigins: string[];
  /** Who owns the jobs of files dropped under `inbox/`: a `sub` of the tokens. Without it nothing is taken there. */
  inboxOwner?: string;
  ffmpegLayer: FfmpegLayerSetting;
  /** Of the functions that render. New accounts are held to 3008; 5308 renders faster for about the same money. */
  renderMemoryMb: number;
  /** What each owner may use: jobs at a time, bytes of sources a day; docs/adr/0016-quotas.md. */
  quotas: { activeJobs: number; dailyBytes: number };
  /** What the API takes a second, of all callers together; docs/adr/0016-quotas.md. */
  requestsPerSecond: number;
  /** Absent: clips are chosen by the sound alone, and nothing that is said leaves the stack. */
  transcript?: TranscriptSettings;
  /** Who is told of alarms. */
  alarmEmail?: string;
}

/** @throws Error that names the setting */
export function readSettings(node: Node): Settings {
  const text = (name: string) => {
    const value: unknown = node.tryGetContext(name);
    if (value !== undefined && typeof value !== 'string') throw new Error(`Setting ${name} must be a text.`);
    return value;
  };

  const wholeNumber = (name: string, usual: number, [least, most]: [number, number]) => {
    const value = text(name) ?? String(usual);
    if (/^\d+$/.test(value) && Number(value) >= least && Number(value) <= most) return Number(value);
    throw new Error(`Setting ${name} must be a whole number from ${least} to ${most}, not ${value}.`);
  };

  const issuer = text('issuer');
  const audience = text('audience');
  if ((issuer === undefined) !== (audience === undefined)) {
    throw new Error(
      'Settings issuer and audience go together: give both, or neither for a Cognito user pool.',
    );
  }

  return {
    signIn: issuer && audience ? { kind: 'oidc', issuer, audience } : { kind: 'cognito' },
    pageSignIn: text('pageSignIn') !== 'none',
    allowedOrigins: (text('allowedOrigins') ?? '*').split(',').map((origin) => origin.trim()),
    inboxOwner: text('inboxOwner'),
    ffmpegLayer: ffmpegLayerOf(text('ffmpegLayer')),
    renderMemoryMb: wholeNumber('renderMemoryMb', 3008, [1024, 10_240]),
    quotas: {
      activeJobs: wholeNumber('maxActiveJobs', limits.quotas.activeJobs, [1, 1000]),
      dailyBytes: wholeNumber('maxDailyBytes', limits.quotas.dailyBytes, [1, Number.MAX_SAFE_INTEGER]),
    },
    requestsPerSecond: wholeNumber('requestsPerSecond', 100, [1, 10_000]),
    transcript: transcriptOf(text('transcript'), text('model'), text('language')),
    alarmEmail: emailOf(text('alarmEmail')),
  };
}

function ffmpegLayerOf(value: string | undefined): FfmpegLayerSetting {
  if (value === undefined) return { kind: 'pinned' };
  return value === 'skip' ? { kind: 'skip' } : { kind: 'own', folder: value };
}

/** The smallest Claude there is; from whichever region has room for it. */
const usualModel = 'global.anthropic.claude-haiku-5-5';

function transcriptOf(value = 'off', model = usualModel, language?: string): TranscriptSettings | undefined {
  if (value === 'off') return undefined;
  if (value !== 'on') throw new Error(`Setting transcript must be on or off, not ${value}.`);
  if (!/^[\w.:/-]+$/.test(model)) throw new Error(`Setting model must be a model's id or ARN, not ${model}.`);
  if (language && !/^[a-z]{2,3}-[A-Z]{2,4}$/.test(language)) {
    throw new Error(`Setting language must be a code as en-US, not ${language}.`);
  }
  return { model, language };
}

function emailOf(value: string | undefined): string | undefined {
  if (value === undefined || /^[^@\s]+@[^@\s]+$/.test(value)) return value;
  throw new Error(`Setting alarmEmail must be an e-mail address, not ${value}.`);
}
