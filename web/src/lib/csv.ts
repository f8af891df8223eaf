export type Cell = string | number;

// A spreadsheet evaluates a text that begins like a formula, unless it follows an apostrophe.
const formula = /^[=+\-@\t\r\n]/;

/** RFC 4180, with every text in quotes. Numbers stay bare, with a dot. */
export function csvCell(value: Cell): string {
  if (typeof value === "number") return String(value);
  return `"${(formula.test(value) ? `'${value}` : value).replace(/"/g, '""')}"`;
}

export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}
