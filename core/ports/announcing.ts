import type { JobEvent } from '../announce/job-event.ts';

/** Tells the world how jobs ended: the event bus, and the webhook of a job that names one. */
export interface Announcements {
  /** Answers once it is sure to be told, which may then take hours. The same event twice is told once. */
  announce(event: JobEvent, options: { callsWebhook: boolean }): Promise<void>;
}

/** Calls addresses that anybody may have named. */
export interface WebhookCaller {
  /**
   * POSTs JSON, follows nothing, and answers the status alone.
   * @throws ForbiddenAddress for one that is not the public's, WebhookFailed where there is no answer
   */
  post(
    url: string,
    call: { headers: Record<string, string>; body: string },
    options: { signal: AbortSignal },
  ): Promise<number>;
}

/** What an owner's webhooks are signed with: `whsec_` and the base64 of 32 random bytes. */
export interface WebhookSecret {
  secret: string;
  createdAt: string;
  /** Signs as well until then, so that receivers can go over to the new one. */
  former?: { secret: string; expiresAt: string };
}

/** One record an owner. */
export interface WebhookSecrets {
  newSecret(): string;
  get(owner: string): Promise<WebhookSecret | undefined>;
  /** Answers false, and changes nothing, if there is one. */
  create(owner: string, secret: WebhookSecret): Promise<boolean>;
  /** Answers false, and changes nothing, if the one that stands there is not `former`. */
  replace(owner: string, former: string, secret: WebhookSecret): Promise<boolean>;
}
