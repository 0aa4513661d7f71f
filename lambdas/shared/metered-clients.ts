import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { S3Client } from '@aws-sdk/client-s3';
import type { Meter } from './meter.ts';

const unbilledByS3 = /^(Delete|Abort)/;
const writesOfS3 = /^(Put|Copy|Create|Complete|UploadPart|List)/;

/** Counts each request that is sent, repeated ones too. */
export function meteredS3(s3: S3Client, meter: Meter): S3Client {
  s3.middlewareStack.add(
    (next, { commandName = '' }) =>
      (args) => {
        if (!unbilledByS3.test(commandName))
          meter.add(writesOfS3.test(commandName) ? 's3Writes' : 's3Reads', 1);
        return next(args);
      },
    // After the middleware that tries again.
    { step: 'deserialize', name: 'countRequests' },
  );
  return s3;
}

/** Has DynamoDB tell the units of each call. A condition that did not hold tells none. */
export function meteredDynamo(dynamo: DynamoDBClient, meter: Meter): DynamoDBClient {
  dynamo.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        const input = { ...args.input, ReturnConsumedCapacity: 'TOTAL' as const };
        const result = await next({ ...args, input });
        const { ConsumedCapacity } = result.output as { ConsumedCapacity?: { CapacityUnits?: number } };
        const reads = commandName.startsWith('Get') || commandName.startsWith('Query');
        meter.add(reads ? 'tableReads' : 'tableWrites', ConsumedCapacity?.CapacityUnits ?? 0);
        return result;
      },
    { step: 'initialize', name: 'countUnits' },
  );
  return dynamo;
}
