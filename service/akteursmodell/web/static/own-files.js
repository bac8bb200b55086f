// How lines of the reader's own are written down, in the browser's store and in a file alike.

const KIND = "akteursmodell-own-lines";
const VERSION = 1;
const LONGEST = 300;
const NAME = /^[\w.-]*$/;

export const MOST = 100;

function isText(text) {
  return typeof text === "string" && text.length <= LONGEST;
}

function isEnd(end) {
  if (typeof end !== "object" || end === null) return false;
  if (!isText(end.name) || !isText(end.cell) || !isText(end.label)) return false;
  return NAME.test(end.name) && NAME.test(end.cell) && end.cell !== "";
}

function isLine(line) {
  return (
    typeof line === "object" && line !== null &&
    isEnd(line.from) && isEnd(line.to) && isText(line.note)
  );
}

// The lines of a text that was written here, or null where it is another.
export function read(text) {
  let found;
  try {
    found = JSON.parse(text);
  } catch {
    return null;
  }
  const known = found && found.kind === KIND && found.version === VERSION;
  if (!known || !Array.isArray(found.lines) || !found.lines.every(isLine)) return null;
  return found.lines.slice(0, MOST);
}

export function written(lines, about) {
  return JSON.stringify({ kind: KIND, version: VERSION, draft: true, ...about, lines }, null, 2);
}
