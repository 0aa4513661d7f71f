import type { Cloud } from './cloud.ts';
import { functionsOf } from './functions/function-definition.ts';

/** What is told when all is up: what runs where, and what to do next. */
export function greeting(cloud: Cloud, { dataDir, ffmpeg }: { dataDir: string; ffmpeg: string }): string {
  const { stack, pageUrl, apiUrl, s3Url, tokens } = cloud;
  const count = (type: string) => stack.ofType(type).length;
  const lines = [
    '',
    `Clipwright runs on this machine: the stack ${stack.name}, as it would be deployed.`,
    '',
    ...(pageUrl ? [`  the page     ${pageUrl}  (open it in a browser)`] : []),
    `  HTTP API     ${apiUrl}/api  (${count('AWS::ApiGatewayV2::Route')} routes)`,
    `  S3           ${s3Url}  (${count('AWS::S3::Bucket')} buckets)`,
    `  functions    ${functionsOf(stack).length}, each with a role of its own; logs in ${dataDir}/logs`,
    `  ffmpeg       ${ffmpeg}`,
    `  state        ${dataDir}; it is still there after a restart (--fresh forgets it)`,
  ];
  if (tokens) {
    if (pageUrl)
      lines.push('', `alice and bob can sign in on the page, ${pageUrl}: it asks for no password.`);
    lines.push('', 'The API asks for a token. Good for a day:', '');
    for (const [user, token] of Object.entries(tokens)) lines.push(`${user.toUpperCase()}=${token}`);
  }
  lines.push('', 'A recording of yours, by the command line:', '', cliExample(apiUrl, tokens), '');
  lines.push('The main job by hand; paste it into another terminal, in this folder:', '');
  lines.push(
    example(apiUrl, tokens?.alice),
    '',
    `Or all of it by one command: ${demoCommand(apiUrl, dataDir, tokens)}`,
    '',
    // With tokens it would be nobody's: the inbox belongs to the one owner who needs none.
    ...(tokens
      ? []
      : ['A file that is dropped into the inbox becomes a job, too:', '', inboxExample(cloud), '']),
    'Ctrl-C stops.',
    '',
  );
  return lines.join('\n');
}

/** The token itself, not $ALICE: pasted alone, into a terminal that has no such variable. */
function cliExample(apiUrl: string, tokens: Cloud['tokens']): string {
  const token = tokens?.alice ? `export CLIPWRIGHT_TOKEN=${tokens.alice}\n` : '';
  return `${token}CLIPWRIGHT_URL=${apiUrl} npx clipwright upload talk.mp4 --monitor`;
}

function demoCommand(apiUrl: string, dataDir: string, tokens: Cloud['tokens']): string {
  if (tokens) return `CLIPWRIGHT_TOKEN=$ALICE npm run demo -- --url ${apiUrl}`;
  return dataDir === '.clipwright' ? 'npm run demo' : `npm run demo -- --data ${dataDir}`;
}

/** The key is this machine's own: it opens nothing but what is here. */
function inboxExample({ stack, s3Url, region, ownerKey }: Cloud): string {
  const bucket = stack.ofType('AWS::S3::Bucket').find(({ logicalId }) => logicalId.startsWith('Uploads'));
  return [
    `AWS_ACCESS_KEY_ID=${ownerKey.accessKeyId} AWS_SECRET_ACCESS_KEY=${ownerKey.secretAccessKey} AWS_REGION=${region} \\`,
    `  aws --endpoint-url ${s3Url} s3 cp talk.mp4 s3://${bucket?.ref}/inbox/ --metadata num-segments=3`,
  ].join('\n');
}

/** The contract's four calls, by nothing but a shell, curl and Node. */
function example(apiUrl: string, aliceToken: string | undefined): string {
  const token = aliceToken ? ' -H "authorization: Bearer $ALICE"' : '';
  const variable = aliceToken ? `ALICE=${aliceToken}\n` : '';
  return String.raw`${variable}API=${apiUrl}/api FILE=test/media/fixtures/talk.mp4
call() { curl -sS -w '\n'${token} -H 'content-type: application/json' "$@"; }
get() { printf '%s' "$1" | node -pe "JSON.parse(fs.readFileSync(0)).$2"; }

UPLOAD=$(call $API/upload/presigned-url -d "{\"filename\": \"talk.mp4\", \"file_size\": $(wc -c < $FILE)}")
FIELDS=$(printf '%s' "$UPLOAD" | node -pe 'Object.entries(JSON.parse(fs.readFileSync(0)).upload_fields).map((field) => "form-string = " + JSON.stringify(field.join("="))).join("\n")')
printf '%s' "$FIELDS" | curl -sS -K - -F file=@$FILE $(get "$UPLOAD" upload_url)
call $API/upload/create-job -d "{\"job_id\": \"$(get "$UPLOAD" job_id)\", \"s3_key\": \"$(get "$UPLOAD" s3_key)\", \"num_segments\": 3, \"min_duration\": 3, \"max_duration\": 8}"
call $API/jobs/$(get "$UPLOAD" job_id)/status    # again and again, until "status": "completed"; then …/clips`;
}
