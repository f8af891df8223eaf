let context: CanvasRenderingContext2D | null = null;

/** Measures a chart's label as the page draws it (12 px, at its boldest), in CSS pixels. */
export function labelWidth(label: string): number {
  context ??= document.createElement("canvas").getContext("2d");
  // Without a canvas, this is the width of a digit in the widest usual font.
  if (!context) return label.length * 8.5;
  context.font = `600 12px ${getComputedStyle(document.body).fontFamily}`;
  return context.measureText(label).width;
}
