// What the pages do beyond reading: filter a long table, sort it, unfold all removed blocks. Without this file everything is still there.
"use strict";

for (const button of document.querySelectorAll("button.unfold")) {
  const runs = [...document.querySelectorAll("details.removed-run")];
  if (runs.length === 0) continue;
  button.hidden = false;
  button.addEventListener("click", () => {
    const open = runs.some(run => !run.open);
    for (const run of runs) run.open = open;
    button.textContent = open ? "Fold all" : "Unfold all";
  });
}

for (const table of document.querySelectorAll("table.filter")) {
  const rows = [...table.tBodies[0].rows];
  if (rows.length > 8) addFilter(table, rows);
  if (rows.length > 2) [...table.tHead.rows[0].cells].forEach((cell, column) => addSort(table, cell, column));
}

function addFilter(table, rows) {
  const label = document.createElement("label");
  label.className = "filter-box";
  label.append("Filter ");
  const input = document.createElement("input");
  input.type = "search";
  input.autocomplete = "off";
  label.append(input);
  const count = document.createElement("output");
  label.append(count);
  table.closest(".scroll").before(label);
  const texts = rows.map(row => row.textContent.toLocaleLowerCase());
  input.addEventListener("input", () => {
    const words = input.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    rows.forEach((row, i) => {
      row.hidden = !words.every(word => texts[i].includes(word));
      if (!row.hidden) shown++;
    });
    count.textContent = words.length === 0 ? "" : ` ${shown} of ${rows.length}`;
  });
}

function addSort(table, cell, column) {
  if (cell.textContent.trim() === "") return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "sort";
  button.append(...cell.childNodes);
  cell.append(button);
  button.addEventListener("click", () => {
    const falling = cell.getAttribute("aria-sort") !== "descending";
    for (const other of cell.parentElement.cells) other.removeAttribute("aria-sort");
    cell.setAttribute("aria-sort", falling ? "descending" : "ascending");
    const rows = [...table.tBodies[0].rows];
    const keys = new Map(rows.map(row => [row, key(row.cells[column])]));
    rows.sort((a, b) => compare(keys.get(a), keys.get(b)) * (falling ? -1 : 1));
    table.tBodies[0].append(...rows);
  });
}

function key(cell) {
  const time = cell.querySelector("time");
  if (time) return time.dateTime;
  const text = cell.textContent.trim();
  const number = Number.parseFloat(text.replace(/,/g, ""));
  return cell.classList.contains("n") ? (Number.isNaN(number) ? -1 : number) : text.toLocaleLowerCase();
}

function compare(a, b) {
  return typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b));
}
