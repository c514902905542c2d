/* Kebijakan: instruments as dated data, an explanation of any day, recording and ending a circular. */
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { api, serverNow, type Got, type Problem } from '../base/api';
import { Downloads } from '../base/downloads';
import { addDays, dayIn, fullDay, minute, span } from '../base/format';
import { source } from '../base/load';
import { holdsEvidence, keepsTemplates, isBoard, seesPeople } from '../base/access';
import { useNeeded } from '../base/needed';
import { me, type Me } from '../base/session';
import { later, route, zone } from '../base/shell';
import { Action, Chip, DateInput, Dialog, Empty, Field, Note, problemText, Show, TimeInput, toast, type Mode } from '../base/ui';
import { t } from '../base/words';
import { PersonPicker, type Person } from '../org/picker';
import { Explain } from './explain';
import { Weekdays } from './weekdays';
import { w as pw } from './pagewords';
import { w } from './words';

type Instruments = Got<'/api/v1/policy/instruments'>;
type Instrument = Instruments['items'][number];
type Rule = Instrument['rules'][number];

const instruments = source<Instruments>('policy/instruments', () => api.GET('/api/v1/policy/instruments', { params: { query: {} } }));

function whom(r: Rule): string {
  const parts = [r.unit_name, r.position_level && w().levels[r.position_level], r.character && w().characters[r.character], r.position, r.post_match === 'direct' ? w().scope.direct : undefined].filter(Boolean);
  return parts.length ? parts.join(', ') : pw().everyone;
}
function what(r: Rule): string {
  const out: string[] = [];
  if (r.mode) out.push(t().mode[r.mode as Mode]);
  if (r.percent !== undefined && r.bound) out.push(w().share(w().bound[r.bound]!, r.percent, w().base[r.base ?? 'all']!, w().level[r.share_level ?? 'agency']!));
  if (r.days_per_week) out.push(w().perWeek(r.days_per_week));
  if (r.kind === 'plan') out.push(r.closes ? w().planDue(minute(r.closes)) : w().notAsked);
  else if (r.duty) out.push(w().duties[r.duty]!);
  if (r.words) out.push(`“${r.words}”`);
  if (r.place) out.push(w().places[r.place]!);
  if (r.opens && r.closes) out.push(`${minute(r.opens)}–${minute(r.closes)}`);
  if (r.for_mode) out.push(pw().forMode(t().mode[r.for_mode as Mode]));
  return out.join(' · ');
}
const days = (r: Rule) => r.weekdays.length === 7 ? pw().everyDay : r.weekdays.map(d => w().weekdays[d]).join(', ');

function InstrumentCard({ i, mayWrite, onEnd }: { i: Instrument; mayWrite: boolean; onEnd: () => void }) {
  return <li><div class="row between start"><b class="grow">{i.title}</b><Chip tone={i.verified ? 'ok' : 'warn'}>{i.verified ? w().verified : w().example}</Chip></div>
    <span class="sm">{i.number} · {i.valid_to ? pw().spanned(span(i.valid_from, i.valid_to)) : pw().since(fullDay(i.valid_from))}</span>
    {i.signer && <span class="sm muted">{pw().signer(i.signer)}</span>}
    <div class="row between start">{i.rules.length ? <details class="grow"><summary class="sm strong">{pw().rules} ({i.rules.length})</summary>
      <ul class="list sm inset">{i.rules.map(r => <li key={r.id}><span><b>{w().kinds[r.kind]}</b>{what(r) && `: ${what(r)}`}</span><span class="muted">{whom(r)} · {days(r)}{r.article && ` · ${r.article}`}</span></li>)}</ul></details> : <span class="sm muted">{pw().noRules}</span>}
      {mayWrite && !i.valid_to && i.rules.length > 0 && <button class="link sm" onClick={onEnd}>{pw().end}</button>}</div></li>;
}

