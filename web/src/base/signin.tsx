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
  const [busy, setBusy] = useState(false), [tried, setTried] = useState(false);
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

  if (code) return <Activation governments={governments} government={government} onGovernment={setGovernment} onDone={n => { setNip(n); setTried(false); setCode(false); setDone(true); }} onBack={() => setCode(false)} />;
  return <><Welcome /><main class={`signin${demo.value?.is_demo ? ' both' : ''}`} id="m" tabIndex={-1}>
    <form class="card" onSubmit={submit} noValidate>
      <h1>{w.signInTitle}</h1>
      {done && <Note tone="ok" icon="check">{w.activated}</Note>}
      {problem && <Note tone="bad" icon="warn">{problemText(problem)}{governments.length === 0 && <> <button type="button" class="link" onClick={() => { void loadDemo(); void load(); }}>{w.retry}</button></>}</Note>}
      <GovernmentField items={governments} value={government} onChange={setGovernment} />
      <NipField value={nip} error={nipError} onValue={setNip} />
      <PasswordField label={w.password} error={passwordError} autocomplete="current-password" value={password} onValue={setPassword} />
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

/** A NIP, also as it is printed and copied, with spaces. */
const NipField = ({ value, error, onValue }: { value: string; error: string | undefined; onValue: (nip: string) => void }) =>
  <Field label={t().nip} hint={t().nipHint} error={error}>{p => <input {...p} inputMode="numeric" autocomplete="username" value={value} onInput={e => onValue(e.currentTarget.value = e.currentTarget.value.replace(/\D/g, '').slice(0, 18))} />}</Field>;

/** A password that one may look at while one types it. */
function PasswordField({ label, hint, error, autocomplete, value, onValue }: { label: string; hint?: string; error: string | undefined; autocomplete: 'current-password' | 'new-password'; value: string; onValue: (password: string) => void }) {
  const [shown, setShown] = useState(false), rest = { autocomplete, maxLength: 128, value, onInput: (e: { currentTarget: HTMLInputElement }) => onValue(e.currentTarget.value) };
  return <><Field label={label} hint={hint} error={error}>{p => shown ? <input {...p} {...rest} type="text" /> : <input {...p} {...rest} type="password" />}</Field>
    <label class="check sm"><input type="checkbox" checked={shown} onChange={e => setShown(e.currentTarget.checked)} />{t().showPassword}</label></>;
}

function GovernmentField({ items, value, onChange }: { items: Governments; value: string; onChange: (code: string) => void }) {
  return <Field label={t().government}>{p => <select {...p} value={value} onChange={e => onChange(e.currentTarget.value)}>
    {items.map(g => <option key={g.code} value={g.code}>{governmentName(g)}</option>)}</select>}</Field>;
}

function Activation({ governments, government, onGovernment, onDone, onBack }: { governments: Governments; government: string; onGovernment: (code: string) => void; onDone: (nip: string) => void; onBack: () => void }) {
  const [nip, setNip] = useState(''), [code, setCode] = useState(''), [password, setPassword] = useState('');
  const [problem, setProblem] = useState<Problem | 'network'>(), [busy, setBusy] = useState(false), [tried, setTried] = useState(false);
  const w = t();
  const nipError = tried && !/^\d{18}$/.test(nip) ? w.nipWrong : undefined;
  const codeError = tried && !code.trim() ? w.codeEmpty : undefined, weak = tried && password.length < 12 ? w.problems.weak_password : undefined;
  const submit = async (e: SubmitEvent) => {
    e.preventDefault();
    setTried(true);
    setProblem(undefined);
    if (!/^\d{18}$/.test(nip) || !code.trim() || password.length < 12) return focusFirstError();
    setBusy(true);
    const r = await api.POST('/api/v1/accounts/activation', { body: { government, nip, code: code.trim().toUpperCase(), password } }).catch(() => undefined);
    setBusy(false);
    if (!r) setProblem('network');
    else if (r.error) setProblem(r.error as Problem);
    else onDone(nip);
  };
  return <><Welcome /><main class="signin" id="m" tabIndex={-1}>
    <form class="card" onSubmit={submit} noValidate>
      <h1>{w.codeTitle}</h1>
      {problem && <Note tone="bad" icon="warn">{problemText(problem)}</Note>}
      <GovernmentField items={governments} value={government} onChange={onGovernment} />
      <NipField value={nip} error={nipError} onValue={setNip} />
      <Field label={w.code} hint={w.codeHint} error={codeError}>{p => <input {...p} autocomplete="one-time-code" autocapitalize="characters" maxLength={13} value={code} onInput={e => setCode(e.currentTarget.value)} />}</Field>
      <PasswordField label={w.newPassword} hint={w.passwordHint} error={weak} autocomplete="new-password" value={password} onValue={setPassword} />
      <button class="btn block" disabled={busy}>{w.setPassword}</button>
      <button type="button" class="link" onClick={onBack}>{w.backToSignIn}</button>
    </form>
  </main></>;
}
