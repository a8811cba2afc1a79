// Checks Block Kit against Slack's published types. node blockkit.mjs <file>: a JSON array of { type, value } with the type KnownBlock,
// ModalView or HomeView; prints for each the errors that the schema of the type finds.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createGenerator } from 'ts-json-schema-generator';

const require = createRequire(import.meta.url);
const { default: Ajv } = await import('ajv');
const path = require.resolve('@slack/types').replace(/index\.js$/, 'index.d.ts');
const generator = createGenerator({ path, skipTypeCheck: true, additionalProperties: false });
const ajv = new Ajv({ strict: false, allErrors: true });
const checks = {};
// A union names every type that it is not; those say nothing.
const telling = errors => {
  const others = errors.filter(error => !(error.keyword === 'const' && error.instancePath.endsWith('/type')));
  return (others.length ? others : errors).sort((one, other) => other.instancePath.length - one.instancePath.length).slice(0, 4);
};
const errorsOf = (type, value) => {
  const check = checks[type] ??= ajv.compile(generator.createSchema(type));
  return check(value) ? [] : telling(check.errors).map(error => `${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`);
};

for (const { type, value } of JSON.parse(readFileSync(process.argv[2], 'utf8'))) {
  // The type of a view takes a block of any type.
  const blocks = type === 'KnownBlock' ? [] : value.blocks.flatMap(block => errorsOf('KnownBlock', block));
  console.log(JSON.stringify({ errors: [...errorsOf(type, value), ...blocks] }));
}