/* What holds now first, then what is to come, then what was. */
function Groups({ items, card }: { items: readonly Instrument[]; card: (i: Instrument) => JSX.Element }) {
  const today = dayIn(serverNow(), zone()), late = [...items].sort((a, b) => b.valid_from.localeCompare(a.valid_from));
  const isPast = (i: Instrument) => !!i.valid_to && i.valid_to < today, isToCome = (i: Instrument) => i.valid_from > today;
  const groups = [['now', late.filter(i => !isPast(i) && !isToCome(i))], ['toCome', late.filter(isToCome).reverse()], ['past', late.filter(isPast)]] as const;
  return <>{groups.map(([key, list]) => list.length > 0 && <section key={key} class="col tight"><h3 class="week">{pw().groups[key]}</h3><ul class="list lined">{list.map(card)}</ul></section>)}</>;
}

function EndDialog({ i, onClose }: { i: Instrument; onClose: () => void }) {
  const [day, setDay] = useState(dayIn(serverNow(), zone())), [problem, setProblem] = useState<Problem | 'network'>();
  const end = async () => {
    const r = await api.POST('/api/v1/policy/instruments/{instrument}/end', { params: { path: { instrument: i.id } }, body: { last_day: day } }).catch(() => undefined);
    if (!r || r.error) return setProblem((r?.error as Problem | undefined) ?? 'network');
    toast(pw().ended);
    onClose();
    void instruments.refresh();
  };
  const refused = problem && problem !== 'network' ? pw().faults[`${problem.code}${problem.pointer ?? ''}`] : undefined;
  return <Dialog title={pw().endTitle} onClose={onClose} foot={<><Action class="btn danger" onAct={end} disabled={!day}>{pw().end}</Action><button class="btn ghost" onClick={onClose}>{t().cancel}</button></>}>{problem && !refused && <Note tone="bad" icon="warn">{problemText(problem)}</Note>}
    <p><b>{i.title}</b><br /><span class="sm muted">{i.number}</span></p>
    <Field label={pw().lastDay} hint={pw().endHint} error={refused}>{p => <DateInput {...p} value={day} onValue={setDay} />}</Field></Dialog>;
}

/* Hours for presence as offices have set them; each may be changed before it is recorded. */
type Hours = { window_kind: 'in' | 'check' | 'out'; opens: string; closes: string };
const presets: Record<'none' | 'kmob' | 'bogor', readonly Hours[]> = {
  none: [],
  kmob: [{ window_kind: 'in', opens: '06:00', closes: '08:00' }, { window_kind: 'check', opens: '12:00', closes: '12:30' }, { window_kind: 'check', opens: '12:45', closes: '13:30' }, { window_kind: 'out', opens: '16:00', closes: '18:00' }],
  bogor: [{ window_kind: 'check', opens: '07:30', closes: '08:30' }, { window_kind: 'check', opens: '12:00', closes: '13:00' }, { window_kind: 'check', opens: '16:00', closes: '17:00' }],
};

function WindowsField({ value, onChange, isWrong }: { value: readonly Hours[]; onChange: (v: readonly Hours[]) => void; isWrong: boolean }) {
  const [preset, setPreset] = useState<keyof typeof presets>('none'), put = (i: number, p: Partial<Hours>) => onChange(value.map((x, k) => k === i ? { ...x, ...p } : x));
  return <><Field label={pw().windows} hint={pw().windowsHint}>{p => <select {...p} value={preset} onChange={e => { const k = e.currentTarget.value as keyof typeof presets; setPreset(k); onChange(presets[k]); }}>{(Object.keys(presets) as (keyof typeof presets)[]).map(k => <option key={k} value={k}>{pw().preset[k]}</option>)}</select>}</Field>
    {value.length > 0 && <ul class="list">{value.map((x, i) => { const name = `${pw().windowKind[x.window_kind]} ${i + 1}`; return <li key={i}><div class="row between start"><b>{pw().windowKind[x.window_kind]}</b>
      <span class="row tight"><TimeInput aria-label={`${name}, ${pw().opens}`} value={x.opens} onValue={opens => put(i, { opens })} /><TimeInput aria-label={`${name}, ${pw().closes}`} value={x.closes} onValue={closes => put(i, { closes })} /></span></div>
      {isWrong && x.opens >= x.closes && <span class="err">{pw().windowWrong}</span>}</li>; })}</ul>}</>;
}

