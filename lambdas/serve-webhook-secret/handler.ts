import { rotateSecret, secretOf } from '../../core/announce/webhook-secret.ts';
import type { WebhookSecrets } from '../../core/ports/announcing.ts';
import { webhookSecrets } from '../shared/clients.ts';
import { httpFunction, json, ownerOf } from '../shared/http-function.ts';
import { toSecretAnswer } from './contract.ts';

export function createHandler({ secrets }: { secrets: WebhookSecrets }) {
  return httpFunction(async (call) => {
    const rotates = call.routeKey === 'POST /api/webhook-secret/rotate';
    const secret = await (rotates ? rotateSecret : secretOf)(secrets, ownerOf(call), call.now);
    return json(200, toSecretAnswer(secret, call.now));
  });
}

export const handler = createHandler({ secrets: webhookSecrets() });
