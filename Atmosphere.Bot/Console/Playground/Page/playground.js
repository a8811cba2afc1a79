'use strict';

const directLine = new URL('v3/directline', location.href).href;
const groupPhotos = new URL('playground/groups/class/photos', location.href).href;
const remembered = 'atmosphere.conversation';
let store;

const byId = id => document.getElementById(id);
const sentence = async response => {
  try { return (await response.json()).detail || `The server answered ${response.status}.`; }
  catch { return `The server answered ${response.status}.`; }
};

// ---- the private chat -------------------------------------------------------------------------

async function conversation() {
  const known = JSON.parse(localStorage.getItem(remembered) || 'null');
  if (known) {
    const refreshed = await fetch(`${directLine}/tokens/refresh`, { method: 'POST', headers: { Authorization: `Bearer ${known.token}` } });
    if (refreshed.ok) return { ...await refreshed.json(), known: true };
  }
  const made = await fetch(`${directLine}/tokens/generate`, { method: 'POST' });
  if (!made.ok) throw new Error(await sentence(made));
  return { ...await made.json(), known: false };
}

async function openChat() {
  if (!window.WebChat) throw new Error(await sentence(await fetch('playground/web-chat.js')));
  const { token, conversationId, known } = await conversation();
  // Web Chat shows what this user said on the right, also after a reload.
  const userID = `parent-${conversationId}`;
  localStorage.setItem(remembered, JSON.stringify({ token, conversationId }));
  store = WebChat.createStore();
  byId('chat').replaceChildren();
  WebChat.renderWebChat({
    directLine: WebChat.createDirectLine({ domain: directLine, token, webSocket: true, ...(known ? { conversationId, watermark: '0' } : {}) }),
    store,
    userID,
    locale: 'en-US',
    styleOptions: {
      accent: '#0f766e', backgroundColor: '#e9f5f7', primaryFont: 'inherit',
      bubbleBackground: '#ffffff', bubbleBorderRadius: 14, bubbleBorderColor: '#ffffff', bubbleMaxWidth: 360,
      bubbleFromUserBackground: '#d9f5ec', bubbleFromUserBorderRadius: 14, bubbleFromUserBorderColor: '#d9f5ec',
      suggestedActionLayout: 'flow', suggestedActionBorderRadius: 16, suggestedActionBorderWidth: 1, suggestedActionHeight: 34,
      hideUploadButton: false, sendTypingIndicator: false, sendBoxPlaceholder: 'Message',
    },
  }, byId('chat'));
}

async function sendSample(sample) {
  const blob = await (await fetch(sample.url)).blob();
  const file = new File([blob], sample.name, { type: 'image/jpeg' });
  store.dispatch({
    type: 'WEB_CHAT/SEND_MESSAGE',
    payload: { attachments: [{ blob: file, thumbnailURL: new URL(sample.thumbnail, location.href) }], method: 'keyboard', text: undefined },
  });
}

// ---- the class group --------------------------------------------------------------------------

const posts = new Map();

function show(post) {
  let view = posts.get(post.sourceId);
  if (!view) {
    view = document.createElement('article');
    view.innerHTML = '<img alt=""><p class="name"></p><p class="state"></p>';
    view.querySelector('.name').textContent = post.fileName;
    view.querySelector('img').alt = `Group photo ${post.fileName}`;
    byId('group').querySelector('.notice')?.remove();
    byId('group').append(view);
    posts.set(post.sourceId, view);
  }
  if (post.picture) view.querySelector('img').src = post.picture;
  view.className = `post ${post.phase}`;
  view.querySelector('.state').textContent = post.sentence;
  view.scrollIntoView({ block: 'end', behavior: 'smooth' });
  return view;
}

async function postPhoto(file) {
  const sourceId = `page-${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 10)}`;
  const post = { sourceId, fileName: file.name, picture: URL.createObjectURL(file), phase: 'working', sentence: 'Posting …' };
  show(post);
  const form = new FormData();
  form.append('photo', file, file.name);
  try {
    const response = await fetch(groupPhotos, { method: 'POST', body: form, headers: { 'Idempotency-Key': sourceId } });
    if (!response.ok) return show({ ...post, phase: 'failed', sentence: await sentence(response) });
    const [stored] = await response.json();
    await follow({ ...post, ...stored });
  } catch {
    show({ ...post, phase: 'failed', sentence: 'The server could not be reached. Is Atmosphere still running? Post it again.' });
  }
}

async function follow(post) {
  for (let wait = 150; ; wait = Math.min(wait * 1.3, 1500)) {
    show(post);
    if (post.phase !== 'working') return;
    await new Promise(done => setTimeout(done, wait));
    const response = await fetch(`${groupPhotos}/${encodeURIComponent(post.sourceId)}`);
    post = response.ok ? { ...post, ...await response.json() } : { ...post, phase: 'failed', sentence: await sentence(response) };
  }
}

// ---- samples, dropping, choosing --------------------------------------------------------------

function tray(element, samples, label, use) {
  for (const sample of samples) {
    const button = document.createElement('button');
    button.type = 'button';
    button.title = `${label} ${sample.name}`;
    button.innerHTML = `<img src="${sample.thumbnail}" alt="${sample.name}" loading="lazy">`;
    button.addEventListener('click', () => use(sample));
    element.append(button);
  }
}

async function start() {
  byId('new-parent').addEventListener('click', () => { localStorage.removeItem(remembered); location.reload(); });
  byId('files').addEventListener('change', event => { [...event.target.files].forEach(postPhoto); event.target.value = ''; });
  const drop = byId('group').parentElement;
  drop.addEventListener('dragover', event => { event.preventDefault(); byId('drop').classList.add('over'); });
  drop.addEventListener('dragleave', () => byId('drop').classList.remove('over'));
  drop.addEventListener('drop', event => {
    event.preventDefault();
    byId('drop').classList.remove('over');
    [...event.dataTransfer.files].forEach(postPhoto);
  });

  const samples = await (await fetch('playground/samples')).json();
  tray(byId('private-samples'), samples, 'Send', sendSample);
  tray(byId('group-samples'), samples, 'Post', async sample => {
    const blob = await (await fetch(sample.url)).blob();
    await postPhoto(new File([blob], sample.name, { type: 'image/jpeg' }));
  });

  try { await openChat(); }
  catch (error) {
    byId('chat').innerHTML = '<p class="notice bad"></p>';
    byId('chat').firstChild.textContent = error.message;
  }
}

start();
