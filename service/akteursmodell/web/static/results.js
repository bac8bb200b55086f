// How the editor shows answers: a table with labels, bars, and a network; by label, not by address.

const MOST_ROWS = 500;
const MOST_BARS = 40;
const MOST_LINES = 400;
const NUMBER = /(integer|decimal|double|float|int|long|short|nonNegativeInteger|positiveInteger)$/;
const SVG = "http://www.w3.org/2000/svg";

const words = new Map();

async function learn(addresses, place) {
  const unknown = [...new Set(addresses)].filter((each) => !words.has(each)).slice(0, 2000);
  if (!unknown.length) return;
  const answer = await fetch(place, {
    method: "POST", body: JSON.stringify(unknown), headers: { "Content-Type": "application/json" },
  });
  if (!answer.ok) return;
  for (const [address, told] of Object.entries(await answer.json())) words.set(address, told);
}

const label = (term) => (term?.type === "uri" ? (words.get(term.value)?.label ?? term.value) : (term?.value ?? ""));
const isNumber = (term) => term?.type?.endsWith("literal") && NUMBER.test(term.datatype ?? "");

function make(tag, inside = [], attributes = {}, space) {
  const element = space ? document.createElementNS(space, tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...[inside].flat());
  return element;
}

function shown(term) {
  const page = term?.type === "uri" ? words.get(term.value)?.page : "";
  if (!page) return label(term);
  return make("a", label(term), { href: page, title: term.value, rel: "noreferrer" });
}

// The lines of a network: the statements of a graph, or the pairs of things of each row.
function lines(results) {
  const told = results.getStatements?.();
  if (told?.length) {
    const term = (each) => ({ type: each.termType === "NamedNode" ? "uri" : "literal", value: each.value });
    return told.map((each) => [each.subject, each.predicate, each.object].map(term));
  }
  const names = results.getVariables?.() ?? [];
  return (results.getBindings?.() ?? [])
    .map((row) => names.map((name) => row[name]).filter((term) => term?.type === "uri"))
    .filter((things) => things.length > 1)
    .map((things) => [things[0], things.length > 2 ? things[1] : null, things.at(-1)]);
}

