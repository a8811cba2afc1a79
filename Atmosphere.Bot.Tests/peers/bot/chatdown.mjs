// Parses .chat files with Microsoft's chatdown. node chatdown.mjs <folder of attachments> <file>...; prints "file: n activities".
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

const chatdown = createRequire(import.meta.url)('@microsoft/bf-chatdown/utils');
const [folder, ...files] = process.argv.slice(2);
process.chdir(folder);
for (const file of files) {
  const activities = await chatdown(readFileSync(file, 'utf8'), { in: file });
  const messages = activities.filter(activity => activity.type === 'message');
  const attachments = messages.flatMap(activity => activity.attachments ?? []);
  console.log(JSON.stringify({
    file: basename(file),
    user: messages.filter(activity => activity.from.role === 'user').length,
    bot: messages.filter(activity => activity.from.role === 'bot').length,
    attachments: attachments.length,
  }));
}
