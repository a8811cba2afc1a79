// Checks with Slack's own library. node slack.mjs <file>: a JSON array of { secret, body, timestamp, signature, now };
// prints for each whether it is taken.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';

const { isValidSlackRequest } = createRequire(import.meta.url)('@slack/bolt/dist/receivers/verify-request');
for (const { secret, body, timestamp, signature, now } of JSON.parse(readFileSync(process.argv[2], 'utf8')))
  console.log(JSON.stringify(isValidSlackRequest({
    signingSecret: secret, body, nowMilliseconds: now * 1000,
    headers: { 'x-slack-signature': signature, 'x-slack-request-timestamp': Number(timestamp) },
  })));
