import type { Node } from 'constructs';

export type SignInSettings = { kind: 'cognito' } | { kind: 'oidc'; issuer: string; audience: string };

/** The pinned build, a folder with a build of your own, or none at all: for local runs and tests. */
export type FfmpegLayerSetting = { kind: 'pinned' } | { kind: 'own'; folder: string } | { kind: 'skip' };

/** What a deployer may choose, by `-c name=value` or in cdk.json. */
export interface Settings {
  signIn: SignInSettings;
  /** Origins whose pages may upload and call the API. A URL or a token is needed all the same. */
  allowedOrigins: string[];
  /** Who owns the jobs of files dropped under `inbox/`: a `sub` of the tokens. */
  inboxOwner: string;
  ffmpegLayer: FfmpegLayerSetting;
}

/** @throws Error that names the setting */
export function readSettings(node: Node): Settings {
  const text = (name: string) => {
    const value: unknown = node.tryGetContext(name);
    if (value !== undefined && typeof value !== 'string') throw new Error(`Setting ${name} must be a text.`);
    return value;
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
    allowedOrigins: (text('allowedOrigins') ?? '*').split(',').map((origin) => origin.trim()),
    inboxOwner: text('inboxOwner') ?? 'local',
    ffmpegLayer: ffmpegLayerOf(text('ffmpegLayer')),
  };
}

function ffmpegLayerOf(value: string | undefined): FfmpegLayerSetting {
  if (value === undefined) return { kind: 'pinned' };
  return value === 'skip' ? { kind: 'skip' } : { kind: 'own', folder: value };
}
