/* A list as Excel or CSV: the same route, asked for a table. Fetched first, so that a refusal is said here and leaves the page. */
import { useState } from 'preact/hooks';
import type { Problem } from './api';
import { words } from './i18n';
import { problemText, toast } from './ui';

const dw = words(
  { get: 'Unduh', as: { xlsx: 'Excel', csv: 'CSV' }, whole: (as: string) => `Unduh ${as}` },
  { get: 'Download', as: { xlsx: 'Excel', csv: 'CSV' }, whole: (as: string) => `Download ${as}` });

/** Saves what the address gives; what went wrong, if anything did. */
export async function save(url: string): Promise<Problem | 'network' | undefined> {
  const r = await fetch(url, { cache: 'no-store' }).catch(() => undefined);
  if (!r?.ok) return r ? await r.json().catch(() => 'network') as Problem | 'network' : 'network';
  const a = document.createElement('a');
  a.href = URL.createObjectURL(await r.blob());
  a.download = /filename="([^"]+)"/.exec(r.headers.get('content-disposition') ?? '')?.[1] ?? 'luwes';
  a.click();
  setTimeout(() => URL.revokeObjectURL(a.href), 60_000);
  return undefined;
}

/** `path` of the list with its query, as the screen shows it. */
export function Downloads({ path }: { path: string }) {
  const [busy, setBusy] = useState(false);
  const get = (format: 'xlsx' | 'csv') => { setBusy(true); void save(`${path}${path.includes('?') ? '&' : '?'}format=${format}`).then(p => { setBusy(false); if (p) toast(problemText(p)); }); };
  return <span class="row tight noprint sm"><span class="muted" aria-hidden="true">{dw().get}</span>{(['xlsx', 'csv'] as const).map(f =>
    <button key={f} type="button" class="link sm" disabled={busy} aria-label={dw().whole(dw().as[f])} onClick={() => get(f)}>{dw().as[f]}</button>)}</span>;
}
