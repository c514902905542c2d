/* What the personnel board keeps for the recap: classes of lateness, and how papers look. Dated; ended, never edited. */
import { useEffect, useState } from 'preact/hooks';
import { isBoard } from '../base/access';
import { useNeeded } from '../base/needed';
import { api, isProblem, serverNow, upload, type Got, type Problem } from '../base/api';
import { addDays, dayIn, fullDay } from '../base/format';
import { source } from '../base/load';
import { me } from '../base/session';
import { zone } from '../base/shell';
import { Action, Chip, DateInput, Dialog, Empty, Field, FileInput, Note, problemText, Show, toast } from '../base/ui';
import { t } from '../base/words';
import { DocumentRules } from '../documents/rules';
import { byName, unitsBelow, type Unit } from '../org/picker';
import { bands, classesOf, type Band } from './recapparts';
import { w } from './recapwords';

type Templates = Got<'/api/v1/org/print-templates'>;
type Template = Templates['items'][number];
const templates = source<Templates>(null, () => api.GET('/api/v1/org/print-templates'));

const said = (p: Problem | 'network') => p !== 'network' && w().faults[`${p.code}${p.pointer ?? ''}`] || problemText(p);
const pointed = (p: Problem | 'network' | undefined, field: string) => p && p !== 'network' && p.pointer === `/${field}` ? said(p) : undefined;
/* what is said at its field is not said twice */
const Trouble = ({ p }: { p: Problem | 'network' | undefined }) => p && (p === 'network' || !w().faults[`${p.code}${p.pointer ?? ''}`]) ? <Note tone="bad" icon="warn">{said(p)}</Note> : null;
const Foot = ({ onSave, onClose }: { onSave: () => Promise<unknown>; onClose: () => void }) => <><Action onAct={onSave}>{w().record}</Action><button class="btn ghost" onClick={onClose}>{t().cancel}</button></>;
const whole = (text: string) => /^\d{1,3}$/.test(text) ? Number(text) : undefined;

function BandDialog({ onClose }: { onClose: () => void }) {
  const [kind, setKind] = useState<Band['kind']>('late'), [to, setTo] = useState(['30', '60', '90']), [basis, setBasis] = useState(''), [from, setFrom] = useState(addDays(dayIn(serverNow(), zone()), 32).slice(0, 8) + '01'), [problem, setProblem] = useState<Problem | 'network'>();
  const n = useNeeded({ first_to: !whole(to[0]!), legal_basis: !basis.trim(), valid_from: !from }), at = (field: string) => n.at(field) ?? pointed(problem, field);
  const save = async () => {
    setProblem(undefined);
    if (!n.complete()) return;
    const r = await api.POST('/api/v1/recap/bands', { body: { kind, first_to: whole(to[0]!) ?? 0, ...(kind !== 'times' && whole(to[1]!) ? { second_to: whole(to[1]!)! } : {}), ...(kind !== 'times' && whole(to[2]!) ? { third_to: whole(to[2]!)! } : {}), legal_basis: basis.trim(), valid_from: from } }).catch(() => undefined);
    if (!r?.data) return n.refuse(() => setProblem((r?.error as Problem | undefined) ?? 'network'));
    toast(w().bandAdded);
    onClose();
    void bands.refresh();
  };
  return <Dialog title={w().addBand} onClose={onClose} foot={<Foot onSave={save} onClose={onClose} />}><Trouble p={problem} />
    <Field label={w().bandOf}>{p => <select {...p} value={kind} onChange={e => { setKind(e.currentTarget.value as 'late'); setTo(e.currentTarget.value === 'times' ? ['5', '', ''] : ['30', '60', '90']); }}>{(['late', 'early', 'times'] as const).map(k => <option key={k} value={k}>{w().bandKind[k]}</option>)}</select>}</Field>
    {(['first_to', 'second_to', 'third_to'] as const).slice(0, kind === 'times' ? 1 : 3).map((f, i) => <Field key={f} label={kind === 'times' ? w().timesBorne : w().upTo(i + 1)} {...(i ? { hint: w().upToHint } : {})} error={at(f)}>{p => <input {...p} inputMode="numeric" maxLength={3} value={to[i]} onInput={e => setTo(to.map((x, k) => k === i ? e.currentTarget.value : x))} />}</Field>)}
    <Field label={w().basis} error={at('legal_basis')}>{p => <input {...p} maxLength={300} value={basis} onInput={e => setBasis(e.currentTarget.value)} />}</Field>
    <Field label={w().from} error={at('valid_from')}>{p => <DateInput {...p} value={from} onValue={setFrom} />}</Field></Dialog>;
}