const ranks = ['perkada', 'keputusan', 'se', 'surat_perintah'] as const;

/** The common shape of a circular: one mode on some weekdays, direct service exempt, report due. */
function NewDialog({ onClose }: { onClose: () => void }) {
  const today = dayIn(serverNow(), zone());
  const [v, set] = useState({ rank: 'se' as (typeof ranks)[number], number: '', title: '', issued: today, signer: '', legal_basis: '', valid_from: addDays(today, 1), valid_to: '', mode: 'home' as 'home' | 'office' | 'anywhere', exempt: true, report: 'daily_items' as 'none' | 'daily_items' | 'daily_confirm' | 'weekly', words: '', missing: '', plans: false, plan_due: '21:00' });
  const [weekdays, setWeekdays] = useState<number[]>([4]), [hours, setHours] = useState<readonly Hours[]>([]), [tried, setTried] = useState(false), [problem, setProblem] = useState<Problem | 'network'>();
  const put = (p: Partial<typeof v>) => set({ ...v, ...p }), tellsMissing = v.report !== 'none' && v.missing.trim() !== '';
  const all = [1, 2, 3, 4, 5, 6, 7], everyone = { post_match: 'any' as const };
  const n = useNeeded({ number: !v.number.trim(), title: !v.title.trim(), signer: !v.signer.trim(), legal_basis: !v.legal_basis.trim(), issued: !v.issued, valid_from: !v.valid_from, weekdays: weekdays.length === 0, words: v.report === 'daily_confirm' && v.words.trim().length < 10, missing: tellsMissing && v.missing.trim().length < 10 });
  const refused = problem && problem !== 'network' ? pw().faults[`${problem.code}${problem.pointer ?? ''}`] : undefined, at = (field: string) => n.at(field) ?? (refused && (problem as Problem).pointer === `/${field}` ? refused : undefined);
  const save = async () => {
    setProblem(undefined);
    setTried(true);
    if (!n.complete() || hours.some(x => x.opens >= x.closes)) return;
    const rules = [{ kind: 'mode' as const, article: '', weekdays, mode: v.mode, ...everyone },
      ...(v.exempt ? [{ kind: 'exempt' as const, article: '', weekdays: all, post_match: 'direct' as const }] : []),
      ...(v.report !== 'none' ? [{ kind: 'report' as const, article: '', weekdays: all, for_mode: v.mode, duty: v.report, ...(v.report === 'daily_confirm' ? { words: v.words.trim() } : {}), ...everyone }] : []),
      ...(tellsMissing ? [{ kind: 'report_missing' as const, article: '', weekdays: all, for_mode: v.mode, words: v.missing.trim(), ...everyone }] : []),
      ...(v.plans ? [{ kind: 'plan' as const, article: '', weekdays: all, for_mode: v.mode, closes: v.plan_due, ...everyone }, ...(v.exempt ? [{ kind: 'plan' as const, article: '', weekdays: all, duty: 'none' as const, post_match: 'direct' as const }] : [])] : []),
      ...hours.map(x => ({ kind: 'window' as const, article: '', weekdays, for_mode: v.mode, ...x, ...everyone }))];
    const r = await api.POST('/api/v1/policy/instruments', { body: { rank: v.rank, number: v.number.trim(), title: v.title.trim(), issued: v.issued, signer: v.signer.trim(), legal_basis: v.legal_basis.trim(), valid_from: v.valid_from, ...(v.valid_to ? { valid_to: v.valid_to } : {}), rules } as never }).catch(() => undefined);
    if (!r || r.error) return n.refuse(() => setProblem((r?.error as Problem | undefined) ?? 'network'));
    toast(pw().added);
    onClose();
    void instruments.refresh();
  };
  const text = (label: string, key: 'number' | 'title' | 'signer' | 'legal_basis', max: number, hint?: string) => <Field label={label} hint={hint} error={at(key)}>{p => <input {...p} maxLength={max} value={v[key]} onInput={e => put({ [key]: e.currentTarget.value })} />}</Field>;
  const date = (label: string, key: 'issued' | 'valid_from' | 'valid_to') => <Field label={label} error={at(key)}>{p => <DateInput {...p} value={v[key]} none={pw().openEnd} onValue={d => put({ [key]: d })} />}</Field>;
  return <Dialog title={pw().newInstrument} onClose={onClose} foot={<><Action onAct={save}>{pw().add}</Action><button class="btn ghost" onClick={onClose}>{t().cancel}</button></>}>
    {problem && !refused && <Note tone="bad" icon="warn">{problemText(problem)}</Note>}
    <div class="two"><Field label={pw().rankField}>{p => <select {...p} value={v.rank} onChange={e => put({ rank: e.currentTarget.value as 'se' })}>{ranks.map(r => <option key={r} value={r}>{pw().rank[r]}</option>)}</select>}</Field>{text(pw().number, 'number', 100, pw().numberHint)}</div>
    {text(pw().titleField, 'title', 300)}
    <div class="two">{date(pw().issued, 'issued')}{text(pw().signerField, 'signer', 100)}</div>
    {text(pw().basisField, 'legal_basis', 300)}
    <div class="two">{date(pw().validFrom, 'valid_from')}{date(pw().validTo, 'valid_to')}</div>
    <Field label={pw().ruleMode}>{p => <select {...p} value={v.mode} onChange={e => put({ mode: e.currentTarget.value as 'home' })}>{(['home', 'anywhere', 'office'] as const).map(m => <option key={m} value={m}>{t().mode[m]}</option>)}</select>}</Field>
    <Weekdays legend={pw().ruleDays} error={n.at('weekdays') && pw().noDay} last={7} value={weekdays} onChange={setWeekdays} />
    <label class="check"><input type="checkbox" checked={v.exempt} onChange={e => put({ exempt: e.currentTarget.checked })} />{pw().ruleExempt}</label>
    <Field label={pw().ruleReport} hint={v.report === 'weekly' ? pw().ruleWeekly : undefined}>{p => <select {...p} value={v.report} onChange={e => put({ report: e.currentTarget.value as 'none' })}>{(['daily_items', 'daily_confirm', 'weekly', 'none'] as const).map(d => <option key={d} value={d}>{w().duties[d]}</option>)}</select>}</Field>
    {v.report === 'daily_confirm' && <Field label={pw().ruleWords} hint={pw().ruleWordsHint} error={n.at('words') && pw().ruleWordsHint}>{p => <input {...p} maxLength={200} value={v.words} onInput={e => put({ words: e.currentTarget.value })} />}</Field>}
    {v.report !== 'none' && <Field label={pw().ruleMissing} hint={pw().ruleMissingHint} error={n.at('missing') && pw().ruleMissingHint}>{p => <input {...p} maxLength={200} value={v.missing} onInput={e => put({ missing: e.currentTarget.value })} />}</Field>}
    <label class="check"><input type="checkbox" checked={v.plans} onChange={e => put({ plans: e.currentTarget.checked })} />{pw().rulePlan}</label>
    {v.plans && <Field label={pw().rulePlanDue} hint={pw().rulePlanHint}>{p => <TimeInput {...p} value={v.plan_due} onValue={plan_due => put({ plan_due })} />}</Field>}
    <WindowsField value={hours} onChange={setHours} isWrong={tried} />
  </Dialog>;
}

