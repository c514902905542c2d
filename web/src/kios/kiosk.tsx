/*
 * The kiosk: its camera waits for a code, and what it reads is signed, kept by the disk and only then greeted. A
 * phone's event needs nothing more; a card or a PIN needs the officer who stands there, who looks at the person and
 * says so with a finger. Nothing here needs a connection but the PIN.
 */
import { useEffect, useRef, useState } from 'preact/hooks';
import { api } from '../base/api';
import { ascii, fromText, isSame, random, sha256, type Bytes } from '../base/bytes';
import { cardHash, codeText, dutyHash, dutyMessage, readCardCode, readDutyAnswer, readEventCode, type DutyAnswer, type EventKind, type ScannedCard, type ScannedEvent } from '../base/codes';
import { clock } from '../base/format';
import { Icon } from '../base/icons';
import { Qr } from '../base/qr';
import { Scan } from '../base/scan';
import { Action, Field, Note } from '../base/ui';
import { addRecord } from './chain';
import { Net } from './parts';
import { changeStation, readPerson, type Station, type Token } from './store';
import { claim, connected, station, stationNow, tokenOf } from './station';
import { w } from './words';

/* What the kiosk is at. */
type Step =
  | { at: 'wait'; told?: string }
  | { at: 'done'; title: string; who: string; unit: string; note: string }
  | { at: 'sure'; who: string; unit: string; make: (type: EventKind) => Promise<void> }
  | { at: 'pin' }
  | { at: 'turn'; told?: string };

const SHOWN_MS = 3_500, OLD_MS = 120_000, REMEMBERED = 300;
/* Whoever walked away leaves nothing on a screen in the hall. */
const LEFT_MS = { sure: 60_000, pin: 120_000, turn: 180_000 };
const stays = (step: Step) => (step.at === 'done' || (step.at === 'wait' && step.told) ? SHOWN_MS : step.at === 'wait' ? undefined : LEFT_MS[step.at]);

/** The officer whose turn it is now. */
function dutyOf(s: Station) {
  return s.duty && stationNow(s) - s.duty.since < s.duty_hours * 3_600_000 ? s.duty : undefined;
}
const verb = (type: EventKind) => type === 'in' ? w().doneIn : type === 'out' ? w().doneOut : w().doneCheck;
const time = (at: number, s: Station) => `${clock(new Date(at), s.zone)} ${s.zone}`;

/* Codes read already: a hand that stays before the camera records once. */
const seen: Bytes[] = [];
const isSeen = (hash: Bytes) => seen.some(x => isSame(x, hash));
function remember(hash: Bytes) {
  seen.push(hash);
  if (seen.length > REMEMBERED) seen.shift();
}

