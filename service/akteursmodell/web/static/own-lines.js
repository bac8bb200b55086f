// Lines of the reader's own over the matrix: a draft, kept in this browser or in a file.
// Nothing here is sent: the fields have no names, and this module asks no server.

import { CELLS, CHIPS, actor, dock, placeOf, same, table, wholeCell } from "./own-ends.js";
import { MOST, read, written } from "./own-files.js";

const section = document.getElementById("own");
const words = JSON.parse(section.dataset.words);
const canvas = document.getElementById("own-lines");
const flag = document.getElementById("own-flag");
const list = document.getElementById("own-list");
const status = document.getElementById("own-status");
const fields = { from: document.getElementById("own-from"), to: document.getElementById("own-to") };
const note = document.getElementById("own-note");
const pick = document.getElementById("own-pick");

const KEY = `own-lines:${section.dataset.place}`;
const MOST_BYTES = 1_000_000;
const SVG = "http://www.w3.org/2000/svg";
const ABOUT = { about: words.about, place: section.dataset.place };
let lines = [];
let picking = false;
let first = null;

function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}

function tell(text) {
  status.textContent = text;
}

function letter(index) {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : letter(Math.floor(index / 26) - 1) + last;
}

// The ends that can be chosen.

const choices = [];

function offer() {
  for (const cell of table.querySelectorAll(CELLS)) {
    const group = document.createElement("optgroup");
    group.label = placeOf(cell);
    for (const end of [wholeCell(cell, words.whole), ...[...cell.querySelectorAll(CHIPS)].map(actor)]) {
      const text = end.name ? end.label.slice(0, -group.label.length - 3) : words.whole;
      group.append(new Option(text, String(choices.push(end) - 1)));
    }
    fields.from.append(group);
    fields.to.append(group.cloneNode(true));
  }
}

// Keeping.

function recall() {
  try {
    return read(localStorage.getItem(KEY) ?? "") ?? [];
  } catch {
    return [];
  }
}

// Keeps the lines, shows them, and says what has happened.
function change(made, said) {
  lines = made;
  let kept = true;
  try {
    if (lines.length) localStorage.setItem(KEY, written(lines, ABOUT));
    else localStorage.removeItem(KEY);
  } catch {
    kept = false;
  }
  show();
  tell(kept ? said : `${said} ${words.not_kept}`);
}

function known(line) {
  return lines.some(
    (each) =>
      each.note === line.note &&
      ((same(each.from, line.from) && same(each.to, line.to)) ||
        (same(each.from, line.to) && same(each.to, line.from))),
  );
}

function add(line) {
  if (same(line.from, line.to)) return tell(words.same);
  if (known(line)) return tell(words.twice);
  if (lines.length >= MOST) return tell(fill(words.full, { most: MOST }));
  const said = { letter: letter(lines.length), from: line.from.label, to: line.to.label };
  change([...lines, line], fill(words.drawn, said));
  note.value = "";
}

function remove(index) {
  const gone = lines[index];
  const said = fill(words.removed, { from: gone.from.label, to: gone.to.label });
  change(lines.filter((_, at) => at !== index), said);
  const rest = list.querySelectorAll("button");
  (rest[Math.min(index, rest.length - 1)] ?? fields.from).focus();
}

// Showing: the list tells the same as the lines.

function piece(tag, text, kind = "") {
  const made = document.createElement(tag);
  made.className = kind;
  made.textContent = text;
  return made;
}

function entry(line, index) {
  const item = document.createElement("li");
  const button = piece("button", words.remove);
  button.type = "button";
  const which = fill(words.line, { letter: letter(index) });
  button.append(piece("span", `: ${which}`, "hidden"));
  button.addEventListener("click", () => remove(index));
  item.append(
    piece("span", letter(index), "own-letter"),
    piece("span", `${line.from.label} – ${line.to.label}`),
  );
  if (line.note) item.append(piece("span", line.note, "soft"));
  if (!dock(line.from) || !dock(line.to)) item.append(piece("span", words.not_here, "soft"));
  item.append(button);
  const light = (on) => canvas.children[index]?.classList.toggle("lit", on);
  for (const type of ["mouseenter", "focusin"]) item.addEventListener(type, () => light(true));
  for (const type of ["mouseleave", "focusout"]) item.addEventListener(type, () => light(false));
  return item;
}

