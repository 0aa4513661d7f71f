import { Stack } from 'aws-cdk-lib';
import type { VerbFunction } from './verb-function.ts';

/** Inference profiles are named after the model, with where its requests may go in front. */
const profileId = /^(?:global|us|us-gov|eu|apac|jp|au|ca)\.(.+)$/;

/**
 * The permission to ask exactly one model, and its name. A profile sends requests to the model in other regions, so
 * these are allowed too, but by way of the profile alone:
 * https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-prereq.html
 */
export function grantAsk(fn: VerbFunction, model: string): void {
  const { partition, region, account } = Stack.of(fn);
  const modelArn = (id: string, where: string) => `arn:${partition}:bedrock:${where}::foundation-model/${id}`;
  const allow = (resource: string) => fn.allow(['bedrock:InvokeModel'], [resource]);
  const allowBy = (profileArn: string, id: string) => {
    allow(profileArn);
    const reason = 'The profile decides which region answers, and only by way of it may the model be asked.';
    const byProfile = { StringEquals: { 'bedrock:InferenceProfileArn': profileArn } };
    fn.allow(['bedrock:InvokeModel'], [modelArn(id, '*')], reason, byProfile);
  };

  const [, profiled] = profileId.exec(model) ?? [];
  if (profiled) allowBy(`arn:${partition}:bedrock:${region}:${account}:inference-profile/${model}`, profiled);
  // A profile of the deployer's own does not say of which model it is.
  else if (/^arn:.*inference-profile\//.test(model)) allowBy(model, '*');
  else allow(model.startsWith('arn:') ? model : modelArn(model, region));
  fn.setVariable('LANGUAGE_MODEL', model);
}
