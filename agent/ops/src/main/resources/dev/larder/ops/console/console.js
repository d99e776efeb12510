// The console's page. Names come from applications: they go into the page as text, never as HTML.
'use strict';

const TOKEN = 'larder-console-token';
const EVERY_MILLIS = 5000;
const SAMPLES_KEPT = 2160;
const SVG = 'http://www.w3.org/2000/svg';

const byId = id => document.getElementById(id);
const numbers = new Intl.NumberFormat('en');
const clock = new Intl.DateTimeFormat([], {hour: '2-digit', minute: '2-digit', hourCycle: 'h23'});

const state = {caches: [], samples: [], minutes: 15, sort: 'calls', ascending: false, paused: false};

const COLUMNS = [
  {key: 'cache', label: 'Name', of: c => c.cache, show: c => c.cache},
  {key: 'calls', label: 'Calls', of: calls, show: c => numbers.format(calls(c))},
  {key: 'hitRatio', label: 'Hit ratio', of: c => c.hitRatio, show: c => percent(c.hitRatio)},
  {key: 'meanLoadMillis', label: 'Mean load', of: c => c.meanLoadMillis, show: c => duration(c.meanLoadMillis)},
  {key: 'timeSavedMillis', label: 'Time saved', of: c => c.timeSavedMillis, show: c => duration(c.timeSavedMillis)},
  {key: 'entries', label: 'Entries', of: c => c.entries, show: c => numbers.format(c.entries)},
  {key: 'evictions', label: 'Evictions', of: c => c.evictions, show: c => numbers.format(c.evictions)},
  {key: 'errors', label: 'Errors', of: c => c.errors, show: c => numbers.format(c.errors), isBad: c => c.errors > 0},
];

function calls(cache) {
  return cache.hits + cache.misses + cache.bypassed;
}

function percent(ratio) {
  if (ratio === null) {
    return '–';
  }
  return ratio === 0 || ratio === 1 ? ratio * 100 + ' %' : (ratio * 100).toFixed(1) + ' %';
}

function duration(millis) {
  if (millis === null) {
    return '–';
  }
  for (const [unit, size] of [['d', 864e5], ['h', 36e5], ['min', 6e4], ['s', 1e3]]) {
    if (millis >= size) {
      return short(millis / size) + ' ' + unit;
    }
  }
  return millis === 0 ? '0 ms' : millis >= 0.01 ? short(millis) + ' ms' : '< 0.01 ms';
}

function short(number) {
  return number >= 100 ? String(Math.round(number)) : number >= 10 ? number.toFixed(1) : number.toFixed(2);
}

function element(name, attributes = {}, ...content) {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    made.setAttribute(attribute, value);
  }
  made.append(...content);
  return made;
}

// ---- asking

async function ask(path, method = 'GET') {
  const answer = await fetch(path, {method, headers: {Authorization: 'Bearer ' + sessionStorage.getItem(TOKEN)}});
  if (answer.status === 401) {
    sessionStorage.removeItem(TOKEN);
    location.replace('/login');
    throw new Error('The token is not, or no longer, the right one.');
  }
  const said = await answer.json();
  if (!answer.ok) {
    throw new Error(said.cause + ' ' + said.remedy);
  }
  return said;
}

async function refresh() {
  try {
    const last = state.samples.at(-1);
    const [status, caches, history] = await Promise.all([
      ask('/api/status'),
      ask('/api/caches'),
      ask('/api/history?since=' + (last ? last.time : 0)),
    ]);
    state.caches = caches;
    // Asked twice at once, the same samples may come twice.
    state.samples.push(...history.samples.filter(sample => !state.samples.length || sample.time > state.samples.at(-1).time));
    state.samples.splice(0, Math.max(0, state.samples.length - SAMPLES_KEPT));
    byId('trouble').hidden = true;
    show(status);
  } catch (failure) {
    byId('trouble').textContent =
      failure instanceof TypeError ? 'The JVM does not answer; what is shown is what it said last.' : failure.message;
    byId('trouble').hidden = false;
  }
}

// ---- showing

