import { encode } from "uqr";

/** The quiet zone around a code, in modules, as ISO 18004 asks for. */
const border = 4;

/** A QR code, black on white in any scheme, as cameras expect it. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { ecc: "M", border });
  const modules = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return (
    <svg class="qr-code" role="img" aria-label={label} viewBox={`0 0 ${size} ${size}`} shape-rendering="crispEdges">
      <rect width={size} height={size} fill="white" />
      <path d={modules.join("")} fill="black" />
    </svg>
  );
}
