import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { convertToAttr, marshall, unmarshall } from '@aws-sdk/util-dynamodb';

/** The status of the record of a deleted job, which no change ever expects. */
export const buried = 'deleted';

/** An object as DynamoDB stores it; undefined members are left out. */
export function toRecord(content: Record<string, unknown>): Record<string, AttributeValue> {
  return marshall(content, { removeUndefinedValues: true });
}

export function toValue(content: unknown): AttributeValue {
  return convertToAttr(content as Parameters<typeof convertToAttr>[0], { removeUndefinedValues: true });
}

/** The object without the table's own attributes. */
export function fromRecord<T>(record: Record<string, AttributeValue>): T {
  const { pk: _pk, sk: _sk, open: _open, ...content } = unmarshall(record);
  return content as T;
}
