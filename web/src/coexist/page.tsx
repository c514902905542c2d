/* Sumber presensi: which system each agency uses, where two systems differ, and SIMPEGNAS. */
import { route } from '../base/shell';
import { DifferencesPart } from './differences';
import { SimpegnasPart } from './simpegnas';
import { SourcesPart } from './sources';
import { w } from './words';

const parts = ['sources', 'differences', 'simpegnas'] as const;
const asked = { sources: '', differences: '?lihat=selisih', simpegnas: '?lihat=simpegnas' };

export function CoexistPage() {
  const query = route.value.split('?')[1] ?? '', seen = new URLSearchParams(query).get('lihat');
  const part = seen === 'selisih' ? 'differences' : seen === 'simpegnas' ? 'simpegnas' : 'sources';
  return <main id="m" tabIndex={-1}>
    <nav class="row noprint" aria-label={w().parts.sources}>{parts.map(p => <a key={p} class={`btn small ${p === part ? '' : 'ghost'}`} aria-current={p === part ? 'true' : undefined} href={`#/presensi${asked[p]}`}>{w().parts[p]}</a>)}</nav>
    {part === 'sources' ? <SourcesPart /> : part === 'differences' ? <DifferencesPart /> : <SimpegnasPart />}
  </main>;
}
