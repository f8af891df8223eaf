/** True for a demo that can be reached from other machines. */
export function isOpenDemo(mode: "demo" | "accounts", hostname: string): boolean {
  const isLoopback = /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/i.test(hostname);
  return mode === "demo" && !isLoopback;
}
