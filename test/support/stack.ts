import { readFileSync } from 'node:fs';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ClipwrightStack } from '../../lib/clipwright-stack.ts';

/** The stack's template, with the context of cdk.json as a deploy has it, functions not bundled. */
export function stackTemplate(context: Record<string, unknown> = {}): Template {
  const { context: deployed } = JSON.parse(readFileSync('cdk.json', 'utf8'));
  const app = new App({
    context: { ...deployed, 'aws:cdk:bundling-stacks': [], ffmpegLayer: 'skip', ...context },
  });
  return Template.fromStack(new ClipwrightStack(app, 'Clipwright'));
}

type Resource = { Properties: Record<string, any>; DeletionPolicy?: string };

/** All resources of a type, by logical id. */
export function resourcesOf(template: Template, type: string): Record<string, Resource> {
  return template.findResources(type) as Record<string, Resource>;
}
