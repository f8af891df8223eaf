import { options } from "preact";

/**
 * The path under which a proxy shows the server, e.g. "/hss"; empty at the root. The page's files lie right there, and
 * this is one of them.
 */
export const basePath = new URL(".", import.meta.url).pathname.replace(/\/$/, "");

/** The path of this page's addresses, as `location` has it, without the base path. */
export function withoutBase(path: string): string {
  if (path === basePath) return "/";
  return basePath && path.startsWith(`${basePath}/`) ? path.slice(basePath.length) : path;
}

/** Makes plain links and images of this page lead under the base path; components name them without. */
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
