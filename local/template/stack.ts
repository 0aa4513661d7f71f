import { accountId, region } from '../types.ts';
import type { Assembly, TemplateResource } from './assembly.ts';
import { noValue, resolve, type Scope } from './intrinsics.ts';
import { type Identity, resourceTypes } from './resource-types.ts';
import { TemplateError } from './template-error.ts';

/** One resource of the template, no intrinsic function left in it. */
export interface Resource<Properties = Record<string, unknown>> extends Identity {
  logicalId: string;
  type: string;
  properties: Properties;
}

export interface Stack {
  name: string;
  outputs: Record<string, unknown>;
  resources: Resource[];
  /** `Properties` is the type's CloudFormation shape; the template was validated against it when synthesized. */
  ofType<Properties>(type: string): Resource<Properties>[];
  assetFolder: Assembly['assetFolder'];
}

/**
 * The stack with every reference resolved to the names and ARNs of this machine.
 * Throws TemplateError, naming the resource, for a type or an intrinsic function that is not known.
 */
export function resolveStack(assembly: Assembly, { apiUrl }: { apiUrl: string }): Stack {
  const { stackName, template } = assembly;
  const declared = template.Resources;
  const conditions = new Map<string, boolean>();
  const identities = new Map<string, Identity>();

  const pseudoParameters: Record<string, unknown> = {
    'AWS::AccountId': accountId,
    'AWS::Region': region,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': stackName,
    'AWS::StackId': `arn:aws:cloudformation:${region}:${accountId}:stack/${stackName}/local`,
    'AWS::NoValue': noValue,
    'AWS::NotificationARNs': [],
  };

  for (const [logicalId, { Type }] of Object.entries(declared))
    if (!resourceTypes[Type])
      throw new TemplateError(
        `${logicalId} (${Type}): a type that the local cloud neither runs nor knows to be of no effect here`,
      );

  const scope: Scope = {
    ref(name) {
      if (name in pseudoParameters) return pseudoParameters[name];
      if (declared[name]) return identityOf(name).ref;
      const parameter = template.Parameters?.[name];
      if (!parameter) throw new TemplateError(`refers to ${name}, which the template doesn't hold`);
      if (parameter.Default === undefined) throw new TemplateError(`the parameter ${name} has no default`);
      return parameter.Default;
    },
    attribute(logicalId, name) {
      if (!declared[logicalId])
        throw new TemplateError(`refers to ${logicalId}, which the template doesn't hold`);
      const value = identityOf(logicalId).attributes[name];
      if (value === undefined)
        throw new TemplateError(`${name} of ${logicalId} (${declared[logicalId].Type}) is not known here`);
      return value;
    },
    condition(name) {
      const known = conditions.get(name);
      if (known !== undefined) return known;
      if (!template.Conditions || !(name in template.Conditions))
        throw new TemplateError(`refers to the condition ${name}, which the template doesn't hold`);
      const value = resolve(template.Conditions[name], scope) === true;
      conditions.set(name, value);
      return value;
    },
    mapping(name, first, second) {
      const value = template.Mappings?.[name]?.[first]?.[second];
      if (value === undefined) throw new TemplateError(`Fn::FindInMap finds no ${name}.${first}.${second}`);
      return value;
    },
  };

  function identityOf(logicalId: string): Identity {
    const known = identities.get(logicalId);
    if (known) return known;
    const { Type, Properties = {} } = declared[logicalId]!;
    // Only strings that name the resource matter here; resolving the others could turn in circles.
    const names = Object.fromEntries(
      Object.entries(Properties).filter(([key]) => /(Name|^Domain)$/.test(key)),
    );
    const properties = resolve(names, scope) as Record<string, unknown>;
    const identity = resourceTypes[Type]!.identify({ stackName, logicalId, properties, apiUrl });
    identities.set(logicalId, identity);
    return identity;
  }

  const inStack = ([, { Condition }]: [string, TemplateResource]) => !Condition || scope.condition(Condition);
  const resources = Object.entries(declared)
    .filter(inStack)
    .map(([logicalId, { Type, Properties = {} }]): Resource => {
      try {
        const properties = resolve(Properties, scope) as Record<string, unknown>;
        return { logicalId, type: Type, properties, ...identityOf(logicalId) };
      } catch (error) {
        if (!(error instanceof TemplateError)) throw error;
        throw new TemplateError(`${logicalId} (${Type}): ${error.message}`);
      }
    });

  const outputs = Object.entries(template.Outputs ?? {})
    .filter(([, { Condition }]) => !Condition || scope.condition(Condition))
    .map(([name, { Value }]) => [name, resolve(Value, scope)] as const);

  return {
    name: stackName,
    outputs: Object.fromEntries(outputs),
    resources,
    ofType: <Properties>(type: string) =>
      resources.filter((resource) => resource.type === type) as Resource<Properties>[],
    assetFolder: assembly.assetFolder,
  };
}
