import type { JobEvent } from '../../core/announce/job-event.ts';
import type { Announcements } from '../../core/ports/announcing.ts';

/** What was told, in memory: the same event twice is one. */
export function memoryAnnouncements(): Announcements & { told: JobEvent[]; webhooks: string[] } {
  const told: JobEvent[] = [];
  const webhooks: string[] = [];
  return {
    told,
    webhooks,
    async announce(event, { callsWebhook }) {
      if (told.some(({ event_id }) => event_id === event.event_id)) return;
      told.push(event);
      if (callsWebhook) webhooks.push(event.event_id);
    },
  };
}
