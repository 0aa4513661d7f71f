/** Why a webhook could not be called: a trouble of who named it or takes it, and none of ours. */
export abstract class WebhookFailure extends Error {}

/** The address is none that anybody may call. Named, and not repeated: what is there is nobody's business. */
export class ForbiddenAddress extends WebhookFailure {
  override readonly name = 'ForbiddenAddress';
}

/** It may work the next time. */
export class WebhookFailed extends WebhookFailure {
  override readonly name = 'WebhookFailed';
}

/** By their names: the errors after which a webhook is not called again. */
export const finalWebhookFailures: readonly string[] = ['ForbiddenAddress'];
