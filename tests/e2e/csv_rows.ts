/** Reads RFC 4180 text into rows of cells, as a spreadsheet would. */
export function csvRows(text: string): string[][] {
  const rows: string[][] = [[]];
  const cells = /("(?:[^"]|"")*"|[^,\r\n]*)(,|\r\n|$)/y;
  while (cells.lastIndex < text.length) {
    const [, cell = "", end] = cells.exec(text) ?? [];
    if (end === undefined) throw new Error(`not CSV at ${cells.lastIndex}: ${text.slice(0, 80)}`);
    rows[rows.length - 1]?.push(cell.startsWith('"') ? cell.slice(1, -1).replace(/""/g, '"') : cell);
    if (end === "\r\n") rows.push([]);
  }
  return rows.slice(0, -1);
}
