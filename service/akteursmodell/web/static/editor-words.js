// The words of YASGUI in German. It knows English only and has no setting for that, so what it writes
// into its bars and menus is replaced there as it comes; queries and results are never touched.

const WORDS = new Map(Object.entries({
  "Add a new tab": "neuer Tab",
  "Add tab": "neuer Tab",
  "Close tab": "Tab schließen",
  "Close Tab": "Tab schließen",
  "Close other tabs": "andere Tabs schließen",
  "Copy Tab": "Tab kopieren",
  "New Tab": "neuer Tab",
  "Rename Tab": "Tab umbenennen",
  "Undo close Tab": "geschlossenen Tab wieder öffnen",
  "Download Results": "Ergebnis herunterladen",
  "Download result": "Ergebnis herunterladen",
  "Download not supported": "hier kein Download",
  "Interrupt query": "Abfrage abbrechen",
  "Query has syntax errors": "Die Abfrage hat einen Fehler",
  "Response": "Antwort roh",
  "Run query": "Abfragen",
  "Share query": "Abfrage teilen",
}));
const PATTERNS = [
  [/^Shows (.+) view$/, (_, name) => `${word(name)} zeigen`],
  [/^(\d+) results? in ([\d.]+) seconds?$/, (_, rows, time) => `${rows} ${rows === "1" ? "Zeile" : "Zeilen"} in ${time.replace(".", ",")} Sekunden`],
  [/^(\d+) results?$/, (_, rows) => `${rows} ${rows === "1" ? "Zeile" : "Zeilen"}`],
  [/^Response in ([\d.]+) seconds?$/, (_, time) => `Antwort in ${time.replace(".", ",")} Sekunden`],
];
const BARS = ".tabsList, .yasr_header, .yasqe_buttons, .context-menu";
const NAMES = ["title", "aria-label"];

function word(english) {
  const text = english.trim();
  if (WORDS.has(text)) return WORDS.get(text);
  const found = PATTERNS.find(([pattern]) => pattern.test(text));
  return found ? text.replace(...found) : english;
}

function put(bar) {
  for (const element of [bar, ...bar.querySelectorAll("*")]) {
    for (const name of NAMES) {
      const told = element.getAttribute(name);
      if (told && word(told) !== told) element.setAttribute(name, word(told));
    }
    for (const node of element.childNodes) {
      if (node.nodeType === Node.TEXT_NODE && word(node.data) !== node.data) node.data = word(node.data);
    }
  }
}

// Put German words into the bars of an editor, now and whenever they change.
export function inGerman(home) {
  const all = () => home.querySelectorAll(BARS).forEach(put);
  new MutationObserver(all).observe(home, {
    subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: NAMES,
  });
  all();
}
