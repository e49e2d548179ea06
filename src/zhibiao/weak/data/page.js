"use strict";
// Tables that sort by the column whose head is chosen: numbers from the largest, words from A. What has no number stays last.
function sortBy(table, column, head) {
  const body = table.tBodies[0];
  const down = head.getAttribute("aria-sort") !== "descending" && (head.classList.contains("n") || head.getAttribute("aria-sort") === "ascending");
  const key = (row) => (head.classList.contains("n") ? Number.parseFloat(row.cells[column].textContent.replaceAll(",", "")) : row.cells[column].textContent.trim());
  const rows = [...body.rows].map((row) => ({ row, value: key(row) }));
  rows.sort((one, other) => {
    if (Number.isNaN(one.value) || Number.isNaN(other.value)) return Number.isNaN(one.value) - Number.isNaN(other.value);
    const order = typeof one.value === "string" ? one.value.localeCompare(other.value, "en") : one.value - other.value;
    return down ? -order : order;
  });
  for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", down ? "descending" : "ascending");
  body.append(...rows.map(({ row }) => row));
}

for (const table of document.querySelectorAll("table.functions")) {
  [...table.tHead.rows[0].cells].forEach((head, column) => {
    if (!head.textContent) return;
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => sortBy(table, column, head));
  });
}
