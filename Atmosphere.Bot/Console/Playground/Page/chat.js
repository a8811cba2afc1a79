// A chat over Direct Line: what was said, answers to tap, photos both ways.
import { DirectLine } from './direct-line.js';

const mostFilesInAMessage = 10;
const largestFile = 25 * 1024 * 1024;
const typingLimit = 60_000;
const nearTheEnd = 80;
const firstLetterIsRightToLeft = /^[^\p{L}]*[\u0590-\u08FF]/u;
const hebrew = /[\u05D0-\u05EA]/u;

/** An element with properties, and children that are elements or text. */
export function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

export const pausedWords = {
  away: 'Atmosphere does not answer. Is it still running? What you write is sent as soon as it is back.',
  connecting: '',
  open: '',
};

export class Chat {
  #line;
  #root;
  #parts;
  #messages = new Map();
  #staged = [];
  #typingEnds = 0;
  #following = true;
  #listening = new AbortController();

  /**
   * @param root holds .log, .typing, .answers, .trouble, .staged and the form .composer (see index.html)
   * @param base Direct Line's address
   * @param known a chat that was open before: { conversationId, token }, or null
   * @param keep called with the chat to remember
   */
  constructor(root, base, known, keep) {
    this.#root = root;
    const part = name => root.querySelector(name);
    this.#parts = {
      scroller: part('.scroller'), log: part('.log'), typing: part('.typing'), answers: part('.answers'),
      trouble: part('.trouble'), staged: part('.staged'), composer: part('.composer'), input: part('textarea'), files: part('input[type=file]'),
    };
    for (const name of ['log', 'answers', 'staged']) this.#parts[name].replaceChildren();
    this.#listen();
    this.#line = new DirectLine(base, {
      chat: keep,
      activity: activity => this.#hear(activity),
      state: (state, sentence) => this.#show(state, sentence),
      expired: () => {
        this.#messages.clear();
        this.#parts.log.replaceChildren(make('p', { className: 'notice', textContent: 'The last chat has expired. This is a new one.' }));
      },
    });
    this.#line.open(known);
  }

  close() {
    this.#listening.abort();
    this.#line.close();
    this.#parts.typing.hidden = true;
    this.#show('open');
    this.#stage([]);
  }

  /** Shows it at once and sends it; more than ten files go in several messages. */
  send(text, files = []) {
    this.#parts.answers.replaceChildren();
    const id = crypto.randomUUID();
    const activity = { type: 'message', from: { id: 'parent' }, text, textFormat: 'plain', channelData: { clientActivityID: id } };
    const first = files.slice(0, mostFilesInAMessage);
    const shown = first.map(file => ({ contentType: file.type, contentUrl: URL.createObjectURL(file), name: file.name }));
    const message = this.#append({ ...activity, timestamp: new Date().toISOString(), attachments: shown }, id, 'mine waiting');
    this.#toEnd();
    this.#deliver(message, activity, first);
    if (files.length > first.length) this.send('', files.slice(first.length));
  }

  async #deliver(message, activity, files) {
    message.className = 'message mine waiting';
    message.querySelector('.unsent')?.remove();
    try {
      await this.#line.send(activity, files);
      message.classList.remove('waiting');
    } catch (error) {
      message.className = 'message mine failed';
      const again = make('button', { type: 'button', textContent: 'Try again', onclick: () => this.#deliver(message, activity, files) });
      const sentence = error.status ? error.message : 'Not sent: the connection broke off.';
      message.append(make('p', { className: 'unsent', role: 'alert' }, `${sentence} `, again));
    }
  }

  #hear(activity) {
    if (activity.type === 'typing') return this.#type(true);
    if (activity.type !== 'message') return;
    const ours = activity.from?.role !== 'bot';
    const id = ours ? activity.channelData?.clientActivityID ?? activity.id : activity.id;
    if (this.#messages.has(id)) return;
    if (!ours) {
      this.#type(false);
      this.#root.dir = firstLetterIsRightToLeft.test(activity.text ?? '') ? 'rtl' : 'ltr';
    }
    this.#append(activity, id, ours ? 'mine' : 'theirs');
    // News between a question and its answer leave the question open.
    if (ours || activity.suggestedActions) this.#offer(activity.suggestedActions?.actions ?? []);
  }

  #append(activity, id, kind) {
    const mine = kind.startsWith('mine');
    const text = activity.text ?? '';
    const message = make('article', { className: `message ${kind}` }, make('span', { className: 'visually-hidden', textContent: mine ? 'You: ' : 'Atmosphere: ' }));
    const attachments = activity.attachments ?? [];
    if (attachments.length > 0) {
      const label = name => mine ? `Your photo ${name}` : text ? `Photo from Atmosphere, with the words: ${text}` : 'Photo from Atmosphere';
      const views = attachments.map(attachment => this.#attachment(attachment, label(attachment.name ?? '')));
      message.append(make('div', { className: attachments.length > 1 ? 'files several' : 'files' }, ...views));
    }
    if (text) message.append(make('p', { className: 'text', dir: 'auto', lang: hebrew.test(text) ? 'he' : '', textContent: text }));
    const said = new Date(activity.timestamp ?? Date.now());
    message.append(make('time', { dateTime: said.toISOString(), textContent: said.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' }) }));
    this.#messages.set(id, message);
    this.#parts.log.append(message);
    return message;
  }

  #attachment({ contentType = '', contentUrl, name = 'file' }, label) {
    if (!contentType.startsWith('image/'))
      return make('a', { className: 'file', href: contentUrl, download: name, textContent: name });
    const image = make('img', { alt: label });
    const view = make('button', { type: 'button', className: 'picture', title: 'Enlarge', onclick: () => enlarge(contentUrl, label) }, image);
    image.onload = () => view.classList.add('loaded');
    image.onerror = () => view.replaceWith(make('p', { className: 'gone', textContent: `${name}: deleted, or not a picture that browsers show.` }));
    image.src = contentUrl;
    return view;
  }

  #offer(actions) {
    this.#parts.answers.replaceChildren(...actions.map(({ title, value }) => make('button', {
      type: 'button', dir: 'auto', textContent: title, onclick: () => { this.send(value ?? title); this.#parts.input.focus(); },
    })));
  }

  #type(on) {
    clearTimeout(this.#typingEnds);
    this.#parts.typing.hidden = !on;
    if (on) this.#typingEnds = setTimeout(() => this.#type(false), typingLimit);
  }

  #show(state, sentence) {
    this.#root.dataset.state = state;
    this.#parts.trouble.textContent = state === 'refused' ? sentence : pausedWords[state];
  }

  // ---- writing ----------------------------------------------------------------------------------

  #listen() {
    const { input, files, composer } = this.#parts;
    const on = (element, event, act) => element.addEventListener(event, act, { signal: this.#listening.signal });
    const grow = () => { input.style.height = 'auto'; input.style.height = `${input.scrollHeight}px`; };
    on(composer, 'submit', event => {
      event.preventDefault();
      const text = input.value.trim();
      if (text || this.#staged.length > 0) this.send(text, this.#staged);
      input.value = '';
      grow();
      this.#stage([]);
      input.focus();
    });
    on(input, 'input', grow);
    on(input, 'keydown', event => {
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      composer.requestSubmit();
    });
    on(input, 'paste', event => {
      if (event.clipboardData.files.length === 0) return;
      event.preventDefault();
      this.#stage([...this.#staged, ...event.clipboardData.files]);
    });
    on(files, 'change', () => {
      this.#stage([...this.#staged, ...files.files]);
      files.value = '';
    });
    this.#follow(on);
    takeDrops(this.#root, dropped => this.#stage([...this.#staged, ...dropped]), this.#listening.signal);
  }

  /** Lays files beside the text until they are sent with it. */
  #stage(files) {
    this.#staged = files.filter(file => file.size <= largestFile);
    const views = this.#staged.map(file => make('button', {
      type: 'button', title: `Remove ${file.name}`, onclick: () => { this.#stage(this.#staged.filter(other => other !== file)); this.#parts.input.focus(); },
    }, make('img', { alt: `Remove ${file.name}`, src: URL.createObjectURL(file), onload: event => URL.revokeObjectURL(event.target.src) })));
    const refused = files.filter(file => file.size > largestFile).map(file => `${file.name} is larger than 25 MB.`);
    this.#parts.staged.replaceChildren(...views, ...refused.map(textContent => make('p', { role: 'alert', textContent })));
    if (files.length > 0) this.#parts.input.focus();
  }

  /** Follows the conversation where its end is in sight, whatever grows: a message, a picture that is loaded, the text box. */
  #follow(on) {
    const { scroller } = this.#parts;
    let last = 0;
    on(scroller, 'scroll', () => {
      // Only somebody who scrolls moves upwards; what grows below moves nothing.
      const wentUp = scroller.scrollTop < last;
      last = scroller.scrollTop;
      if (scroller.scrollHeight - last - scroller.clientHeight < nearTheEnd) this.#following = true;
      else if (wentUp) this.#following = false;
    });
    const sizes = new ResizeObserver(() => { if (this.#following) this.#toEnd(); });
    for (const grows of [scroller, ...scroller.children]) sizes.observe(grows);
    this.#listening.signal.addEventListener('abort', () => sizes.disconnect());
  }

  #toEnd() {
    this.#following = true;
    this.#parts.scroller.scrollTop = this.#parts.scroller.scrollHeight;
  }
}

/** Shows a picture as large as the window, until Escape or a click. */
function enlarge(url, label) {
  const dialog = make('dialog', { className: 'enlarged', ariaLabel: label, onclick: () => dialog.close(), onclose: () => dialog.remove() },
    make('img', { src: url, alt: label }), make('button', { type: 'button', autofocus: true, ariaLabel: 'Close', textContent: '✕' }));
  document.body.append(dialog);
  dialog.showModal();
}

/** Calls take(files) when files are dropped on the element. */
export function takeDrops(element, take, signal) {
  const over = on => event => {
    event.preventDefault();
    element.classList.toggle('over', on && event.dataTransfer.types.includes('Files'));
  };
  element.addEventListener('dragover', over(true), { signal });
  element.addEventListener('dragleave', event => { if (!element.contains(event.relatedTarget)) over(false)(event); }, { signal });
  element.addEventListener('drop', event => {
    over(false)(event);
    take([...event.dataTransfer.files]);
  }, { signal });
}
