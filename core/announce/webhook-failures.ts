/** The address is none that anybody may call. Named, and not repeated: what is there is nobody's business. */
export class ForbiddenAddress extends Error {
  override readonly name = 'ForbiddenAddress';
}

/** It may work the next time. */
export class WebhookFailed extends Error {
  override readonly name = 'WebhookFailed';
}

/** By their names: the errors after which a webhook is not called again. */
export const finalWebhookFailures: readonly string[] = ['ForbiddenAddress'];
