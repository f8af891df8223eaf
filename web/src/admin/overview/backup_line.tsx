import type { Overview } from "../../api/overview";
import { FreshnessLine } from "../../controls/freshness";
import { ageText } from "../../lib/time";

type Backup = NonNullable<Overview["backup"]>;

/** Shows the age of the newest automatic backup, and why there is none newer. */
export function BackupLine({ backup: { last_at, every_seconds, problem } }: { backup: Backup }) {
  const late = last_at !== null && Date.now() - Date.parse(last_at) > 2_000 * every_seconds;
  const age = last_at === null ? "No backup yet" : `Last backup ${ageText(last_at)} ago`;
  return (
    <FreshnessLine shown_at={last_at === null ? Date.now() : Date.parse(last_at)} isLost={problem !== null || late}>
      {problem === null ? age : `${age}. ${problem}.`}
    </FreshnessLine>
  );
}
