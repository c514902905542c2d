/* Kalender di ponsel: secret links by which a calendar app reads published rosters; shown once, revoked at any time. */
import { useEffect, useState } from 'preact/hooks';
import { api, type Got, type Problem } from '../base/api';
import { dayIn, shortFullDay } from '../base/format';
import { words } from '../base/i18n';
import { source } from '../base/load';
import { zone } from '../base/shell';
import { Action, Dialog, Empty, Field, Note, problemText, Show, toast } from '../base/ui';
import { t } from '../base/words';

const w = words({
  title: 'Kalender di ponsel',
  hint: 'Jadwal yang sudah terbit tampil di aplikasi kalender ponsel Anda dan memperbarui diri.',
  secret: 'Siapa pun yang memegang tautannya dapat melihat jadwal itu tanpa masuk. Simpan untuk diri sendiri; cabut bila tersebar. Cuti dan sakit tidak pernah ditampilkan.',
  of: { own: () => 'Jadwal saya', unit: (name: string) => `Jadwal unit ${name}`, post: (name: string) => `Jadwal layanan ${name}` }, which: 'Jadwal siapa?', madeAt: (day: string) => `dibuat ${day}`,
  none: 'Belum ada tautan kalender.', make: 'Buat tautan', most: 'Sudah ada 10 tautan. Cabut salah satu lebih dahulu.', large: 'Lebih dari 1.000 orang: pilih unit di bawahnya.',
  onceTitle: 'Tautan kalender Anda', once: 'Tautan ini hanya ditampilkan sekali. Salin sekarang, lalu di aplikasi kalender pilih “tambah kalender dari URL”.', link: 'Tautan', copy: 'Salin tautan', copied: 'Tautan disalin.', notCopied: 'Tidak dapat disalin otomatis. Tekan lama tautannya, lalu salin.', open: 'Buka di aplikasi kalender',
  revoke: 'Cabut', revokeTitle: 'Cabut tautan kalender?', revokeText: 'Aplikasi kalender yang memakainya tidak mendapat jadwal lagi. Yang sudah tersimpan di sana dapat Anda hapus sendiri.', revoked: 'Tautan dicabut.',
}, {
  title: 'Calendar on the phone',
  hint: 'Published rosters show in the calendar app of your phone and renew themselves.',
  secret: 'Whoever has the link sees that roster without signing in. Keep it to yourself; revoke it when it got about. Leave and illness never show.',
  of: { own: () => 'My roster', unit: (name) => `Roster of ${name}`, post: (name) => `Roster of the post ${name}` }, which: 'Whose roster?', madeAt: day => `made ${day}`,
  none: 'No calendar link yet.', make: 'Make a link', most: 'There are 10 links. Revoke one first.', large: 'More than 1,000 people: choose a unit below.',
  onceTitle: 'Your calendar link', once: 'This link is shown only once. Copy it now, then choose “add calendar from URL” in your calendar app.', link: 'Link', copy: 'Copy link', copied: 'Link copied.', notCopied: 'Could not copy by itself. Press the link long, then copy.', open: 'Open in the calendar app',
  revoke: 'Revoke', revokeTitle: 'Revoke the calendar link?', revokeText: 'Calendar apps that use it get no roster any more. What is kept there you can delete yourself.', revoked: 'Link revoked.',
});

type Feeds = Got<'/api/v1/me/roster/feeds'>;
type Choice = Feeds['choices'][number];
const feeds = source<Feeds>(null, () => api.GET('/api/v1/me/roster/feeds'));
const nameOf = (c: Choice) => w().of[c.kind](c.name ?? '');

