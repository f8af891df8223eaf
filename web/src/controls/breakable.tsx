/** An e-mail or a URL, which a narrow line breaks at its punctuation and not within a word. */
export function Breakable({ text }: { text: string }) {
  const parts = text.match(/[^@._/-]*[@._/-]+|[^@._/-]+/g) ?? [];
  return <>{parts.flatMap((part, index) => (index === 0 ? [part] : [<wbr key={index} />, part]))}</>;
}