function show(status) {
  showStatus(status);
  showTiles();
  showChart();
  showBars('slowest', c => c.meanLoadMillis || 0, c => duration(c.meanLoadMillis), 'No load yet.');
  showBars('hottest', calls, c => numbers.format(calls(c)), 'No call yet.');
  showRows();
}

function showStatus(status) {
  const facts = [['version', status.version], ['backend', status.backend], ['prefix', status.prefix]];
  if (status.file) {
    facts.push(['file', status.file]);
  }
  const shown = facts.map(([term, text]) => fact(term, text));
  for (const [backend, serves] of Object.entries(status.backends)) {
    shown.push(fact(backend, serves, serves === 'serving' ? '' : 'out'));
  }
  if (!status.enabled) {
    shown.push(fact('enabled', 'false', 'out'));
  }
  byId('status').replaceChildren(...shown);
}

function fact(term, text, kind = '') {
  return element('div', {}, element('dt', {}, term), element('dd', {class: kind}, text));
}

function showTiles() {
  const sum = of => state.caches.reduce((all, cache) => all + of(cache), 0);
  const hits = sum(c => c.hits);
  const misses = sum(c => c.misses);
  const recent = between(...within(state.minutes));
  byId('tile-ratio').textContent = percent(hits + misses ? hits / (hits + misses) : null);
  byId('note-ratio').textContent = recent.ratio === null ? 'since the start' : percent(recent.ratio) + ' in ' + rangeText();
  byId('tile-saved').textContent = duration(sum(c => c.timeSavedMillis));
  byId('note-saved').textContent = duration(Math.max(0, recent.saved)) + ' in ' + rangeText();
  byId('tile-calls').textContent = numbers.format(sum(calls));
  byId('note-calls').textContent = numbers.format(sum(c => c.bypassed)) + ' bypassed';
  byId('tile-entries').textContent = numbers.format(sum(c => c.entries));
  byId('note-entries').textContent =
    count(state.caches.filter(c => !c.rule).length, 'cache') + ', ' + count(state.caches.filter(c => c.rule).length, 'rule');
}

function count(number, what) {
  return numbers.format(number) + ' ' + what + (number === 1 ? '' : 's');
}

function rangeText() {
  return state.minutes < 60 ? state.minutes + ' min' : state.minutes / 60 + ' h';
}

/** The first and the last sample of the last minutes. */
function within(minutes) {
  const last = state.samples.at(-1);
  const from = last ? last.time - minutes * 6e4 : 0;
  return [state.samples.find(sample => sample.time >= from), last];
}

/** What came about between two samples. */
function between(first, last) {
  if (!first || first === last) {
    return {ratio: null, calls: 0, saved: 0};
  }
  const hits = Math.max(0, last.hits - first.hits);
  const misses = Math.max(0, last.misses - first.misses);
  return {
    ratio: hits + misses ? hits / (hits + misses) : null,
    calls: hits + misses,
    saved: last.timeSavedMillis - first.timeSavedMillis,
  };
}

function showBars(list, of, text, none) {
  const top = state.caches.filter(cache => of(cache) > 0).sort((a, b) => of(b) - of(a)).slice(0, 5);
  const most = top.length ? of(top[0]) : 1;
  const shown = top.map(cache => {
    const bar = element('span');
    bar.style.width = Math.max(1, 100 * of(cache) / most) + '%';
    return element('li', {},
      element('span', {class: 'name', title: cache.cache}, cache.cache),
      element('span', {class: 'value'}, text(cache)),
      element('span', {class: 'bar', 'aria-hidden': 'true'}, bar));
  });
  byId(list).replaceChildren(...(shown.length ? shown : [element('li', {}, element('span', {class: 'note'}, none))]));
}