export function Kiosk({ s }: { s: Station }) {
  const [step, setStep] = useState<Step>({ at: 'wait' }), timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const go = (next: Step) => {
    clearTimeout(timer.current);
    setStep(next);
    const ms = stays(next);
    if (ms) timer.current = setTimeout(() => setStep({ at: 'wait' }), ms);
  };
  useEffect(() => () => clearTimeout(timer.current), []);

  const finish = (type: EventKind, at: number, who: string, unit: string, note = '') =>
    go({ at: 'done', title: verb(type), who, unit, note: [w().recordedAt(time(at, s)), note].filter(Boolean).join(' · ') });
  const lost = () => go({ at: 'wait', told: w().failed });

  const takeEvent = async (e: ScannedEvent) => {
    const subject = await sha256(ascii('luwes/ev/1\n'), e.bytes), p = await readPerson(e.employee), duty = dutyOf(s);
    if (isSeen(subject)) return go({ at: 'wait', told: w().again });
    const at = await addRecord({ kind: 'qr', subject, employee: e.employee, type: e.kind, officer: duty && duty.officer !== e.employee ? duty.officer : undefined, event: e.bytes, event_signature: e.signature });
    remember(subject);
    finish(e.kind, at, p?.initials ?? w().unknown, p?.unit_name ?? '', at - e.wall > OLD_MS ? w().oldCode(time(e.wall, s)) : '');
  };
  const takeCard = async (c: ScannedCard) => {
    const subject = await cardHash(c.token), p = await readPerson(c.employee), duty = dutyOf(s);
    if (!duty) return go({ at: 'wait', told: w().needsDuty });
    if (duty.officer === c.employee) return go({ at: 'wait', told: w().ownCard });
    if (p && !(p.card && isSame(p.card, subject))) return go({ at: 'wait', told: w().cardEnded });
    go({
      at: 'sure', who: p?.initials ?? w().card, unit: p?.unit_name ?? w().unknownCard,
      make: async type => finish(type, await addRecord({ kind: 'card', subject, employee: c.employee, type, officer: duty.officer }), p?.initials ?? w().card, p?.unit_name ?? ''),
    });
  };
  const takeText = (text: string) => {
    const event = readEventCode(text), card = readCardCode(text);
    if (event) void takeEvent(event).catch(lost);
    else if (card) void takeCard(card).catch(lost);
  };

  return <div class="kiosk">
    <header class="top kiosktop"><div class="col tight"><span class="sub">{s.unit_name}</span><h1>{s.name}</h1></div><KioskClock s={s} /></header>
    <main id="m" tabIndex={-1}>
      {step.at === 'wait' && <section class="card kioskwait"><h2>{w().idle}</h2>{step.told && <Note tone="warn" icon="warn">{step.told}</Note>}
        <Scan label={w().camera} facing="user" manual={false} accept={t => !!readEventCode(t) || !!readCardCode(t)} onText={takeText}>
          <button type="button" class="btn" onClick={() => go(!connected.value ? { at: 'wait', told: w().pinOffline } : dutyOf(s) ? { at: 'pin' } : { at: 'wait', told: w().needsDuty })}>{w().pin}</button></Scan></section>}
      {step.at === 'done' && <section class="card kioskdone" role="status"><span class="bigtick"><Icon name="check" /></span><p class="bigword">{step.title}</p><p class="bigname">{step.who}</p><p>{step.unit}</p><p class="num">{step.note}</p></section>}
      {step.at === 'sure' && <Sure step={step} s={s} onLost={lost} onBack={() => go({ at: 'wait' })} />}
      {step.at === 'pin' && <Pin s={s} onBack={() => go({ at: 'wait' })} onKnown={(who, unit, make) => go({ at: 'sure', who, unit, make: async type => finish(type, await make(type), who, unit) })} />}
      {step.at === 'turn' && <Turn s={s} told={step.told} onBack={() => go({ at: 'wait' })} onTold={told => go({ at: 'turn', told })} onTaken={() => go({ at: 'wait' })} />}
      {(step.at === 'wait' || step.at === 'done') && <DutyBar s={s} onTurn={() => go({ at: 'turn' })} />}
    </main>
    <footer class="kioskfoot sm"><Net s={s} /></footer>
  </div>;
}

function KioskClock({ s }: { s: Station }) {
  const [now, setNow] = useState(() => stationNow(s));
  useEffect(() => {
    let t: ReturnType<typeof setTimeout>;
    const tick = () => {
      const at = stationNow(station.peek() ?? s);
      setNow(at);
      t = setTimeout(tick, 60_000 - (at % 60_000) + 20);
    };
    tick();
    return () => clearTimeout(t);
  }, []);
  return <p class="kioskclock num">{clock(new Date(now), s.zone)} <small>{s.zone}</small></p>;
}

/* The officer looks, and says in or out. */
function Sure({ step, s, onLost, onBack }: { step: { who: string; unit: string; make: (type: EventKind) => Promise<void> }; s: Station; onLost: () => void; onBack: () => void }) {
  const make = (type: EventKind) => step.make(type).catch(onLost);
  return <section class="card kiosksure"><h2>{w().confirm(dutyOf(s)?.initials ?? '')}</h2><p class="bigname">{step.who}</p><p>{step.unit}</p>
    <div class="two"><Action onAct={() => make('in')}>{w().asIn}</Action><Action onAct={() => make('out')}>{w().asOut}</Action></div>
    <button type="button" class="btn ghost" onClick={onBack}>{w().notHim}</button></section>;
}

