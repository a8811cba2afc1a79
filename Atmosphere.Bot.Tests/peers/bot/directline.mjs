// Holds a whole registration with Microsoft's Direct Line client: text, upload, web socket stream.
// node directline.mjs <server> <folder with noa-1.jpg>; prints what the bot said, one JSON line each.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';

const require = createRequire(import.meta.url);
// Node's stand-in for XMLHttpRequest cannot send forms; a browser's can.
globalThis.XMLHttpRequest = class extends require('xhr2') {
  send(body) {
    if (!(body instanceof FormData)) return super.send(body);
    const form = new Response(body);
    form.arrayBuffer().then(bytes => { this.setRequestHeader('content-type', form.headers.get('content-type')); super.send(new Uint8Array(bytes)); });
  }
};
globalThis.WebSocket = require('ws');
const { DirectLine, ConnectionStatus } = require('botframework-directlinejs');

const [server, photos] = process.argv.slice(2);
const directLine = new DirectLine({ domain: `${server}v3/directline`, token: await token(), webSocket: true });
const heard = [];
let wake = () => {};

directLine.connectionStatus$.subscribe(status => console.error('status', ConnectionStatus[status]));
directLine.activity$.subscribe(activity => {
  if (activity.from.role !== 'bot' || activity.type !== 'message') return;
  heard.push(activity);
  console.log(JSON.stringify({ text: activity.text, pictures: (activity.attachments ?? []).length, buttons: (activity.suggestedActions?.actions ?? []).map(a => a.title) }));
  wake();
});

async function token() {
  const answer = await fetch(`${server}v3/directline/tokens/generate`, { method: 'POST' });
  return (await answer.json()).token;
}

async function hear(words) {
  const until = Date.now() + 20000;
  while (!heard.some(activity => activity.text.includes(words))) {
    if (Date.now() > until) throw new Error(`The bot never said "${words}"; it said: ${heard.map(a => a.text).join(' | ')}`);
    await new Promise(resolve => { wake = resolve; setTimeout(resolve, 200); });
  }
}

const post = activity => new Promise((done, failed) =>
  directLine.postActivity({ from: { id: 'parent' }, type: 'message', ...activity }).subscribe(id => id === 'retry' ? failed(new Error('retry')) : done(id), failed));

// In a browser the photo has a blob: address; here the client fetches it from a small server.
const photo = createServer((_, answer) => answer.setHeader('content-type', 'image/jpeg').end(readFileSync(join(photos, 'noa-1.jpg'))));
await new Promise(ready => photo.listen(0, '127.0.0.1', ready));

await hear('Hello! I am Atmosphere');
await post({ text: 'add child' });
await hear('What is the name');
await post({ text: 'Noa' });
await hear('Please send me a photo of Noa');
await post({ attachments: [{ contentType: 'image/jpeg', contentUrl: `http://127.0.0.1:${photo.address().port}/`, name: 'noa-1.jpg' }] });
await hear('That is a good photo');
await post({ text: 'done' });
await hear('Is it Noa?');
const picture = await fetch(heard.at(-1).attachments[0].contentUrl);
if (!picture.ok || picture.headers.get('content-type') !== 'image/jpeg') throw new Error(`The picture answered ${picture.status}`);
await post({ text: 'yes' });
await hear('Do you agree');
await post({ text: 'yes' });
await hear('Noa is registered');
directLine.end();
process.exit(0);