function showRows() {
  const column = COLUMNS.find(each => each.key === state.sort);
  const wanted = byId('filter').value.trim().toLowerCase();
  const found = state.caches
    .filter(cache => cache.cache.toLowerCase().includes(wanted))
    .sort((a, b) => compare(column.of(a), column.of(b)) * (state.ascending ? 1 : -1) || compare(a.cache, b.cache));
  const rows = byId('rows');
  const focused = rows.contains(document.activeElement) ? document.activeElement.dataset.for : null;
  rows.replaceChildren(...found.map(row));
  if (focused) {
    [...rows.querySelectorAll('button')].find(button => button.dataset.for === focused)?.focus();
  }
  byId('none').hidden = found.length > 0;
  byId('none').textContent =
    state.caches.length ? 'No name has that in it.' : 'Nothing yet: a cache is there from the first call that uses it.';
  for (const head of byId('columns').children) {
    if (head.dataset.key === state.sort) {
      head.setAttribute('aria-sort', state.ascending ? 'ascending' : 'descending');
    } else {
      head.removeAttribute('aria-sort');
    }
  }
  byId('sort').value = state.sort;
}

function compare(a, b) {
  if (typeof a === 'string') {
    return a < b ? -1 : a > b ? 1 : 0;
  }
  return (a ?? -1) - (b ?? -1);
}

function row(cache) {
  const name = element('th', {scope: 'row'}, cache.cache);
  if (cache.rule) {
    name.append(element('span', {class: 'kind'}, 'path rule'));
  }
  const cells = COLUMNS.slice(1).map(column =>
    element('td', {'data-label': column.label, class: column.isBad?.(cache) ? 'some' : ''}, column.show(cache)));
  return element('tr', {}, name, ...cells,
    element('td', {class: 'actions'}, element('div', {},
      action('Evict…', cache, () => evict(cache)),
      action('Clear…', cache, () => clear(cache)))));
}

function action(label, cache, does) {
  const button = element('button', {type: 'button', 'aria-label': label.slice(0, -1) + ' ' + cache.cache}, label);
  button.dataset.for = label + cache.cache;
  button.addEventListener('click', does);
  return button;
}

// ---- the chart

function showChart() {
  const place = byId('chart');
  const width = Math.max(240, place.clientWidth);
  const height = Math.max(120, place.clientHeight);
  const inner = {left: 44, right: width - 8, top: 8, bottom: height - 22};
  const svg = drawn('svg', {viewBox: `0 0 ${width} ${height}`, role: 'img'});
  for (const ratio of [0, 0.25, 0.5, 0.75, 1]) {
    const y = inner.bottom - ratio * (inner.bottom - inner.top);
    svg.append(drawn('line', {class: 'grid', x1: inner.left, x2: inner.right, y1: y, y2: y}));
    if (ratio !== 0.25 && ratio !== 0.75) {
      svg.append(label(ratio * 100 + ' %', inner.left - 8, y + 4, 'end'));
    }
  }
  const last = state.samples.at(-1);
  if (!last) {
    place.replaceChildren(svg);
    return;
  }
  const from = last.time - state.minutes * 6e4;
  const x = time => inner.left + (time - from) / (last.time - from) * (inner.right - inner.left);
  const y = ratio => inner.bottom - ratio * (inner.bottom - inner.top);
  const ticks = width < 520 ? 3 : 5;
  for (let i = 0; i <= ticks; i++) {
    const time = from + (last.time - from) * i / ticks;
    svg.append(label(clock.format(time), x(time), height - 4, i === 0 ? 'start' : i === ticks ? 'end' : 'middle'));
  }
  const points = buckets(from, last.time, Math.min(180, Math.floor(width / 4)));
  for (const run of runs(points)) {
    const line = run.map(p => `${x(p.time).toFixed(1)},${y(p.ratio).toFixed(1)}`);
    if (run.length === 1) {
      svg.append(drawn('circle', {class: 'dot', cx: x(run[0].time), cy: y(run[0].ratio), r: 2.5}));
    } else {
      svg.append(drawn('polygon', {class: 'area',
        points: `${x(run[0].time)},${inner.bottom} ${line.join(' ')} ${x(run.at(-1).time)},${inner.bottom}`}));
      svg.append(drawn('polyline', {class: 'line', points: line.join(' ')}));
    }
  }
  const known = points.filter(point => point.ratio !== null);
  const lowest = known.length ? Math.min(...known.map(point => point.ratio)) : null;
  const all = between(...within(state.minutes));
  const summary = known.length
    ? `${percent(all.ratio)} of ${numbers.format(all.calls)} look-ups in the last ${rangeText()}; at the lowest ${percent(lowest)}`
    : `No look-up in the last ${rangeText()}`;
  svg.setAttribute('aria-label', 'Hit ratio over time. ' + summary);
  byId('reading').textContent = summary + '.';
  const cursor = drawn('line', {class: 'cursor', y1: inner.top, y2: inner.bottom, visibility: 'hidden'});
  const dot = drawn('circle', {class: 'dot', r: 4, visibility: 'hidden'});
  svg.append(cursor, dot);
  svg.addEventListener('pointermove', event => {
    const at = (event.clientX - svg.getBoundingClientRect().left) / svg.getBoundingClientRect().width * width;
    const nearest = known.reduce((a, b) => a && Math.abs(x(a.time) - at) <= Math.abs(x(b.time) - at) ? a : b, null);
    if (nearest) {
      set(cursor, {x1: x(nearest.time), x2: x(nearest.time), visibility: 'visible'});
      set(dot, {cx: x(nearest.time), cy: y(nearest.ratio), visibility: 'visible'});
      byId('reading').textContent =
        `${clock.format(nearest.time)}: ${percent(nearest.ratio)} of ${numbers.format(nearest.calls)} look-ups.`;
    }
  });
  svg.addEventListener('pointerleave', () => {
    set(cursor, {visibility: 'hidden'});
    set(dot, {visibility: 'hidden'});
    byId('reading').textContent = summary + '.';
  });
  place.replaceChildren(svg);
}