type Explained = Pick<Person, 'id' | 'full_name' | 'position' | 'unit_name'>;
/* Who may not look up others has his own day explained. */
function ExplainCard({ me }: { me: Me }) {
  const others = seesPeople(me);
  const [person, setPerson] = useState<Explained | undefined>(others ? undefined : { id: me.employee, full_name: me.full_name, position: me.position ?? '', unit_name: me.unit?.name ?? '' }), [day, setDay] = useState(dayIn(serverNow(), zone()));
  return <section class="card"><h2>{pw().explainTitle}</h2>
    {others && <PersonPicker onPick={setPerson} />}
    <Field label={pw().day}>{p => <DateInput {...p} value={day} onValue={d => { if (d) setDay(d); }} />}</Field>
    {person ? <><p><b>{person.full_name}</b><br /><span class="sm muted">{[person.position, person.unit_name].filter(Boolean).join(' · ')}</span></p><Explain employee={person.id} day={day} /></>
      : <p class="sm muted">{pw().explainHint}</p>}</section>;
}

const NumbersPart = later(async () => (await import('../privacy/numbers')).NumbersPart, true), PositionsPart = later(async () => (await import('../privacy/positions')).PositionsPart, true);
const asked = { instruments: '', numbers: '?lihat=angka', positions: '?lihat=posisi', templates: '?lihat=templat' } as const;
const TemplatesPart = later(async () => (await import('../reports/positiontemplates')).PositionTemplates, true);

