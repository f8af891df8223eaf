/** What to search for: nothing yet where only a reference's beginning was typed, which all of them have. */
export function searchedText(text: string): string {
  return /^h(s(s-?)?)?$/i.test(text) ? "" : text;
}

// References as people and scanners give them, in the form in which they are issued; domain/reference.h has the rules,
// and tests/references.json is the table of both.

// Crockford's characters, and O, I and L, which can only be read as the digits they look like. None is U.
const character = "[0-9A-TV-Z]";
const end = "(?![0-9A-Z?])";

function kind(c: string): string {
  if (/[a-z]/.test(c)) return c.toUpperCase();
  // Where a German keyboard has ß, others have the dash.
  if (/[ßẞ\u2212\p{Pd}]/u.test(c)) return "-";
  if (c === "]") return c;
  if (/[\p{L}\p{N}]/u.test(c)) return "?";
  return /\s/.test(c) ? " " : ".";
}

/** The text in characters of a kind each: capitals and digits, "?" for other letters, a space, a dash, else a dot. */
function sketch(text: string): string {
  return (
    text
      .normalize("NFKC")
      .replace(/\p{Default_Ignorable_Code_Point}/gu, "")
      .replace(/[^0-9A-Z]/gu, kind)
      // What a scanner writes before a barcode to say of which kind it is.
      .replace(/^[ .]*\].{0,2}/, "")
      .replace(/\]/g, ".")
  );
}

function issued(code: string): string {
  return `HSS-${code.replace(/[ -]/g, "").replace(/O/g, "0").replace(/[IL]/g, "1")}`;
}

/** Of a text that is nothing but a reference, with `HSS` or without; else null. */
export function parseReference(text: string): string | null {
  const compact = sketch(text).replace(/[ .-]/g, "");
  const code = compact.length === 13 ? compact.replace(/^HSS/, "") : compact;
  return new RegExp(`^${character}{10}$`).test(code) ? issued(code) : null;
}

/** Behind `HSS`, somewhere in a text. One with a digit goes before others: the page's address may hold the name, too. */
export function namedReference(text: string): string | null {
  const code = `(${character}{10}${end}|${character}(?:[ -]?${character}){9}${end})`;
  const found = [...sketch(text).matchAll(new RegExp(`HSS(?=[^0-9A-Z?]{0,3}${code})`, "g"))].map((match) => match[1] ?? "");
  const best = found.find((one) => /[0-9]/.test(one)) ?? found.find((one) => !/[ -]/.test(one));
  return best ? issued(best) : null;
}

/**
 * Somewhere in a text: a sentence, the page's address. Where `HSS` does not stand before it, only ten characters of
 * letters and digits both are one, names and telephone numbers have ten, too: as a word of their own, or in groups
 * where the text has nothing else.
 */
export function findReference(text: string): string | null {
  const words = sketch(text).match(/[0-9A-Z?]+/g) ?? [];
  const alone = [...words, words.join("")].find(
    (word) => new RegExp(`^${character}{10}$`).test(word) && /[0-9]/.test(word) && /[A-Z]/.test(word),
  );
  return namedReference(text) ?? (alone ? issued(alone) : null);
}
