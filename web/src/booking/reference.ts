/** The text to search for; empty where only the beginning was typed that all references have. */
export function searchedText(text: string): string {
  return /^h(s(s-?)?)?$/i.test(text) ? "" : text;
}

// These functions parse references as people and scanners write them. domain/reference.h has the same rules, and
// tests/references.json the cases of both.

// Crockford's characters, and O, I and L, which stand for the digits they look like. None is U.
const character = "[0-9A-TV-Z]";
const end = "(?![0-9A-Z?])";

function characterClass(c: string): string {
  if (/[a-z]/.test(c)) return c.toUpperCase();
  // A German keyboard has ß in the place of the dash.
  if (/[ßẞ\u2212\p{Pd}]/u.test(c)) return "-";
  if (c === "]") return c;
  if (/[\p{L}\p{N}]/u.test(c)) return "?";
  return /\s/.test(c) ? " " : ".";
}

/** Maps each character to its class: capitals and digits, "?" for other letters, a space, a dash, else a dot. */
function classify(text: string): string {
  return (
    text
      .normalize("NFKC")
      .replace(/\p{Default_Ignorable_Code_Point}/gu, "")
      .replace(/[^0-9A-Z]/gu, characterClass)
      // Scanners can write the kind of the barcode before it.
      .replace(/^[ .]*\].{0,2}/, "")
      .replace(/\]/g, ".")
  );
}

function issued(code: string): string {
  return `HSS-${code.replace(/[ -]/g, "").replace(/O/g, "0").replace(/[IL]/g, "1")}`;
}

/** Parses a text that is nothing but a reference, with `HSS` or without; else null. */
export function parseReference(text: string): string | null {
  const compact = classify(text).replace(/[ .-]/g, "");
  const code = compact.length === 13 ? compact.replace(/^HSS/, "") : compact;
  return new RegExp(`^${character}{10}$`).test(code) ? issued(code) : null;
}

/** Finds a reference after `HSS` in a text. One with a digit is preferred, as the page's address may have the name, too. */
export function namedReference(text: string): string | null {
  const code = `(${character}{10}${end}|${character}(?:[ -]?${character}){9}${end})`;
  const found = [...classify(text).matchAll(new RegExp(`HSS(?=[^0-9A-Z?]{0,3}${code})`, "g"))].map((match) => match[1] ?? "");
  const best = found.find((one) => /[0-9]/.test(one)) ?? found.find((one) => !/[ -]/.test(one));
  return best ? issued(best) : null;
}

/**
 * Finds a reference in a text such as a sentence or an address. Without `HSS` before it, it needs both letters and
 * digits, as names and telephone numbers have ten characters, too, and is a word, or all that the text has in groups.
 */
export function findReference(text: string): string | null {
  const words = classify(text).match(/[0-9A-Z?]+/g) ?? [];
  const alone = [...words, words.join("")].find(
    (word) => new RegExp(`^${character}{10}$`).test(word) && /[0-9]/.test(word) && /[A-Z]/.test(word),
  );
  return namedReference(text) ?? (alone ? issued(alone) : null);
}

/** Reads what stands where a booking's reference is asked for: it alone, or somewhere in the text. */
export function readReference(text: string): string | null {
  return parseReference(text) ?? findReference(text);
}
