import type { Node } from 'constructs';

export type SignInSettings = { kind: 'cognito' } | { kind: 'oidc'; issuer: string; audience: string };

/** What a deployer may choose, by `-c name=value` or in cdk.json. */
export interface Settings {
  signIn: SignInSettings;
  /** Origins whose pages may upload and call the API. A URL or a token is needed all the same. */
  allowedOrigins: string[];
  /** Who owns the jobs of files dropped under `inbox/`: a `sub` of the tokens. */
  inboxOwner: string;
  /** Leaves the 150 MB of the layer out of the assembly; the template stays the same. For local runs and tests. */
  skipLayer: boolean;
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
    skipLayer: text('clipwright:layer') === 'skip',
  };
}
