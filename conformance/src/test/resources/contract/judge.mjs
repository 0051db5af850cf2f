// node judge.mjs SCHEMAS MESSAGES: ajv judges the schema, the AsyncAPI document, and a message a line.
import fs from 'node:fs';
import Ajv from 'ajv';
import Ajv2020 from 'ajv/dist/2020.js';

const [schemas, messages] = process.argv.slice(2);
const json = (file) => JSON.parse(fs.readFileSync(file, 'utf8'));

const message = new Ajv2020.default({ strict: true, allErrors: true }).compile(json(`${schemas}/control-v1.schema.json`));
for (const line of fs.readFileSync(messages, 'utf8').trim().split('\n')) {
  if (!message(JSON.parse(line))) throw new Error(`${line}: ${JSON.stringify(message.errors)}`);
}
if (message({ id: 'a1', type: 'say', data: {} })) throw new Error('a bad message passed');

// AsyncAPI's schema carries draft-07 within itself, which must not be there twice.
const options = { strict: false, validateFormats: false, meta: false, validateSchema: false, allErrors: true };
const asyncApi = new Ajv.default(options).compile(json('node_modules/@asyncapi/specs/schemas/3.0.0.json'));
const document = json(`${schemas}/control-v1.asyncapi.json`);
if (!asyncApi(document)) throw new Error(JSON.stringify(asyncApi.errors));
if (asyncApi({ ...document, channels: 7 })) throw new Error('a bad document passed');
console.log('judged');
