// Kindred on a shop's page: rows of recommendations, and what visitors do with them.
//
//   <link rel="stylesheet" href="https://kindred.example/widget.css">
//   <script src="https://kindred.example/widget.js" data-key="kk_p_…" defer></script>
//   <div data-kindred="similar" data-product="mug" data-count="6" data-layout="carousel"></div>
//
// Nothing that comes over the network is ever made markup of: texts are set as texts, and links
// and pictures only lead to http(s) addresses. No eval, no inline style, no cookie.
(() => {
  'use strict';

  const QUEUE_MAX = 200;
  const CACHE_MAX = 50;
  const CACHE_MS = 60_000;
  const SEEN_SHARE = 0.5;
  const SEEN_MS = 1_000;
  const FLUSH_MS = 2_000;
  const RETRY_MS_MAX = 60_000;
  const SOCKET_RETRY_MS = 5_000;

  const script = document.currentScript;
  const listeners = new Map();
  const cache = new Map();
  const rows = new Map();
  const state = { ready: false, url: '', key: '', tenant: '', user: '', currency: '', locale: '' };

  // Small things

  const memory = new Map();
  const store = {
    get(name) {
      try {
        return localStorage.getItem('kindred.' + name);
      } catch {
        return memory.get(name) ?? null;
      }
    },
    set(name, value) {
      try {
        localStorage.setItem('kindred.' + name, value);
      } catch {
        memory.set(name, value);
      }
    },
  };

  function element(tag, className, text) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  /** An address that may be linked to, or nothing. */
  function safeUrl(value) {
    if (typeof value !== 'string' || value === '') return '';
    try {
      const url = new URL(value, location.href);
      return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : '';
    } catch {
      return '';
    }
  }

  function textOf(value) {
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  }

  function newId() {
    if (crypto.randomUUID) return crypto.randomUUID();
    return Array.from(crypto.getRandomValues(new Uint32Array(4)), (n) => n.toString(16)).join('-');
  }

  function emit(event, detail) {
    for (const listener of listeners.get(event) ?? []) {
      try {
        listener(detail);
      } catch (error) {
        console.error('kindred: a listener failed', error);
      }
    }
  }

  // Asking

  async function ask(path) {
    const kept = cache.get(path);
    if (kept && Date.now() - kept.at < CACHE_MS) return kept.answer;
    const response = await fetch(state.url + path, { headers: { 'X-API-Key': state.key } });
    if (!response.ok) throw new Error('kindred: ' + response.status + ' for ' + path);
    const answer = await response.json();
    if (cache.size >= CACHE_MAX) cache.delete(cache.keys().next().value);
    cache.set(path, { at: Date.now(), answer });
    return answer;
  }

  const PATHS = {
    trending: () => '/api/v1/recommendations/trending',
    popular: () => '/api/v1/recommendations/popular',
    personalized: () => '/api/v1/recommendations/user/' + encodeURIComponent(state.user),
    similar: (product) => '/api/v1/recommendations/entity/' + encodeURIComponent(product),
    complement: (product) =>
      '/api/v1/recommendations/' + encodeURIComponent(state.tenant) + '/complement/' +
      encodeURIComponent(product),
  };

  function pathOf(options) {
    const make = PATHS[options.type];
    if (!make) throw new Error('kindred: unknown type ' + options.type);
    const query = new URLSearchParams({ count: String(options.count) });
    if (options.category) query.set('category', options.category);
    return make(options.product) + '?' + query;
  }

  /** Answers are lists, or objects that hold one. */
  function itemsOf(answer) {
    const list = Array.isArray(answer) ? answer : answer.recommendations ?? answer.trending ?? [];
    return list.filter((item) => item && textOf(item.entity_id) !== '');
  }

  // Telling

  let queue = [];
  let flushing = false;
  let waitMs = FLUSH_MS;

  function restoreQueue() {
    try {
      const kept = JSON.parse(store.get('queue') ?? '[]');
      queue = Array.isArray(kept) ? kept.slice(-QUEUE_MAX) : [];
    } catch {
      queue = [];
    }
  }

  function keepQueue() {
    store.set('queue', JSON.stringify(queue));
  }

  function track(type, product, more = {}) {
    if (!textOf(product)) return;
    queue.push({
      user_id: state.user,
      entity_id: textOf(product),
      interaction_type: type,
      timestamp: new Date().toISOString(),
      event_id: newId(),
      ...more,
    });
    if (queue.length > QUEUE_MAX) queue.splice(0, queue.length - QUEUE_MAX);
    keepQueue();
    emit('track', { type, product: textOf(product) });
    setTimeout(flush, 0);
  }

  /** Sends what waits, one after the other; what does not arrive stays for later. */
  async function flush() {
    if (flushing || !state.ready || queue.length === 0 || navigator.onLine === false) return;
    flushing = true;
    try {
      while (queue.length > 0) {
        const response = await fetch(state.url + '/api/v1/interactions', {
          method: 'POST',
          keepalive: true,
          headers: { 'Content-Type': 'application/json', 'X-API-Key': state.key },
          body: JSON.stringify(queue[0]),
        });
        // What is refused for good is not sent again; the rest is, under the same event id.
        if (response.status >= 500 || response.status === 429) throw new Error(response.status);
        queue.shift();
        keepQueue();
        waitMs = FLUSH_MS;
      }
    } catch {
      setTimeout(flush, waitMs);
      waitMs = Math.min(2 * waitMs, RETRY_MS_MAX);
    } finally {
      flushing = false;
    }
  }

  // Showing

  const seen = 'IntersectionObserver' in window
    ? new IntersectionObserver(look, { threshold: [0, SEEN_SHARE] })
    : null;
  const looking = new WeakMap();

  /** An item is seen when half of it was in view for a second. */
  function look(entries) {
    for (const entry of entries) {
      const card = entry.target;
      clearTimeout(looking.get(card));
      if (entry.intersectionRatio < SEEN_SHARE) continue;
      looking.set(card, setTimeout(() => {
        seen.unobserve(card);
        track('impression', card.dataset.kindredItem, fromList(card));
      }, SEEN_MS));
    }
  }

  function fromList(card) {
    const more = {};
    if (card.dataset.kindredType) more.entity_type = card.dataset.kindredType;
    if (card.dataset.kindredList) more.recommendation_id = card.dataset.kindredList;
    return more;
  }

  function priceOf(attributes) {
    const price = attributes.price;
    if (typeof price !== 'number') return textOf(price);
    const currency = textOf(attributes.currency) || state.currency;
    try {
      return new Intl.NumberFormat(state.locale || undefined,
        currency ? { style: 'currency', currency } : {}).format(price);
    } catch {
      return String(price);
    }
  }

  function cardOf(item, listId) {
    const attributes = item.attributes ?? {};
    const name = textOf(attributes.name) || textOf(attributes.title) || textOf(item.entity_id);
    const card = element('li', 'kindred-item');
    card.dataset.kindredItem = textOf(item.entity_id);
    card.dataset.kindredType = textOf(item.entity_type);
    if (listId) card.dataset.kindredList = listId;
    const href = safeUrl(attributes.url) || safeUrl(attributes.link);
    const body = element(href ? 'a' : 'div', 'kindred-card');
    if (href) body.href = href;
    const picture = safeUrl(attributes.image) || safeUrl(attributes.image_url);
    if (picture) {
      const image = element('img', 'kindred-image');
      image.src = picture;
      image.alt = '';
      image.loading = 'lazy';
      body.append(image);
    }
    body.append(element('span', 'kindred-name', name));
    const price = priceOf(attributes);
    if (price) body.append(element('span', 'kindred-price', price));
    card.append(body);
    card.addEventListener('click', () => {
      track('click', item.entity_id, fromList(card));
      emit('click', { item });
    });
    return card;
  }

  function buttonOf(label, className, list, direction) {
    const button = element('button', className);
    button.type = 'button';
    button.setAttribute('aria-label', label);
    button.addEventListener('click', () => {
      list.scrollBy({ left: direction * list.clientWidth * 0.8, behavior: 'smooth' });
    });
    return button;
  }

  function show(host, options, answer) {
    const items = itemsOf(answer);
    const listId = Array.isArray(answer) ? '' : textOf(answer.recommendation_id);
    host.replaceChildren();
    host.hidden = items.length === 0;
    if (items.length === 0) return;
    const row = element('section', 'kindred kindred-' + options.layout);
    row.setAttribute('aria-label', options.title || 'Recommendations');
    if (options.title) row.append(element('h2', 'kindred-title', options.title));
    const list = element('ul', 'kindred-items');
    for (const item of items) list.append(cardOf(item, listId));
    if (options.layout === 'carousel') {
      list.tabIndex = 0;
      list.addEventListener('keydown', (event) => {
        const direction = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
        if (!direction) return;
        event.preventDefault();
        list.scrollBy({ left: direction * list.clientWidth * 0.8, behavior: 'smooth' });
      });
      row.append(buttonOf('Previous', 'kindred-back', list, -1));
      row.append(list, buttonOf('Next', 'kindred-next', list, 1));
    } else {
      row.append(list);
    }
    host.append(row);
    if (seen) for (const card of list.children) seen.observe(card);
    emit('render', { host, items });
  }

  function optionsOf(host) {
    const data = host.dataset;
    const count = Number.parseInt(data.count ?? '', 10);
    return {
      type: data.kindred || 'trending',
      product: data.product ?? '',
      category: data.category ?? '',
      title: data.title ?? '',
      layout: ['grid', 'carousel', 'list'].includes(data.layout) ? data.layout : 'grid',
      count: count >= 1 && count <= 100 ? count : 8,
    };
  }

  async function fill(host) {
    const options = optionsOf(host);
    const turn = {};
    rows.set(host, turn);
    try {
      const answer = await ask(pathOf(options));
      // A later question may have been quicker.
      if (rows.get(host) === turn) show(host, options, answer);
    } catch (error) {
      host.hidden = true;
      emit('error', { host, error });
    }
  }

  // Live counters

  const live = new Map();
  let socket = null;

  function openSocket() {
    if (socket || live.size === 0) return;
    const address = state.url.replace(/^http/, 'ws') + '/ws/activity?api_key=' +
      encodeURIComponent(state.key);
    socket = new WebSocket(address);
    socket.addEventListener('open', () => {
      for (const product of live.keys()) subscribe(product);
    });
    socket.addEventListener('message', (event) => {
      let told;
      try {
        told = JSON.parse(event.data);
      } catch {
        return;
      }
      if (told.type !== 'activity') return;
      for (const host of live.get(told.productId) ?? []) showActivity(host, told);
      emit('activity', told);
    });
    socket.addEventListener('close', () => {
      socket = null;
      setTimeout(openSocket, SOCKET_RETRY_MS * (1 + Math.random()));
    });
  }

  function subscribe(product) {
    socket.send(JSON.stringify({ type: 'subscribe', productId: product }));
  }

  function showActivity(host, told) {
    const field = host.dataset.kindredLive || 'viewingNow';
    const count = Number.isInteger(told[field]) ? told[field] : 0;
    host.textContent = (host.dataset.text || '{count}').replace('{count}', String(count));
    host.hidden = count === 0;
  }

  function follow(host) {
    const product = host.dataset.product ?? '';
    if (!product) return;
    host.setAttribute('aria-live', 'polite');
    if (!live.has(product)) live.set(product, new Set());
    live.get(product).add(host);
    if (socket && socket.readyState === WebSocket.OPEN) subscribe(product);
    else openSocket();
  }

  // What pages may call

  const Kindred = {
    init(options = {}) {
      state.url = (options.url ?? state.url).replace(/\/+$/, '');
      state.key = options.key ?? state.key;
      state.tenant = options.tenant || state.tenant || 'default';
      state.currency = options.currency ?? state.currency;
      state.locale = options.locale ?? state.locale;
      state.user = textOf(options.user) || state.user || store.get('user') || 'anon-' + newId();
      store.set('user', state.user);
      restoreQueue();
      state.ready = true;
      emit('ready', { user: state.user });
      Kindred.refresh();
      void flush();
      return Kindred;
    },
    on(event, listener) {
      if (!listeners.has(event)) listeners.set(event, new Set());
      listeners.get(event).add(listener);
      return Kindred;
    },
    off(event, listener) {
      if (listener) listeners.get(event)?.delete(listener);
      else listeners.delete(event);
      return Kindred;
    },
    trackEvent(type, product, more = {}) {
      track(type, product, more);
      return Kindred;
    },
    setUser(user) {
      state.user = textOf(user) || 'anon-' + newId();
      store.set('user', state.user);
      cache.clear();
      return Kindred.refresh();
    },
    refresh() {
      if (!state.ready) return Kindred;
      for (const host of document.querySelectorAll('[data-kindred]')) void fill(host);
      for (const host of document.querySelectorAll('[data-kindred-live]')) follow(host);
      return Kindred;
    },
    clearCache() {
      cache.clear();
      return Kindred;
    },
  };

  window.Kindred = Kindred;
  window.GrooveShopRecommendations ??= Kindred;
  addEventListener('online', flush);
  addEventListener('pagehide', flush);

  if (script?.dataset.key) {
    const { key, tenant, user, currency, locale } = script.dataset;
    const begin = () =>
      Kindred.init({ url: new URL(script.src).origin, key, tenant, user, currency, locale });
    if (document.readyState === 'loading') addEventListener('DOMContentLoaded', begin);
    else begin();
  }
})();
