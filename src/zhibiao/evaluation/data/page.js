"use strict";
// The list of mistakes: filtered by the form, in pages, each mistake opening its sentence as the gold and as the system has it.
// All texts come in as text nodes; none is ever read as HTML. The address (#kind=…&label=…&m=12) holds what is shown.
const PAGE = 50;
const FIELDS = ["kind", "label", "report", "text"];
const LETTERS = { ORG: "O", METRIC: "M", AMOUNT: "A", RANK: "R" };
const ARC_NAMES = { HAS_VALUE: "value", HAS_CHANGE: "change", HAS_RANK: "rank", HELD_BY: "held by" };
const LANE = 9;

const { mistakes, sentences } = JSON.parse(document.getElementById("data").textContent);
const [form, list, count, pager] = ["filter", "list", "count", "pager"].map((id) => document.getElementById(id));
let shown = [];
let page = 0;

function element(tag, attributes, ...children) {
  const made = tag === "svg" || tag === "path" || tag === "text" ? document.createElementNS("http://www.w3.org/2000/svg", tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

function fits(mistake) {
  const { kind, label, report, text } = Object.fromEntries(new FormData(form));
  mistake.words ??= [sentences[mistake.sentence].text, mistake.reference, mistake.predicted, mistake.detail].join("\n").toLowerCase();
  return (!kind || mistake.kind === kind) && (!label || mistake.label === label) && (!report || mistake.report_id === report)
    && mistake.words.includes((text ?? "").trim().toLowerCase());
}

function applyFilter() {
  shown = mistakes.map((_, number) => number).filter((number) => fits(mistakes[number]));
  showPage(0);
}

function showPage(number) {
  page = number;
  const first = page * PAGE, last = Math.min(first + PAGE, shown.length);
  list.replaceChildren(...shown.slice(first, last).map(makeRow));
  const all = mistakes.length.toLocaleString("en"), found = shown.length.toLocaleString("en");
  count.textContent = shown.length === mistakes.length ? `${all} mistakes` : `${found} of ${all} mistakes`;
  pager.hidden = shown.length <= PAGE;
  pager.querySelector("span").textContent = `${first + 1} to ${last}`;
  const [previous, next] = pager.querySelectorAll("button");
  previous.disabled = page === 0;
  next.disabled = last === shown.length;
}

function makeRow(number) {
  const mistake = mistakes[number];
  const row = element("details", { class: "mistake", id: `m${number + 1}` },
    element("summary", {},
      element("span", {}, `${mistake.kind} `, element("span", { class: `chip ${mistake.label}` }, mistake.label)),
      element("span", { class: "what" }, ...describe(mistake)),
      element("span", { class: "where" }, `${mistake.report_id}:${mistake.place}`)));
  row.addEventListener("toggle", () => {
    if (!row.open) return;
    if (row.children.length === 1) row.append(...makeBody(mistake));
    row.querySelectorAll(".sentence").forEach(drawArcs);
    writeAddress(number + 1);
  });
  return row;
}

function describe({ reference, predicted, detail }) {
  const words = (text) => element("span", { lang: "zh" }, text);
  const remark = detail ? [" · ", detail] : [];
  if (reference === null) return ["predicted ", words(predicted), ...remark];
  if (predicted === null) return ["gold ", words(reference), ...remark];
  if (reference === predicted) return [words(reference), ...remark];
  return ["gold ", words(reference), " · predicted ", words(predicted), ...remark];
}

function makeBody(mistake) {
  const sentence = sentences[mistake.sentence];
  return [["gold", "predicted", "Gold", "not predicted: "], ["predicted", "gold", "Predicted", "not in the gold: "]].map(([side, other, name, only]) =>
    element("div", { class: "side" },
      element("h3", {}, name),
      makeSentence(sentence, side, other, mistake[`${side}_spans`]),
      makeChips(sentence, side, other, mistake[`${side}_spans`], only)));
}

const keyOf = (mark) => `${mark.label} ${mark.spans.join(" ")}`;
const marksOf = (marks) => [...marks.spans, ...marks.links];

// How a mark is drawn: as the mistake's own, as differing from the other side, or as agreed.
function stateOf(mark, others, own) {
  const differs = others.has(keyOf(mark)) ? "" : "differs";
  return String(mark.spans) === String(own) ? `${differs} own` : differs;
}

function makeSentence(sentence, side, other, own) {
  const others = new Set(marksOf(sentence[other]).map(keyOf));
  const characters = Array.from(sentence.text); // offsets count code points: 𠮷 is one
  const paragraph = element("p", { class: "sentence", lang: "zh" });
  let done = 0;
  for (const mark of [...sentence[side].spans].sort((a, b) => a.spans[0][0] - b.spans[0][0])) {
    const [start, end] = mark.spans[0];
    if (start < done) continue;
    // The ends of a wrong link are shown although the spans themselves are right.
    const partOfOwn = own.some((span) => String(span) === String(mark.spans[0])) ? " own" : "";
    paragraph.append(characters.slice(done, start).join(""),
      element("mark", { class: `${mark.label} ${stateOf(mark, others, own)}${partOfOwn}`, "data-label": mark.label, "data-letter": LETTERS[mark.label] ?? "", "data-span": mark.spans[0], title: mark.label }, characters.slice(start, end).join("")));
    done = end;
  }
  paragraph.append(characters.slice(done).join(""));
  paragraph.links = sentence[side].links.map((link) => ({ ...link, state: stateOf(link, others, own) }));
  return paragraph;
}

function makeChips(sentence, side, other, own, only) {
  const others = new Set(marksOf(sentence[other]).map(keyOf));
  const differing = marksOf(sentence[side]).filter((mark) => !others.has(keyOf(mark)));
  if (!differing.length) return "";
  const chips = differing.map((mark) => element("li", { class: stateOf(mark, others, own) },
    element("small", {}, `${ARC_NAMES[mark.label] ?? mark.label} `), element("span", { lang: "zh" }, mark.text)));
  return element("div", { class: "chips" }, element("span", { class: "faint" }, only), element("ul", { "aria-label": only }, ...chips));
}

// Arcs run in lanes, metrics above the text and holders below. An arc between two lines of text leaves at the end of the one and
// comes in at the start of the other. Arcs that share their metric or holder share a lane.
function drawArcs(paragraph) {
  paragraph.querySelector("svg.arcs")?.remove();
  paragraph.style.lineHeight = "";
  if (!paragraph.links.length) return;
  const lanes = stackLanes(findPieces(paragraph));
  paragraph.style.lineHeight = `${30 + 2 * LANE * lanes}px`;
  const pieces = findPieces(paragraph); // again: the lines have moved
  stackLanes(pieces);
  const svg = element("svg", { class: "arcs", "aria-hidden": "true" });
  const drawn = pieces.sort((a, b) => a.state.length - b.state.length).map(drawPiece); // the mistake's own on top
  svg.append(...drawn.map(([path]) => path), ...drawn.flatMap(([, ...names]) => names));
  paragraph.append(svg);
}

function findPieces(paragraph) {
  const frame = paragraph.getBoundingClientRect();
  const marks = new Map([...paragraph.querySelectorAll("mark")].map((mark) => [mark.dataset.span, mark]));
  const place = (span) => {
    const box = marks.get(String(span))?.getClientRects()[0];
    return box && { x: box.left + box.width / 2 - frame.left, top: box.top - frame.top, bottom: box.bottom - frame.top };
  };
  return paragraph.links.flatMap((link) => {
    const [head, child] = link.spans.map(place);
    if (!head || !child) return []; // a head in the sentence before
    const below = link.label === "HELD_BY";
    const common = { ...link, below, hub: `${link.label} ${link.spans[below ? 1 : 0]}` };
    const figure = below ? head : child;
    const [one, two] = [head, child].sort((a, b) => (Math.abs(a.top - b.top) > 4 ? a.top - b.top : a.x - b.x));
    if (two.top - one.top <= 4) return [{ ...common, line: one, from: one.x, to: two.x, legs: [one.x, two.x], named: figure.x }];
    return [
      { ...common, line: one, from: one.x, to: frame.width, legs: [one.x], named: one === figure ? one.x : null },
      { ...common, line: two, from: 0, to: two.x, legs: [two.x], named: two === figure ? two.x : null },
    ];
  });
}

// Gives each piece its lane, the shorter ones nearer to the text, and returns the number of lanes.
function stackLanes(pieces) {
  const groups = new Map();
  for (const piece of pieces) {
    const key = `${Math.round(piece.line.top)} ${piece.hub}`;
    const group = groups.get(key) ?? { line: Math.round(piece.line.top), below: piece.below, from: Infinity, to: -Infinity, pieces: [] };
    groups.set(key, { ...group, from: Math.min(group.from, piece.from), to: Math.max(group.to, piece.to), pieces: [...group.pieces, piece] });
  }
  const placed = [];
  for (const group of [...groups.values()].sort((a, b) => a.to - a.from - (b.to - b.from))) {
    const near = placed.filter((other) => other.line === group.line && other.below === group.below && other.from <= group.to && group.from <= other.to);
    group.lane = 0;
    while (near.some((other) => other.lane === group.lane)) group.lane += 1;
    for (const piece of group.pieces) piece.lane = group.lane;
    placed.push(group);
  }
  return Math.max(...placed.map((group) => group.lane)) + 1;
}

function drawPiece({ label, state, below, line, from, to, legs, lane, named }) {
  const away = below ? 1 : -1;
  const edge = below ? line.bottom : line.top;
  const y = edge + away * (4 + LANE * (lane + 0.4));
  const bend = Math.min(5, (to - from) / 2);
  const start = legs.includes(from) ? `M${from},${edge} V${y - away * bend} Q${from},${y} ${from + bend},${y}` : `M${from},${y}`;
  const end = legs.includes(to) ? `H${to - bend} Q${to},${y} ${to},${y - away * bend} V${edge}` : `H${to}`;
  const path = element("path", { class: `${label} ${state}`, d: `${start} ${end}` });
  if (!state.trim() || named === null) return [path];
  return [path, element("text", { class: label, x: named, y: y + 3 }, ARC_NAMES[label])];
}

function writeAddress(number) {
  const state = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
  if (number) state.set("m", number);
  history.replaceState(null, "", `#${String(state) || "mistakes"}`);
}

function setFilter(state) {
  for (const name of FIELDS) form.elements[name].value = state.get(name) ?? "";
  applyFilter();
}

function readAddress() {
  const state = new URLSearchParams(location.hash.slice(1));
  if (![...FIELDS, "m"].some((name) => state.has(name))) return;
  setFilter(state);
  if (state.has("m")) openMistake(Number(state.get("m")));
  else form.scrollIntoView();
}

function openMistake(number) {
  if (!mistakes[number - 1]) return;
  if (!shown.includes(number - 1)) setFilter(new URLSearchParams());
  showPage(Math.floor(shown.indexOf(number - 1) / PAGE));
  const row = document.getElementById(`m${number}`);
  row.open = true;
  row.firstChild.focus();
  row.scrollIntoView();
}

if (form) {
  form.hidden = false;
  applyFilter();
  readAddress();
  addEventListener("hashchange", readAddress);
  addEventListener("resize", () => document.querySelectorAll(".mistake[open] .sentence").forEach(drawArcs));
  // The address of a class that is chosen again does not change, and nothing would happen.
  addEventListener("click", (event) => { if (event.target.closest("a")?.hash === location.hash) readAddress(); });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", () => { applyFilter(); writeAddress(); });
  form.addEventListener("reset", () => setTimeout(() => { applyFilter(); writeAddress(); }));
  pager.addEventListener("click", (event) => {
    if (event.target.value) showPage(page + Number(event.target.value));
    list.scrollIntoView();
  });
}