/** The samples from a time on, joined so that there are not more than some. */
function buckets(from, to, most) {
  const size = Math.max(1, (to - from) / most);
  const ends = new Map();
  let before = null;
  for (const sample of state.samples) {
    if (sample.time < from) {
      before = sample;
    } else {
      ends.set(Math.floor((sample.time - from) / size), sample);
    }
  }
  const points = [];
  for (const end of ends.values()) {
    if (before) {
      const came = between(before, end);
      points.push({time: end.time, ratio: came.ratio, calls: came.calls});
    }
    before = end;
  }
  return points;
}

/** The points that a line joins: where there was no call it breaks. */
function runs(points) {
  const all = [[]];
  for (const point of points) {
    if (point.ratio === null) {
      all.push([]);
    } else {
      all.at(-1).push(point);
    }
  }
  return all.filter(run => run.length);
}

function drawn(name, attributes) {
  return set(document.createElementNS(SVG, name), attributes);
}

function set(drawing, attributes) {
  for (const [attribute, value] of Object.entries(attributes)) {
    drawing.setAttribute(attribute, value);
  }
  return drawing;
}

function label(text, x, y, anchor) {
  const made = drawn('text', {class: 'axis', x, y, 'text-anchor': anchor});
  made.textContent = text;
  return made;
}

// ---- removing

/** A name as a part of a path; of dots alone a browser would make another path. */
function part(name) {
  if (name === '.' || name === '..') {
    throw new Error('No URL can name ' + name + '; use the commands of the agent\'s jar, or Larder.clear.');
  }
  return encodeURIComponent(name);
}

const path = name => '/api/caches/' + part(name);

const BY = {
  arg: ['Arguments', 'One a line, as the method declares them: numbers, texts, true, dates; null is null.'],
  key: ['Key', 'The text that the key attribute makes.'],
  url: ['URL', 'The path and the query, with the context: all its variants go.'],
};

function clear(cache) {
  confirm('Clear ' + cache.cache + '?', 'All its entries go, with the backend and in every JVM that shares it.', 'Clear',
    () => path(cache.cache) + '/clear');
}

function evict(cache) {
  confirm('Evict from ' + cache.cache, 'The entry goes, with the backend and in every JVM that shares it.', 'Evict',
    text => {
      const query = cache.rule || byId('by-key').checked
        ? [['key', text]]
        : text.split('\n').map(line => ['arg', line]);
      return path(cache.cache) + '/evict?' + new URLSearchParams(query);
    },
    cache.rule ? 'url' : 'arg');
}

