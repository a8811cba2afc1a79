// A mail server as the world runs them: nodemailer's smtp-server, with STARTTLS and AUTH; mails are read by nodemailer's mailparser.
// node mail.mjs <key.pem> <certificate.pem>; prints JSON lines: first { port, plain }, then one for each mail that it has, { mail: ... },
// and each attempt that it turned away, { attempt: recipient }. The recipient's name decides what happens:
// busy: always 451; refused: 550; grey: 451 the first time; limit: 552 after the data; lost: the connection ends after the data.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';

const require = createRequire(import.meta.url);
const { SMTPServer } = require('smtp-server');
const { simpleParser } = require('mailparser');

const [key, certificate] = process.argv.slice(2);
const seen = new Set();
const say = line => console.log(JSON.stringify(line));
const failure = (code, words) => Object.assign(new Error(words), { responseCode: code });

function server(options) {
  return new SMTPServer({
    key: readFileSync(key), cert: readFileSync(certificate), authOptional: false, disableReverseLookup: true, logger: false,
    onAuth: ({ username, password }, session, done) =>
      username === 'atmosphere' && password === 'secret' ? done(null, { user: username }) : done(failure(535, 'Wrong user or password')),
    onRcptTo: ({ address }, session, done) => {
      const name = address.split('@')[0];
      if (name === 'busy') { say({ attempt: address }); return done(failure(451, `The mailbox of ${address} is busy`)); }
      if (name === 'refused') { say({ attempt: address }); return done(failure(550, `There is no mailbox ${address} here`)); }
      if (name === 'grey' && !seen.has(address)) { seen.add(address); say({ attempt: address }); return done(failure(451, 'Greylisted, come back later')); }
      done();
    },
    onData: (stream, session, done) => {
      simpleParser(stream, { skipImageLinks: true }).then(mail => {
        const to = session.envelope.rcptTo[0].address;
        const name = to.split('@')[0];
        if (name === 'limit') { say({ attempt: to }); return done(failure(552, 'The mailbox is full')); }
        say({
          mail: {
            to, secure: session.secure, user: session.user, messageId: mail.messageId, subject: mail.subject, date: mail.date, html: mail.html, text: mail.text,
            headers: Object.fromEntries(mail.headerLines.map(({ key, line }) => [key, line.slice(line.indexOf(':') + 1).replace(/\r?\n\s*/g, ' ').trim()])),
            parts: mail.attachments.map(part => ({ id: part.cid, type: part.contentType, name: part.filename, related: part.related, content: part.content.toString('base64') })),
          },
        });
        if (name === 'lost') return sockets.forEach(socket => socket.destroy());
        done(null, 'Taken');
      }, done);
    },
    ...options,
  });
}

const sockets = new Set();
const listen = one => new Promise(resolve => {
  one.on('error', () => {});
  one.server.on('connection', socket => { sockets.add(socket); socket.on('close', () => sockets.delete(socket)); });
  one.listen(0, '127.0.0.1', () => resolve(one.server.address().port));
});
say({ port: await listen(server({})), plain: await listen(server({ hideSTARTTLS: true, disabledCommands: ['STARTTLS'] })) });
process.stdin.on('end', () => process.exit()).resume();
