import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { idleDollars } from '../lib/idle-bill.ts';

/** What CloudFormation takes: bytes of a template in S3, resources of a stack. */
const most = { bytes: 1_000_000, resources: 500 };

const [folder = 'cdk.out'] = process.argv.slice(2);
const templates = readdirSync(folder).filter((name) => name.endsWith('.template.json'));

for (const name of templates) {
  const text = readFileSync(join(folder, name), 'utf8');
  const types = Object.values<{ Type: string }>(JSON.parse(text).Resources).map(({ Type }) => Type);
  const count = (type: string) => types.filter((one) => one === type).length;
  console.log(
    [
      name,
      `  ${Buffer.byteLength(text)} bytes (of ${most.bytes})`,
      `  ${types.length} resources (of ${most.resources}), of ${new Set(types).size} types`,
      `  ${count('AWS::Lambda::Function')} functions, ${count('AWS::IAM::Role')} roles, ${count('AWS::CloudWatch::Alarm')} alarms`,
      `  $${idleDollars(types).toFixed(2)} a month idle beyond the free tiers, without what is stored and called; docs/deploy.md`,
    ].join('\n'),
  );
}
