import { ArnFormat, CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import {
  FederatedPrincipal,
  type IOidcProvider,
  OidcProviderNative,
  PolicyStatement,
  Role,
} from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { acknowledgeWildcard } from './acknowledge.ts';
import { type Stage, stackName, stages } from './stages.ts';

/** CDK's own, of what `cdk bootstrap` makes. */
const qualifier = 'hnb659fds';

const issuer = 'token.actions.githubusercontent.com';

/**
 * Whether that is a repository as GitHub's tokens name it: `owner/name`, or, made since 15 July 2026, with both ids:
 * `owner@1/name@2`. https://docs.github.com/en/actions/reference/security/oidc#immutable-subject-claims
 */
export function isRepository(value: unknown): value is string {
  return typeof value === 'string' && /^([\w.-]+\/[\w.-]+|[\w.-]+@\d+\/[\w.-]+@\d+)$/.test(value);
}

/** The roles that .github/workflows take on, without a key that could be stolen. A stack of its own, made once by hand. */
export class GithubRoles extends Stack {
  /** `repository`: see isRepository. `providerArn`: of GitHub, where the account trusts it already: it may do so once only. */
  constructor(
    scope: Construct,
    id: string,
    { repository, providerArn, ...props }: StackProps & { repository: string; providerArn?: string },
  ) {
    super(scope, id, props);
    const provider = providerArn
      ? OidcProviderNative.fromOidcProviderArn(this, 'GitHub', providerArn)
      : new OidcProviderNative(this, 'GitHub', {
          url: `https://${issuer}`,
          clientIds: ['sts.amazonaws.com'],
        });

    // Whoever opens a pull request in the repository itself runs as this one: it reads templates, and no data.
    const diff = this.role('Diff', provider, `repo:${repository}:pull_request`);
    this.allowDiff(diff);

    for (const stage of Object.keys(stages) as Stage[]) {
      // The environment's rules, approval above all, are kept by GitHub before it gives such a token.
      const deploy = this.role(`Deploy-${stage}`, provider, `repo:${repository}:environment:${stage}`);
      this.allowDeploy(deploy);
    }
  }

  private role(name: string, provider: IOidcProvider, subject: string): Role {
    const role = new Role(this, name, {
      assumedBy: new FederatedPrincipal(
        provider.oidcProviderArn,
        { StringEquals: { [`${issuer}:aud`]: 'sts.amazonaws.com', [`${issuer}:sub`]: subject } },
        'sts:AssumeRoleWithWebIdentity',
      ),
      maxSessionDuration: Duration.hours(1),
    });
    new CfnOutput(this, `${name.replace('-', '')}RoleArn`, { value: role.roleArn });
    return role;
  }

  /** Not the bootstrap's own role for looking things up: that one may read every object of every bucket. */
  private allowDiff(role: Role): void {
    const stacks = (Object.keys(stages) as Stage[]).map((stage) =>
      this.formatArn({ service: 'cloudformation', resource: 'stack', resourceName: `${stackName(stage)}/*` }),
    );
    role.addToPolicy(
      new PolicyStatement({
        actions: ['cloudformation:DescribeStacks', 'cloudformation:GetTemplate'],
        resources: stacks,
      }),
    );
    const bootstrapVersion = this.formatArn({
      service: 'ssm',
      resource: 'parameter',
      resourceName: `cdk-bootstrap/${qualifier}/version`,
    });
    role.addToPolicy(new PolicyStatement({ actions: ['ssm:GetParameter'], resources: [bootstrapVersion] }));
    for (const stack of stacks) {
      acknowledgeWildcard(role, stack, 'The id of a stack ends in what is made up when it is created.');
    }
  }

  /** The roles that `cdk bootstrap` made for this: what they may do is decided there. */
  private allowDeploy(role: Role): void {
    const bootstrapped = ['deploy', 'file-publishing', 'lookup'].map((kind) =>
      this.formatArn({
        service: 'iam',
        region: '',
        resource: 'role',
        resourceName: `cdk-${qualifier}-${kind}-role-${this.account}-${this.region}`,
        arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
      }),
    );
    role.addToPolicy(new PolicyStatement({ actions: ['sts:AssumeRole'], resources: bootstrapped }));
  }
}
