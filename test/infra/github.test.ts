import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { parse } from 'yaml';
import { GithubRoles, isRepository } from '../../lib/github-roles.ts';
import { stages } from '../../lib/stages.ts';
import { resourcesOf } from '../support/stack.ts';

const folder = '.github/workflows';
const workflows = readdirSync(folder).map((name): [string, any] => [
  name,
  parse(readFileSync(join(folder, name), 'utf8')),
]);
const jobsOf = (workflow: any) => Object.entries<any>(workflow.jobs);
const stepsOf = (workflow: any) => jobsOf(workflow).flatMap(([, { steps = [] }]) => steps);
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));

describe.each(workflows)('the workflow %s', (_name, workflow) => {
  it('runs scripts that there are', () => {
    const run = stepsOf(workflow).flatMap(({ run = '' }) => [...run.matchAll(/npm (?:run )?([\w:]+)/g)]);
    const named = run.map(([, script]) => script).filter((script) => !['ci', 'audit'].includes(script));

    expect(run.length).toBeGreaterThan(0);
    for (const script of named) expect(Object.keys(scripts)).toContain(script);
  });

  it('names every action by the commit, which nobody can move', () => {
    for (const { uses } of stepsOf(workflow)) if (uses) expect(uses).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
  });

  it('may read the code, and ask for a token of GitHub only where it takes on a role', () => {
    expect(workflow.permissions).toEqual({ contents: 'read' });
    for (const [, { steps, permissions = {} }] of jobsOf(workflow)) {
      const takesRole = steps?.some(({ uses = '' }) => uses.includes('configure-aws-credentials')) ?? true;
      expect(permissions['id-token'] === 'write').toBe(takesRole);
      expect(Object.values(permissions).filter((level) => level === 'write').length).toBeLessThanOrEqual(1);
    }
  });

  it('puts nothing into a shell that others can write', () => {
    for (const { run = '' } of stepsOf(workflow)) expect(run).not.toMatch(/\$\{\{(?! matrix\.stage \}\})/);
  });
});

describe('deploying', () => {
  const [, deploy] = workflows.find(([name]) => name === 'deploy.yml')!;

  it('goes to prod after dev, each in an environment of its own', () => {
    expect(deploy.jobs.dev).toMatchObject({ needs: 'check', environment: 'dev' });
    expect(deploy.jobs.prod).toMatchObject({ needs: 'dev', environment: 'prod' });
  });
});

describe('the roles of the workflows', () => {
  const template = (props = {}) =>
    Template.fromStack(new GithubRoles(new App(), 'Roles', { repository: 'me/clips', ...props }));
  const roles = Object.values(resourcesOf(template(), 'AWS::IAM::Role')).map(
    ({ Properties }) => Properties.AssumeRolePolicyDocument.Statement[0],
  );

  it('are taken on by one repository: for pull requests, and from the environment of each stage', () => {
    const subjects = roles.map(({ Condition }) => Condition.StringEquals);

    expect(subjects).toEqual(
      ['pull_request', ...Object.keys(stages).map((stage) => `environment:${stage}`)].map((of) => ({
        'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
        'token.actions.githubusercontent.com:sub': `repo:me/clips:${of}`,
      })),
    );
  });

  it.each([
    ['me/clips', true],
    ['me@12/clips@345', true],
    ['me@12/clips', false],
    ['clips', false],
    ['me/*', false],
    [undefined, false],
  ])('are made for a repository as tokens name it, with both ids or none: %s, %s', (repository, taken) => {
    expect(isRepository(repository)).toBe(taken);
  });

  it('for pull requests read templates, and nothing else', () => {
    const policies = Object.entries(resourcesOf(template(), 'AWS::IAM::Policy'));
    const [, diff] = policies.find(([id]) => id.startsWith('Diff'))!;

    expect(diff.Properties.PolicyDocument.Statement).toEqual([
      expect.objectContaining({ Action: ['cloudformation:DescribeStacks', 'cloudformation:GetTemplate'] }),
      expect.objectContaining({ Action: 'ssm:GetParameter' }),
    ]);
  });

  it('trust GitHub by the provider that is there already, where one is named', () => {
    const arn = 'arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com';

    template({ providerArn: arn }).resourceCountIs('AWS::IAM::OIDCProvider', 0);
    template().resourceCountIs('AWS::IAM::OIDCProvider', 1);
  });
});
