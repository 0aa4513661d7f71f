import type { Stack } from '../template/stack.ts';
import { TemplateError } from '../template/template-error.ts';

export interface FunctionDefinition {
  name: string;
  arn: string;
  roleArn: string;
  /** `index.handler` */
  handler: string;
  /** The bundle, as it was staged. */
  assetFolder: string;
  timeoutSeconds: number;
  memoryMegabytes: number;
  variables: Record<string, string>;
  /** It has a layer: the tools of this machine take the place of those in `/opt`. */
  hasLayer: boolean;
  /** Undefined: as many at once as the machine bears. */
  reservedConcurrency?: number;
  /** 0–2: how often an asynchronous invocation that failed is tried again. */
  maxRetries: number;
  /** Where an asynchronous invocation ends that failed for good: the ARN of a queue. */
  onFailureArn?: string;
}

interface FunctionProperties {
  Runtime: string;
  Handler: string;
  Role: string;
  Code: { S3Key?: string };
  Timeout?: number;
  MemorySize?: number;
  Environment?: { Variables?: Record<string, unknown> };
  Layers?: string[];
  ReservedConcurrentExecutions?: number;
  DeadLetterConfig?: { TargetArn: string };
}

interface EventInvokeConfigProperties {
  FunctionName: string;
  MaximumRetryAttempts?: number;
  DestinationConfig?: { OnFailure?: { Destination: string } };
}

/**
 * The functions of the stack, Lambda's defaults filled in; without those that serve its custom resources, which the
 * local cloud carries out by itself. Throws TemplateError for what is no Node.js bundle.
 */
export function functionsOf(stack: Stack): FunctionDefinition[] {
  const invokeConfigs = stack.ofType<EventInvokeConfigProperties>('AWS::Lambda::EventInvokeConfig');
  const customResources = stack.resources.filter(({ type }) => type.startsWith('Custom::'));
  const serving = new Set(customResources.map(({ properties }) => properties.ServiceToken));
  const functions = stack.ofType<FunctionProperties>('AWS::Lambda::Function');

  return functions
    .filter(({ attributes }) => !serving.has(attributes.Arn))
    .map((resource) => {
      const { logicalId, ref: name, properties } = resource;
      const arn = resource.attributes.Arn!;
      if (!properties.Runtime.startsWith('nodejs') || !properties.Code.S3Key)
        throw new TemplateError(
          `${logicalId}: the local cloud runs Node.js functions that are staged as assets`,
        );
      const config = invokeConfigs.find(({ properties: { FunctionName } }) =>
        [name, arn].includes(FunctionName),
      );

      return {
        name,
        arn,
        roleArn: properties.Role,
        handler: properties.Handler,
        assetFolder: stack.assetFolder(properties.Code.S3Key),
        timeoutSeconds: properties.Timeout ?? 3,
        memoryMegabytes: properties.MemorySize ?? 128,
        variables: asStrings(properties.Environment?.Variables),
        hasLayer: (properties.Layers ?? []).length > 0,
        reservedConcurrency: properties.ReservedConcurrentExecutions,
        maxRetries: config?.properties.MaximumRetryAttempts ?? 2,
        onFailureArn:
          config?.properties.DestinationConfig?.OnFailure?.Destination ??
          properties.DeadLetterConfig?.TargetArn,
      };
    });
}

const asStrings = (variables: Record<string, unknown> = {}) =>
  Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, String(value)]));
