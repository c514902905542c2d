import { useEffect, useState } from 'preact/hooks';
import { api, type Got, type Problem } from './api';
import { demo, loadDemo, signIn } from './session';
import { Field, governmentName, Note, problemText } from './ui';
import { t } from './words';

type Governments = Got<'/api/v1/governments'>['items'];

const focusFirstError = () => requestAnimationFrame(() => document.querySelector<HTMLElement>('[aria-invalid=true]')?.focus());

export function SignIn() {
  const [governments, setGovernments] = useState<Governments>([]);
  const [government, setGovernment] = useState(localStorage.getItem('government') ?? '');
  const [nip, setNip] = useState(''), [password, setPassword] = useState('');
  const [shown, setShown] = useState(false), [busy, setBusy] = useState(false), [tried, setTried] = useState(false);
  const [problem, setProblem] = useState<Problem | 'network'>(), [code, setCode] = useState(false), [done, setDone] = useState(false);
  const w = t();

  const load = async () => {
    const items = (await api.GET('/api/v1/governments').catch(() => undefined))?.data?.items;
    if (!items) return setProblem('network');
    setProblem(undefined);
    setGovernments(items);
    setGovernment(g => items.some(i => i.code === g) ? g : items[0]?.code ?? '');
  };
  useEffect(() => { void loadDemo(); void load(); }, []);

  const nipError = tried && !/^\d{18}$/.test(nip) ? w.nipWrong : undefined;
  const passwordError = tried && !password ? w.passwordEmpty : undefined;
  const submit = async (e: SubmitEvent) => {
    e.preventDefault();
    setTried(true);
    setProblem(undefined);
    if (!/^\d{18}$/.test(nip) || !password) return focusFirstError();
    setBusy(true);
    localStorage.setItem('government', government);
    setProblem(await signIn(government, nip, password));
    setBusy(false);
  };

  if (code) return <Activation governments={governments} government={government} onGovernment={setGovernment} onDone={() => { setCode(false); setDone(true); }} onBack={() => setCode(false)} />;
  return <><Welcome /><main class={`signin${demo.value?.is_demo ? ' both' : ''}`} id="m" tabIndex={-1}>
    <form class="card" onSubmit={submit} noValidate>
      <h1>{w.signInTitle}</h1>
      {done && <Note tone="ok" icon="check">{w.activated}</Note>}
      {problem && <Note tone="bad" icon="warn">{problemText(problem)}{governments.length === 0 && <> <button type="button" class="link" onClick={() => { void loadDemo(); void load(); }}>{w.retry}</button></>}</Note>}
      <GovernmentField items={governments} value={government} onChange={setGovernment} />
      <Field label={w.nip} hint={w.nipHint} error={nipError}>{p => <input {...p} inputMode="numeric" autocomplete="username" maxLength={18} value={nip} onInput={e => setNip(e.currentTarget.value.replace(/\D/g, ''))} />}</Field>
      <Field label={w.password} error={passwordError}>{p => shown
        ? <input {...p} type="text" autocomplete="current-password" maxLength={128} value={password} onInput={e => setPassword(e.currentTarget.value)} />
        : <input {...p} type="password" autocomplete="current-password" maxLength={128} value={password} onInput={e => setPassword(e.currentTarget.value)} />}</Field>
      <label class="check sm"><input type="checkbox" checked={shown} onChange={e => setShown(e.currentTarget.checked)} />{w.showPassword}</label>
      <button class="btn block" disabled={busy} aria-busy={busy}>{w.signIn}</button>
      <p class="sm">{w.firstTime} <button type="button" class="link" onClick={() => setCode(true)}>{w.useCode}</button></p>
    </form>
    {demo.value?.is_demo && <section class="card">
      <h2>{w.demoUsers}</h2><p class="sm muted">{w.demoUsersHint}</p>
      <ul class="list">{demo.value.logins.map(l => <li key={l.nip}>
        <button type="button" class="rowbutton" onClick={() => { setGovernment(l.government); setNip(l.nip); setPassword(l.password); scrollTo({ top: 0 }); }}>
          <b>{l.name}</b><span class="row between tight sm muted"><span>{w.role[l.role] ?? l.role} · {governments.filter(g => g.code === l.government).map(governmentName)}</span><span class="num">{l.nip}</span></span>
        </button></li>)}</ul>
    </section>}
  </main></>;
}

const Welcome = () => <header class="top"><div class="brand">Luwes</div><p class="sub">{t().tagline}</p></header>;

function GovernmentField({ items, value, onChange }: { items: Governments; value: string; onChange: (code: string) => void }) {
  return <Field label={t().government}>{p => <select {...p} value={value} onChange={e => onChange(e.currentTarget.value)}>
    {items.map(g => <option key={g.code} value={g.code}>{governmentName(g)}</option>)}</select>}</Field>;
}

function Activation({ governments, government, onGovernment, onDone, onBack }: { governments: Governments; government: string; onGovernment: (code: string) => void; onDone: () => void; onBack: () => void }) {
  const [nip, setNip] = useState(''), [code, setCode] = useState(''), [password, setPassword] = useState('');
  const [problem, setProblem] = useState<Problem | 'network'>(), [busy, setBusy] = useState(false), [tried, setTried] = useState(false);
  const w = t();
  const nipError = tried && !/^\d{18}$/.test(nip) ? w.nipWrong : undefined;
  const weak = tried && password.length < 12 ? w.problems.weak_password : undefined;
  const submit = async (e: SubmitEvent) => {
    e.preventDefault();
    setTried(true);
    if (!/^\d{18}$/.test(nip) || password.length < 12) return focusFirstError();
    setBusy(true);
    const r = await api.POST('/api/v1/accounts/activation', { body: { government, nip, code: code.trim().toUpperCase(), password } }).catch(() => undefined);
    setBusy(false);
    if (!r) setProblem('network');
    else if (r.error) setProblem(r.error as Problem);
    else onDone();
  };
  return <><Welcome /><main class="signin" id="m" tabIndex={-1}>
    <form class="card" onSubmit={submit} noValidate>
      <h1>{w.codeTitle}</h1>
      {problem && <Note tone="bad" icon="warn">{problemText(problem)}</Note>}
      <GovernmentField items={governments} value={government} onChange={onGovernment} />
      <Field label={w.nip} hint={w.nipHint} error={nipError}>{p => <input {...p} inputMode="numeric" autocomplete="username" maxLength={18} value={nip} onInput={e => setNip(e.currentTarget.value.replace(/\D/g, ''))} />}</Field>
      <Field label={w.code} hint={w.codeHint}>{p => <input {...p} autocomplete="one-time-code" autocapitalize="characters" maxLength={13} value={code} onInput={e => setCode(e.currentTarget.value)} />}</Field>
      <Field label={w.newPassword} hint={w.passwordHint} error={weak}>{p => <input {...p} type="password" autocomplete="new-password" maxLength={128} value={password} onInput={e => setPassword(e.currentTarget.value)} />}</Field>
      <button class="btn block" disabled={busy}>{w.setPassword}</button>
      <button type="button" class="link" onClick={onBack}>{w.backToSignIn}</button>
    </form>
  </main></>;
}
