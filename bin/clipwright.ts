import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { ClipwrightStack } from '../lib/clipwright-stack.ts';

const app = new App();
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));

new ClipwrightStack(app, 'Clipwright', {
  description: 'Upload a long recording, get its best moments back as short clips.',
});
