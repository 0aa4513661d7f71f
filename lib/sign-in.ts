import { CfnOutput, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { IHttpRouteAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { AccountRecovery, UserPool } from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import type { SignInSettings } from './settings.ts';

/** Who may call: the holders of a token of your own OpenID provider, or of the user pool made here. */
export function signIn(scope: Construct, settings: SignInSettings): IHttpRouteAuthorizer {
  if (settings.kind === 'oidc') {
    return new HttpJwtAuthorizer('Oidc', settings.issuer, { jwtAudience: [settings.audience] });
  }

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
    removalPolicy: RemovalPolicy.RETAIN,
  });
  acknowledge(pool, 'COG2', 'MFA is the choice of who deploys; accounts are by invitation.');
  acknowledge(pool, 'COG3', 'Threat protection needs the Plus tier, which is paid for each user.');
  acknowledge(pool, 'COG8', 'The Essentials tier has what is used here.');

  const client = pool.addClient('Client', {
    authFlows: { userSrp: true, userPassword: true },
    idTokenValidity: Duration.hours(1),
    preventUserExistenceErrors: true,
  });
  new CfnOutput(scope, 'UserPoolId', { value: pool.userPoolId });
  new CfnOutput(scope, 'UserPoolClientId', { value: client.userPoolClientId });
  const issuer = `https://cognito-idp.${Stack.of(scope).region}.amazonaws.com/${pool.userPoolId}`;
  return new HttpJwtAuthorizer('Users', issuer, { jwtAudience: [client.userPoolClientId] });
}
