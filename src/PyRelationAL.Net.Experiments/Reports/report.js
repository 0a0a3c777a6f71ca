'use strict';
document.addEventListener('DOMContentLoaded', () => {
  const dash = '–';
  const hidden = new Set();

  const element = (name, className, text) => {
    const made = document.createElement(name);
    made.className = className;
    made.textContent = text ?? '';
    return made;
  };

  // Legends: a name hides or shows its curve in all charts.

  const names = [...new Set([...document.querySelectorAll('.legend [data-series]')].map(item => item.dataset.series))];

  function show() {
    for (const part of document.querySelectorAll('svg [data-series]')) {
      part.classList.toggle('hidden', hidden.has(part.dataset.series));
    }
    for (const button of document.querySelectorAll('.legend button')) {
      button.setAttribute('aria-pressed', String(!hidden.has(button.parentNode.dataset.series)));
    }
    document.dispatchEvent(new Event('serieschange'));
  }

  function toggle(name, alone) {
    if (alone) {
      const isAlone = !hidden.has(name) && hidden.size === names.length - 1;
      hidden.clear();
      names.filter(other => other !== name && !isAlone).forEach(other => hidden.add(other));
    } else if (!hidden.delete(name)) {
      hidden.add(name);
    }
    show();
  }

  for (const item of document.querySelectorAll('.legend [data-series]')) {
    const button = element('button', '');
    button.type = 'button';
    button.append(...item.childNodes);
    button.setAttribute('aria-pressed', 'true');
    button.addEventListener('click', event => toggle(item.dataset.series, event.shiftKey));
    item.append(button);
  }

  // Curves: the nearest point in words; from the keyboard with the arrows.

  function readCurve(group) {
    const corners = [...group.querySelector('polyline').points];
    const told = group.dataset.curve.split(';');
    return corners.map((corner, i) => ({ x: corner.x, y: corner.y, numbers: told[i].split(','), group }));
  }

  function words(point) {
    const [labelled, mean, low, high] = point.numbers;
    const runs = Number(point.group.dataset.runs);
    const interval = low === undefined ? '' : `, 95 % interval ${low} to ${high}`;
    return `${point.group.dataset.series}: ${mean} at ${labelled} labelled${interval}, ${runs} ${runs === 1 ? 'run' : 'runs'}`;
  }

  function watch(svg) {
    const figure = svg.closest('figure');
    const tip = element('div', 'tip');
    tip.setAttribute('role', 'status');
    tip.hidden = true;
    figure.append(tip);
    const ring = document.createElementNS(svg.namespaceURI, 'circle');
    ring.setAttribute('class', 'ring hidden');
    ring.setAttribute('r', '7');
    svg.append(ring);
    let curves;
    let current;

    const visible = () => (curves ??= [...svg.querySelectorAll('g[data-curve]')].map(readCurve))
      .filter(points => points.length > 0 && !hidden.has(points[0].group.dataset.series));

    function tell(point) {
      current = point;
      ring.classList.toggle('hidden', !point);
      tip.hidden = !point;
      if (!point) {
        return;
      }
      ring.setAttribute('cx', point.x);
      ring.setAttribute('cy', point.y);
      tip.textContent = words(point);
      const place = new DOMPoint(point.x, point.y).matrixTransform(svg.getScreenCTM());
      const frame = figure.getBoundingClientRect();
      const left = Math.min(Math.max(place.x - frame.left - tip.offsetWidth / 2, 4), frame.width - tip.offsetWidth - 6);
      const above = place.y - frame.top - tip.offsetHeight - 14;
      tip.style.left = `${Math.max(left, 4)}px`;
      tip.style.top = `${above < 4 ? place.y - frame.top + 14 : above}px`;
    }

    function nearest(event) {
      const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
      let best;
      let least = 60 * 60;
      for (const point of visible().flat()) {
        const distance = (point.x - at.x) ** 2 + (point.y - at.y) ** 2;
        if (distance < least) {
          [best, least] = [point, distance];
        }
      }
      return best;
    }

    function step(key) {
      const curvesShown = visible();
      if (curvesShown.length === 0) {
        return undefined;
      }
      let curve = curvesShown.findIndex(points => points.includes(current));
      if (curve < 0) {
        return curvesShown[0][0];
      }
      let place = curvesShown[curve].indexOf(current);
      if (key === 'ArrowUp' || key === 'ArrowDown') {
        curve = (curve + (key === 'ArrowUp' ? -1 : 1) + curvesShown.length) % curvesShown.length;
      } else {
        place += key === 'ArrowRight' ? 1 : -1;
      }
      return curvesShown[curve][Math.min(Math.max(place, 0), curvesShown[curve].length - 1)];
    }

    svg.setAttribute('tabindex', '0');
    svg.addEventListener('pointermove', event => tell(nearest(event)));
    svg.addEventListener('pointerdown', event => tell(nearest(event)));
    svg.addEventListener('pointerleave', () => tell());
    svg.addEventListener('blur', () => tell());
    svg.addEventListener('keydown', event => {
      if (event.key.startsWith('Arrow')) {
        event.preventDefault();
        tell(step(event.key));
      } else if (event.key === 'Escape') {
        tell();
      }
    });
    document.addEventListener('serieschange', () => tell());
  }

  const charts = [...document.querySelectorAll('svg.curves')];
  charts.forEach(watch);
  if (charts.length > 0) {
    const hint = 'Point at a curve for its numbers, or use the arrow keys. Click a name to hide or show its curves; with Shift, to see it alone.';
    charts[0].closest('section').querySelector('p').after(element('p', 'soft hint', hint));
  }

  // Tables: up, down, and as they were.

  const units = { ms: 0.001, s: 1, min: 60, h: 3600 };

  function valueOf(row, column) {
    const cell = row.cells[column];
    const text = cell.dataset.sort ?? cell.textContent.replace('≈', '').trim();
    const match = /^([−-]?[\d.]+(?:e[−+-]?\d+)?)(?:\s*(ms|s|min|h)$)?/.exec(text);
    return {
      missing: text === '' || text === dash || text === '·',
      number: match ? Number(match[1].replaceAll('−', '-')) * (units[match[2]] ?? 1) : NaN,
      text,
    };
  }

  function compare(a, b) {
    return Number.isNaN(a.number) || Number.isNaN(b.number) ? a.text.localeCompare(b.text, 'en') : a.number - b.number;
  }

  function sort(table, heads, column, order) {
    const body = table.tBodies[0];
    const sign = order === 'descending' ? -1 : 1;
    const rows = [...body.rows].map(row => ({ row, place: Number(row.dataset.place), value: valueOf(row, column) }));
    rows.sort((a, b) => (order === 'none' ? 0 : a.value.missing - b.value.missing || (a.value.missing ? 0 : sign * compare(a.value, b.value)))
      || a.place - b.place);
    body.append(...rows.map(({ row }) => row));
    heads.forEach((head, i) => head.setAttribute('aria-sort', i === column ? order : 'none'));
  }

  for (const table of document.querySelectorAll('table.sortable')) {
    const heads = [...table.tHead.rows[0].cells];
    [...table.tBodies[0].rows].forEach((row, i) => { row.dataset.place = i; });
    heads.forEach((head, column) => {
      const button = element('button', '');
      button.type = 'button';
      button.append(...head.childNodes);
      head.append(button);
      head.setAttribute('aria-sort', 'none');
      button.addEventListener('click', () => {
        const next = { none: 'ascending', ascending: 'descending', descending: 'none' };
        sort(table, heads, column, next[head.getAttribute('aria-sort')]);
      });
    });
  }
});
