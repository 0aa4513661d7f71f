import type { TableProperties } from '../dynamodb/tables.ts';
import type { BucketOptions, CorsRule } from '../s3/types.ts';
import type { Stack } from './stack.ts';
import { TemplateError } from './template-error.ts';

interface BucketProperties {
  CorsConfiguration?: { CorsRules: CorsRule[] };
  NotificationConfiguration?: { EventBridgeConfiguration?: { EventBridgeEnabled?: boolean } };
}

/** Throws TemplateError for notifications that go elsewhere than to EventBridge. */
export function bucketsOf(stack: Stack): BucketOptions[] {
  return stack.ofType<BucketProperties>('AWS::S3::Bucket').map(({ logicalId, ref, properties }) => {
    const { EventBridgeConfiguration, ...direct } = properties.NotificationConfiguration ?? {};
    if (Object.keys(direct).length > 0)
      throw new TemplateError(`${logicalId}: notifications go to EventBridge only here`);
    return {
      name: ref,
      cors: properties.CorsConfiguration?.CorsRules ?? [],
      eventBridge:
        EventBridgeConfiguration !== undefined && EventBridgeConfiguration.EventBridgeEnabled !== false,
    };
  });
}

export const tablesOf = (stack: Stack): TableProperties[] =>
  stack
    .ofType<Omit<TableProperties, 'TableName'>>('AWS::DynamoDB::Table')
    .map(({ ref, properties }) => ({ ...properties, TableName: ref }) as TableProperties);
