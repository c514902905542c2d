/* Jadwal: the days to come, each with the reason a tap away; beneath them wishes, and calendars for the phone. */
import { useEffect, useState } from 'preact/hooks';
import { api, serverNow, type Got } from '../base/api';
import { Downloads } from '../base/downloads';
import { addDays, dayIn, minute, mondayOf, span } from '../base/format';
import { source } from '../base/load';
import { later, zone } from '../base/shell';
import { me } from '../base/session';
import { DateBadge, Dialog, ModeText, Note, Show } from '../base/ui';
import { t } from '../base/words';
import { coverText, Explain } from '../policy/explain';
import { w as policyWords } from '../policy/words';
import { words } from '../base/i18n';

const w = words(
  { title: 'Jadwal saya', hint: 'Ketuk satu hari untuk melihat aturan yang menetapkannya.', unplanned: (when: string) => `Jadwal ${when} belum ditetapkan. Selama belum ada jadwal, Anda bekerja di kantor (WFO).` },
  { title: 'My roster', hint: 'Tap a day to see the rule behind it.', unplanned: when => `The roster of ${when} is not set. Until it is, you work in the office.` });

const Wishes = later(async () => (await import('./wishes')).WishesPart, true);
const Swaps = later(async () => (await import('./swaps')).SwapsPart, true);
const Feeds = later(async () => (await import('./feeds')).FeedsPart, true);

type Roster = Got<'/api/v1/me/roster'>;
const roster = source<Roster>('me/roster', () => api.GET('/api/v1/me/roster', { params: { query: { from: dayIn(serverNow(), zone()), days: 28 } } }));

type Day = Roster['items'][number];
/* "07.30–16.00", the name of a holiday, the kind of a leave */
const about = (d: Day) => [d.holiday ?? d.school_break ?? (d.note && (t().kind[d.note] ?? d.note)), d.turn, d.starts && `${minute(d.starts)}–${minute(d.ends!)}`, ...(d.covers ?? []).map(coverText), d.event && `${d.event} ${minute(d.event_starts!)}`].filter(Boolean).join(' · ');

function Week({ items, today, open }: { items: readonly Day[]; today: string; open: (day: string) => void }) {
  const monday = mondayOf(items[0]!.day);
  return <section class="col tight"><h3 class="week num">{span(monday, addDays(monday, 6))}</h3><ul class="list days">{items.map(d => <li key={d.day} class={d.day === today ? 'today' : ''}>
    <button class="rowbutton dayrow" onClick={() => open(d.day)}><DateBadge day={d.day} /><ModeText mode={d.mode}>{about(d)}</ModeText></button></li>)}</ul></section>;
}

export function Roster() {
  const [open, setOpen] = useState<string>();
  useEffect(() => { void roster.refresh(); }, []);
  const today = dayIn(serverNow(), zone());
  return <main id="m" tabIndex={-1}><section class="card"><div class="col tight"><h2>{w().title}</h2><p class="sm muted">{w().hint}</p></div>
    <Downloads path={`/api/v1/me/roster?from=${today}&days=31`} />
    <Show source={roster} zone={zone()} height={480}>{r => {
      const weeks = [...new Set(r.items.map(d => mondayOf(d.day)))].map(monday => r.items.filter(d => mondayOf(d.day) === monday));
      const unset = r.items.filter(d => d.is_unplanned).map(d => d.day);
      return <>{unset.length > 0 && <Note tone="warn" icon="clock">{w().unplanned(span(unset[0]!, unset.at(-1)!))}</Note>}<div class="weeks">{weeks.map(items => <Week key={items[0]!.day} items={items} today={today} open={setOpen} />)}</div></>;
    }}</Show></section>
    <Swaps /><Wishes /><Feeds />
    {open && me.value && <Dialog title={policyWords().title} onClose={() => setOpen(undefined)}><Explain employee={me.value.employee} day={open} /></Dialog>}
  </main>;
}