const kinds = ['recap', 'supplement', 'incident', 'roster_cover', 'home_order', 'roster_return'] as const;
const texts = [['government_line', 'governmentLine', 120], ['agency_line', 'agencyLine', 160], ['address', 'address', 300], ['number_format', 'numberFormat', 120], ['place', 'place', 60], ['left_caption', 'leftCaption', 60], ['left_office', 'leftOffice', 160], ['right_office', 'rightOffice', 160], ['footer', 'footer', 200], ['legal_basis', 'basis', 300]] as const;
const hints: Partial<Record<(typeof texts)[number][0], 'agencyLineHint' | 'numberHint' | 'leftHint'>> = { agency_line: 'agencyLineHint', number_format: 'numberHint', left_office: 'leftHint' };

function TemplateDialog({ like, onClose }: { like?: Template; onClose: () => void }) {
  const today = dayIn(serverNow(), zone());
  const [v, set] = useState({ kind: like?.kind ?? 'recap', unit: like?.unit ?? '', government_line: like?.government_line ?? '', agency_line: like?.agency_line ?? '', address: like?.address ?? '', number_format: like?.number_format ?? '800/{nomor}/{bulan_romawi}/{tahun}', place: like?.place ?? '', left_caption: like?.left_caption ?? 'Mengetahui,', left_office: like?.left_office ?? 'Kepala {perangkat_daerah}', right_office: like?.right_office ?? 'Kepala {unit}', footer: like?.footer ?? '{unit}', legal_basis: '', valid_from: addDays(today, 1), logo_sha256: like?.logo_sha256 ?? '' });
  const [units, setUnits] = useState<readonly Unit[]>([]), [problem, setProblem] = useState<Problem | 'network'>();
  useEffect(() => { void unitsBelow().then(list => setUnits(byName(list)), () => undefined); }, []);
  const put = (p: Partial<typeof v>) => set({ ...v, ...p });
  const pick = async (file: File | undefined) => {
    if (!file) return;
    const r = await upload(file).catch(() => undefined);
    if (!r || isProblem(r)) return setProblem(r && isProblem(r) ? r : 'network');
    put({ logo_sha256: r.sha256 });
  };
  const n = useNeeded({ government_line: !v.government_line.trim(), left_office: !v.left_office.trim(), right_office: !v.right_office.trim(), legal_basis: !v.legal_basis.trim(), valid_from: !v.valid_from }), at = (field: string) => n.at(field) ?? pointed(problem, field);
  const save = async () => {
    setProblem(undefined);
    if (!n.complete()) return;
    const { unit, logo_sha256, ...rest } = v;
    const r = await api.POST('/api/v1/org/print-templates', { body: { ...rest, ...(unit ? { unit } : {}), ...(logo_sha256 ? { logo_sha256 } : {}) } as never }).catch(() => undefined);
    if (!r?.data) return n.refuse(() => setProblem((r?.error as Problem | undefined) ?? 'network'));
    toast(w().templateAdded);
    onClose();
    void templates.refresh();
  };
  return <Dialog broad title={w().addTemplate} onClose={onClose} foot={<Foot onSave={save} onClose={onClose} />}><Trouble p={problem} />
    <div class="two"><Field label={w().kind}>{p => <select {...p} value={v.kind} onChange={e => put({ kind: e.currentTarget.value as 'recap' })}>{kinds.map(k => <option key={k} value={k}>{w().templateKind[k]}</option>)}</select>}</Field>
      <Field label={w().agency} error={pointed(problem, 'unit')}>{p => <select {...p} value={v.unit} onChange={e => put({ unit: e.currentTarget.value })}><option value="">{w().forAll}</option>{units.map(u => <option key={u.id} value={u.id}>{u.name}</option>)}</select>}</Field></div>
    {texts.map(([f, label, max]) => <Field key={f} label={w()[label]} {...(hints[f] ? { hint: w()[hints[f]!] } : {})} error={at(f)}>{p => <input {...p} maxLength={max} value={v[f]} onInput={e => put({ [f]: e.currentTarget.value })} />}</Field>)}
    <Field label={w().from} error={at('valid_from')}>{p => <DateInput {...p} value={v.valid_from} min={today} onValue={d => put({ valid_from: d })} />}</Field>
    <Field label={w().logo} error={pointed(problem, 'logo_sha256')}>{p => <span class="row"><FileInput {...p} label={w().logo} accept="image/png" onFile={f => void pick(f)} />{v.logo_sha256 && <span class="sm">{w().logoChosen}</span>}</span>}</Field></Dialog>;
}

