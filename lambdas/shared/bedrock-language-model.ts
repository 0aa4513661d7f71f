import {
  type BedrockRuntimeClient,
  ConverseCommand,
  type ConverseCommandOutput,
  type ToolInputSchema,
} from '@aws-sdk/client-bedrock-runtime';
import type { Answer, LanguageModel } from '../../core/ports/language.ts';

/** Who has not answered by then is not waited for: `TimeoutError`. */
const answerSeconds = 120;

/**
 * Words of the service: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html, and `refusal`,
 * which models of Anthropic say.
 */
const refusals: readonly string[] = ['refusal', 'content_filtered', 'guardrail_intervened'];
const cutOffs: readonly string[] = ['max_tokens', 'model_context_window_exceeded'];
const muddles: readonly string[] = ['malformed_model_output', 'malformed_tool_use'];

/** A model on Amazon Bedrock, by the Converse API. `modelId`: of a model or an inference profile, or its ARN. */
export function createBedrockLanguageModel(
  bedrock: BedrockRuntimeClient,
  modelId: string,
  { seconds = answerSeconds } = {},
): LanguageModel {
  return {
    name: modelId,

    async ask({ system, prompt, form, maxTokens }, { signal }) {
      const { name, purpose: description, schema } = form;
      const json = schema as ToolInputSchema.JsonMember['json'];
      const command = new ConverseCommand({
        modelId,
        system: [{ text: system }],
        messages: [{ role: 'user', content: [{ text: prompt }] }],
        // No temperature: models of late refuse it.
        inferenceConfig: { maxTokens },
        // The tool is a form to fill in: to be made to use it is to answer in its shape.
        toolConfig: {
          tools: [{ toolSpec: { name, description, inputSchema: { json } } }],
          toolChoice: { tool: { name } },
        },
      });
      const late = AbortSignal.timeout(seconds * 1000);
      try {
        return readAnswer(
          await bedrock.send(command, { abortSignal: AbortSignal.any([signal, late]) }),
          name,
        );
      } catch (error) {
        throw late.aborted ? late.reason : error;
      }
    },
  };
}

function readAnswer({ stopReason, output, usage }: ConverseCommandOutput, form: string): Answer {
  const use = { inputTokens: usage?.inputTokens ?? 0, outputTokens: usage?.outputTokens ?? 0 };
  const filledIn = output?.message?.content?.find(({ toolUse }) => toolUse?.name === form)?.toolUse;
  const ending = endingOf(String(stopReason), filledIn !== undefined);
  return { ending, content: filledIn?.input as unknown, use };
}

function endingOf(stopReason: string, isFilledIn: boolean): Answer['ending'] {
  if (refusals.includes(stopReason)) return 'refused';
  if (cutOffs.includes(stopReason)) return 'cut off';
  return isFilledIn && !muddles.includes(stopReason) ? 'complete' : 'no form';
}
