/*
 * Anybody checks an employee's evidence: paste or open it, add the keys one trusts, read what is proven and
 * what is not. No account, no network: the page works as well from a file on a disk.
 */
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { Icon } from '../base/icons';
import { lang, setLang } from '../base/i18n';
import { fromParts } from '../base/paper';
import { fromBase64url } from './bytes';
import { BundleFault, readBundle, type Bundle } from './bundle';
import { checkBundle, type Findings, type Trust, type Worth } from './check';
import { LOG, parseVkey } from './note';
import { report } from './report';
import { w } from './words';

const MAX_FILE = 200_000;
export const isFile = () => location.protocol === 'file:';

/** The keys one brings along, one a line; a line that is none is named. */
export async function readKeys(text: string, policy: number): Promise<Trust | { badKey: string } | { tooMany: true }> {
  const trust: Trust = { onlineKeys: [], witnesses: [], policy };
  for (const line of text.split('\n').map(l => l.trim()).filter(Boolean)) {
    const vkey = await parseVkey(line), online = fromBase64url(line);
    if (vkey?.type === LOG && !trust.logKey) trust.logKey = vkey;
    else if (vkey && vkey.type !== LOG) trust.witnesses.push(vkey);
    else if (online?.length === 32) trust.onlineKeys.push(online);
    else return { badKey: line };
  }
  return policy > trust.witnesses.length ? { tooMany: true } : trust;
}

interface Checked { bundle: Bundle; findings: Findings; trust: Trust }
type Outcome = Checked | { problem: string };

/* What pasting does to a text: other ends of lines, blanks around it, and the blank line at its end is lost. */
function asWritten(text: string): string {
  const body = text.replaceAll('\r\n', '\n').trim() + '\n';
  return body.includes('\n\n') ? body : body + '\n';
}

/** Everything from the text of two boxes to what there is to say. */
export async function judge(text: string, keys: string, policy: number): Promise<Outcome> {
  const trust = await readKeys(keys, policy);
  if ('badKey' in trust) return { problem: w().badKey(trust.badKey) };
  if ('tooMany' in trust) return { problem: w().tooManyWitnesses };
  const paper = await fromParts(text);
  if (paper === null) return { problem: w().badParts };
  if (Array.isArray(paper)) return { problem: w().missingParts(paper.join(', ')) };
  try {
    const bundle = readBundle(paper ?? asWritten(text));
    return { bundle, trust, findings: await checkBundle(bundle, trust) };
  } catch (e) {
    if (!(e instanceof BundleFault)) throw e;
    return { problem: w().notBundle(String(e.line)) };
  }
}

const icons = { proven: 'check', unchecked: 'info', fault: 'cross' } as const;
const tones: Record<Worth, string> = { proven: 'ok', unchecked: 'ink-2', fault: 'bad' };

function Result({ checked: { bundle, findings, trust } }: { checked: Checked }) {
  const r = report(bundle, findings, trust), t = w();
  return <>
    <section class="card" aria-live="polite">
      <div class={`note ${r.isFalse ? 'bad' : 'ok'}`} role={r.isFalse ? 'alert' : 'status'}><Icon name={r.isFalse ? 'warn' : 'check'} color={r.isFalse ? 'bad' : 'ok'} /><b>{r.outcome}</b></div>
      {(bundle.personName || bundle.governmentName) && <dl class="facts">
        {bundle.personName && <><dt>{t.of}</dt><dd>{bundle.personName}</dd></>}
        {bundle.governmentName && <><dt>{t.government}</dt><dd>{bundle.governmentName}</dd></>}
      </dl>}
    </section>
    {r.groups.map(g => <section class="card" key={g.worth}><h2>{g.heading}</h2>
      <ul class="col">{g.sentences.map(s => <li key={s} class="row nowrap start"><Icon name={icons[g.worth]} color={tones[g.worth]} /><span class="wrap num">{s}</span></li>)}</ul></section>)}
    <p class="sm muted">{t.checkedHere}. {t.alsoBy}.</p>
  </>;
}

