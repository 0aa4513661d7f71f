import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Cloud, CloudSettings } from './cloud.ts';
import { startDynamoDb } from './dynamodb/start-dynamodb.ts';
import { distributionOf } from './edge/distribution.ts';
import { startEdge } from './edge/start-edge.ts';
import { openDeadLetters } from './events/dead-letters.ts';
import { createEventBus } from './events/event-bus.ts';
import { rulesOf } from './events/event-rule.ts';
import { forgetState } from './forget-state.ts';
import { functionsOf } from './functions/function-definition.ts';
import { startFunctions } from './functions/functions.ts';
import { lambdaRetryDelaysMs, runAsync } from './functions/run-async.ts';
import { apiOf } from './http-api/api-definition.ts';
import { ownerOfThisMachine } from './http-api/authenticate.ts';
import { createHttpApi } from './http-api/http-api.ts';
import { ownerArn } from './iam/create-access.ts';
import { atLocalIssuer } from './issuer/at-local-issuer.ts';
import { openLocalIssuer } from './issuer/local-issuer.ts';
import { withSignIn } from './issuer/with-sign-in.ts';
import { listen } from './listen.ts';
import { lockFolder } from './lock-folder.ts';
import { openAccess } from './open-access.ts';
import { startS3 } from './s3/start-s3.ts';
import { startStates } from './states/start-states.ts';
import { readAssembly } from './template/assembly.ts';
import { resolveStack } from './template/stack.ts';
import { stateMachinesOf } from './template/state-machines.ts';
import { bucketsOf, tablesOf } from './template/storage.ts';
import { TemplateError } from './template/template-error.ts';
import { region } from './types.ts';

export type Stop = () => unknown;

/**
 * Starts what the stack needs, in the order in which the parts stand on each other, and notes in `stops` how each is
 * stopped. Who calls stops what was started if this throws.
 */
export async function runStack(settings: CloudSettings, stops: Stop[]): Promise<Omit<Cloud, 'stop'>> {
  const {
    assemblyDir,
    dataDir,
    codeDir,
    port,
    fresh = false,
    auth = false,
    tools,
    endpoints,
    log,
  } = settings;
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  stops.push(lockFolder(dataDir));
  const front = await listen(port);
  stops.push(front.stop);
  const assembly = readAssembly(typeof assemblyDir === 'string' ? assemblyDir : await assemblyDir());
  if (fresh) forgetState(dataDir); // only now: a start that fails for less must not cost what was kept

  const stack = resolveStack(assembly, { apiUrl: front.url });
  const deployed = apiOf(stack);
  if (!deployed) throw new TemplateError('the template holds no HTTP API');
  const api = atLocalIssuer(deployed, `${front.url}/local-issuer`);
  // What is open is the edge: page and API at one address. The API itself, which it asks, listens behind it.
  const distribution = distributionOf(stack);
  const apiFront = distribution ? await listen(port && port + 2) : front;
  if (distribution) stops.push(apiFront.stop);
  const { access, keys } = await openAccess(stack, dataDir);

  const stopping = new AbortController();
  const deadLetters = openDeadLetters(dataDir, log);
  const definitions = new Map(functionsOf(stack).map((definition) => [definition.arn, definition]));
  const admit = (service: string, functionArn: string, sourceArn: string) =>
    access.authorizeService(service, {
      action: 'lambda:InvokeFunction',
      resource: functionArn,
      context: { 'aws:SourceArn': sourceArn },
    });

  const bus = createEventBus({
    dataDir,
    rules: rulesOf(stack),
    deadLetters,
    async deliver(functionArn, event, ruleArn) {
      admit('events.amazonaws.com', functionArn, ruleArn);
      await runAsync(definitions.get(functionArn)!, event, {
        run: functions.run,
        deadLetters,
        retryDelaysMs: lambdaRetryDelaysMs,
        signal: stopping.signal,
      });
    },
  });

  const s3 = await startS3({
    dataDir: join(dataDir, 's3'),
    port: port && port + 1,
    access,
    emit: bus.emit,
    buckets: bucketsOf(stack),
  });
  stops.push(s3.stop);
  const dynamoDb = await startDynamoDb({
    dataDir: join(dataDir, 'dynamodb'),
    port: 0,
    access,
    tables: tablesOf(stack),
  });
  stops.push(dynamoDb.stop);
  const functions = await startFunctions({
    dataDir,
    codeDir,
    definitions: [...definitions.values()],
    keyOf: (roleArn) => keys.get(roleArn)!,
    endpoints: () => ({
      AWS_ENDPOINT_URL_S3: s3.url,
      AWS_ENDPOINT_URL_DYNAMODB: dynamoDb.url,
      AWS_ENDPOINT_URL_SFN: states.url,
      ...endpoints,
    }),
    tools,
  });
  stops.push(functions.stop);
  const states = await startStates({
    dataDir: join(dataDir, 'states'),
    port: 0,
    access,
    emit: bus.emit,
    invoke: functions.run,
    deadLetters,
    stateMachines: stateMachinesOf(stack),
  });
  stops.push(states.stop);

  const authorizer = api.routes.find((route) => route.authorizer)?.authorizer;
  if (auth && !authorizer) throw new TemplateError('no route of the HTTP API asks for a token');
  const issuer = auth && authorizer ? await openLocalIssuer(dataDir, authorizer) : undefined;
  apiFront.serve(
    createHttpApi({
      definition: api,
      authenticate: issuer?.authenticate ?? ownerOfThisMachine,
      ownerOnly: !issuer,
      async invoke(functionArn, event, routeArn) {
        admit('apigateway.amazonaws.com', functionArn, routeArn);
        return functions.run(functionArn, event);
      },
      log,
    }),
  );
  if (distribution) {
    const edge = await startEdge({ stack, distribution, apiUrl: apiFront.url, s3Url: s3.url, keys, log });
    front.serve(issuer ? withSignIn(edge, issuer) : edge);
  }
  states.resume();
  bus.start();
  stops.push(() => {
    stopping.abort();
    bus.stop();
  });

  const cloudFile = join(dataDir, 'cloud.json');
  const where = { pid: process.pid, apiUrl: front.url, s3Url: s3.url, startedAt: new Date().toISOString() };
  writeFileSync(cloudFile, `${JSON.stringify(where)}\n`);
  stops.push(() => rmSync(cloudFile, { force: true }));

  return {
    apiUrl: front.url,
    pageUrl: distribution && `${front.url}/`,
    s3Url: s3.url,
    statesUrl: states.url,
    region,
    stack,
    ownerKey: keys.get(ownerArn)!,
    tokens: await issuer?.tokens(),
    emit: bus.emit,
    usage: access.usage,
  };
}