function show() {
  list.replaceChildren(...lines.map(entry));
  flag.hidden = lines.length === 0;
  const count = lines.length === 1 ? words.one : words.many;
  flag.querySelector("a").textContent = fill(count, { count: lines.length });
  document.getElementById("own-save").disabled = lines.length === 0;
  draw();
}

function svg(tag, attributes, text = "") {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.textContent = text;
  return made;
}

// From a chip into the gutter before it, along the space above the lower row, and the same way in:
// no word stands there.
function stroke(line, index, origin) {
  const group = svg("g", {});
  const [from, to] = [dock(line.from), dock(line.to)];
  if (!from || !to) return group;
  const lane = 3 + 3 * (index % 3);
  const [a, b] = [from, to].map((end) => ({
    x: end.x - origin.left,
    y: end.y - origin.top,
    lane: end.edge - lane - origin.left,
  }));
  const gap = Math.max(from.top, to.top) - origin.top + (index % 3) - 1;
  const across = a.lane === b.lane ? "" : `V${gap}H${b.lane}`;
  const path = `M${a.x} ${a.y}H${a.lane}${across}V${b.y}H${b.x}`;
  group.append(svg("path", { class: "casing", d: path }), svg("path", { d: path }));
  for (const end of [a, b]) {
    group.append(
      svg("circle", { cx: end.lane, cy: end.y, r: 7 }),
      svg("text", { x: end.lane, y: end.y + 3.5 }, letter(index)),
    );
  }
  return group;
}

function draw() {
  const origin = canvas.parentElement.getBoundingClientRect();
  canvas.replaceChildren(...lines.map((line, index) => stroke(line, index, origin)));
}

// Drawing by the fields, and by choosing both ends in the matrix.

document.getElementById("own-form").addEventListener("submit", (event) => {
  event.preventDefault();
  const [from, to] = [choices[fields.from.value], choices[fields.to.value]];
  add({ from, to, note: note.value.trim() });
});

function mark(element) {
  for (const each of table.querySelectorAll(".own-end")) each.classList.remove("own-end");
  if (element) element.classList.add("own-end");
}

function turn(on) {
  picking = on;
  first = null;
  mark(null);
  table.classList.toggle("picking", on);
  pick.setAttribute("aria-pressed", String(on));
  status.classList.toggle("floating", on);
  tell(on ? words.start : words.stopped);
}

pick.addEventListener("click", () => {
  turn(!picking);
  if (!picking) return;
  table.scrollIntoView({ block: "start" });
  const links = [...table.querySelectorAll(CHIPS)];
  links.find((link) => link.checkVisibility())?.focus({ preventScroll: true });
});

// The link of an actor, else the cell.
function chosen(target) {
  const link = target.closest(CHIPS);
  if (link) return link;
  const links = target.closest(".chip")?.querySelectorAll(CHIPS) ?? [];
  return links.length === 1 ? links[0] : target.closest(CELLS);
}

function choose(found) {
  const end = found.matches("a") ? actor(found) : wholeCell(found, words.whole);
  if (!first) {
    first = end;
    mark(found.closest(".chip") ?? found);
    tell(fill(words.first, { from: end.label }));
    return;
  }
  const from = first;
  first = null;
  mark(null);
  add({ from, to: end, note: note.value.trim() });
}

table.addEventListener(
  "click",
  (event) => {
    if (!picking || event.target.closest("summary")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const found = chosen(event.target);
    if (found) choose(found);
    else tell(words.no_end);
  },
  true,
);

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !picking) return;
  turn(false);
  pick.focus();
});

// Files.

document.getElementById("own-save").addEventListener("click", () => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([written(lines, ABOUT)], { type: "application/json" }));
  link.download = "akteursmatrix-eigene-linien-entwurf.json";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
});

document.getElementById("own-open").addEventListener("change", async (event) => {
  const [file] = event.target.files;
  if (!file) return;
  const found = file.size <= MOST_BYTES ? read(await file.text()) : null;
  event.target.value = "";
  if (!found) {
    tell(words.no_file);
    return;
  }
  const fresh = found.filter((line) => !known(line) && !same(line.from, line.to));
  const made = [...lines, ...fresh].slice(0, MOST);
  const added = made.length - lines.length;
  change(made, fill(words.opened, { new: added, known: found.length - added }));
});

window.addEventListener("storage", (event) => {
  if (event.key !== KEY) return;
  lines = recall();
  show();
});

lines = recall();
offer();
section.hidden = false;
show();
new ResizeObserver(draw).observe(table);
table.addEventListener("toggle", draw, true);
document.fonts.ready.then(draw);
