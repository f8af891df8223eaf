/** The address in the form that is printed, with a slash at its end; null where the text is none that a browser opens. */
export function parseAddress(text: string): string | null {
  try {
    const { protocol, host, pathname } = new URL(text.trim());
    if (protocol !== "http:" && protocol !== "https:") return null;
    return `${protocol}//${host}${pathname.replace(/\/*$/, "/")}`;
  } catch {
    return null;
  }
}

/** True where only the machine that opens the address reaches it. */
export function isLoopback(address: string): boolean {
  const { hostname } = new URL(address);
  return hostname === "localhost" || hostname.endsWith(".localhost") || /^127\.|^\[::1\]$/.test(hostname);
}

/** The addresses to choose from: the page's own where others reach it, then those that the server knows. */
export function choicesOf(own: string, known: readonly string[]): readonly string[] {
  return [...new Set([...(isLoopback(own) ? [] : [own]), ...known])];
}
