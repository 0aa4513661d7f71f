import { createRequire } from 'node:module';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Template } from 'aws-cdk-lib/assertions';
import { grantsOf, said } from '../support/grants-of.ts';
import { resourcesOf, stackTemplate } from '../support/stack.ts';

let off: Template;
let on: Template;
beforeAll(() => {
  off = stackTemplate();
  on = stackTemplate({ transcript: 'on' });
});

function definitionOf(template: Template) {
  const [machine] = Object.values(resourcesOf(template, 'AWS::StepFunctions::StateMachine'));
  const parts: unknown[] = machine?.Properties.DefinitionString['Fn::Join'][1];
  return JSON.parse(
    parts
      .map((part) => (typeof part === 'string' ? part : 'arn:aws:lambda:us-east-1:000000000000:function:f'))
      .join(''),
  );
}

describe('a stack that transcribes nothing', () => {
  it('is what a deployer gets unless told, and knows nothing of Transcribe and Bedrock', () => {
    const said = JSON.stringify(off.toJSON());

    expect(said).toBe(
      JSON.stringify(stackTemplate({ transcript: 'off', model: 'amazon.nova-pro-v1:0' }).toJSON()),
    );
    expect(said).not.toMatch(/transcri|bedrock|LANGUAGE_MODEL/i);
  });
});

describe('a stack that transcribes', () => {
  it('differs in the one step, and in who may ask the model', () => {
    const { Resources: without } = off.toJSON();
    const { Resources: with_ } = on.toJSON();
    const added = Object.keys(with_).filter((id) => !(id in without));
    const changed = Object.keys(without).filter(
      (id) => JSON.stringify(without[id]) !== JSON.stringify(with_[id]),
    );

    expect(added.map((id) => with_[id].Type).sort()).toEqual([
      ...['AWS::IAM::Policy', 'AWS::IAM::Role', 'AWS::Lambda::Function', 'AWS::Logs::LogGroup'],
    ]);
    expect(added.every((id) => id.startsWith('Transcription'))).toBe(true);
    expect(changed.map((id) => id.replace(/[0-9A-F]{8}$/, '')).sort()).toEqual(
      [
        'ClipsBucketPolicy',
        'Pipelineselectsegmentsfunction',
        'PipelineselectsegmentsRoleDefaultPolicy',
        'WorkflowStateMachine',
        'WorkflowStateMachineRoleDefaultPolicy',
      ].map((id) => expect.stringMatching(new RegExp(`^${id}`, 'i'))),
    );
  });

  it('transcribes with the audio before it chooses, for as long as it takes, and chooses whatever comes of it', async () => {
    const definition = definitionOf(on);
    const { States } = definition;

    const { isValid } = createRequire(`${process.cwd()}/package.json`)('asl-validator')(definition);

    expect(isValid).toBe(true);
    expect(States.ExtractAudio.Next).toBe('TranscribeAudio');
    expect(States.TranscribeAudio.Next).toBe('IsTranscribed');
    expect(States.TranscribeAudio.Catch).toEqual([
      { ErrorEquals: ['States.ALL'], ResultPath: '$.caught', Next: 'SelectSegments' },
    ]);
    expect(States.IsTranscribed).toMatchObject({
      Choices: [{ Variable: '$.transcription.done', BooleanEquals: true, Next: 'SelectSegments' }],
      Default: 'AwaitTranscript',
    });
    expect(States.AwaitTranscript).toMatchObject({ Type: 'Wait', Next: 'TranscribeAudio' });
  });

  it('looks so seldom that even the longest transcription fits into the history of an execution', () => {
    const { Seconds } = definitionOf(on).States.AwaitTranscript;

    const looks = (2 * 3600) / Seconds;

    expect(looks * 12).toBeLessThan(25_000 / 2);
  });

  it('may begin transcriptions into the uploads bucket alone, and look at its own', () => {
    const transcribe = grantsOf(on, 'Transcription').filter(({ actions }) =>
      actions.join().includes('transcribe:'),
    );

    expect(transcribe).toEqual([
      {
        actions: ['transcribe:StartTranscriptionJob'],
        on: '*',
        Condition: {
          StringEquals: { 'transcribe:OutputBucketName': { Ref: expect.stringMatching(/^UploadsBucket/) } },
        },
      },
      {
        actions: ['transcribe:GetTranscriptionJob'],
        on: 'arn:<Partition>:transcribe:<Region>:<AccountId>:transcription-job/clipwright-*',
        Condition: undefined,
      },
    ]);
  });

  it('may read the audio and write what comes of it, and nothing that came with a request', () => {
    const files = (action: string) =>
      grantsOf(on, 'Transcription')
        .filter(({ actions }) => actions.includes(action))
        .map(({ on }) => on.replaceAll(/<Uploads\w+>\/work\/\*\//g, ''));

    expect(files('s3:GetObject')).toEqual(['.write_access_check_file.temp audio.flac transcript-*.json']);
    expect(files('s3:PutObject')).toEqual([
      '.write_access_check_file.temp captions.spoken.vtt transcript-*.json',
    ]);
  });

  it('may not delete a clip by that either', () => {
    const [policy] = Object.entries(resourcesOf(on, 'AWS::S3::BucketPolicy')).flatMap(
      ([id, { Properties }]) => (id.startsWith('Clips') ? [Properties.PolicyDocument.Statement] : []),
    );
    const { Principal } = policy.find(({ Sid }: any) => Sid === 'ClipsAreNeverDeletedByThePipeline');

    expect(JSON.stringify(Principal.AWS)).toContain('Transcription');
  });
});

describe('the model', () => {
  const asked = (model: string) =>
    grantsOf(stackTemplate({ transcript: 'on', model }), 'Pipelineselectsegments').filter(({ actions }) =>
      actions.join().includes('bedrock'),
    );
  const profileArn = 'arn:<Partition>:bedrock:<Region>:<AccountId>:inference-profile';

  it('may be asked by select-segments alone, and no other', () => {
    const policies = Object.entries(resourcesOf(on, 'AWS::IAM::Policy'))
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
