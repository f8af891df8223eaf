import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { executable } from "./server";

/** What `hss certificate` made in a folder of its own. */
export interface Certificate {
  /** What a server is started with. */
  words: readonly string[];
  /** The authority's certificate, in PEM. */
  authority: string;
  /** The authority's, as the command printed it for a person, in two lines. */
  fingerprint: readonly [string, string];
  remove(): void;
}

export function makeCertificate(): Certificate {
  const folder = mkdtempSync(join(tmpdir(), "hss-certificate-"));
  const printed = execFileSync(executable, ["certificate", "--out", folder], { encoding: "utf8" });
  const [first, second] = printed.match(/(?:[0-9A-F]{2}:){15}[0-9A-F]{2}/g) ?? [];
  if (!first || !second) throw new Error(`The command printed no fingerprint:\n${printed}`);
  return {
    words: ["--tls-cert", join(folder, "cert.pem"), "--tls-key", join(folder, "key.pem")],
    authority: readFileSync(join(folder, "authority.pem"), "utf8"),
    fingerprint: [first, second],
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
