/** An axis from 0 to `top` in round steps, four at most. */
export interface Scale {
  step: number;
  top: number;
}

/** The axis for whole values up to `most`. */
export function niceScale(most: number): Scale {
  const rough = Math.max(most, 1) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10) * power);
  return { step, top: Math.max(1, Math.ceil(most / step)) * step };
}

export function scaleTicks({ step, top }: Scale): number[] {
  return Array.from({ length: Math.round(top / step) + 1 }, (_, index) => index * step);
}
