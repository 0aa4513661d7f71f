import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { synth } from '../../local/synth.ts';

/** A copy of the stack's assembly in `folder`, with failed webhooks called again twice within seconds, not for hours. */
export async function assemblyInHaste(folder: string): Promise<string> {
  cpSync(await synth(process.cwd(), () => undefined), folder, { recursive: true });
  const templatePath = join(folder, 'Clipwright.template.json');
  const template = readFileSync(templatePath, 'utf8');
  const hasty = template.replace(
    /(\\"IntervalSeconds\\":)10(,\\"MaxAttempts\\":)\d+(,\\"BackoffRate\\":)3/,
    (_, interval, attempts, rate) => `${interval}1${attempts}2${rate}1`,
  );
  if (hasty === template) throw new Error('No state waits for ten seconds.');
  writeFileSync(templatePath, hasty);
  return folder;
}

/** A copy of the stack's assembly in `folder`, with one action taken out of every policy of a role. */
export async function assemblyWithout(role: string, action: string, folder: string): Promise<string> {
  cpSync(await synth(process.cwd(), () => undefined), folder, { recursive: true });
  const templatePath = join(folder, 'Clipwright.template.json');
  const template = JSON.parse(readFileSync(templatePath, 'utf8'));

  let taken = 0;
  for (const [id, policy] of Object.entries<any>(template.Resources)) {
    if (policy.Type !== 'AWS::IAM::Policy' || !id.replace(/^Pipeline/, '').startsWith(role)) continue;
    const document = policy.Properties.PolicyDocument;
    document.Statement = document.Statement.flatMap((statement: any) => {
      const actions = [statement.Action].flat();
      taken += actions.filter((one: string) => one === action).length;
      const left = actions.filter((one: string) => one !== action);
      return left.length > 0 ? [{ ...statement, Action: left }] : [];
    });
  }
  if (taken === 0) throw new Error(`No policy of ${role} allows ${action}.`);
  writeFileSync(templatePath, JSON.stringify(template));
  return folder;
}
