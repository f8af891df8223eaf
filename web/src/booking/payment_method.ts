const labels: Record<string, string> = { card: "card", eft: "EFT", cash: "cash" };

/** How a payment was made, within a sentence. */
export function paymentMethodLabel(method: string): string {
  return labels[method] ?? method;
}
