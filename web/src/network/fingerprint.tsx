const pairsInGroup = 8;

/** A fingerprint in groups of eight pairs, as a person compares them. */
export function Fingerprint({ text }: { text: string }) {
  const pairs = text.split(":");
  const groups = Array.from({ length: pairs.length / pairsInGroup }, (_, at) => pairs.slice(at * pairsInGroup, (at + 1) * pairsInGroup));
  return (
    <p class="code fingerprint">
      {groups.map((group, at) => (
        <span key={at}>{group.join(" ")} </span>
      ))}
    </p>
  );
}
