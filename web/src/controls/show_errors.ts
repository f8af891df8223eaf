const invalidControl =
  '[aria-invalid="true"], .has-faults input[type="radio"], .has-faults [tabindex="0"], .has-faults .stepper button:not(:disabled)';

/**
 * Leads to the first error of a form: the focus into its control, and what is said of it into the middle of the screen,
 * as an edge may be covered. Where no control is invalid, what is said of the whole is shown.
 */
export function showErrors(form: HTMLElement | null): void {
  const control = form?.querySelector<HTMLElement>(invalidControl);
  control?.focus({ preventScroll: true });
  const said = control?.closest(".field, .has-faults")?.querySelector(".faults") ?? form?.querySelector(".notice-bad");
  (said ?? control)?.scrollIntoView({ block: "center" });
}
