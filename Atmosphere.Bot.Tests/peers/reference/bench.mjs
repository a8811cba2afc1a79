// Measures the reference library's whole job, file to descriptors: node bench.mjs [--threads N] [--seconds S] FOLDER
// Prints one line of JSON: photos, faces, seconds, photosPerSecond, milliseconds a photo and a stage, threads.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { load, decode, faces } from './reference.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { threads: { type: 'string', default: '1' }, seconds: { type: 'string', default: '30' } },
});
const files = readdirSync(positionals[0]).filter((name) => /\.(jpe?g|png|webp)$/i.test(name)).sort().map((name) => path.join(positionals[0], name));
const reference = await load(Number(values.threads));
await faces(reference, await decode(files[0]));

let [photos, found, decoding, recognising] = [0, 0, 0, 0];
const start = performance.now();
while (photos < files.length || performance.now() - start < Number(values.seconds) * 1000) {
  const before = performance.now();
  const photo = await decode(files[photos % files.length]);
  const between = performance.now();
  found += (await faces(reference, photo)).length;
  decoding += between - before;
  recognising += performance.now() - between;
  photos++;
}

const seconds = (performance.now() - start) / 1000;
console.log(JSON.stringify({
  peer: 'face-api 1.7.15, tfjs-backend-wasm 4.22.0',
  threads: Number(values.threads),
  photos,
  faces: found,
  seconds: Number(seconds.toFixed(2)),
  photosPerSecond: Number((photos / seconds).toFixed(3)),
  millisecondsAPhoto: { decode: Number((decoding / photos).toFixed(1)), recognise: Number((recognising / photos).toFixed(1)) },
}));
