/**
 * Bundled in the place of `@smithy/core/event-streams`; see lib/bundle-functions.ts. Of what we ask of AWS nothing is
 * answered with a stream of events. The clients set themselves up for them all the same: that has to go well.
 */
export const resolveEventStreamSerdeConfig = <Config>(config: Config) => config;
export class EventStreamCodec {}

export {
  leftOut as EventStreamSerde,
  leftOut as eventStreamSerdeProvider,
  leftOut as iterableToReadableStream,
  leftOut as readableStreamToIterable,
};

function leftOut(): never {
  throw new Error('Streams of events are left out of the bundle: lib/bundle-functions.ts');
}
