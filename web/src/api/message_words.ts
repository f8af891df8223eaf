import { statusLabel } from "../booking/lifecycle";

const messages: readonly [RegExp, (found: RegExpExecArray) => string][] = [
  [/^The .+ ha(s|ve) faults$/, () => "Please look at this again."],
  [
    /^Invalid status transition: (\w+) -> (\w+)$/,
    ([, from = "", to = ""]) => `This booking is “${statusLabel(from)}” by now, so it cannot become “${statusLabel(to)}”.`,
  ],
  [
    /^Booking \S+ is (\w+); a booking can be paid only/,
    ([, status = ""]) => `This booking is “${statusLabel(status)}” by now. It can be paid only while it is approved.`,
  ],
  [/^This Idempotency-Key was used/, () => "This was sent before, and differently. Load the page again to see what became of it."],
  [/^The body is larger than/, () => "This is too much to send at once. Please make it shorter."],
  [
    /^(The body must|The header|Idempotency-Key must|This method is not|There is nothing at)/,
    () => "This page and its server do not fit each other. Load the page again.",
  ],
  [/^Your role may not do this$/, () => "You may not do this here. Ask somebody who may."],
];

/** Translates the message of an API error into a sentence for people. */
export function messageWords(message: string): string {
  for (const [pattern, words] of messages) {
    const found = pattern.exec(message);
    if (found) return words(found);
  }
  return message;
}
