import { options } from "preact";

/**
 * The path under which a proxy serves HSS, e.g. "/hss"; empty at the root. The page's files are in that folder, and this
 * is one of them.
 */
export const basePath = new URL(".", import.meta.url).pathname.replace(/\/$/, "");

/** The path of this page's addresses, as `location` has it, without the base path. */
export function withoutBase(path: string): string {
  if (path === basePath) return "/";
  return basePath && path.startsWith(`${basePath}/`) ? path.slice(basePath.length) : path;
}

/** Adds the base path to plain links and images of this page; components name them without. */
export function startBasePath(): void {
  if (!basePath) return;
  const before = options.vnode;
  options.vnode = (vnode) => {
    if (typeof vnode.type === "string") {
      const props = vnode.props as Record<string, unknown>;
      for (const name of ["href", "src"]) {
        const address = props[name];
        if (typeof address === "string" && address.startsWith("/")) props[name] = basePath + address;
      }
    }
    before?.(vnode);
  };
}
