// The page at /: a parent's phone beside the class group's.
import { Chat, make, takeDrops } from './chat.js';
import { sentenceOf } from './direct-line.js';

const directLine = new URL('v3/directline', location.href).href;
const groupPhotos = new URL('playground/groups/class/photos', location.href).href;
const byId = id => document.getElementById(id);

// ---- parents: all of this browser, and the one whose phone this window shows ---------------------

const remembered = 'atmosphere.parents';
const shownParent = 'atmosphere.parent';
const parents = JSON.parse(localStorage.getItem(remembered) ?? '[]');
let chat;

function openPhone(index) {
  chat?.close();
  sessionStorage.setItem(shownParent, index);
  chat = new Chat(byId('chat'), directLine, parents[index] ?? null, opened => {
    parents[index] = opened;
    localStorage.setItem(remembered, JSON.stringify(parents));
    showParents(index);
  });
  byId('parent-name').textContent = `Parent ${index + 1}`;
}

function showParents(index) {
  byId('parents').hidden = parents.length < 2;
  byId('parents').replaceChildren(...parents.map((_, at) => make('option', { value: at, textContent: `Parent ${at + 1}`, selected: at === index })));
}

// ---- the class group ---------------------------------------------------------------------------

const posts = new Map();

function show(post) {
  let view = posts.get(post.sourceId);
  if (!view) {
    const picture = make('img', { alt: `Group photo ${post.fileName}`, src: post.picture, onerror: () => picture.remove() });
    view = make('article', {}, picture, make('p', { className: 'name', textContent: post.fileName }), make('p', { className: 'state' }));
    byId('group').querySelector('.notice')?.remove();
    byId('group').append(view);
    posts.set(post.sourceId, view);
    picture.onload = () => view.scrollIntoView({ block: 'nearest' });
  }
  view.className = `post ${post.phase}`;
  const state = view.querySelector('.state');
  if (state.textContent !== post.sentence) state.textContent = post.sentence;
}

async function postPhoto(file) {
  const sourceId = `page-${crypto.randomUUID()}`;
  const post = { sourceId, fileName: file.name, picture: URL.createObjectURL(file), phase: 'working', sentence: 'Posting …' };
  show(post);
  const form = new FormData();
  form.append('photo', file, file.name);
  try {
    const response = await fetch(groupPhotos, { method: 'POST', body: form, headers: { 'Idempotency-Key': sourceId } });
    if (!response.ok) return show({ ...post, phase: 'failed', sentence: await sentenceOf(response) });
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
    post = response.ok ? { ...post, ...await response.json() } : { ...post, phase: 'failed', sentence: await sentenceOf(response) };
  }
}

// ---- samples, dropping, choosing ---------------------------------------------------------------

function tray(element, samples, label, use) {
  element.append(...samples.map(sample => make('button', {
    type: 'button',
    title: `${label} ${sample.name}`,
    onclick: async () => use(new File([await (await fetch(sample.url)).blob()], sample.name, { type: 'image/jpeg' })),
  }, make('img', { src: sample.thumbnail, alt: `${label} ${sample.name}` }))));
}

function choosePhone(name) {
  document.querySelector('main').dataset.shown = name;
  for (const button of document.querySelectorAll('nav button')) {
    button.setAttribute('aria-pressed', button.dataset.phone === name);
    if (button.dataset.phone === name) delete button.dataset.news;
  }
}

/** On a narrow screen one phone is shown; the other one's tab says that something came. */
function watchForNews(name) {
  const button = document.querySelector(`nav [data-phone=${name}]`);
  const news = new MutationObserver(() => { if (document.querySelector('main').dataset.shown !== name) button.dataset.news = ''; });
  news.observe(document.querySelector(`#${name} [role=log]`), { childList: true });
}

/** Steps that are scrolled sideways can be scrolled by keyboard. */
function letStepsScroll() {
  const narrow = matchMedia('(max-width: 860px)');
  const set = () => { byId('steps').tabIndex = narrow.matches ? 0 : -1; };
  narrow.addEventListener('change', set);
  set();
}

function start() {
  const last = Number(sessionStorage.getItem(shownParent) ?? parents.length - 1);
  const index = Math.max(0, Math.min(last, parents.length));
  openPhone(index);
  showParents(index);
  byId('new-parent').addEventListener('click', () => openPhone(parents.length));
  byId('parents').addEventListener('change', event => openPhone(Number(event.target.value)));
  byId('files').addEventListener('change', event => { [...event.target.files].forEach(postPhoto); event.target.value = ''; });
  takeDrops(byId('class'), files => files.forEach(postPhoto));
  for (const button of document.querySelectorAll('nav button')) button.addEventListener('click', () => choosePhone(button.dataset.phone));
  ['private', 'class'].forEach(watchForNews);
  letStepsScroll();
}

start();
const samples = await (await fetch('playground/samples')).json();
tray(byId('private-samples'), samples, 'Send', file => chat.send('', [file]));
tray(byId('group-samples'), samples, 'Post', postPhoto);
