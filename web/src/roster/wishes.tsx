/* Usulan hari: days of a month one would like to be at home or in the office. No reason is asked, none is promised. */
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { api, serverNow, type Got, type Problem } from '../base/api';
import { addDays, dayIn, dayOfMonth, longDay, mondayOf, monthName, weekday } from '../base/format';
import { words } from '../base/i18n';
import { source } from '../base/load';
import { zone } from '../base/shell';
import { Action, Chip, Field, Letter, Note, problemText, Show, toast } from '../base/ui';

const w = words({
  title: 'Usulan hari',
  hint: 'Ketuk satu tanggal untuk mengusulkan WFH, ketuk lagi untuk WFO, sekali lagi untuk menghapus. Tidak perlu alasan.',
  promise: 'Ini usulan, bukan janji. Penyusun jadwal menimbangnya bersama kebutuhan layanan dan usulan rekan Anda.',
  month: 'Bulan', count: (used: number, allowed: number) => `${used} dari ${allowed}`, full: (n: number) => `Paling banyak ${n} hari dalam sebulan.`,
  say: { none: 'tanpa usulan', home: 'ingin WFH', office: 'ingin WFO' }, closed: { past: 'sudah lewat', published: 'jadwalnya sudah terbit', off: 'bukan hari kerja' },
  save: 'Simpan usulan', saved: 'Usulan tersimpan.', changed: 'Sebagian tanggal tidak dapat diusulkan lagi. Periksa kembali usulan Anda.',
  notUsed: 'Perangkat daerah Anda tidak membuka usulan hari.', nothing: 'Tidak ada tanggal yang masih dapat diusulkan pada bulan ini.',
}, {
  title: 'Wishes',
  hint: 'Tap a date to wish for home, again for the office, once more to clear it. No reason is needed.',
  promise: 'A wish is no promise. Who plans the roster weighs it with what the service needs and with the wishes of your colleagues.',
  month: 'Month', count: (used, allowed) => `${used} of ${allowed}`, full: n => `At most ${n} days a month.`,
  say: { none: 'no wish', home: 'home wished', office: 'office wished' }, closed: { past: 'is over', published: 'its roster is published', off: 'no working day' },
  save: 'Save wishes', saved: 'Wishes saved.', changed: 'Some dates are no longer open to a wish. Look through yours again.',
  notUsed: 'Your agency takes no wishes.', nothing: 'No date of this month is open to a wish any more.',
});

type Wishes = Got<'/api/v1/me/roster/wishes'>;
type Wish = NonNullable<Wishes['days'][number]['wish']>;
const next: Record<'none' | Wish, Wish | undefined> = { none: 'home', home: 'office', office: undefined };

/** First days of the months one may wish in: this one and as far as the server lets. */
export function monthsFrom(today: string): string[] {
  const last = addDays(today, 92), months: string[] = [];
  for (let month = today.slice(0, 8) + '01'; month <= last; month = addDays(month, 31).slice(0, 8) + '01') months.push(month);
  return months;
}

function Month({ v, renew }: { v: Wishes; renew: () => Promise<void> }) {
  const stored = () => new Map(v.days.flatMap(d => d.wish ? [[d.day, d.wish] as const] : []));
  const [mine, setMine] = useState(stored), [problem, setProblem] = useState<Problem | 'network'>(), settled = useRef(mine);
  /* what was tapped while the answer was on its way stays */
  useEffect(() => { if (mine === settled.current) setMine(settled.current = stored()); }, [v]);
  const isOpen = v.days.some(d => d.state === 'open'), before = stored();
  const isChanged = mine.size !== before.size || [...mine].some(([day, wish]) => before.get(day) !== wish);
  const tap = (day: string) => {
    const wish = next[mine.get(day) ?? 'none'], map = new Map(mine);
    if (wish && !mine.has(day) && mine.size >= v.allowed) return toast(w().full(v.allowed));
    if (wish) map.set(day, wish); else map.delete(day);
    setMine(map);
  };
  const save = async () => {
    setProblem(undefined);
    const open = new Set(v.days.filter(d => d.state === 'open').map(d => d.day));
    const r = await api.PUT('/api/v1/me/roster/wishes', { body: { month: v.month, days: [...mine].filter(([day]) => open.has(day)).map(([day, wish]) => ({ day, wish })) } }).catch(() => undefined);
    if (!r) return setProblem('network');
    const refused = r.error as Problem | undefined;
    if (refused) setProblem(refused);
    else toast(w().saved);
    settled.current = mine;
    if (!refused || refused.code === 'refused') await renew();
  };
  if (v.allowed === 0) return <Note>{w().notUsed}</Note>;
  const first = mondayOf(v.month), lead = (Date.parse(v.month) - Date.parse(first)) / 86_400_000;
  return <>
    <div class="row between"><span class="sm muted">{w().hint}</span><Chip tone={mine.size >= v.allowed ? 'warn' : 'info'}><span class="num">{w().count(mine.size, v.allowed)}</span></Chip></div>
    <div class="scroll" tabIndex={0} role="region" aria-label={monthName(v.month)}><div class="wishes">{Array.from({ length: 7 }, (_, i) => <span key={`h${i}`} class="xs muted" aria-hidden="true">{weekday(addDays(first, i))}</span>)}
      {Array.from({ length: lead }, (_, i) => <span key={`l${i}`} />)}
      {v.days.map(d => { const wish = mine.get(d.day);
        const inside = <><span class="num" aria-hidden="true">{dayOfMonth(d.day)}</span>{wish && <Letter mode={wish} />}</>;
        return d.state === 'open' ? <button key={d.day} type="button" class={wish ?? ''} aria-label={`${longDay(d.day)}: ${w().say[wish ?? 'none']}`} onClick={() => tap(d.day)}>{inside}</button>
          : <span key={d.day} class="muted"><span class="sr">{`${longDay(d.day)}: ${w().closed[d.state]}${wish ? `, ${w().say[wish]}` : ''}`}</span>{inside}</span>; })}</div></div>
    <p class="row sm muted"><span class="row tight"><Letter mode="home" />{w().say.home}</span><span class="row tight"><Letter mode="office" />{w().say.office}</span></p>
    <Note>{w().promise}</Note>
    {problem && <Note tone="bad" icon="warn">{problem !== 'network' && problem.code === 'refused' ? w().changed : problemText(problem)}</Note>}
    {isOpen ? <Action class="btn" disabled={!isChanged} onAct={save}>{w().save}</Action> : <p class="sm muted">{w().nothing}</p>}
  </>;
}

export function WishesPart() {
  const months = monthsFrom(dayIn(serverNow(), zone())), [month, setMonth] = useState(months[1]!);
  const wishes = useMemo(() => source<Wishes>(`me/roster/wishes/${month}`, () => api.GET('/api/v1/me/roster/wishes', { params: { query: { month } } })), [month]);
  useEffect(() => { void wishes.refresh(); }, [wishes]);
  return <section class="card" aria-label={w().title}><h2>{w().title}</h2>
    <Field label={w().month}>{p => <select {...p} value={month} onChange={e => setMonth(e.currentTarget.value)}>{months.map(m => <option key={m} value={m}>{monthName(m)}</option>)}</select>}</Field>
    <Show source={wishes} zone={zone()} height={320}>{v => <Month key={v.month} v={v} renew={wishes.refresh} />}</Show></section>;
}
