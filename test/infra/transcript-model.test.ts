import { describe, expect, it } from '@jest/globals';
import { grantsOf, said } from '../support/grants-of.ts';
import { resourcesOf, stackTemplate } from '../support/stack.ts';

describe('the model', () => {
  const asked = (model: string) =>
    grantsOf(stackTemplate({ transcript: 'on', model }), 'Pipelineselectsegments').filter(({ actions }) =>
      actions.join().includes('bedrock'),
    );
  const profileArn = 'arn:<Partition>:bedrock:<Region>:<AccountId>:inference-profile';

  it('may be asked by select-segments alone, and no other', () => {
    const policies = Object.entries(resourcesOf(stackTemplate({ transcript: 'on' }), 'AWS::IAM::Policy'))
      .filter(([, policy]) => JSON.stringify(policy).includes('bedrock:'))
      .map(([id]) => id);

    expect(policies).toEqual([expect.stringMatching(/^Pipelineselectsegments/)]);
  });

  it('of a region is that of the stack', () => {
    expect(asked('amazon.nova-lite-v1:0')).toEqual([
      {
        actions: ['bedrock:InvokeModel'],
        on: 'arn:<Partition>:bedrock:<Region>::foundation-model/amazon.nova-lite-v1:0',
        Condition: undefined,
      },
    ]);
  });

  it.each(['global', 'us', 'eu', 'apac'])('of the %s profile is asked by way of that alone', (where) => {
    const [profile, model] = asked(`${where}.amazon.nova-2-lite-v1:0`);

    expect(profile?.on).toBe(`${profileArn}/${where}.amazon.nova-2-lite-v1:0`);
    expect(model?.on).toBe('arn:<Partition>:bedrock:*::foundation-model/amazon.nova-2-lite-v1:0');
    expect(said(model?.Condition.StringEquals['bedrock:InferenceProfileArn'])).toBe(profile?.on);
  });

  it('may be a profile of the deployer’s own, by its ARN', () => {
    const own = 'arn:aws:bedrock:eu-west-1:111122223333:application-inference-profile/abc123';

    const [profile, model] = asked(own);

    expect(profile?.on).toBe(own);
    expect(model?.Condition.StringEquals).toEqual({ 'bedrock:InferenceProfileArn': own });
  });

  it.each([
    [{ transcript: 'yes' }, /transcript must be on or off/],
    [{ transcript: 'on', model: 'a model' }, /model must be/],
    [{ transcript: 'on', language: 'english' }, /language must be/],
  ])('is refused with settings that mean nothing: %j', (settings, words) => {
    expect(() => stackTemplate(settings)).toThrow(words);
  });

  it('knows the language where that is set', () => {
    const functions = resourcesOf(
      stackTemplate({ transcript: 'on', language: 'de-DE' }),
      'AWS::Lambda::Function',
    );

    const [transcribe] = Object.values(functions).filter(({ Properties }) =>
      String(Properties.Description).endsWith('transcribe-audio'),
    );
    expect(transcribe?.Properties.Environment.Variables.TRANSCRIPT_LANGUAGE).toBe('de-DE');
  });
});