type PinMake = (type: EventKind) => Promise<number>;
/* Asked of the server at once; its ticket goes into the record together with the time token it was given with. */
function Pin({ s, onKnown, onBack }: { s: Station; onKnown: (who: string, unit: string, make: PinMake) => void; onBack: () => void }) {
  const [nip, setNip] = useState(''), [pin, setPin] = useState(''), [fault, setFault] = useState('');
  const ask = async () => {
    const asked = Date.now(), r = await api.POST('/api/v1/attendance/stations/pins', { body: { ...await claim(s), nip, pin } }).catch(() => undefined), duty = dutyOf(s);
    setPin('');
    if (!r) return setFault(w().pinOffline);
    if (!r.data) return setFault(r.error?.code === 'throttled' ? w().faults.throttled! : w().pinWrong);
    if (!duty) return setFault(w().needsDuty);
    if (r.data.employee === duty.officer) return setFault(w().ownCard);
    const d = r.data, token: Token = tokenOf(d.token, asked, Date.now());
    onKnown(d.initials, d.unit_name, type => addRecord({ kind: 'pin', subject: fromText(d.ticket), employee: d.employee, type, officer: duty.officer, token }));
  };
  return <section class="card"><h2>{w().pin}</h2>
    <form class="col" onSubmit={e => e.preventDefault()}>
      <Field label={w().nip}>{p => <input {...p} value={nip} inputMode="numeric" autocomplete="off" onInput={e => setNip(e.currentTarget.value)} />}</Field>
      <Field label={w().pinLabel} hint={w().pinHint} error={fault || undefined}>{p => <input {...p} type="password" value={pin} inputMode="numeric" autocomplete="off" maxLength={6} onInput={e => { setPin(e.currentTarget.value); setFault(''); }} />}</Field>
      <div class="row"><Action disabled={!nip || pin.length !== 6} onAct={ask}>{w().check}</Action><button type="button" class="btn ghost" onClick={onBack}>{w().back}</button></div></form></section>;
}

/* The officer's phone signs what the kiosk drew; his key is known here, so that nobody takes a turn in his name. */
async function checkAnswer(s: Station, question: Bytes, answer: DutyAnswer) {
  const officer = s.officers.find(o => o.employee === answer.officer);
  if (!officer?.public_key || !officer.device) return 'stranger' as const;
  const key = await crypto.subtle.importKey('raw', Uint8Array.of(4, ...officer.public_key), { name: 'ECDSA', namedCurve: 'P-256' }, false, ['verify']);
  const good = isSame(officer.device, answer.device) && await crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, answer.signature, dutyMessage(s.kiosk_key!, answer.officer, answer.device, question));
  return good ? officer : 'bad' as const;
}

function Turn({ s, told, onTaken, onTold, onBack }: { s: Station; told?: string; onTaken: () => void; onTold: (told: string) => void; onBack: () => void }) {
  const [question] = useState(() => random(16)), code = codeText('K', Uint8Array.of(...s.kiosk_key!, ...question));
  const take = async (text: string) => {
    const answer = readDutyAnswer(text)!, officer = await checkAnswer(s, question, answer);
    if (officer === 'stranger') return onTold(w().turnStranger);
    if (officer === 'bad') return onTold(w().turnBad);
    const since = stationNow(s);
    await addRecord({ kind: 'officer', subject: await dutyHash(answer.bytes), officer: officer.employee, random: question, duty: answer.bytes }, { duty: { officer: officer.employee, initials: officer.initials, since } });
    onTaken();
  };
  return <section class="card"><h2>{w().turnTitle}</h2>{told && <Note tone="warn" icon="warn">{told}</Note>}
    <div class="two roomy"><div class="col"><p>{w().turnOne}</p><Qr text={code} label={w().turnCode} /></div>
      <div class="col"><p>{w().turnTwo}</p><Scan label={w().camera} facing="user" accept={t => !!readDutyAnswer(t)} onText={t => void take(t).catch(() => onTold(w().failed))} /></div></div>
    <button type="button" class="btn ghost" onClick={onBack}>{w().back}</button></section>;
}

function DutyBar({ s, onTurn }: { s: Station; onTurn: () => void }) {
  const duty = dutyOf(s), end = async () => { station.value = await changeStation({ duty: undefined }) ?? null; };
  return <section class="card dutybar"><div class="row between">
    <span>{duty ? w().onDuty(duty.initials, time(duty.since + s.duty_hours * 3_600_000, s)) : w().noDuty}</span>
    {duty ? <button type="button" class="btn ghost small" onClick={() => void end()}>{w().endTurn}</button> : <button type="button" class="btn small" onClick={onTurn}>{w().takeTurn}</button>}</div></section>;
}
