import { describe, expect, it } from '@jest/globals';
import { resourcesOf, stackTemplate } from '../support/stack.ts';

describe('a line of the access log', () => {
  const [stage] = Object.values(resourcesOf(stackTemplate(), 'AWS::ApiGatewayV2::Stage'));
  const { Format } = stage!.Properties.AccessLogSettings;

  /** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html */
  const written = (message: string) =>
    Format.replace('$context.error.messageString', `"${message}"`)
      .replace('$context.error.message', message)
      .replaceAll(/\$context(\.\w+)+/g, '-');

  it('is JSON, also where the request was refused', () => {
    expect(JSON.parse(written('Unauthorized'))).toMatchObject({ error: 'Unauthorized', route: '-' });
  });
});
