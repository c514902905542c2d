/*
 * A text as a QR code, drawn here: what an officer's or a lobby's screen, or a phone, shows to a camera. Dark on
 * white in both themes, with the quiet zone readers ask for (ISO/IEC 18004). The drawer is fetched when first needed.
 */
import { useEffect, useState } from 'preact/hooks';

const QUIET = 4;

/** Runs of dark modules of each row as one path: "M4 4h7v1h-7z…". */
export function qrPath(rows: readonly (readonly boolean[])[]): string {
  let path = '';
  rows.forEach((row, y) => {
    for (let x = 0; x < row.length; x++) {
      if (!row[x]) continue;
      const from = x;
      while (row[x + 1]) x++;
      path += `M${from} ${y}h${x + 1 - from}v1h${from - x - 1}z`;
    }
  });
  return path;
}

async function draw(text: string) {
  const { encode } = await import('uqr'), { data } = encode(text, { ecc: 'M', border: QUIET });
  return { text, size: data.length, path: qrPath(data) };
}

/** `label` says in words what the code is for; who cannot scan it needs its text beside it. */
export function Qr({ text, label }: { text: string; label: string }) {
  const [drawn, setDrawn] = useState<Awaited<ReturnType<typeof draw>>>();
  useEffect(() => {
    let current = true;
    void draw(text).then(d => { if (current) setDrawn(d); });
    return () => { current = false; };
  }, [text]);
  if (!drawn) return <div class="qr" aria-busy="true" />;
  return <svg class="qr" role="img" aria-label={label} viewBox={`0 0 ${drawn.size} ${drawn.size}`} shape-rendering="crispEdges" data-text={drawn.text}>
    <path fill="#fff" d={`M0 0h${drawn.size}v${drawn.size}H0z`} /><path fill="#000" d={drawn.path} /></svg>;
}
