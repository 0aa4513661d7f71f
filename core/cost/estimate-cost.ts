import { type ModelPrice, prices } from './prices.ts';
import { type Taken, totalUse } from './total-use.ts';

/** US dollars. */
export interface Cost {
  lambda: number;
  states: number;
  s3: number;
  dynamodb: number;
  transcribe: number;
  /** Null where a model was asked whose price is not known; then it is not in the total. */
  model: number | null;
  total: number;
}

/** What that costs by the price list, in dollars of six decimals; `total` is the sum of what is shown. */
export function estimateCost(taken: Taken): Cost {
  const use = totalUse(taken);
  const { lambda, states, s3, dynamodb } = prices;
  const parts = {
    lambda: round(use.gbSeconds * lambda.gbSecond + use.calls * lambda.request),
    states: round(taken.transitions * states.transition),
    s3: round(use.s3Writes * s3.write + use.s3Reads * s3.read + taken.storedGbMonths * s3.storedGbMonth),
    dynamodb: round(use.tableWrites * dynamodb.writeUnit + use.tableReads * dynamodb.readUnit),
    transcribe: round(transcriptCost(taken.transcribedSeconds)),
    model: modelCost(taken.modelUse),
  };
  return { ...parts, total: round(Object.values(parts).reduce<number>((all, part) => all + (part ?? 0), 0)) };
}

function transcriptCost(seconds: number): number {
  const { second, leastSeconds } = prices.transcribe;
  return seconds > 0 ? Math.max(seconds, leastSeconds) * second : 0;
}

function modelCost(use: Taken['modelUse']): number | null {
  if (!use) return 0;
  const price = priceOf(use.model);
  return price ? round(use.inputTokens * price.inputToken + use.outputTokens * price.outputToken) : null;
}

function priceOf(model: string): ModelPrice | undefined {
  return Object.entries(prices.models).find(([part]) => model.includes(part))?.[1];
}

function round(dollars: number): number {
  return Math.round(dollars * 1e6) / 1e6;
}
