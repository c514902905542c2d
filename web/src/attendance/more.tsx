/* Lainnya: oneself, language, appearance, what is on this phone, the way to one's own data, leaving. */
import { useState } from 'preact/hooks';
import { mayOpen } from '../base/access';
import { api, type Problem } from '../base/api';
import { clock, stamp } from '../base/format';
import { lang, setLang } from '../base/i18n';
import { me as signedIn, signOut } from '../base/session';
import { setTheme, zone } from '../base/shell';
import { countDrafts, removeDrafts } from '../base/store';
import { Action, Chip, Dialog, Field, Note, problemText, toast } from '../base/ui';
import { t } from '../base/words';
import { itemTitle } from './home';
import { outbox, waiting } from './outbox';
import { OfficeCard } from './proofs_own';
import { w } from './words';

function Password({ onClose }: { onClose: () => void }) {
  const [current, setCurrent] = useState(''), [password, setPassword] = useState(''), [tried, setTried] = useState(false), [problem, setProblem] = useState<Problem | 'network'>();
  const none = !current, weak = password.length < 12;
  const save = async () => {
    setTried(true);
    setProblem(undefined);
    if (none || weak) return;
    const r = await api.PUT('/api/v1/me/password', { body: { current, password } }).catch(() => undefined);
    if (!r) return setProblem('network');
    if (r.error) return setProblem(r.error as Problem);
    toast(w().passwordChanged);
    onClose();
  };
  return <Dialog title={w().changePassword} onClose={onClose} foot={<Action onAct={save}>{t().save}</Action>}>
    {problem && <Note tone="bad" icon="warn">{problemText(problem)}</Note>}
    <Field label={w().current} error={tried && none ? t().passwordEmpty : undefined}>{p => <input {...p} type="password" autocomplete="current-password" value={current} onInput={e => setCurrent(e.currentTarget.value)} />}</Field>
    <Field label={t().newPassword} hint={t().passwordHint} error={tried && weak ? t().problems.weak_password : undefined}>{p => <input {...p} type="password" autocomplete="new-password" maxLength={128} value={password} onInput={e => setPassword(e.currentTarget.value)} />}</Field>
  </Dialog>;
}

export function More() {
  const me = signedIn.value;
  const [asking, setAsking] = useState<'password' | 'out'>(), [drafts, setDrafts] = useState(0), [theme, chooseTheme] = useState(localStorage.getItem('theme') ?? '');
  if (!me) return null;
  const leave = async () => {
    const n = await countDrafts(me.employee).catch(() => 0);
    setDrafts(n);
    if (n || waiting.value.length) setAsking('out'); else await signOut();
  };
  const wipe = async () => { await removeDrafts(me.employee).catch(() => undefined); await signOut(); };
  return <main id="m" tabIndex={-1}>
    <section class="card"><h2>{w().profile}</h2><dl class="facts"><dt>{w().name}</dt><dd>{me.full_name}</dd><dt>{t().nip}</dt><dd class="num">{me.nip}</dd>
      {me.position && <><dt>{w().position}</dt><dd>{me.position}</dd></>}{me.unit && <><dt>{w().unit}</dt><dd>{me.unit.name}</dd>
        {me.unit.agency_name !== me.unit.name && <><dt>{me.government.agency_label}</dt><dd>{me.unit.agency_name}</dd></>}</>}</dl>
      <div class="row"><button class="btn ghost small" onClick={() => setAsking('password')}>{w().changePassword}</button><Action class="btn danger small" onAct={leave}>{t().signOut}</Action></div></section>
    {me.audiences.length > 1 && <section class="card"><h2>{w().otherApps}</h2><div class="row">{me.audiences.includes('atasan') && <a class="btn ghost small" href="/atasan/">{w().openTeam}</a>}{me.audiences.includes('bkd') && <a class="btn ghost small" href="/bkd/">{mayOpen(me, 'board') ? w().openBoard : w().openOffice}</a>}</div></section>}
    <p class="row"><a class="btn ghost small" href="#/tugas">{w().tasks}</a><a class="btn ghost small" href="#/izin">{w().openAbsence}</a><a class="btn ghost small" href="#/koreksi">{w().myCorrections}</a><a class="btn ghost small" href="#/ponsel">{w().myPhone}</a><a class="btn ghost small" href="#/konfirmasi">{w().askedAbout}</a><a class="btn ghost small" href="#/cek">{w().myChecks}</a><a class="btn ghost small" href="#/penilaian">{w().myRatings}</a><a class="btn ghost small" href="#/data">{w().myData}</a></p>
    <OfficeCard />
    <section class="card"><h2>{w().onPhone}</h2>
      {outbox.value.length === 0 ? <p class="sm muted">{w().nothingWaits}</p> : <ul class="list">{outbox.value.map(i => <li key={i.id}>
        <div class="row between"><b>{itemTitle(i)}</b><Chip tone={i.state === 'sent' ? 'ok' : i.state === 'rejected' ? 'bad' : 'warn'}>{w().state[i.state]}</Chip></div>
        <span class="xs muted num">{stamp(i.made_at, zone())}{i.received_at && ` · ${w().receivedAt(clock(i.received_at, zone()))}`}</span></li>)}</ul>}</section>
    <section class="card"><h2>{w().language}</h2><div class="row" role="group" aria-label={w().language}>
      <button class={`btn small ${lang.value === 'id' ? '' : 'ghost'}`} aria-pressed={lang.value === 'id'} onClick={() => setLang('id')}>Bahasa Indonesia</button>
      <button class={`btn small ${lang.value === 'en' ? '' : 'ghost'}`} aria-pressed={lang.value === 'en'} onClick={() => setLang('en')}>English</button></div>
      <h2>{w().theme}</h2><div class="row" role="group" aria-label={w().theme}>{([['', w().themeAuto], ['light', w().themeLight], ['dark', w().themeDark]] as const).map(([k, l]) =>
        <button key={k} class={`btn small ${theme === k ? '' : 'ghost'}`} aria-pressed={theme === k} onClick={() => { chooseTheme(k); setTheme(k || null); }}>{l}</button>)}</div></section>
    {asking === 'password' && <Password onClose={() => setAsking(undefined)} />}
    {asking === 'out' && <Dialog title={t().signOut} onClose={() => setAsking(undefined)}
      foot={<><Action class="btn danger" onAct={signOut}>{t().signOut}</Action>{drafts > 0 && <Action class="btn ghost" onAct={wipe}>{w().signOutWipe}</Action>}<button class="btn ghost" onClick={() => setAsking(undefined)}>{t().cancel}</button></>}>{waiting.value.length > 0 && <p>{w().signOutWarn}</p>}{drafts > 0 && <p>{w().signOutDrafts}</p>}</Dialog>}
  </main>;
}
