const labels: Record<string, string> = { card: "card", eft: "EFT", cash: "cash" };

/** The payment method, within a sentence. */
export function paymentMethodLabel(method: string): string {
  return labels[method] ?? method;
}
