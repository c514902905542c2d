/* Which system each agency uses, since when and by which letter; a letter switches one or several. */
import { useEffect, useState } from 'preact/hooks';
import { api, serverNow, type Got, type Problem } from '../base/api';
import { isBoard } from '../base/access';
import { useNeeded } from '../base/needed';
import { addDays, dayIn, fullDay, number } from '../base/format';
import { source } from '../base/load';
import { me } from '../base/session';
import { zone } from '../base/shell';
import { Action, Chip, DateInput, Dialog, Empty, Field, Note, problemText, Show, toast, type Tone } from '../base/ui';
import { t } from '../base/words';
import { w } from './words';

type Sources = Got<'/api/v1/attendance/sources'>;
type Agency = Sources['items'][number];
type Row = Agency['rows'][number];
type Kind = Agency['source'];

const sources = source<Sources>('attendance/sources', () => api.GET('/api/v1/attendance/sources', { params: { query: {} } }));
const tones: Record<Kind, Tone> = { luwes: 'ok', external: 'info', both: 'info', none: '' };
const needsSystem = (k: Kind) => k === 'external' || k === 'both';
const named = (r: { source: Kind; system: Agency['system'] }) => needsSystem(r.source) ? `${w().source[r.source]} (${w().system[r.system]})` : w().source[r.source];

function spanOf(r: Row): string {
  if (!r.valid_from) return r.valid_to ? w().to(w().always, fullDay(r.valid_to)) : w().always;
  return r.valid_to ? w().to(fullDay(r.valid_from), fullDay(r.valid_to)) : w().since(fullDay(r.valid_from));
}

function AgencyRow({ a, today, picked, onPick }: { a: Agency; today: string; picked?: boolean; onPick?: (on: boolean) => void }) {
  const next = a.rows.findLast(r => (r.valid_from ?? '') > today), now = a.rows.find(r => (r.valid_from ?? '') <= today && (r.valid_to ?? '9999') >= today);
  return <li><div class="row between">{onPick ? <label class="check grow"><input type="checkbox" checked={picked} onChange={e => onPick(e.currentTarget.checked)} /><b>{a.name}</b></label> : <b class="grow">{a.name}</b>}<Chip tone={tones[a.source]}>{named(a)}</Chip></div>
    {now && <span class="sm muted">{spanOf(now)}{now.letter && ` · ${w().letterNo(now.letter)}`}{now.source === 'both' && ` · ${w().tolerance(now.tolerance_minutes)}`}</span>}
    {next && <span class="sm">{w().next(named(next), fullDay(next.valid_from!))}</span>}
    {a.rows.length > 1 && <details><summary class="sm">{w().history}</summary><ul class="list sm inset">{a.rows.map(r => <li key={`${r.valid_from}${r.set_at}`}><b>{named(r)}</b><span class="muted">{spanOf(r)} · {r.letter ? w().letterNo(r.letter) : w().before}</span>{r.note && <span class="muted">{r.note}</span>}</li>)}</ul></details>}</li>;
}