function Keys({ keys, policy, onKeys, onPolicy }: { keys: string; policy: string; onKeys: (v: string) => void; onPolicy: (v: string) => void }) {
  const t = w(), id = useId();
  return <details><summary class="strong">{t.keys}</summary><div class="col gap opened">
    <div class="field"><label for={`${id}-k`}>{t.trusted}</label><span class="hint" id={`${id}-kh`}>{t.keysHint}</span>
      <textarea id={`${id}-k`} aria-describedby={`${id}-kh`} rows={4} spellcheck={false} autocapitalize="off" autocomplete="off" value={keys} onInput={e => onKeys(e.currentTarget.value)} /></div>
    <div class="field"><label for={`${id}-p`}>{t.policy}</label><span class="hint" id={`${id}-ph`}>{t.policyHint}</span>
      <input id={`${id}-p`} class="figure" aria-describedby={`${id}-ph`} inputMode="numeric" value={policy} onInput={e => onPolicy(e.currentTarget.value.replace(/[^0-9]/g, '').slice(0, 2))} /></div>
  </div></details>;
}

function Form({ onOutcome }: { onOutcome: (o: Outcome | undefined) => void }) {
  const t = w(), id = useId(), [text, setText] = useState(''), [keys, setKeys] = useState(''), [policy, setPolicy] = useState(''), [busy, setBusy] = useState(false);
  const run = async (what: string) => {
    setBusy(true);
    try { onOutcome(await judge(what, keys, Number(policy))); } finally { setBusy(false); }
  };
  const open = async (file: File | undefined) => {
    if (!file) return;
    if (file.size > MAX_FILE) return onOutcome({ problem: t.tooLarge });
    const read = await file.text().catch(() => undefined);
    if (read === undefined) return onOutcome({ problem: t.unreadable });
    setText(read);
    await run(read);
  };
  return <section class="card noprint"><p>{t.intro}</p>
    <div class="field"><label for={id}>{t.paste}</label><span class="hint" id={`${id}-h`}>{t.pasteHint}</span>
      <textarea id={id} aria-describedby={`${id}-h`} rows={7} spellcheck={false} autocapitalize="off" autocomplete="off" value={text} onInput={e => { setText(e.currentTarget.value); onOutcome(undefined); }} /></div>
    <Keys keys={keys} policy={policy} onKeys={v => { setKeys(v); onOutcome(undefined); }} onPolicy={v => { setPolicy(v); onOutcome(undefined); }} />
    <div class="row"><button type="button" class="btn" disabled={busy || !text.trim()} aria-busy={busy} onClick={() => void run(text)}>{t.check}</button>
      <span class="btn ghost small filepick"><Icon name="upload" />{t.open}<input type="file" accept=".txt,text/plain" aria-label={t.open} onClick={e => { e.currentTarget.value = ''; }} onChange={e => void open(e.currentTarget.files?.[0])} /></span></div>
  </section>;
}

export function VerifyPage() {
  const t = w(), [outcome, setOutcome] = useState<Outcome>(), told = useRef<HTMLDivElement>(null);
  useEffect(() => { if (outcome) told.current!.scrollIntoView({ block: 'start' }); }, [outcome]);
  document.documentElement.lang = lang.value;
  document.title = `Luwes · ${t.title}`;
  return <><a class="skip" href="#m" onClick={e => { e.preventDefault(); document.getElementById('m')?.focus(); }}>{t.toContent}</a>
    <div class="desk reading"><header class="top"><div class="row between"><div class="col tight"><span class="sub">{t.sub}</span><h1>{t.title}</h1></div>
      <div class="row end"><button type="button" class="link sm" onClick={() => setLang(lang.value === 'id' ? 'en' : 'id')} lang={lang.value === 'id' ? 'en' : 'id'}>{t.language}</button></div></div></header>
      <main id="m" tabIndex={-1}>
        {globalThis.crypto?.subtle ? <Form onOutcome={setOutcome} /> : <div class="note bad" role="alert"><Icon name="warn" color="bad" /><div>{t.insecure}</div></div>}
        {outcome && <div class="col gap" ref={told}>{'problem' in outcome ? <div class="note bad" role="alert"><Icon name="warn" color="bad" /><div class="wrap">{outcome.problem}</div></div> : <><Result checked={outcome} />
          <div class="row noprint"><button type="button" class="btn ghost" onClick={() => print()}>{t.print}</button></div></>}</div>}
        {!isFile() && <p class="noprint"><a href="/verifikasi/luwes-verifikasi.html" download="luwes-verifikasi.html">{t.saveForLater}</a></p>}
      </main></div></>;
}
