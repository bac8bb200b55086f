// The editor of queries: YASGUI with completers that ask this service only. It is fetched when wanted.

import { inGerman } from "./editor-words.js";
import { addPlugins } from "./results.js";

const part = document.getElementById("editor-part");
const home = document.getElementById("editor");
const form = document.getElementById("form-part");
const status = document.getElementById("editor-status");
const field = document.getElementById("query");
const english = document.documentElement.lang === "en";
const say = (de, en) => (english ? en : de);
const CHOICE = "akteursmodell-editor";

let editor;

function bring(tag, address) {
  return new Promise((resolve, reject) => {
    const element = document.createElement(tag);
    element.addEventListener("load", resolve);
    element.addEventListener("error", () => reject(new Error(address)));
    if (tag === "link") Object.assign(element, { rel: "stylesheet", href: address });
    else element.src = address;
    document.head.append(element);
  });
}

async function ask(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${answer.status} ${address}`);
  return answer.json();
}

const plain = (text) => text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");

// Suggestions whose short form or label holds what is typed; those that begin with it come first.
function fitting(list, typed) {
  const wanted = plain(typed.replace(/^\w*:/, ""));
  const prefix = /^(\w*):/.exec(typed)?.[1];
  const rank = (each) => {
    const name = plain(each.short.replace(/^\w*:/, ""));
    if (name.startsWith(wanted)) return 0;
    if (plain(each.label).startsWith(wanted)) return 1;
    return name.includes(wanted) || plain(each.label).includes(wanted) ? 2 : 3;
  };
  return list
    .filter((each) => prefix === undefined || each.short.startsWith(`${prefix}:`))
    .map((each) => [rank(each), each])
    .filter(([place]) => place < 3)
    .sort((one, other) => one[0] - other[0])
    .map(([, each]) => each)
    .slice(0, 60);
}

// A completer of YASGUI that shows labels and notes, and inserts short forms.
function completer(name, valid, find) {
  let found = new Map();
  return {
    name,
    bulk: false,
    autoShow: false,
    isValidCompletionPosition: valid,
    preProcessToken: (_, token) => ({ ...token, autocompletionString: token.string.trim() }),
    get: async (_, token) => {
      const list = await find(token.autocompletionString);
      found = new Map(list.map((each) => [each.short, each]));
      return [...found.keys()];
    },
    postProcessSuggestion: (_, __, short) => (short.startsWith("http") ? `<${short}>` : short),
    postprocessHints: (_, hints) =>
      hints.map((hint) => {
        const each = found.get(hint.text.replace(/^<|>$/g, ""));
        const told = each && [each.label, each.note].filter(Boolean).join(" · ");
        return { ...hint, displayText: told ? `${hint.text} – ${told}` : hint.text };
      }),
  };
}

// Where a thing may stand: after a property, and where a name of it has been begun.
function thingPosition(yasqe) {
  const token = yasqe.getCompleteToken();
  const { class: classes, property: properties } = window.Yasgui.Yasqe.Autocompleters;
  if ([classes, properties].some((other) => other.isValidCompletionPosition(yasqe))) return false;
  return /^id:|^(?!prefix|select|where|filter|optional|order|limit|group|values|graph)\p{L}{3,}$/iu.test(token.string.trim());
}

function addCompleters(Yasqe, terms) {
  const { class: classes, property: properties } = Yasqe.Autocompleters;
  const made = [
    completer("class", classes.isValidCompletionPosition, (typed) => fitting(terms.classes, typed)),
    completer("property", properties.isValidCompletionPosition, (typed) => fitting(terms.properties, typed)),
    completer("thing", thingPosition, (typed) =>
      ask(`${home.dataset.things}&q=${encodeURIComponent(typed.replace(/^id:/, "").replaceAll("-", " "))}`)),
    {
      ...Yasqe.Autocompleters.prefixes,
      persistenceId: null,
      get: () => Object.entries(terms.prefixes).map(([name, space]) => `${name}: <${space}>`),
    },
  ];
  for (const each of made) {
    Yasqe.Autocompleters[each.name] = each;
  }
  // The names in their order: the first whose place fits is asked.
  Yasqe.defaults.autocompleters = ["prefixes", "variables", "class", "property", "thing"];
}

// Mark where a query is wrong, and say what the service says about it.
async function fault(error) {
  let told = { message: error.text ?? error.statusText ?? "" };
  try { told = JSON.parse(error.text); } catch { /* not JSON: shown as it is */ }
  if (told.line) mark(told.line - 1, told.column - 1);
  const box = document.createElement("div");
  box.className = "remark";
  box.setAttribute("role", "alert");
  for (const text of [told.message, told.hint]) {
    if (text) box.append(Object.assign(document.createElement("p"), { textContent: text }));
  }
  return box;
}

function mark(line, start) {
  const doc = editor.getTab().getYasqe().getDoc();
  const text = doc.getLine(line) ?? "";
  const end = start + Math.max(1, /^\S*/.exec(text.slice(start))[0].length);
  doc.markText({ line, ch: Math.min(start, Math.max(text.length - 1, 0)) }, { line, ch: end }, { className: "query-fault" });
  doc.addLineClass(line, "background", "query-fault-line");
}

function unmark(yasqe) {
  yasqe.getDoc().getAllMarks().filter((each) => each.className === "query-fault").forEach((each) => each.clear());
  yasqe.getDoc().eachLine((line) => yasqe.getDoc().removeLineClass(line, "background", "query-fault-line"));
}

function withPrefixes(query, prefixes) {
  const used = ["akm", "id", "skos"].filter((name) => !new RegExp(`prefix\\s+${name}:`, "i").test(query));
  return used.map((name) => `PREFIX ${name}: <${prefixes[name]}>\n`).join("") + query;
}

async function start() {
  status.hidden = false;
  status.textContent = say("Der Editor wird geladen …", "The editor is loading …");
  await bring("link", home.dataset.style);
  const [terms] = await Promise.all([ask(home.dataset.terms), bring("script", home.dataset.script)]);
  const { Yasgui } = window;
  addCompleters(Yasgui.Yasqe, terms);
  addPlugins(Yasgui.Yasr, { labels: home.dataset.labels, network: home.dataset.network, say, bring, prefixes: terms.prefixes });
  Object.assign(Yasgui.Yasr.defaults, {
    errorRenderers: [fault], defaultPlugin: "labelled", pluginOrder: ["labelled", "chart", "network", "response"],
  });
  Yasgui.Yasqe.defaults.value = withPrefixes(field.value, terms.prefixes);
  const endpoint = new URL(home.dataset.endpoint, location.href).href;
  editor = new Yasgui(home, {
    autofocus: false,
    tabName: say("Abfrage", "Query"),
    copyEndpointOnNewTab: true,
    populateFromUrl: false,
    requestConfig: { endpoint, method: "POST", headers: () => ({ "Accept-Language": document.documentElement.lang }) },
    endpointCatalogueOptions: { getData: () => [{ endpoint }] },
    yasqe: { createShareableLink: (yasqe) => `${endpoint}?${new URLSearchParams({ query: yasqe.getValue() })}`, consumeShareLink: null },
    yasr: { prefixes: terms.prefixes },
  });
  const follow = () => {
    const yasqe = editor.getTab().getYasqe();
    yasqe.getInputField().setAttribute("aria-label", say("Abfrage", "Query"));
    if (yasqe.followed) return;
    yasqe.followed = true;
    yasqe.on("query", () => unmark(yasqe));
    let waiting;
    yasqe.on("changes", (_, changes) => {
      unmark(yasqe);
      clearTimeout(waiting);
      const pasted = changes.some((change) => change.text.join("").length > 1);
      waiting = setTimeout(() => declare(yasqe, terms.prefixes, pasted), pasted ? 20 : 400);
    });
  };
  editor.on("tabSelect", () => setTimeout(follow));
  follow();
  const asked = new URLSearchParams(location.search);
  if (asked.has("query") || asked.has("example")) put(withPrefixes(field.value, terms.prefixes));
  if (!english) inGerman(home);
  home.editor = editor;
  status.hidden = true;
}

// Declare the known prefixes that a pasted query uses; the checker of YASGUI does not know them.
function declare(yasqe, prefixes, pasted) {
  const declared = yasqe.getPrefixesFromQuery();
  const used = new Set([...yasqe.getValue().matchAll(/(?<![\w?$:<"'])(\w+):[\w-]/g)].map((found) => found[1]));
  const missing = [...used].filter((name) => prefixes[name] && !declared[name]);
  if (missing.length && (pasted || !yasqe.state.completionActive)) {
    yasqe.addPrefixes(Object.fromEntries(missing.map((name) => [name, prefixes[name]])));
  }
}

function put(query) {
  editor.getTab().getYasqe().setValue(query);
}

async function example(event) {
  const wanted = event.target.value;
  if (!wanted || !editor) return;
  const page = await (await fetch(`${home.dataset.endpoint}?example=${wanted}`, { headers: { Accept: "text/html" } })).text();
  put(new DOMParser().parseFromString(page, "text/html").getElementById("query").value);
}

async function use(wanted) {
  part.hidden = !wanted;
  form.hidden = wanted;
  document.getElementById("use-editor").setAttribute("aria-pressed", String(wanted));
  document.getElementById("use-form").setAttribute("aria-pressed", String(!wanted));
  try { localStorage.setItem(CHOICE, wanted ? "1" : "0"); } catch { /* a browser that keeps nothing */ }
  if (!wanted) {
    if (editor) field.value = editor.getTab().getYasqe().getValue();
    return;
  }
  try {
    if (!editor) await start();
    else put(field.value);
  } catch (error) {
    console.info(error);
    await use(false);
    status.hidden = false;
    document.getElementById("choice").after(status);
    status.textContent = say("Der Editor ließ sich nicht laden. Das einfache Formular kann dasselbe.", "The editor could not be loaded. The plain form can do the same.");
  }
}

function remembered() {
  try { return localStorage.getItem(CHOICE) === "1"; } catch { return false; }
}

if (part) {
  document.getElementById("choice").hidden = false;
  document.getElementById("use-editor").addEventListener("click", () => use(true));
  document.getElementById("use-form").addEventListener("click", () => use(false));
  document.getElementById("example").addEventListener("change", example);
  if (remembered()) use(true);
}
