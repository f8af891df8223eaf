import type { ApiError } from "../api/error";
import { validationErrorWords } from "../lib/error_words";

/** Why a photo or document was not sent, in sentences. */
export function failureWords({ message, details }: ApiError): string {
  // The server names the file first, and to people both are one photo.
  const sentences = details.map((detail) => validationErrorWords(detail.replace(/^(full|thumb): /, "")));
  return [message, ...sentences].filter(Boolean).join(" ");
}
