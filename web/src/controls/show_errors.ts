const invalidControl =
  '[aria-invalid="true"], .has-faults input[type="radio"], .has-faults [tabindex="0"], .has-faults .stepper button:not(:disabled)';

/**
 * Focuses the first invalid control of a form, and scrolls its errors to the middle of the screen, as an edge may be
 * covered. Without an invalid control, scrolls to the form's notice.
 */
export function showErrors(form: HTMLElement | null): void {
  const control = form?.querySelector<HTMLElement>(invalidControl);
  control?.focus({ preventScroll: true });
  const errors = control?.closest(".field, .has-faults")?.querySelector(".faults") ?? form?.querySelector(".notice-bad");
  (errors ?? control)?.scrollIntoView({ block: "center" });
}
