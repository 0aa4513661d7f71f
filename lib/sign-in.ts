import { CfnOutput, Duration, Fn, Lazy, Stack } from 'aws-cdk-lib';
import type { IHttpRouteAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { AccountRecovery, OAuthScope, UserPool } from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import { removalPolicy } from './kept.ts';
import type { Settings } from './settings.ts';

/** Who may call, and how the page has people sign in: authorization code with PKCE, as this client of the issuer. */
export interface SignIn {
  authorizer: IHttpRouteAuthorizer;
  issuer: string;
  /** The audience of the ID tokens that the API takes. */
  clientId: string;
  /** Of the pool made here. */
  userPoolId?: string;
  /** Where the page asks for tokens. */
  origins: string[];
  /** Lets people come back to this URL once they have signed in. */
  letReturnTo(url: string): void;
}

/** The holders of a token of your own OpenID provider, or of the user pool made here. */
export function signIn(
  scope: Construct,
  { signIn: provider, keepData }: Pick<Settings, 'signIn' | 'keepData'>,
): SignIn {
  return provider.kind === 'oidc' ? ownProvider(provider) : userPool(scope, keepData);
}

function ownProvider({ issuer, audience }: { issuer: string; audience: string }): SignIn {
  return {
    authorizer: new HttpJwtAuthorizer('Oidc', issuer, { jwtAudience: [audience] }),
    issuer,
    clientId: audience,
    origins: [new URL(issuer).origin],
    letReturnTo: () => undefined, // registered with the provider, by hand
  };
}

function userPool(scope: Construct, keepData: boolean): SignIn {
  const pool = new UserPool(scope, 'Users', {
    // People are invited by who deployed this; nobody makes an account, and costs, by themselves.
    selfSignUpEnabled: false,
    signInAliases: { email: true },
    accountRecovery: AccountRecovery.EMAIL_ONLY,
    passwordPolicy: {
      minLength: 12,
      requireDigits: true,
      requireLowercase: true,
      requireUppercase: true,
      requireSymbols: true,
    },
    removalPolicy: removalPolicy(keepData),
  });
  acknowledge(pool, 'COG2', 'MFA is the choice of who deploys; accounts are by invitation.');
  acknowledge(pool, 'COG3', 'Threat protection needs the Plus tier, which is paid for each user.');
  acknowledge(pool, 'COG8', 'The Essentials tier has what is used here.');

  const { region, stackId } = Stack.of(scope);
  // Shared with all of the region's pools; the stack's own id is nobody else's.
  const domainPrefix = `clipwright-${Fn.select(2, Fn.split('/', stackId))}`;
  pool.addDomain('Domain', { cognitoDomain: { domainPrefix } });

  let returnUrl: string | undefined;
  const returnUrls = Lazy.list({ produce: () => [returnUrl ?? 'http://localhost'] });
  const client = pool.addClient('Client', {
    authFlows: { userSrp: true, userPassword: true },
    oAuth: {
      flows: { authorizationCodeGrant: true },
      scopes: [OAuthScope.OPENID, OAuthScope.EMAIL],
      callbackUrls: returnUrls,
      logoutUrls: returnUrls,
    },
    idTokenValidity: Duration.hours(1),
    preventUserExistenceErrors: true,
  });
  new CfnOutput(scope, 'UserPoolId', { value: pool.userPoolId });
  new CfnOutput(scope, 'UserPoolClientId', { value: client.userPoolClientId });

  const origin = `https://cognito-idp.${region}.amazonaws.com`;
  const issuer = `${origin}/${pool.userPoolId}`;
  const clientId = client.userPoolClientId;
  return {
    authorizer: new HttpJwtAuthorizer('Users', issuer, { jwtAudience: [clientId] }),
    issuer,
    clientId,
    userPoolId: pool.userPoolId,
    // The pool says at its issuer's address where its tokens are to be had: at its domain.
    origins: [origin, `https://${domainPrefix}.auth.${region}.amazoncognito.com`],
    letReturnTo(url) {
      returnUrl = url;
    },
  };
}
