/* Networks of offices: added from a day on, ended, never edited. */
import { useEffect, useState } from 'preact/hooks';
import { api, serverNow, type Got, type Problem } from '../base/api';
import { dayIn, fullDay } from '../base/format';
import { source } from '../base/load';
import { zone } from '../base/shell';
import { Action, DateInput, Dialog, Empty, Field, Note, problemText, Show, toast } from '../base/ui';
import { UnitPicker, type Unit } from '../org/picker';
import { w } from './words';

type List = Got<'/api/v1/attendance/networks'>;
type Network = List['items'][number];
const networks = source<List>('attendance/networks', () => api.GET('/api/v1/attendance/networks', { params: { query: {} } }));
const FOREVER = '9999-12-31';

/* What the server says about a range, in words. */
const rangeFault = (p: Problem) => p.reason?.includes('beyond') ? w().rangeFaults.host : p.reason?.includes('wider') ? w().rangeFaults.wide : w().rangeFaults.unreadable;

function AddDialog({ address, onClose }: { address?: string; onClose: (done: boolean) => void }) {
  const [unit, setUnit] = useState<Unit>(), [label, setLabel] = useState(''), [range, setRange] = useState(''), [from, setFrom] = useState(dayIn(serverNow(), zone())), [faults, setFaults] = useState<{ unit?: string; label?: string; range?: string; other?: string }>({});
  const save = async () => {
    setFaults({ ...(unit ? {} : { unit: w().unitMissing }), ...(label.trim() ? {} : { label: w().nameMissing }), ...(range.trim() ? {} : { range: w().rangeFaults.unreadable }) });
    if (!unit || !label.trim() || !range.trim()) return;
    const r = await api.POST('/api/v1/attendance/networks', { body: { unit: unit.id, label: label.trim(), range: range.trim(), valid_from: from } }).catch(() => undefined), p = r?.error as Problem | undefined;
    if (!r?.data) return setFaults(p?.pointer === '/range' ? { range: rangeFault(p) } : { other: problemText(p ?? 'network') });
    toast(w().networkSaved);
    onClose(true);
  };
  return <Dialog title={w().networks} onClose={() => onClose(false)} foot={<Action onAct={save}>{w().add}</Action>}>
    {faults.other && <Note tone="bad" icon="warn">{faults.other}</Note>}
    <UnitPicker own error={faults.unit} onPick={setUnit} />
    <Field label={w().label} error={faults.label}>{p => <input {...p} value={label} maxLength={80} onInput={e => setLabel(e.currentTarget.value)} />}</Field>
    <Field label={w().range} hint={w().rangeHint} error={faults.range}>{p => <input {...p} value={range} maxLength={64} autocapitalize="off" spellcheck={false} onInput={e => setRange(e.currentTarget.value)} />}</Field>
    {address && <p class="sm muted num">{w().yourAddress(address)}</p>}
    <Field label={w().from}>{p => <DateInput {...p} value={from} min={dayIn(serverNow(), zone())} onValue={setFrom} />}</Field></Dialog>;
}

function EndDialog({ n, onClose }: { n: Network; onClose: (done: boolean) => void }) {
  const [day, setDay] = useState(dayIn(serverNow(), zone())), [fault, setFault] = useState('');
  const end = async () => {
    const r = await api.POST('/api/v1/attendance/networks/{network}/end', { params: { path: { network: n.id } }, body: { last_day: day } }).catch(() => undefined);
    if (!r?.response.ok) return setFault(problemText((r?.error as Problem | undefined) ?? 'network'));
    toast(w().endDone);
    onClose(true);
  };
  return <Dialog title={w().endNetwork(n.label)} onClose={() => onClose(false)} foot={<Action class="btn danger" onAct={end}>{w().end}</Action>}>
    <Field label={w().lastDay} error={fault || undefined}>{p => <DateInput {...p} value={day} onValue={d => { setDay(d); setFault(''); }} />}</Field></Dialog>;
}

export function Networks({ may }: { may: boolean }) {
  const [adding, setAdding] = useState<{ address?: string }>(), [ending, setEnding] = useState<Network>();
  const close = (done: boolean) => { setAdding(undefined); setEnding(undefined); if (done) void networks.refresh(); };
  useEffect(() => { void networks.refresh(); }, []);
  const today = dayIn(serverNow(), zone());
  return <section class="card"><div class="row between"><h2>{w().networks}</h2>{may && <button type="button" class="btn small" onClick={() => setAdding({ address: networks.state.value.value?.address })}>{w().add}</button>}</div><p class="sm muted">{w().networksHint}</p>
    <Show source={networks} zone={zone()}>{({ items }) => items.length ? <ul class="list">{items.map(n => <li key={n.id}><div class="row between"><span class="col tight"><b>{n.label} <span class="num">{n.range}</span></b><span class="sm muted">{n.unit_name} · {n.valid_to === FOREVER ? w().sinceDay(fullDay(n.valid_from)) : w().until(fullDay(n.valid_to))}</span></span>
      {may && n.valid_to >= today && <button type="button" class="btn danger small" onClick={() => setEnding(n)}>{w().end}</button>}</div></li>)}</ul> : <Empty>{w().noNetworks}</Empty>}</Show>
    {adding && <AddDialog address={adding.address} onClose={close} />}{ending && <EndDialog n={ending} onClose={close} />}</section>;
}
