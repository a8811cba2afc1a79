// A client of Direct Line 3.0: one conversation, heard by web socket or, where none can be opened, by polling.
// It goes on from its watermark after a break, and sends in order; a message that is repeated keeps its id and counts once.

const pollEvery = 1000;
const pollsBeforeNextSocket = 30;
const silenceLimit = 60_000;
const longestPause = 8000;
const triesWhileOnline = 3;

const pause = milliseconds => new Promise(done => setTimeout(done, milliseconds));

/** The server's own sentence about a refusal (application/problem+json). */
export async function sentenceOf(response) {
  try { return (await response.json()).detail || `The server answered ${response.status}.`; }
  catch { return `The server answered ${response.status}.`; }
}

export class DirectLine {
  /** "connecting", "open", "away" (no answer; it keeps trying) or "refused". */
  state = 'connecting';
  #base;
  #on;
  #chat = null;
  #watermark = '';
  #closed = false;
  #socket = null;
  #sending = Promise.resolve();
  #opened = () => {};
  #whenOpen = null;

  /**
   * @param {string} base such as http://localhost:3978/v3/directline
   * @param {{ chat, activity, state, expired }} on chat({ conversationId, token }): keep it for the next open;
   *   activity(activity); state(name, sentence); expired(): the known conversation cannot be opened any more
   */
  constructor(base, on) {
    this.#base = base;
    this.#on = on;
  }

  /** Opens the known conversation from its beginning or, where there is none, a new one. Runs until close(). */
  async open(known) {
    for (let wait = 500; !this.#closed; wait = Math.min(wait * 2, longestPause)) {
      try {
        this.#chat ??= await this.#call(known ? 'tokens/refresh' : 'tokens/generate', { method: 'POST' }, known?.token);
        await this.#hear();
        wait = 250;
      } catch (error) {
        if (this.#closed) return;
        if (error.status !== 401 && error.status !== 403) {
          this.#become('away', error.message);
          await pause(wait);
          continue;
        }
        if (!known && !this.#chat) return this.#become('refused', error.message);
        [this.#chat, this.#watermark, known] = [null, '', null];
        this.#on.expired();
      }
    }
  }

  close() {
    this.#closed = true;
    this.#socket?.close();
    this.#opened();
  }

  /** Sends a message, after all that were sent before. Resolves when the server has stored it. */
  send(activity, files = []) {
    const sent = this.#sending.then(() => this.#deliver(activity, files));
    this.#sending = sent.catch(() => {});
    return sent;
  }

  async #hear() {
    const { conversationId } = this.#chat;
    const watermark = this.#watermark ? `?watermark=${encodeURIComponent(this.#watermark)}` : '';
    this.#chat = await this.#call(`conversations/${conversationId}${watermark}`);
    if (this.#closed) return;
    this.#on.chat({ conversationId, token: this.#chat.token });
    if (!await this.#stream(this.#chat.streamUrl)) await this.#poll(conversationId);
  }

  /** @returns whether the socket worked; false asks for polling. */
  #stream(url) {
    return new Promise(done => {
      const socket = this.#socket = new WebSocket(url);
      const refreshAt = Date.now() + this.#chat.expires_in * 500;
      let [heard, openedAt, lastHeard] = [false, Infinity, Date.now()];
      const watch = setInterval(() => {
        if (Date.now() - lastHeard > silenceLimit || Date.now() > refreshAt) socket.close();
      }, 5000);
      socket.onopen = () => { openedAt = Date.now(); this.#become('open'); };
      socket.onmessage = ({ data }) => {
        [heard, lastHeard] = [true, Date.now()];
        if (data) this.#take(JSON.parse(data));
      };
      socket.onclose = () => {
        clearInterval(watch);
        done(this.#closed || heard || Date.now() - openedAt > 2000);
      };
      if (this.#closed) socket.close();
    });
  }

  async #poll(conversationId) {
    for (let polls = 0; polls < pollsBeforeNextSocket && !this.#closed; polls++) {
      this.#take(await this.#call(`conversations/${conversationId}/activities?watermark=${encodeURIComponent(this.#watermark)}`));
      this.#become('open');
      await pause(pollEvery);
    }
  }

  #take({ activities = [], watermark }) {
    if (this.#closed) return;
    for (const activity of activities) this.#on.activity(activity);
    this.#watermark = watermark || this.#watermark;
  }

  async #deliver(activity, files) {
    for (let tries = 1; ; tries++) {
      await this.#online();
      const { conversationId } = this.#chat;
      try {
        if (files.length === 0) {
          const headers = { 'Content-Type': 'application/json' };
          return await this.#call(`conversations/${conversationId}/activities`, { method: 'POST', headers, body: JSON.stringify(activity) });
        }
        const body = new FormData();
        body.append('activity', new Blob([JSON.stringify(activity)], { type: 'application/vnd.microsoft.activity' }));
        for (const file of files) body.append('file', file, file.name);
        return await this.#call(`conversations/${conversationId}/upload?userId=${encodeURIComponent(activity.from.id)}`, { method: 'POST', body });
      } catch (error) {
        if (error.status || tries === triesWhileOnline) throw error;
        await pause(pollEvery);
      }
    }
  }

  async #online() {
    if (this.state !== 'open') await (this.#whenOpen ??= new Promise(done => { this.#opened = done; }));
    if (this.#closed) throw new Error('This chat is closed.');
  }

  #become(state, sentence = '') {
    if (this.#closed || state === this.state) return;
    this.state = state;
    if (state === 'open') {
      this.#opened();
      this.#whenOpen = null;
    }
    this.#on.state(state, sentence);
  }

  async #call(path, options = {}, token = this.#chat?.token) {
    const headers = { ...options.headers, ...(token ? { Authorization: `Bearer ${token}` } : {}) };
    const response = await fetch(`${this.#base}/${path}`, { ...options, headers });
    if (!response.ok) throw Object.assign(new Error(await sentenceOf(response)), { status: response.status });
    return response.json();
  }
}
