import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { GithubRoles, isRepository } from '../lib/github-roles.ts';

const app = new App();
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));

const repository: unknown = app.node.tryGetContext('repository');
if (!isRepository(repository)) {
  throw new Error('Whose workflows? Give -c repository=OWNER/NAME, or OWNER@ID/NAME@ID; docs/deploy.md §8.');
}
new GithubRoles(app, 'Clipwright-github', {
  description: 'The roles by which the workflows of Clipwright deploy.',
  repository,
  providerArn: app.node.tryGetContext('providerArn'),
});
