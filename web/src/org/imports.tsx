/* Impor data: a look at the sheet, its mapping, dry run, apply, every fault with its cell, column and reason. */
import { useEffect, useState } from 'preact/hooks';
import { api, isProblem, sendFile, serverNow, upload, type Got, type Problem } from '../base/api';
import { Downloads } from '../base/downloads';
import { dayIn, longDay, number, stamp } from '../base/format';
import { source } from '../base/load';
import { zone } from '../base/shell';
import { Action, Chip, DateInput, Empty, Field, FileInput, Note, problemText, Show } from '../base/ui';
import type { Preview } from './mapping';
import { SavedMappings, SheetLook } from './mapedit';
import { mw } from './mapwords';
import { w } from './words';

type Import = Got<'/api/v1/imports/{import}'>;
type Fault = Got<'/api/v1/imports/{import}/errors'>['items'][number];
const kinds = ['units', 'employees', 'placements', 'supervisors', 'posts', 'holidays', 'status', 'rosters', 'balances', 'punches', 'simpegnas', 'turns', 'targets'] as const;
const history = source<Got<'/api/v1/imports'>>(null, () => api.GET('/api/v1/imports', { params: { query: { limit: 20 } } }));

const ended = (i: Import) => i.state !== 'waiting';

async function wait(id: string, tell: (i: Import) => void): Promise<Import | undefined> {
  for (let n = 0; n < 600; n++) {
    const r = await api.GET('/api/v1/imports/{import}', { params: { path: { import: id } } }).catch(() => undefined);
    if (r?.data) {
      tell(r.data);
      if (ended(r.data)) return r.data;
    }
    await new Promise(done => setTimeout(done, 400));
  }
  return undefined;
}

function Result({ i, faults }: { i: Import; faults: readonly Fault[] }) {
  return <div class="col"><div class="row"><Chip tone={i.state === 'applied' ? 'ok' : i.state === 'checked' ? 'info' : i.state === 'waiting' ? '' : 'bad'}>{w().state[i.state]}</Chip><span class="sm num">{w().rows(number(i.rows))} · {w().result(number(i.created), number(i.updated), number(i.unchanged))}</span></div>
    {i.closed_days > 0 && <Note tone="warn" icon="law">{w().closedDays(number(i.closed_days))}</Note>}
    {i.errors > 0 && <><Note tone="bad" icon="warn">{w().errors(number(i.errors))}</Note><Downloads path={`/api/v1/imports/${i.id}/errors`} />
      <div class="scroll sideways" tabIndex={0} role="region" aria-label={w().errors(number(i.errors))} style={{ maxHeight: '360px' }}><table class="table"><thead><tr><th scope="col">{faults.some(f => f.cell) ? mw().cell : w().line}</th><th scope="col">{w().column}</th><th scope="col">{w().reason}</th><th scope="col">{w().value}</th></tr></thead>
        <tbody>{faults.map(f => <tr key={`${f.line}${f.column}`}><td class="num">{f.cell || number(f.line)}</td><td>{f.column}</td><td class="reason">{w().reasons[f.reason] ?? f.reason}</td><td class="muted">{f.value}</td></tr>)}</tbody></table></div></>}</div>;
}