function showBy(by) {
  const [label, note] = BY[by];
  byId('key-label').textContent = label;
  byId('key-note').textContent = note;
}

function confirm(title, text, does, where, by) {
  const dialog = byId('dialog');
  byId('dialog-title').textContent = title;
  byId('dialog-text').textContent = text;
  byId('dialog-do').textContent = does;
  byId('dialog-key').hidden = !by;
  byId('dialog-by').hidden = by !== 'arg';
  byId('by-arg').checked = true;
  byId('key').value = '';
  if (by) {
    showBy(by);
  }
  dialog.returnValue = 'cancel';
  dialog.onclose = async () => {
    if (dialog.returnValue === 'do') {
      try {
        const {removed} = await ask(where(byId('key').value), 'POST');
        say(removed < 0 ? 'Done; how many entries went, the backend cannot say.'
          : removed === 1 ? 'One entry went.' : numbers.format(removed) + ' entries went.');
      } catch (failure) {
        say(failure.message);
      }
      refresh();
    }
  };
  dialog.showModal();
  (by ? byId('key') : byId('dialog-cancel')).focus();
}

let silence;

function say(text) {
  byId('said').textContent = text;
  clearTimeout(silence);
  silence = setTimeout(() => byId('said').textContent = '', 8000);
}

// ---- beginning

function begin() {
  const given = new URLSearchParams(location.hash.slice(1)).get('token') || new URLSearchParams(location.search).get('token');
  if (given) {
    sessionStorage.setItem(TOKEN, given);
    history.replaceState(null, '', '/');
  }
  if (!sessionStorage.getItem(TOKEN)) {
    location.replace('/login');
    return;
  }
  for (const column of COLUMNS) {
    const button = element('button', {type: 'button'}, column.label);
    button.addEventListener('click', () => {
      state.ascending = state.sort === column.key ? !state.ascending : column.key === 'cache';
      state.sort = column.key;
      showRows();
    });
    const head = element('th', {scope: 'col'}, button);
    head.dataset.key = column.key;
    byId('columns').append(head);
    byId('sort').append(element('option', {value: column.key}, column.label));
  }
  byId('columns').append(element('td'));
  byId('sort').addEventListener('change', event => {
    state.sort = event.target.value;
    state.ascending = state.sort === 'cache';
    showRows();
  });
  byId('filter').addEventListener('input', showRows);
  byId('pause').addEventListener('click', () => {
    state.paused = !state.paused;
    byId('pause').setAttribute('aria-pressed', state.paused);
    byId('pause').textContent = state.paused ? 'Paused' : 'Pause';
  });
  for (const button of document.querySelectorAll('[data-minutes]')) {
    button.addEventListener('click', () => {
      state.minutes = Number(button.dataset.minutes);
      document.querySelectorAll('[data-minutes]').forEach(each => each.setAttribute('aria-pressed', each === button));
      showTiles();
      showChart();
    });
  }
  byId('tag-form').addEventListener('submit', event => {
    event.preventDefault();
    const tag = byId('tag').value;
    confirm('Evict tag ' + tag + '?', 'All entries that carry it go, of whichever cache, in every JVM.', 'Evict',
      () => '/api/tags/' + part(tag) + '/evict');
  });
  byId('clear-all').addEventListener('click', () =>
    confirm('Clear everything?', 'All entries under the prefix of this JVM go, with the backend and in every JVM that shares it.',
      'Clear everything', () => '/api/clear'));
  for (const by of ['arg', 'key']) {
    byId('by-' + by).addEventListener('change', () => showBy(by));
  }
  byId('dialog-cancel').addEventListener('click', () => byId('dialog').close('cancel'));
  addEventListener('resize', showChart);
  refresh();
  setInterval(() => {
    if (!state.paused && !document.hidden && !byId('dialog').open) {
      refresh();
    }
  }, EVERY_MILLIS);
}

begin();
