import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { SignIn } from './sign-in.ts';

interface Props {
  pageUrl: string;
  identity: SignIn;
  keepData: boolean;
}

/** What who deployed does next, as commands to paste. The CDK's command line sorts outputs by their names. */
export function nextSteps(scope: Construct, { pageUrl, identity, keepData }: Props): void {
  const step = (name: string, description: string, value: string) =>
    new CfnOutput(scope, `NextStep${name}`, { description, value });
  const { region, stackName } = Stack.of(scope);

  const { userPoolId, clientId } = identity;
  if (userPoolId) {
    const cognito = (command: string) => `aws cognito-idp ${command} --region ${region}`;
    step(
      '1Invite',
      'A mail brings a password that holds for the first sign-in',
      `${cognito('admin-create-user')} --user-pool-id ${userPoolId} --username YOU@EXAMPLE.COM --user-attributes Name=email,Value=YOU@EXAMPLE.COM Name=email_verified,Value=true`,
    );
    step(
      '3Token',
      'For the command line and for curl, once you have signed in on the page; good for an hour',
      `${cognito('initiate-auth')} --client-id ${clientId} --auth-flow USER_PASSWORD_AUTH --auth-parameters USERNAME=YOU@EXAMPLE.COM,PASSWORD=YOUR_PASSWORD --query AuthenticationResult.IdToken --output text`,
    );
  } else {
    step(
      '1Register',
      'With your OpenID provider, for the page to sign in',
      `${pageUrl} as a redirect URL of the client ${clientId}, which gets refresh tokens`,
    );
    step(
      '3Token',
      'For the command line and for curl',
      `A token of ${identity.issuer} for the audience ${clientId}`,
    );
  }
  step('2Open', 'Sign in, and drop a recording', pageUrl);
  step(
    '4Upload',
    'From a terminal, in this folder',
    `CLIPWRIGHT_URL=${pageUrl} CLIPWRIGHT_TOKEN=THE_TOKEN npx clipwright upload talk.mp4 --monitor --download clips`,
  );
  step(
    '5Destroy',
    'What cdk destroy does',
    keepData
      ? `${stackName} keeps its clips, jobs and users`
      : `${stackName} goes with all its clips, jobs and users`,
  );
}