/** Instruments, the numbers of evidence, and for who holds evidence what became of positions. */
export function PolicyPage() {
  const seen = new URLSearchParams(route.value.split('?')[1] ?? '').get('lihat'), parts = (['instruments', 'numbers', 'positions', 'templates'] as const).filter(p => p === 'positions' ? !!me.value && holdsEvidence(me.value) : p === 'templates' ? !!me.value && keepsTemplates(me.value) : true);
  const part = parts.find(p => asked[p] === `?lihat=${seen}`) ?? 'instruments';
  return <main id="m" tabIndex={-1}><nav class="row noprint" aria-label={pw().parts.instruments}>{parts.map(p => <a key={p} class={`btn small ${p === part ? '' : 'ghost'}`} aria-current={p === part ? 'true' : undefined} href={`#/kebijakan${asked[p]}`}>{pw().parts[p]}</a>)}</nav>
    {part === 'numbers' ? <NumbersPart /> : part === 'positions' ? <PositionsPart /> : part === 'templates' ? <TemplatesPart /> : <InstrumentsPart />}</main>;
}

function InstrumentsPart() {
  const [ending, setEnding] = useState<Instrument>(), [adding, setAdding] = useState(false);
  useEffect(() => { void instruments.refresh(); }, []);
  const mayWrite = !!me.value && isBoard(me.value);
  return <><div class="cols"><section class="card"><div class="row between"><h2>{pw().instruments}</h2>{!!instruments.state.value.value?.items.length && <Downloads path="/api/v1/policy/instruments" />}{mayWrite && <button class="btn small" onClick={() => setAdding(true)}>{pw().newInstrument}</button>}</div><p class="sm muted">{pw().instrumentsHint}</p>
    <Show source={instruments} zone={zone()} height={420}>{v => v.items.length === 0 ? <Empty>{pw().noInstruments}</Empty> : <Groups items={v.items} card={i => <InstrumentCard key={i.id} i={i} mayWrite={mayWrite} onEnd={() => setEnding(i)} />} />}</Show></section>
    {me.value && (seesPeople(me.value) || me.value.unit) && <ExplainCard me={me.value} />}</div>
    {ending && <EndDialog i={ending} onClose={() => setEnding(undefined)} />}{adding && <NewDialog onClose={() => setAdding(false)} />}</>;
}
