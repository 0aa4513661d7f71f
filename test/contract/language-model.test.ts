import { readFileSync } from 'node:fs';
import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { LanguageModel } from '../../core/ports/language.ts';
import { createBedrockLanguageModel } from '../../lambdas/shared/bedrock-language-model.ts';
import { memoryLanguageModel } from '../support/memory-language-model.ts';
import { type AwsAnswer, replayAws } from '../support/replaying-aws.ts';

const recorded = JSON.parse(readFileSync('test/support/recorded/converse-answer.json', 'utf8'));
const filledIn = recorded.output.message.content[0].toolUse.input;
const modelId = 'global.anthropic.claude-haiku-5-5';
const schema = {
  type: 'object',
  properties: { moments: { type: 'array', items: {} } },
  required: ['moments'],
};
const question = {
  system: 'You choose.',
  prompt: 'Choose.',
  form: { name: 'choose_moments', purpose: 'The moments', schema },
  maxTokens: 500,
};
const { signal } = new AbortController();

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function aBedrock(answer: () => AwsAnswer | Promise<AwsAnswer>, options: { seconds?: number } = {}) {
  const aws = await replayAws('http2', answer);
  const credentials = { accessKeyId: 'key', secretAccessKey: 'secret' };
  const client = new BedrockRuntimeClient({
    endpoint: aws.url,
    region: 'us-east-1',
    credentials,
    maxAttempts: 2,
  });
  stops.push(() => client.destroy(), aws.stop);
  return { ...aws, model: createBedrockLanguageModel(client, modelId, options) };
}

const ended = (stopReason: string, content: unknown[] = recorded.output.message.content) => ({
  body: { ...recorded, stopReason, output: { message: { role: 'assistant', content } } },
});

const adapters: Record<string, () => Promise<LanguageModel>> = {
  'in memory': async () => memoryLanguageModel(filledIn),
  'on Amazon Bedrock': async () => (await aBedrock(() => ({ body: recorded }))).model,
};

describe.each(Object.entries(adapters))('a language model %s', (_name, start) => {
  it('answers by filling in the form, and tells what that took', async () => {
    const model = await start();

    const { ending, content, use } = await model.ask(question, { signal });

    expect({ ending, content }).toEqual({ ending: 'complete', content: filledIn });
    expect(use).toEqual({ inputTokens: expect.any(Number), outputTokens: expect.any(Number) });
  });

  it('gives up when it is told to', async () => {
    const model = await start();

    await expect(model.ask(question, { signal: AbortSignal.abort() })).rejects.toThrow();
  });
});

describe('Amazon Bedrock', () => {
  it('is asked as the Converse API has it, made to use the form, with no temperature', async () => {
    const { model, calls } = await aBedrock(() => ({ body: recorded }));

    await model.ask(question, { signal });

    expect(calls).toEqual([
      {
        operation: expect.stringContaining('converse'),
        body: {
          system: [{ text: 'You choose.' }],
          messages: [{ role: 'user', content: [{ text: 'Choose.' }] }],
          inferenceConfig: { maxTokens: 500 },
          toolConfig: {
            tools: [
              {
                toolSpec: {
                  name: 'choose_moments',
                  description: 'The moments',
                  inputSchema: { json: schema },
                },
              },
            ],
            toolChoice: { tool: { name: 'choose_moments' } },
          },
        },
      },
    ]);
  });

  it.each([
    ['refusal', 'refused'],
    ['content_filtered', 'refused'],
    ['guardrail_intervened', 'refused'],
    ['max_tokens', 'cut off'],
    ['model_context_window_exceeded', 'cut off'],
    ['malformed_model_output', 'no form'],
    ['malformed_tool_use', 'no form'],
  ])('that stops by %s has %s, whatever is in the form', async (stopReason, ending) => {
    const { model } = await aBedrock(() => ended(stopReason));

    expect((await model.ask(question, { signal })).ending).toBe(ending);
  });

  it.each<[string, unknown[]]>([
    ['speaks', [{ text: 'Here are some moments.' }]],
    ['says nothing', []],
    ['fills in another form', [{ toolUse: { toolUseId: 't', name: 'delete_everything', input: filledIn } }]],
  ])('that %s has filled in no form', async (_what, content) => {
    const { model } = await aBedrock(() => ended('end_turn', content));

    expect(await model.ask(question, { signal })).toMatchObject({ ending: 'no form', content: undefined });
  });

  it('that thinks first is heard to its end', async () => {
    const thinking = { reasoningContent: { reasoningText: { text: 'Let me see.', signature: 's' } } };
    const { model } = await aBedrock(() => ended('tool_use', [thinking, ...recorded.output.message.content]));

    expect(await model.ask(question, { signal })).toMatchObject({ ending: 'complete', content: filledIn });
  });

  it('is asked again when it is throttled', async () => {
    const { model, calls } = await aBedrock(() =>
      calls.length === 1 ? { status: 429, error: 'ThrottlingException' } : { body: recorded },
    );

    expect((await model.ask(question, { signal })).ending).toBe('complete');
    expect(calls).toHaveLength(2);
  });

  it.each([
    [403, 'AccessDeniedException'],
    [400, 'ValidationException'],
    [404, 'ResourceNotFoundException'],
    [429, 'ThrottlingException'],
    [503, 'ServiceUnavailableException'],
  ])('that answers %d throws %s', async (status, error) => {
    const { model } = await aBedrock(() => ({ status, error }));

    await expect(model.ask(question, { signal })).rejects.toMatchObject({ name: error });
  });

  it('that does not answer in time is not waited for', async () => {
    const { model } = await aBedrock(() => new Promise<AwsAnswer>(() => undefined), { seconds: 0.2 });

    await expect(model.ask(question, { signal })).rejects.toMatchObject({ name: 'TimeoutError' });
  });
});
