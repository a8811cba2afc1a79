// Signs and checks with Twilio's own library. node twilio.mjs <file>: a JSON array of { token, url, params, signature };
// prints for each the signature that Twilio's library makes, and whether it takes the given one.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';

const { getExpectedTwilioSignature, validateRequest } = createRequire(import.meta.url)('twilio/lib/webhooks/webhooks');
for (const { token, url, params, signature } of JSON.parse(readFileSync(process.argv[2], 'utf8')))
  console.log(JSON.stringify({ signature: getExpectedTwilioSignature(token, url, params), takes: validateRequest(token, signature, url, params) }));
