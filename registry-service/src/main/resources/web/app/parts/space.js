import { t } from '../words/words.js';
import { bytes } from './format.js';

const KINDS = ['old', 'partial', 'trash', 'archive', 'foreign', 'unexplained'];

/** What a location's disk holds, as parts of a bar: families, then what could go, then others', then what is free. */
export function familyParts(it) {
  const families = new Map();
  const kinds = new Map();
  for (const one of it.usage) {
    if (one.kind === 'current' && one.family) families.set(one.family, (families.get(one.family) || 0) + one.bytes);
    else kinds.set(one.kind, (kinds.get(one.kind) || 0) + one.bytes);
  }
  const parts = [...families].sort((a, b) => b[1] - a[1]).map(([name, n], i) => part(`family-${(i % 4) + 1}`, name, n));
  for (const kind of KINDS) parts.push(part(kind, t('kind.' + kind), kinds.get(kind) || 0));
  if (it.reservedBytes) parts.push(part('reserved', t('kind.reserved'), it.reservedBytes));
  const ours = parts.reduce((sum, one) => sum + one.bytes, 0);
  parts.push(part('other', t('kind.other'), Math.max(0, it.capacityBytes - it.freeBytes - ours)));
  return parts;
}

function part(kind, name, n) {
  return { kind, name, bytes: n, say: `${name} ${bytes(n)}` };
}

/** Rectangles of a treemap: {x, y, w, h, item}, rows filled so that none is needlessly thin. */
export function treemap(items, width, height) {
  const total = items.reduce((sum, one) => sum + one.bytes, 0);
  const left = items.filter((one) => one.bytes > 0).sort((a, b) => b.bytes - a.bytes)
    .map((item) => ({ item, area: (item.bytes / total) * width * height }));
  const placed = [];
  let box = { x: 0, y: 0, w: width, h: height };
  while (left.length) {
    const side = Math.min(box.w, box.h);
    let row = [left.shift()];
    while (left.length && worst([...row, left[0]], side) <= worst(row, side)) row.push(left.shift());
    box = lay(row, box, placed);
  }
  return placed;
}

function worst(row, side) {
  const sum = row.reduce((all, one) => all + one.area, 0);
  return Math.max(...row.map((one) => Math.max((side * side * one.area) / (sum * sum), (sum * sum) / (side * side * one.area))));
}

function lay(row, box, placed) {
  const sum = row.reduce((all, one) => all + one.area, 0);
  const wide = box.w >= box.h;
  const thick = sum / (wide ? box.h : box.w);
  let at = wide ? box.y : box.x;
  for (const one of row) {
    const long = one.area / thick;
    placed.push(wide ? { x: box.x, y: at, w: thick, h: long, item: one.item } : { x: at, y: box.y, w: long, h: thick, item: one.item });
    at += long;
  }
  return wide ? { x: box.x + thick, y: box.y, w: box.w - thick, h: box.h } : { x: box.x, y: box.y + thick, w: box.w, h: box.h - thick };
}
