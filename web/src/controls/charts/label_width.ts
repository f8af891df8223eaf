let pen: CanvasRenderingContext2D | null = null;

/** How wide a chart's label is as the page draws it (12 px, at its boldest), in CSS pixels. */
export function labelWidth(label: string): number {
  pen ??= document.createElement("canvas").getContext("2d");
  // Where a browser draws no canvas, a digit of the widest usual font.
  if (!pen) return label.length * 8.5;
  pen.font = `600 12px ${getComputedStyle(document.body).fontFamily}`;
  return pen.measureText(label).width;
}
