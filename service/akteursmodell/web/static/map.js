// The map, movable: the points are those of the picture that the server has drawn.

const frame = document.getElementById("map-frame");
const canvas = document.getElementById("map-canvas");
const swap = document.getElementById("map-swap");
const leaflet = window.L;

let map;

function start() {
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  map = leaflet.map(canvas, { zoomControl: false, attributionControl: false, minZoom: 8, maxZoom: 17, zoomSnap: 0.25 });
  leaflet.control.zoom({ zoomInTitle: canvas.dataset.in, zoomOutTitle: canvas.dataset.out }).addTo(map);
  leaflet.control.scale({ imperial: false }).addTo(map);
  if (canvas.dataset.tiles) {
    leaflet.control.attribution({ prefix: false }).addTo(map);
    const credit = document.createElement("span");
    credit.textContent = canvas.dataset.credit;
    leaflet.tileLayer(canvas.dataset.tiles, { attribution: credit.innerHTML }).addTo(map);
  }
  const places = [];
  const wide = canvas.clientWidth >= 600;
  for (const group of frame.querySelectorAll("g[data-place]")) {
    const spots = [...group.querySelectorAll("[data-point]")];
    const where = spots.map((spot) => [Number(spot.dataset.latitude), Number(spot.dataset.longitude)]);
    if (where.length > 1) leaflet.polyline(where, { color: colour("--gap"), weight: 2, dashArray: "4 3", interactive: false }).addTo(map);
    where.forEach((place, index) => {
      const fill = colour(group.classList.contains("town") ? "--contract" : "--link");
      const name = document.createElement("span");
      name.textContent = index ? spots[index].querySelector("title").textContent : group.dataset.name;
      const mark = leaflet.circleMarker(place, { radius: 8, color: colour("--page"), weight: 2, fillColor: fill, fillOpacity: 1 });
      mark.bindTooltip(name, { permanent: wide && index === 0, direction: group.dataset.side }).addTo(map);
      places.push(place);
    });
  }
  map.fitBounds(places, { padding: [40, 40] });
  canvas.map = map;
}

if (frame && leaflet) {
  document.getElementById("map-tools").hidden = false;
  swap.addEventListener("click", () => {
    const movable = canvas.hidden;
    canvas.hidden = !movable;
    frame.hidden = movable;
    swap.setAttribute("aria-pressed", String(movable));
    if (movable && !map) start();
  });
}
