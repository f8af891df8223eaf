/** Whether this is a demo that others than the machine's own user can reach. */
export function isOpenDemo(mode: "demo" | "accounts", hostname: string): boolean {
  const isLoopback = /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/i.test(hostname);
  return mode === "demo" && !isLoopback;
}
