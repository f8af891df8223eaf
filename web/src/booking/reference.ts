/** What to search for: nothing yet where only a reference's beginning was typed, which all of them have. */
export function searchedText(text: string): string {
  return /^h(s(s-?)?)?$/i.test(text) ? "" : text;
}

/** A booking reference as typed or scanned, brought to the form in which it is issued. */
export function parseReference(text: string): string {
  const compact = text.toUpperCase().replace(/\s/g, "");
  const code = compact.replace(/^HSS-?/, "");
  // Crockford's alphabet has no O, I or L, so that they can be read as the digits they look like.
  return code ? `HSS-${code.replace(/O/g, "0").replace(/[IL]/g, "1")}` : "";
}