const When = ({ from, to, verified, by }: { from: string; to?: string; verified: boolean; by?: string }) => <span class="row tight sm muted">{to ? w().until(fullDay(from), fullDay(to)) : w().since(fullDay(from))} {verified ? by && w().verifiedBy(by) : <Chip tone="warn">{w().example}</Chip>}</span>;

export function RulesPage() {
  const [adding, setAdding] = useState<'band' | { like?: Template }>();
  useEffect(() => { void bands.refresh(); void templates.refresh(); }, []);
  const mayWrite = !!me.value && isBoard(me.value);
  return <main id="m" tabIndex={-1}><a class="sm" href="#/rekap">{w().title}</a>
    <section class="card"><div class="row between"><h2>{w().bands}</h2>{mayWrite && <button class="btn ghost small" onClick={() => setAdding('band')}>{w().addBand}</button>}</div>
      <Show source={bands} zone={zone()} height={160}>{v => v.items.length === 0 ? <Empty>{w().noBands}</Empty> : <ul class="list">{v.items.map(b => <li key={b.id}><b>{w().bandKind[b.kind]}</b><span class="num">{classesOf(b)}</span><span class="sm">{b.legal_basis}</span><When from={b.valid_from} to={b.valid_to} verified={b.verified} by={b.verified_by} /></li>)}</ul>}</Show></section>
    <section class="card"><div class="row between"><h2>{w().templates}</h2>{mayWrite && <button class="btn ghost small" onClick={() => setAdding({})}>{w().addTemplate}</button>}</div>
      <Show source={templates} zone={zone()} height={160}>{v => v.items.length === 0 ? <Empty>{w().noTemplates}</Empty> : <ul class="list">{v.items.map(x => <li key={x.id}><div class="row between"><b>{w().templateKind[x.kind]} · {x.unit_name ?? w().forAll}</b>{mayWrite && <button class="link sm" onClick={() => setAdding({ like: x })}>{w().likeThis}</button>}</div>
        <span>{[x.government_line, x.agency_line].filter(Boolean).join(' · ')}</span><span class="sm muted">{[x.address, x.number_format, x.place].filter(Boolean).join(' · ')}</span><When from={x.valid_from} to={x.valid_to} verified={x.verified} /></li>)}</ul>}</Show></section>
    <DocumentRules kindText={w().templateKind} mayWrite={mayWrite} />
    {adding === 'band' ? <BandDialog onClose={() => setAdding(undefined)} /> : adding && <TemplateDialog {...(adding.like ? { like: adding.like } : {})} onClose={() => setAdding(undefined)} />}</main>;
}
