let pen: CanvasRenderingContext2D | null = null;

/** Measures a chart's label as the page draws it (12 px, at its boldest), in CSS pixels. */
export function labelWidth(label: string): number {
  pen ??= document.createElement("canvas").getContext("2d");
  // Without a canvas, this is the width of a digit in the widest usual font.
  if (!pen) return label.length * 8.5;
  pen.font = `600 12px ${getComputedStyle(document.body).fontFamily}`;
  return pen.measureText(label).width;
}