export function addPlugins(Yasr, { labels, network, say, bring }) {
  class Base {
    priority = 1;
    constructor(yasr) { this.yasr = yasr; }
    get rows() { return this.yasr.results?.getBindings?.() ?? []; }
    get names() { return this.yasr.results?.getVariables?.() ?? []; }
    getIcon() { return make("span"); }
    async learn(terms) {
      await learn(terms.filter((term) => term?.type === "uri").map((term) => term.value), labels);
    }
    show(...elements) { this.yasr.resultsEl.replaceChildren(...elements); }
  }

  class Labelled extends Base {
    priority = 12;
    label = say("Tabelle", "Table");
    canHandleResults() { return this.names.length > 0; }
    download() {
      return {
        getData: () => this.yasr.results?.asCsv() ?? "",
        contentType: "text/csv",
        title: say("Ergebnis als CSV herunterladen", "Download result as CSV"),
        filename: "result.csv",
      };
    }
    async draw() {
      const { rows, names } = this;
      const some = rows.slice(0, MOST_ROWS);
      await this.learn(some.flatMap((row) => Object.values(row)));
      const head = make("thead", make("tr", names.map((name) => make("th", name, { scope: "col" }))));
      const body = make("tbody", some.map((row) => make("tr", names.map((name) => make("td", shown(row[name]), { "data-head": name })))));
      const amount = rows.length > MOST_ROWS
        ? say(`${rows.length} Zeilen, die ersten ${MOST_ROWS} gezeigt`, `${rows.length} rows, the first ${MOST_ROWS} shown`)
        : say(`${rows.length} Zeilen`, `${rows.length} rows`);
      const table = make("table", [make("caption", amount), head, body], { class: "rows raw labelled" });
      this.show(make("div", table, { class: "scroller", tabindex: "0", role: "region", "aria-label": say("Ergebnis", "Result") }));
    }
  }

  class Chart extends Base {
    label = say("Balken", "Bars");
    get columns() {
      const value = this.names.find((name) => this.rows.length && this.rows.every((row) => !row[name] || isNumber(row[name])) && this.rows.some((row) => row[name]));
      return value && { value, names: this.names.filter((name) => name !== value) };
    }
    canHandleResults() { return Boolean(this.columns?.names.length); }
    async draw() {
      const { value, names } = this.columns;
      const rows = this.rows.slice(0, MOST_BARS);
      await this.learn(rows.flatMap((row) => names.map((name) => row[name])));
      const numbers = rows.map((row) => Number(row[value]?.value ?? 0));
      const most = Math.max(...numbers.map(Math.abs), 1e-9);
      const bars = rows.flatMap((row, index) => {
        const y = index * 28;
        const name = names.map((each) => label(row[each])).filter(Boolean).join(" – ");
        return [
          make("text", name.length > 52 ? `${name.slice(0, 51)}…` : name, { x: 372, y: y + 19, "text-anchor": "end" }, SVG),
          make("rect", [], { x: 380, y: y + 5, width: Math.max(1, (Math.abs(numbers[index]) / most) * 320), height: 18 }, SVG),
          make("text", String(numbers[index]), { x: 386 + (Math.abs(numbers[index]) / most) * 320, y: y + 19 }, SVG),
        ];
      });
      const told = say(`Balken zu ${value}; dasselbe steht in der Tabelle`, `Bars of ${value}; the table says the same`);
      const picture = make("svg", bars, { viewBox: `0 0 780 ${rows.length * 28 + 6}`, class: "chart", role: "img", "aria-label": told }, SVG);
      const rest = this.rows.length > MOST_BARS ? say(`Gezeigt sind die ersten ${MOST_BARS} Zeilen.`, `The first ${MOST_BARS} rows are shown.`) : "";
      this.show(make("div", picture, { class: "scroller", tabindex: "0", role: "region", "aria-label": told }), make("p", rest, { class: "soft" }));
    }
  }

  class Network extends Base {
    priority = 9;
    label = say("Netz", "Network");
    canHandleResults() { return lines(this.yasr.results ?? {}).length > 0; }
    async draw() {
      if (!window.cytoscape) await bring("script", network);
      const all = lines(this.yasr.results);
      const some = all.slice(0, MOST_LINES);
      await this.learn(some.flat());
      const points = new Map(some.flatMap(([one, , other]) => [[one.value, one], [other.value, other]]));
      const canvas = make("div", [], { class: "net-canvas", role: "img", "aria-label": say("Netz; dasselbe steht in der Tabelle oder Antwort", "Network; the table or response says the same") });
      const rest = all.length > MOST_LINES ? say(`Gezeigt sind die ersten ${MOST_LINES} Verbindungen.`, `The first ${MOST_LINES} ties are shown.`) : "";
      this.show(canvas, make("p", rest, { class: "soft" }));
      const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
      canvas.network = window.cytoscape({
        container: canvas,
        elements: [
          ...[...points].map(([id, term]) => ({ data: { id, label: label(term) } })),
          ...some.map(([one, by, other]) => ({ data: { source: one.value, target: other.value, label: by ? label(by) : "" } })),
        ],
        style: [
          { selector: "node", style: { label: "data(label)", width: 14, height: 14, "background-color": colour("--link"), color: colour("--text"), "font-size": 11, "text-wrap": "wrap", "text-max-width": 130, "text-valign": "bottom", "text-margin-y": 3 } },
          { selector: "edge", style: { label: "data(label)", width: 1.5, "line-color": colour("--line"), "target-arrow-color": colour("--line"), "target-arrow-shape": "triangle", "curve-style": "bezier", "font-size": 9, color: colour("--soft"), "text-rotation": "autorotate" } },
        ],
        layout: { name: "cose", randomize: false, animate: false, nodeRepulsion: 90000, idealEdgeLength: 90 },
      });
    }
  }

  Yasr.registerPlugin("labelled", Labelled);
  Yasr.registerPlugin("chart", Chart);
  Yasr.registerPlugin("network", Network);
  // The table of YASGUI shows addresses only and cannot be used by all; ours takes its place.
  Yasr.registerPlugin("table", Yasr.plugins.table, false);
}
