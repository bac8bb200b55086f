// What a script adds to the matrix: a panel beside it, arrow keys between chips, and a spoken count.
// Everything here can also be reached without it: each chip is a link to its page.

const table = document.querySelector("table.matrix");
const panel = document.getElementById("panel");
const body = document.getElementById("panel-body");
const told = document.getElementById("told");
const LINKS = ".chip a.chip-name, .together a, .members a, .pill a, a.relation-name";
const WIDE = window.matchMedia("(min-width: 80rem)");
const THING = /^\/doc\/([\w.-]+)$/;
let opener = null;
let latest = 0;

// The panel.

function nameOf(link) {
  const found = THING.exec(new URL(link.href).pathname);
  return found && found[1];
}

async function open(link) {
  const name = nameOf(link);
  const mine = ++latest;
  const address = new URL(`${panel.dataset.address}${name}`, location.href);
  for (const key of ["stichtag", "bestand"]) {
    const value = new URLSearchParams(location.search).get(key);
    if (value) address.searchParams.set(key, value);
  }
  address.searchParams.set("lang", document.documentElement.lang);
  let html;
  try {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(String(answer.status));
    html = await answer.text();
  } catch {
    location.href = link.href;
    return;
  }
  if (mine !== latest) return;
  if (!panel.contains(link)) opener = link;
  body.innerHTML = html;
  if (!panel.open) WIDE.matches ? panel.show() : panel.showModal();
  body.scrollTop = 0;
  document.getElementById("panel-title").focus();
}

function close() {
  if (panel.open) panel.close();
}

panel.addEventListener("close", () => {
  latest += 1;
  if (opener && opener.isConnected) opener.focus();
  opener = null;
});
document.getElementById("panel-close").addEventListener("click", close);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && panel.open) {
    event.preventDefault();
    close();
  }
});

function plain(event) {
  return event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
}

table.addEventListener("click", (event) => {
  const link = event.target.closest(LINKS);
  if (!link || !plain(event) || !nameOf(link)) return;
  event.preventDefault();
  open(link);
});

// Arrow keys: up and down in a column, left and right in a row.

function visible(links) {
  return [...links].filter((link) => link.checkVisibility());
}

function beside(link, key) {
  const cell = link.closest("td");
  const row = cell.parentElement;
  const column = [...row.children].indexOf(cell);
  if (key === "ArrowDown" || key === "ArrowUp") {
    const cells = [...table.querySelectorAll("tbody tr")].map((each) => each.children[column]);
    const links = cells.flatMap((each) => (each ? visible(each.querySelectorAll(LINKS)) : []));
    return links[links.indexOf(link) + (key === "ArrowDown" ? 1 : -1)];
  }
  const step = key === "ArrowRight" ? 1 : -1;
  const place = visible(cell.querySelectorAll(LINKS)).indexOf(link);
  for (let at = column + step; row.children[at]; at += step) {
    const links = visible(row.children[at].querySelectorAll(LINKS));
    if (links.length) return links[Math.min(place, links.length - 1)];
  }
  return null;
}

table.addEventListener("keydown", (event) => {
  if (!event.key.startsWith("Arrow") || event.altKey || event.ctrlKey || event.metaKey) return;
  const link = event.target.closest(LINKS);
  if (!link || !link.closest("td")) return;
  const next = beside(link, event.key);
  if (!next) return;
  event.preventDefault();
  next.focus();
});

// A changed view says how many relations it has.

const KEY = "matrix-view";
const view = location.pathname + location.search;
try {
  const before = sessionStorage.getItem(KEY);
  sessionStorage.setItem(KEY, view);
  if (before !== null && before !== view) {
    setTimeout(() => { told.textContent = told.dataset.told; }, 300);
  }
} catch {
  // Without a store nothing is announced; the number stands on the page.
}
