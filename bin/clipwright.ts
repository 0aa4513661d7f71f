import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { ClipwrightStack } from '../lib/clipwright-stack.ts';
import { readSettings } from '../lib/settings.ts';
import { stackName, stageOf } from '../lib/stages.ts';
import { WrongSetting } from '../lib/wrong-setting.ts';

try {
  const app = new App();
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));

  const stage = stageOf(app.node);
  new ClipwrightStack(app, stackName(stage), {
    description: 'Upload a long recording, get its best moments back as short clips.',
    tags: { application: 'clipwright', stage },
    terminationProtection: readSettings(app.node).keepData,
  });
} catch (error) {
  if (!(error instanceof WrongSetting)) throw error;
  console.error(error.message);
  process.exit(1);
}
