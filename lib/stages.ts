import type { Node } from 'constructs';
import { limits } from '../core/limits.ts';
import { WrongSetting } from './wrong-setting.ts';

type OnOff = 'on' | 'off';

/** What a deployer may set, and in which words: here by stage, or by `-c name=value`, which goes over it. */
export interface StageSettings {
  /** `on`: clips, jobs and users outlive `cdk destroy`. `off`: nothing does, and nothing is left to pay for. */
  keepData: OnOff;
  /** Days; one of those that CloudWatch Logs knows. */
  logRetentionDays: number;
  /** An OpenID provider of your own: its URL, and the page's client id there. Without them a user pool is made. */
  issuer?: string;
  audience?: string;
  /** `none`: the page asks nobody to sign in. For local runs, where the API may ask for no token. */
  pageSignIn?: 'none';
  /** Where the page is to be found instead of at cloudfront.net, and a certificate for that name in us-east-1. */
  domain?: string;
  certificateArn?: string;
  /** Separated by commas. */
  allowedOrigins: string;
  inboxOwner?: string;
  /** A folder, or `skip`; without it the pinned build. */
  ffmpegLayer?: string;
  renderMemoryMb: number;
  maxActiveJobs: number;
  maxDailyBytes: number;
  requestsPerSecond: number;
  transcript: OnOff;
  /** Alarms, and the dashboard that goes with them. CloudWatch gives ten alarms an account, then asks $0.10 each. */
  alarms: OnOff;
  alarmEmail?: string;
  /** The smallest Claude there is, from whichever region has room for it; read only where there are transcripts. */
  model: string;
  /** As Amazon Transcribe names it (`en-US`); found out by it where left out. */
  language?: string;
}

const everywhere = {
  allowedOrigins: '*',
  // What new accounts may have.
  renderMemoryMb: 3008,
  maxActiveJobs: limits.quotas.activeJobs,
  maxDailyBytes: limits.quotas.dailyBytes,
  requestsPerSecond: 100,
  transcript: 'off',
  model: 'global.anthropic.claude-haiku-5-5',
} as const;

/** The stages are stacks of their own, so that a stage that was not named in one deploy costs the other nothing. */
export const stages = {
  /** To try it, and to throw it away. What a deploy makes that names no stage. */
  dev: { ...everywhere, keepData: 'off', logRetentionDays: 7, alarms: 'off' },
  prod: { ...everywhere, keepData: 'on', logRetentionDays: 90, alarms: 'on' },
} satisfies Record<string, StageSettings>;

export type Stage = keyof typeof stages;

/** @throws WrongSetting that names the stages there are */
export function stageOf(node: Node): Stage {
  const stage: unknown = node.tryGetContext('stage') ?? 'dev';
  if (typeof stage === 'string' && Object.hasOwn(stages, stage)) return stage as Stage;
  throw new WrongSetting(
    `Setting stage must be ${Object.keys(stages).join(' or ')}, not ${stage}. Others are added in lib/stages.ts.`,
  );
}

export const stackName = (stage: Stage): string => (stage === 'dev' ? 'Clipwright' : `Clipwright-${stage}`);