export function ImportsPage() {
  const [kind, setKind] = useState<(typeof kinds)[number]>('employees'), [effective, setEffective] = useState(dayIn(serverNow(), zone())), [file, setFile] = useState<File>();
  const [now, setNow] = useState<Import>(), [faults, setFaults] = useState<readonly Fault[]>([]), [problem, setProblem] = useState<Problem | 'network'>();
  useEffect(() => { void history.refresh(); }, []);
  const [seen, setSeen] = useState<Preview>();
  const look = async (f: File | undefined, k: typeof kind) => {
    setSeen(undefined);
    setProblem(undefined);
    setNow(undefined);
    const r = f && await sendFile<Preview>(`/api/v1/imports/preview?kind=${k}`, f).catch(() => 'network' as const);
    if (r === 'network' || (r && isProblem(r))) setProblem(r);
    else setSeen(r);
  };
  const run = async (dry: boolean) => {
    setProblem(undefined);
    setFaults([]);
    const up = await upload(file!).catch(() => undefined);
    if (!up || isProblem(up)) return setProblem(up ?? 'network');
    const r = await api.POST('/api/v1/imports', { body: { kind, sha256: up.sha256, file_name: file!.name.slice(0, 100), effective, dry_run: dry } }).catch(() => undefined);
    if (!r?.data) return setProblem((r?.error as Problem | undefined) ?? 'network');
    const end = await wait(r.data.import, setNow);
    if (end?.errors) {
      const f = await api.GET('/api/v1/imports/{import}/errors', { params: { path: { import: end.id }, query: {} } }).catch(() => undefined);
      setFaults(f?.data?.items ?? []);
    }
    void history.refresh();
  };
  return <main id="m" tabIndex={-1}><div class="cols"><section class="card"><h2>{w().imports}</h2><p class="sm muted">{w().importHint}</p>
    {problem && <Note tone="bad" icon="warn">{problem === 'network' ? problemText(problem) : file?.size === 0 ? mw().empty : problem.code === 'media_type' ? mw().notATable : problemText(problem)}</Note>}
    <div class="two"><Field label={w().kind}>{p => <select {...p} value={kind} onChange={e => { const k = e.currentTarget.value as 'units'; setKind(k); void look(file, k); }}>{kinds.map(k => <option key={k} value={k}>{w().kinds[k]}</option>)}</select>}</Field>
      <Field label={w().effective}>{p => <DateInput {...p} value={effective} onValue={d => { if (d) setEffective(d); setNow(undefined); }} />}</Field></div>
    <p class="row"><a class="btn ghost small" href={`/api/v1/imports/templates/${kind}?format=xlsx`}>{mw().templateXlsx}</a><a class="btn ghost small" href={`/api/v1/imports/templates/${kind}`}>{mw().templateCsv}</a></p>
    <Field label={w().file}>{p => <span class="row"><FileInput {...p} label={w().pick} accept=".xlsx,.csv,text/csv" onFile={f => { setFile(f); void look(f, kind); }} />{file && <span class="sm strong ell">{file.name}</span>}</span>}</Field>
    {seen?.fault && <Note tone="bad" icon="warn">{w().reasons[seen.fault] ?? seen.fault}</Note>}
    {seen && !seen.fault && <SheetLook key={`${seen.from}${seen.name}`} kind={kind} p={seen} onSaved={() => void look(file, kind)} />}
    <div class="row"><Action onAct={() => run(true)} disabled={!file || !(seen?.from === 'own' || seen?.from === 'saved')}>{w().check}</Action>{now && now.state === 'checked' && now.errors === 0 && <Action onAct={() => run(false)} class="btn ghost">{w().apply}</Action>}</div>
    {now && <Result i={now} faults={faults} />}</section>
    <div class="col"><SavedMappings kind={kind} /><section class="card"><div class="row between"><h2>{w().history}</h2>{!!history.state.value.value?.items.length && <Downloads path="/api/v1/imports?limit=100" />}</div><Show source={history} zone={zone()} height={200}>{v => v.items.length === 0 ? <Empty>{w().noHistory}</Empty> : <ul class="list">{v.items.map(i => <li key={i.id}><div class="row between"><b>{w().kinds[i.kind] ?? i.kind}</b><Chip tone={i.state === 'applied' ? 'ok' : i.errors ? 'bad' : ''}>{w().state[i.state]}</Chip></div>
      <span class="sm muted" style={{ overflowWrap: 'anywhere' }}>{i.file_name} · {stamp(i.created_at, zone())}</span><span class="sm num">{i.errors ? w().errors(number(i.errors)) : w().result(number(i.created), number(i.updated), number(i.unchanged))} · {longDay(i.effective)}{i.mapping && ` · ${mw().usedMapping(i.mapping)}`}</span></li>)}</ul>}</Show></section></div></div></main>;
}