function ChangeDialog({ agencies, onClose }: { agencies: readonly Agency[]; onClose: () => void }) {
  const [v, set] = useState({ source: 'both' as Kind, system: 'kmob' as Agency['system'], tolerance: '5', valid_from: addDays(dayIn(serverNow(), zone()), 1), letter: '', note: '' });
  const [problem, setProblem] = useState<Problem | 'network'>();
  const put = (p: Partial<typeof v>) => set({ ...v, ...p });
  const wrong = v.source === 'both' && !/^\d{1,3}$/.test(v.tolerance), n = useNeeded({ tolerance: wrong, valid_from: !v.valid_from, letter: !v.letter.trim() });
  const refused = problem && problem !== 'network' && problem.pointer ? w().faults[problem.pointer] : undefined, at = (field: string) => n.at(field) ?? (refused && (problem as Problem).pointer === `/${field}` ? refused : undefined);
  const save = async () => {
    setProblem(undefined);
    if (!n.complete()) return;
    const body = { agencies: agencies.map(a => a.agency), source: v.source, letter: v.letter.trim(), valid_from: v.valid_from, ...(v.note.trim() ? { note: v.note.trim() } : {}), ...(needsSystem(v.source) ? { system: v.system } : {}), ...(v.source === 'both' ? { tolerance_minutes: Number(v.tolerance) } : {}) };
    const r = await api.POST('/api/v1/attendance/sources', { body }).catch(() => undefined);
    if (!r || r.error) return n.refuse(() => setProblem((r?.error as Problem | undefined) ?? 'network'));
    toast(w().saved);
    onClose();
    void sources.refresh();
  };
  return <Dialog title={w().changeTitle} sub={agencies.length === 1 ? agencies[0]!.name : w().chosen(agencies.length)} onClose={onClose} foot={<><Action onAct={save}>{w().form.save}</Action><button class="btn ghost" onClick={onClose}>{t().cancel}</button></>}>
    {problem && !refused && <Note tone="bad" icon="warn">{problemText(problem)}</Note>}
    <Field label={w().form.source} hint={w().sourceHint[v.source]} error={at('source')}>{p => <select {...p} value={v.source} onChange={e => put({ source: e.currentTarget.value as Kind })}>{(['luwes', 'both', 'external', 'none'] as const).map(k => <option key={k} value={k}>{w().source[k]}</option>)}</select>}</Field>
    {needsSystem(v.source) && <Field label={w().form.system} error={at('system')}>{p => <select {...p} value={v.system} onChange={e => put({ system: e.currentTarget.value as 'kmob' })}>{(['kmob', 'epresensi', 'fingerprint', 'simpegnas', 'other'] as const).map(k => <option key={k} value={k}>{w().system[k]}</option>)}</select>}</Field>}
    {v.source === 'both' && <Field label={w().form.tolerance} hint={w().form.toleranceHint} error={at('tolerance')}>{p => <input {...p} inputMode="numeric" maxLength={3} value={v.tolerance} onInput={e => put({ tolerance: e.currentTarget.value })} />}</Field>}
    <Field label={w().form.from} hint={w().form.fromHint} error={at('valid_from')}>{p => <DateInput {...p} value={v.valid_from} onValue={d => put({ valid_from: d })} />}</Field>
    <Field label={w().form.letter} error={at('letter')}>{p => <input {...p} maxLength={100} value={v.letter} onInput={e => put({ letter: e.currentTarget.value })} />}</Field>
    <Field label={w().form.note}>{p => <input {...p} maxLength={300} value={v.note} onInput={e => put({ note: e.currentTarget.value })} />}</Field>
  </Dialog>;
}

export function SourcesPart() {
  const [filter, setFilter] = useState(''), [picked, setPicked] = useState<ReadonlySet<string>>(new Set()), [changing, setChanging] = useState(false);
  useEffect(() => { void sources.refresh(); }, []);
  const mayWrite = !!me.value && isBoard(me.value);
  const pick = (id: string, on: boolean) => { const next = new Set(picked); if (on) next.add(id); else next.delete(id); setPicked(next); };
  return <section class="card"><h2>{w().parts.sources}</h2><p class="sm muted">{w().sourcesHint}</p>
    <Show source={sources} zone={zone()} height={420}>{v => {
      const shown = v.items.filter(a => a.name.toLowerCase().includes(filter.toLowerCase())).sort((x, y) => x.name.localeCompare(y.name, 'id')), chosen = v.items.filter(a => picked.has(a.agency));
      return <><div class="row between noprint"><div class="row">{(['luwes', 'both', 'external', 'none'] as const).map(k => <Chip key={k} tone={tones[k]}>{w().source[k]} <b class="num">{number(v.items.filter(a => a.source === k).length)}</b></Chip>)}</div>
        <div class="row tools"><input type="search" aria-label={w().filter} placeholder={w().filter} value={filter} onInput={e => setFilter(e.currentTarget.value)} />
          {mayWrite && <button class="btn small" disabled={chosen.length === 0} title={chosen.length ? undefined : w().pickFirst} onClick={() => setChanging(true)}>{w().change}{chosen.length > 0 && ` (${chosen.length})`}</button>}</div></div>
        {shown.length ? <ul class="list lined" aria-label={w().count(number(shown.length))}>{shown.map(a => <AgencyRow key={a.agency} a={a} today={v.day} {...(mayWrite ? { picked: picked.has(a.agency), onPick: (on: boolean) => pick(a.agency, on) } : {})} />)}</ul> : <Empty>{w().noMatch}</Empty>}
        {changing && <ChangeDialog agencies={chosen} onClose={() => { setChanging(false); setPicked(new Set()); }} />}</>;
    }}</Show></section>;
}
