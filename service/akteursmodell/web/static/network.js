// The network, movable: the points and lines are those of the picture that the server has drawn.

const frame = document.getElementById("net-frame");
const canvas = document.getElementById("net-canvas");
const status = document.getElementById("net-status");
const english = document.documentElement.lang === "en";
const say = (de, en) => (english ? en : de);
const button = (name) => document.getElementById(`net-${name}`);

const number = (element, name) => Number(element.dataset[name]);

function elements(picture) {
  const spots = [...picture.querySelectorAll("g[data-node]")];
  const ties = [...picture.querySelectorAll("line[data-relation]")];
  return [
    ...spots.map((spot) => ({
      group: "nodes",
      data: {
        id: spot.dataset.node,
        name: spot.dataset.name,
        label: spot.dataset.shape === "relation" ? spot.dataset.relations : spot.dataset.name,
        shape: spot.dataset.shape,
        group: spot.dataset.group,
        broker: spot.dataset.broker,
        size: size(spot),
      },
      position: { x: number(spot, "x"), y: number(spot, "y") },
    })),
    ...ties.map((tie) => ({
      group: "edges",
      data: {
        source: tie.dataset.source,
        target: tie.dataset.target,
        relation: tie.dataset.relation,
        name: tie.querySelector("title").textContent,
        kind: tie.dataset.kind,
        state: tie.dataset.state,
      },
    })),
  ];
}

function size(spot) {
  const circle = spot.querySelector("circle");
  return circle ? Number(circle.getAttribute("r")) * 2.4 : 18;
}

// Colours come from the style sheet, so that light and dark are those of the page.
function look() {
  const style = getComputedStyle(frame.querySelector("svg"));
  const colour = (name) => style.getPropertyValue(`--${name}`).trim();
  const lines = { law: "law-line", contract: "contract-line", cooperation: "tie-line", network: "tie-line" };
  const dashes = { attested: [7, 4], undated: [2, 4], ended: [12, 3, 2, 3] };
  return [
    {
      selector: "node",
      style: {
        width: "data(size)", height: "data(size)", label: "data(label)",
        "background-color": (node) =>
          colour(node.data("broker") ? "warn-line" : Number(node.data("group")) ? `s${node.data("group")}` : "dim"),
        "border-width": 1.5, "border-color": colour("ground"),
        color: colour("ink"), "font-size": 12, "text-wrap": "wrap", "text-max-width": 130,
        "text-valign": "bottom", "text-margin-y": 3,
        "text-background-color": colour("ground"), "text-background-opacity": 0.8,
      },
    },
    {
      selector: 'node[shape = "relation"]',
      style: {
        shape: "round-rectangle", "background-color": colour("ground"), "border-color": colour("ink"),
        "text-valign": "center", "text-margin-y": 0, "text-background-opacity": 0, "font-size": 11,
      },
    },
    {
      selector: 'node[shape = "open"]',
      style: { "background-color": colour("ground"), "border-color": colour("warn-line"), "border-style": "dashed", "border-width": 2 },
    },
    {
      selector: "edge",
      style: {
        width: 1.8, "curve-style": "bezier",
        "line-color": (edge) => colour(lines[edge.data("kind")] ?? "other-line"),
        "line-style": (edge) => (dashes[edge.data("state")] ? "dashed" : "solid"),
        "line-dash-pattern": (edge) => dashes[edge.data("state")] ?? [1, 0],
      },
    },
    { selector: ".far", style: { opacity: 0.18 } },
    { selector: "node:selected", style: { "border-width": 4, "border-color": colour("ink") } },
  ];
}

let network;

function start() {
  network = window.cytoscape({
    container: canvas,
    elements: elements(frame.querySelector("svg")),
    style: look(),
    minZoom: 0.2,
    maxZoom: 4,
    // Without chance, and from the places of the drawn picture: the same view always looks the same.
    layout: {
      name: "fcose", randomize: false, quality: "proof", animate: false, nodeDimensionsIncludeLabels: true,
      nodeRepulsion: 9000, idealEdgeLength: 95, padding: 20, packComponents: true,
    },
  });
  network.on("tap", "node", (event) => show(event.target));
  network.on("tap", (event) => { if (event.target === network) clear(); });
  canvas.network = network;
}

function show(node) {
  const near = node.closedNeighborhood();
  network.elements().addClass("far");
  near.removeClass("far");
  const names = node.neighborhood("node").map((other) => other.data("name"));
  status.textContent = `${node.data("name")}: ${names.join(", ")}`;
  if (node.data("shape") === "actor") status.append(" ", around(node));
}

// A way from the picture to the surroundings of an actor, with all else that was chosen.
function around(node) {
  const link = document.createElement("a");
  const address = new URL(location.href);
  address.searchParams.set("um", node.id());
  link.href = address.pathname + address.search;
  link.textContent = say(`nur rund um ${node.data("name")} zeigen`, `show only around ${node.data("name")}`);
  return link;
}

function clear() {
  network.elements().removeClass("far");
  status.textContent = "";
}

function swap() {
  const movable = canvas.hidden;
  canvas.hidden = !movable;
  frame.hidden = movable;
  button("swap").setAttribute("aria-pressed", String(movable));
  for (const name of ["in", "out", "fit"]) button(name).hidden = !movable;
  if (movable && !network) {
    start();
    status.textContent = say("Ein Punkt lässt sich antippen und verschieben.", "A point can be tapped and moved.");
  } else if (!movable) status.textContent = "";
}

const zoom = (factor) => () => {
  network.zoom({ level: network.zoom() * factor, renderedPosition: { x: canvas.clientWidth / 2, y: canvas.clientHeight / 2 } });
};

function save(address) {
  const link = document.createElement("a");
  link.href = address;
  link.download = "network.png";
  link.click();
}

// The picture as it is shown now: moved, or as the server has drawn it.
function png() {
  const ground = getComputedStyle(frame.querySelector("svg") ?? canvas).getPropertyValue("--ground").trim();
  if (frame.hidden) return save(network.png({ full: true, scale: 2, bg: ground }));
  const picture = new Image();
  picture.onload = () => {
    const sheet = document.createElement("canvas");
    sheet.width = picture.naturalWidth * 2;
    sheet.height = picture.naturalHeight * 2;
    sheet.getContext("2d").drawImage(picture, 0, 0, sheet.width, sheet.height);
    save(sheet.toDataURL("image/png"));
  };
  picture.src = document.querySelector('a[href*="network.svg"]').href;
}

// On a narrow screen the middle of the picture is seen first, not its empty corner.
if (frame) frame.scrollLeft = (frame.scrollWidth - frame.clientWidth) / 2;

if (frame && window.cytoscape && window.cytoscapeFcose) {
  document.getElementById("net-tools").hidden = false;
  button("swap").addEventListener("click", swap);
  button("in").addEventListener("click", zoom(1.3));
  button("out").addEventListener("click", zoom(1 / 1.3));
  button("fit").addEventListener("click", () => network.fit(undefined, 20));
  button("png").addEventListener("click", png);
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => network?.style(look()));
}
