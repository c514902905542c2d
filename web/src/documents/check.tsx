/*
 * Anybody checks a paper: its code by QR (in the address, behind #, so that no server's log has it) or typed; what
 * was issued, by which office, whether it holds. A file is compared here, by its hash; it is sent nowhere.
 */
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { Got } from '../base/api';
import { clock, dayIn, fullDay, number } from '../base/format';
import { Icon } from '../base/icons';
import { lang, setLang } from '../base/i18n';
import { sha256 } from '../base/bytes';
import { readCode, showCode, toHex } from './code';
import { w } from './words';

export type Paper = Got<'/api/v1/public/documents/{paper_code}'>;
type Outcome = { code: string; paper: Paper } | { problem: string };
type Compared = 'same' | 'other' | 'unreadable' | 'large';
const FILE_MAX = 64 << 20;

/** Asks the server for what is known of a code. */
export async function ask(code: string): Promise<Outcome> {
  const r = await fetch(`/api/v1/public/documents/${code}`, { cache: 'no-store' }).catch(() => undefined);
  if (r?.ok) return { code, paper: await r.json() as Paper };
  return { problem: !r ? w().offline : r.status === 404 ? w().unknown : r.status === 429 ? w().tooMany : w().failed };
}

/** Whether a file is the one that was registered. */
export async function compare(file: File, paper: Pick<Paper, 'sha256'>): Promise<Compared> {
  if (file.size > FILE_MAX) return 'large';
  const bytes = await file.arrayBuffer().catch(() => undefined);
  if (!bytes) return 'unreadable';
  return toHex(await sha256(new Uint8Array(bytes))) === paper.sha256 ? 'same' : 'other';
}

const stamp = (at: string, p: Paper) => `${fullDay(dayIn(new Date(at), p.zone as 'WIB'))}, ${clock(at, p.zone as 'WIB')} ${p.zone}`;
const tones = { in_force: 'ok', replaced: 'warn', withdrawn: 'bad' } as const;

function Known({ code, paper: p }: { code: string; paper: Paper }) {
  const t = w(), tone = tones[p.state];
  return <section class="card">
    <div class={`note ${tone}`} role={tone === 'ok' ? 'status' : 'alert'}><Icon name={tone === 'ok' ? 'check' : 'warn'} color={tone} /><div><b>{t.state[p.state]}</b><br />{t.stateText[p.state](p.ended_at ? stamp(p.ended_at, p) : '')}</div></div>
    {p.is_demo && <p class="strong">{t.demo}</p>}
    <dl class="facts"><dt>{t.paper}</dt><dd>{p.title}</dd>
      {p.number && <><dt>{t.number}</dt><dd class="num">{p.number.split('/').flatMap((part, i) => i ? ['/', <wbr />, part] : [part])}</dd></>}
      <dt>{t.about}</dt><dd>{p.about}</dd><dt>{t.government}</dt><dd>{p.government}</dd>
      {p.agency && p.agency !== p.government && <><dt>{t.agency}</dt><dd>{p.agency}</dd></>}
      <dt>{t.office}</dt><dd>{p.office}</dd><dt>{t.issued}</dt><dd class="num">{stamp(p.issued_at, p)}</dd>
      <dt>{t.code}</dt><dd class="num">{showCode(code)}</dd></dl>
    <p class="sm muted">{t.compareHead}</p>
  </section>;
}

function Signature({ paper: p }: { paper: Paper }) {
  const t = w();
  return <section class="card"><h2>{t.signature}</h2><p>{t.signatureText[p.signature]}</p>
    {p.signer && <dl class="facts"><dt>{t.signer}</dt><dd>{p.signer}</dd><dt>{t.certificate}</dt><dd class="num xs">{p.certificate}</dd></dl>}
    <details><summary class="strong">{t.log}</summary><div class="col gap opened"><p class="sm">{t.logText(number(p.leaf_index))}</p><dl class="facts"><dt>{t.hash}</dt><dd class="num xs">{p.sha256}</dd><dt>{t.size}</dt><dd class="num">{t.bytes(number(p.size_bytes))}</dd></dl></div></details></section>;
}

