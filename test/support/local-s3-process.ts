import { createAccess } from '../../local/iam/create-access.ts';
import { startS3 } from '../../local/s3/start-s3.ts';
import { bucketName, ownerKeys } from './local-s3.ts';

/** The server in a process of its own, to be killed: prints its URL, then every event, a line each. */
const [dataDir = ''] = process.argv.slice(2);
const print = (line: unknown) => process.stdout.write(`${JSON.stringify(line)}\n`);

const { url } = await startS3({
  dataDir,
  port: 0,
  access: createAccess({ roles: [], resourcePolicies: [], keys: ownerKeys }),
  emit: async (event) => void print(event),
  buckets: [{ name: bucketName, cors: [], eventBridge: true }],
});
print(url);