function LinkDialog({ path, onClose }: { path: string; onClose: () => void }) {
  const link = location.origin + path, copy = () => navigator.clipboard.writeText(link).then(() => toast(w().copied), () => toast(w().notCopied));
  return <Dialog title={w().onceTitle} onClose={onClose} foot={<><Action onAct={async () => { await (navigator.clipboard ? copy() : toast(w().notCopied)); }}>{w().copy}</Action><a class="btn ghost" href={link.replace(/^https?:/, 'webcal:')}>{w().open}</a></>}>
    <Note>{w().once}</Note><Field label={w().link}>{p => <input {...p} readOnly value={link} onFocus={e => e.currentTarget.select()} />}</Field><p class="sm muted">{w().secret}</p></Dialog>;
}

function RevokeDialog({ feed, onClose, onDone }: { feed: Feeds['items'][number]; onClose: () => void; onDone: () => void }) {
  const [problem, setProblem] = useState<Problem | 'network'>();
  const revoke = async () => {
    const r = await api.POST('/api/v1/me/roster/feeds/{feed}/revoke', { params: { path: { feed: feed.id } } }).catch(() => undefined);
    if (!r || (r.error && (r.error as Problem).code !== 'not_found')) return setProblem(r ? r.error as Problem : 'network');
    toast(w().revoked);
    onDone();
  };
  return <Dialog title={w().revokeTitle} sub={nameOf(feed)} onClose={onClose} foot={<><Action onAct={revoke}>{w().revoke}</Action><button type="button" class="btn ghost" onClick={onClose}>{t().cancel}</button></>}>
    <p>{w().revokeText}</p>{problem && <Note tone="bad" icon="warn">{problemText(problem)}</Note>}</Dialog>;
}

const whyNot = (p: Problem | 'network') => p !== 'network' && p.code === 'refused' ? p.pointer === '/subject' ? w().large : w().most : problemText(p);

function Make({ choices, onMade }: { choices: readonly Choice[]; onMade: (path: string) => void }) {
  const [at, setAt] = useState(0), [problem, setProblem] = useState<Problem | 'network'>(), choice = choices[at] ?? choices[0]!;
  const make = async () => {
    setProblem(undefined);
    const r = await api.POST('/api/v1/me/roster/feeds', { body: { kind: choice.kind, subject: choice.subject } }).catch(() => undefined);
    if (r?.data) onMade(r.data.path); else setProblem(r ? r.error as Problem : 'network');
  };
  return <>{choices.length > 1 && <Field label={w().which}>{p => <select {...p} value={at} onChange={e => setAt(Number(e.currentTarget.value))}>{choices.map((c, i) => <option key={i} value={i}>{nameOf(c)}</option>)}</select>}</Field>}
    {problem && <Note tone="bad" icon="warn">{whyNot(problem)}</Note>}
    <Action class="btn ghost" onAct={make}>{w().make}</Action></>;
}

export function FeedsPart() {
  const [path, setPath] = useState<string>(), [revoking, setRevoking] = useState<Feeds['items'][number]>();
  useEffect(() => { void feeds.refresh(); }, []);
  const renew = () => { setRevoking(undefined); void feeds.refresh(); };
  return <section class="card" aria-label={w().title}><div class="col tight"><h2>{w().title}</h2><p class="sm muted">{w().hint}</p></div>
    <Show source={feeds} zone={zone()} height={160}>{v => <>
      {v.items.length === 0 ? <Empty>{w().none}</Empty> : <ul class="list">{v.items.map(f => <li key={f.id}><div class="row between"><span class="col tight grow"><b>{nameOf(f)}</b><span class="sm muted num">{w().madeAt(shortFullDay(dayIn(new Date(f.made_at), zone())))}</span></span>
        <button type="button" class="link sm" onClick={() => setRevoking(f)}>{w().revoke}<span class="sr"> {nameOf(f)}</span></button></div></li>)}</ul>}
      <Note>{w().secret}</Note>
      {v.choices.length > 0 && <Make choices={v.choices} onMade={p => { setPath(p); void feeds.refresh(); }} />}</>}</Show>
    {path && <LinkDialog path={path} onClose={() => setPath(undefined)} />}
    {revoking && <RevokeDialog feed={revoking} onClose={() => setRevoking(undefined)} onDone={renew} />}
  </section>;
}
