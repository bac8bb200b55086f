// The ends of a reader's own lines: an actor in a cell of the matrix, or a cell as a whole.

export const table = document.querySelector("table.matrix");
export const CHIPS = ".chip a.chip-name, .together a, .members a";
export const CELLS = ".organisations td[id], .levels td[id]";
const THING = /^\/doc\/([\w.-]+)$/;

function clean(text) {
  return text.replace(/\u00ad/g, "").replace(/\s+/g, " ").trim();
}

export function nameOf(link) {
  const found = THING.exec(new URL(link.href).pathname);
  return found ? found[1] : "";
}

export function placeOf(cell) {
  const row = cell.parentElement;
  const head = table.tHead.rows[0].cells[cell.cellIndex];
  return `${clean(head.textContent)}, ${clean(row.querySelector(".row-title").textContent)}`;
}

export function wholeCell(cell, whole) {
  return { name: "", cell: cell.id, label: `${placeOf(cell)} (${whole})` };
}

export function actor(link) {
  const cell = link.closest("td");
  const text = clean(link.getAttribute("aria-label") ?? link.textContent);
  return { name: nameOf(link), cell: cell.id, label: `${text} (${placeOf(cell)})` };
}

export function same(one, other) {
  return one.name === other.name && one.cell === other.cell;
}

// Where an end lies: its chip where it stands open, else its cell; null where neither is there.
export function dock(end) {
  const cell = document.getElementById(end.cell);
  const inside = (cell && table.contains(cell) ? [cell] : []).concat(...table.querySelectorAll(CELLS));
  const links = end.name ? inside.flatMap((each) => [...each.querySelectorAll(CHIPS)]) : [];
  const link = links.find((each) => nameOf(each) === end.name);
  const home = link ? link.closest("td") : inside[0] === cell ? cell : null;
  if (!home) return null;
  const ground = home.getBoundingClientRect();
  const edge = ground.left + home.clientLeft;
  const chip = link && link.checkVisibility() ? link.closest(".chip").getBoundingClientRect() : null;
  return {
    edge,
    top: ground.top,
    x: chip ? chip.left : edge + 4,
    y: chip ? chip.bottom - 7 : ground.top + home.clientTop + 8,
  };
}
