import type { Template } from 'aws-cdk-lib/assertions';
import { resourcesOf } from './stack.ts';

/** What a role of the template may do, and on what. */
export function grantsOf(template: Template, role: string) {
  return Object.entries(resourcesOf(template, 'AWS::IAM::Policy'))
    .filter(([id]) => id.startsWith(role))
    .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement)
    .map(({ Action, Resource, Condition }: any) => ({
      actions: [Action].flat(),
      on: said(Resource),
      Condition,
    }));
}

/** An ARN with its references as `<LogicalId>`. */
export function said(resource: any): string {
  if (typeof resource === 'string') return resource;
  if (Array.isArray(resource)) return resource.map(said).join(' ');
  if (resource.Ref) return `<${resource.Ref.replace('AWS::', '')}>`;
  if (resource['Fn::GetAtt']) return `<${resource['Fn::GetAtt'][0]}>`;
  return resource['Fn::Join'][1].map(said).join('');
}
