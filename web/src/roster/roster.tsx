/* Jadwal: the days to come, each with the reason a tap away. */
import { useEffect, useState } from 'preact/hooks';
import { api, serverNow, type Got } from '../base/api';
import { dayIn, minute } from '../base/format';
import { source } from '../base/load';
import { zone } from '../base/shell';
import { me } from '../base/session';
import { DateBadge, Dialog, Letter, Show, type Mode } from '../base/ui';
import { t } from '../base/words';
import { Explain } from '../policy/explain';
import { w as policyWords } from '../policy/words';
import { words } from '../base/i18n';

const w = words(
  { title: 'Jadwal saya', hint: 'Ketuk satu hari untuk melihat aturan yang menetapkannya.', week: (a: string, b: string) => `${a} – ${b}` },
  { title: 'My roster', hint: 'Tap a day to see the rule behind it.', week: (a, b) => `${a} – ${b}` });

type Roster = Got<'/api/v1/me/roster'>;
const roster = source<Roster>('me/roster', () => api.GET('/api/v1/me/roster', { params: { query: { from: dayIn(serverNow(), zone()), days: 28 } } }));

export function Roster() {
  const [open, setOpen] = useState<string>();
  useEffect(() => { void roster.refresh(); }, []);
  const today = dayIn(serverNow(), zone());
  return <main id="m" tabIndex={-1}><section class="card"><div class="col tight"><h2>{w().title}</h2><p class="sm muted">{w().hint}</p></div>
    <Show source={roster} zone={zone()} height={480}>{r => <ul class="list">{r.items.map(d => <li key={d.day} class={d.day === today ? 'today' : ''}>
      <button class="rowbutton dayrow" onClick={() => setOpen(d.day)}>
        <DateBadge day={d.day} /><span class="row nowrap"><Letter mode={d.mode as Mode} /><span class="col tight"><b>{t().mode[d.mode as Mode]}</b>{(d.holiday ?? d.note) && <span class="sm muted">{d.holiday ?? d.note}</span>}</span></span>
        <span class="sm muted num right">{d.starts ? `${minute(d.starts)}–${minute(d.ends!)}` : ''}</span>
      </button></li>)}</ul>}</Show></section>
    {open && me.value && <Dialog title={policyWords().title} onClose={() => setOpen(undefined)}><Explain employee={me.value.employee} day={open} /></Dialog>}
  </main>;
}