function Compare({ paper }: { paper: Paper }) {
  const t = w(), [result, setResult] = useState<{ name: string; is: Compared }>(), tone = result?.is === 'same' ? 'ok' : 'bad';
  const open = async (file: File | undefined) => { if (file) setResult({ name: file.name, is: await compare(file, paper) }); };
  if (!globalThis.crypto?.subtle) return null;
  return <section class="card noprint"><h2>{t.compare}</h2><p class="sm">{t.compareText}</p>
    <div class="row"><span class="btn ghost small filepick"><Icon name="upload" />{t.choose}<input type="file" accept="application/pdf" aria-label={t.choose} onClick={e => { e.currentTarget.value = ''; }} onChange={e => void open(e.currentTarget.files?.[0])} /></span></div>
    {result && <div class={`note ${tone}`} role={tone === 'ok' ? 'status' : 'alert'}><Icon name={tone === 'ok' ? 'check' : 'warn'} color={tone} /><div class="wrap"><b>{result.name}</b><br />{t.compared[result.is]}</div></div>}
  </section>;
}

function Form({ typed, onTyped, onAsk, busy }: { typed: string; onTyped: (v: string) => void; onAsk: () => void; busy: boolean }) {
  const t = w(), id = useId(), [tried, setTried] = useState(false), wrong = tried && !readCode(typed);
  return <form class="card noprint" onSubmit={e => { e.preventDefault(); setTried(true); if (readCode(typed)) onAsk(); }}><p>{t.intro}</p>
    <div class="field"><label for={id}>{t.typeCode}</label><span class="hint" id={`${id}-h`}>{t.typeHint}</span>
      <input id={id} class="num" aria-describedby={`${id}-h${wrong ? ` ${id}-e` : ''}`} aria-invalid={wrong ? 'true' : undefined} spellcheck={false} autocapitalize="characters" autocomplete="off" maxLength={200} value={typed} onInput={e => { setTried(false); onTyped(e.currentTarget.value); }} />
      {wrong && <span class="err" id={`${id}-e`}>{t.noCode}</span>}</div>
    <div class="row"><button type="submit" class="btn" disabled={busy} aria-busy={busy}>{t.check}</button></div></form>;
}

export function CheckPage() {
  const t = w(), [typed, setTyped] = useState(''), [busy, setBusy] = useState(false), [outcome, setOutcome] = useState<Outcome>(), told = useRef<HTMLDivElement>(null);
  const run = async (code: string) => { setBusy(true); setOutcome(undefined); try { setOutcome(await ask(code)); } finally { setBusy(false); } };
  useEffect(() => {
    const scanned = () => { const code = readCode(location.hash); if (code) { setTyped(showCode(code)); void run(code); } };
    scanned();
    addEventListener('hashchange', scanned);
    return () => removeEventListener('hashchange', scanned);
  }, []);
  useEffect(() => { if (outcome) told.current!.scrollIntoView({ block: 'start' }); }, [outcome]);
  document.documentElement.lang = lang.value;
  document.title = `Luwes · ${t.title}`;
  return <><a class="skip" href="#m" onClick={e => { e.preventDefault(); document.getElementById('m')?.focus(); }}>{t.toContent}</a>
    <div class="desk reading"><header class="top"><div class="row between"><div class="col tight"><span class="sub">{t.sub}</span><h1>{t.title}</h1></div>
      <div class="row end"><button type="button" class="link sm" onClick={() => setLang(lang.value === 'id' ? 'en' : 'id')} lang={lang.value === 'id' ? 'en' : 'id'}>{t.language}</button></div></div></header>
      <main id="m" tabIndex={-1}>
        <Form typed={typed} busy={busy} onTyped={v => { setTyped(v); setOutcome(undefined); }} onAsk={() => void run(readCode(typed)!)} />
        <div class="col gap" ref={told}>{outcome && ('problem' in outcome ? <div class="note bad" role="alert"><Icon name="warn" color="bad" /><div class="wrap">{outcome.problem}</div></div>
          : <><Known {...outcome} /><Compare key={outcome.code} paper={outcome.paper} /><Signature paper={outcome.paper} /></>)}</div>
      </main></div></>;
}
