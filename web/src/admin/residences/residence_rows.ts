import type { ApiError } from "../../api/error";
import type { ResidenceRequest, WholeResidence } from "../../api/residence";

/** A residence as the form has it. */
export interface ResidenceValues {
  name: string;
  suburb: string;
  closes_on: string;
  reopens_on: string;
  gate: string;
  stairs: string;
  parking: string;
  caretaker_phone: string;
}

export const emptyResidence: ResidenceValues = {
  name: "",
  suburb: "",
  closes_on: "",
  reopens_on: "",
  gate: "",
  stairs: "",
  parking: "",
  caretaker_phone: "",
};

export function valuesOf({ id: _, closes_on, reopens_on, ...texts }: WholeResidence): ResidenceValues {
  return { ...texts, closes_on: closes_on ?? "", reopens_on: reopens_on ?? "" };
}

export function requestOf({ closes_on, reopens_on, ...texts }: ResidenceValues, id?: string): ResidenceRequest {
  return { ...texts, ...(id && { id }), closes_on: closes_on || null, reopens_on: reopens_on || null };
}

/** The error of a whole list with what it says of the entry at `place` as of a form of its own. */
export function errorOfEntry(error: ApiError, place: number): ApiError {
  const own = error.details.map((detail) => {
    if (/^residences must have the name /.test(detail)) return "name must be one that no other residence has";
    const prefix = `residences[${place + 1}].`;
    return detail.startsWith(prefix) ? detail.slice(prefix.length) : detail;
  });
  return error.withDetails(own);
}

/** The columns of a pasted list in their order, each with its name for people. */
const columns: Record<keyof ResidenceValues, string> = {
  name: "the name",
  suburb: "the suburb",
  closes_on: "the last day",
  reopens_on: "the day on which it opens again",
  gate: "the gate",
  stairs: "stairs or lift",
  parking: "parking",
  caretaker_phone: "the caretaker’s telephone",
};

/** The error of a list that was pasted, which says by its name which residence it is about. */
export function errorOfPasted(error: ApiError, list: readonly ResidenceRequest[]): ApiError {
  const sentences = error.details.map((detail) => {
    const [, place, member, rule] = /^residences\[(\d+)\]\.(\w+) (.*)$/s.exec(detail) ?? [];
    const name = list[Number(place) - 1]?.name;
    return name && member && member in columns ? `${name}: ${columns[member as keyof ResidenceValues]} ${rule}` : detail;
  });
  return error.withDetails(sentences);
}

/** A day as spreadsheets write it, 4/12/2026 or 2026/12/04, as the API does; other text as it is. */
function plainDate(text: string): string {
  const [, year, month, day] = /^(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})$/.exec(text) ?? [];
  const [, ownDay, ownMonth, ownYear] = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text) ?? [];
  const parts = [year ?? ownYear, month ?? ownMonth, day ?? ownDay];
  return parts[0] ? parts.map((part) => part?.padStart(2, "0")).join("-") : text;
}

/** A line's cells: RFC 4180, or a spreadsheet's copy, which has tabs. */
function cellsOf(line: string): string[] {
  const separator = line.includes("\t") ? "\t" : line.includes(";") && !line.includes(",") ? ";" : ",";
  const cells: string[] = [];
  let cell = "";
  let isQuoted = false;
  for (let i = 0; i < line.length; ++i) {
    const c = line.charAt(i);
    if (isQuoted && c === '"' && line.charAt(i + 1) === '"') {
      cell += c;
      ++i;
    } else if (c === '"' && (isQuoted || cell.trim() === "")) {
      isQuoted = !isQuoted;
    } else if (c === separator && !isQuoted) {
      cells.push(cell.trim());
      cell = "";
    } else {
      cell += c;
    }
  }
  return [...cells, cell.trim()];
}

/** The residences of a pasted list, a line each; a line of headings and empty lines are left out. */
export function parseResidences(text: string): ResidenceValues[] {
  const lines = text.replace(/^\uFEFF/, "").split(/\r\n|\r|\n/);
  const rows = lines.map(cellsOf).filter((cells) => cells.some((cell) => cell !== ""));
  const isHeading = /^(name|residence)s?$/i.test(rows[0]?.[0] ?? "");
  return rows.slice(isHeading ? 1 : 0).map((cells) => {
    const values = { ...emptyResidence };
    (Object.keys(columns) as (keyof ResidenceValues)[]).forEach((column, place) => {
      values[column] = cells[place] ?? "";
    });
    return { ...values, closes_on: plainDate(values.closes_on), reopens_on: plainDate(values.reopens_on) };
  });
}

/** The list with those that were pasted: one of the same name takes what stands in the pasted cells. */
export function withPasted(residences: readonly WholeResidence[], pasted: readonly ResidenceValues[]): ResidenceRequest[] {
  const list = new Map<string, ResidenceRequest>(residences.map((one) => [one.name, requestOf(valuesOf(one), one.id)]));
  for (const values of pasted) {
    const filled = Object.fromEntries(Object.entries(values).filter(([, text]) => text !== ""));
    list.set(values.name, { ...(list.get(values.name) ?? requestOf(emptyResidence)), ...filled, name: values.name });
  }
  return [...list.values()];
}
