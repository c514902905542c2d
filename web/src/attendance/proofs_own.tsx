/*
 * What a phone does for others and for its owner's card: a colleague's witness, an officer's turn at a kiosk, the PIN.
 * Part of Lainnya.
 */
import { useEffect, useState } from 'preact/hooks';
import { api, type Problem } from '../base/api';
import { fromText, join, number64, type Bytes } from '../base/bytes';
import { codeText, dutyMessage, readDutyQuestion, readWitnessQuestion, witnessMessage, type CodeKind } from '../base/codes';
import { Qr } from '../base/qr';
import { Scan } from '../base/scan';
import { person } from '../base/session';
import type { PhoneKey } from '../base/store';
import { Action, Chip, Dialog, Field, Note, problemText, toast } from '../base/ui';
import { keyOf } from './keys';
import { phoneKey } from './outbox';
import { officeProofs, refreshProofs } from './proofs_offer';
import { w } from './proofs_words';

/* Who signs, with which phone, and the signature: the answer to a colleague and to a kiosk alike. */
const signed = async (k: PhoneKey, message: Bytes) =>
  join(number64(k.employee), fromText(k.device), new Uint8Array(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, k.keys.privateKey, message)));

interface Kind { title: string; scan: string; sure: string; yes: string; show: string; code: string; answer: CodeKind; accept: (text: string) => boolean; message: (k: PhoneKey, text: string) => Bytes }
const witness = (): Kind => ({
  title: w().beWitness, scan: w().scanQuestion, sure: w().witnessSure, yes: w().witnessYes, show: w().witnessShow, code: w().witnessCode, answer: 'S',
  accept: text => { const q = readWitnessQuestion(text); return !!q && q.employee !== person.peek(); },
  message: (_, text) => { const q = readWitnessQuestion(text)!; return witnessMessage(q.employee, q.random); },
});
const duty = (): Kind => ({
  title: w().duty, scan: w().scanDuty, sure: w().dutySure, yes: w().dutyYes, show: w().dutyShow, code: w().dutyCode, answer: 'J',
  accept: text => !!readDutyQuestion(text),
  message: (k, text) => { const q = readDutyQuestion(text)!; return dutyMessage(q.kiosk, k.employee, fromText(k.device), q.random); },
});

/* Scans a question, asks its owner, signs, and shows the answer. */
function SignDialog({ kind: d, onClose }: { kind: Kind; onClose: () => void }) {
  const [question, setQuestion] = useState<string>(), [answer, setAnswer] = useState<string>(), [lost, setLost] = useState(false);
  const sign = async () => {
    const k = await keyOf(person.peek()!), bytes = k?.state === 'active' ? await signed(k, d.message(k, question!)).catch(() => undefined) : undefined;
    if (bytes) setAnswer(codeText(d.answer, bytes));
    else setLost(true);
  };
  return <Dialog title={d.title} onClose={onClose} foot={answer ? <button type="button" class="btn" onClick={onClose}>{w().done}</button> : question ? <Action onAct={sign}>{d.yes}</Action> : undefined}>
    {lost && <Note tone="bad" icon="warn">{w().keyLost}</Note>}
    {answer ? <><p>{d.show}</p><Qr text={answer} label={d.code} /></> : question ? <p>{d.sure}</p> : <Scan label={d.scan} accept={d.accept} onText={setQuestion} />}
  </Dialog>;
}

function PinDialog({ onClose }: { onClose: () => void }) {
  const [pin, setPin] = useState(''), [again, setAgain] = useState(''), [fault, setFault] = useState(''), [differs, setDiffers] = useState(false), [problem, setProblem] = useState<Problem | 'network'>(), n = officeProofs.value!;
  const done = async (said: string) => {
    toast(said);
    onClose();
    await refreshProofs(true);
  };
  const save = async () => {
    const short = !/^\d{6}$/.test(pin);
    setProblem(undefined);
    setFault(short ? 'not_six_digits' : '');
    setDiffers(!short && pin !== again);
    if (short || pin !== again) return;
    const r = await api.PUT('/api/v1/me/kiosk-pin', { body: { pin } }).catch(() => undefined), p = r?.error as Problem | undefined;
    if (r?.response.ok) return done(w().pinSet);
    if (p?.reason && w().pinFault[p.reason]) setFault(p.reason);
    else setProblem(p ?? 'network');
  };
  const drop = async () => {
    const r = await api.DELETE('/api/v1/me/kiosk-pin').catch(() => undefined);
    if (r?.response.ok) return done(w().pinDropped);
    setProblem((r?.error as Problem | undefined) ?? 'network');
  };
  const digits = (set: (text: string) => void) => ({ type: 'password', inputMode: 'numeric', autocomplete: 'off', maxLength: 6, onInput: (e: { currentTarget: HTMLInputElement }) => set(e.currentTarget.value) }) as const;
  return <Dialog title={w().own} onClose={onClose} foot={<><Action onAct={save}>{n.has_pin ? w().changePin : w().setPin}</Action>{n.has_pin && <Action class="btn danger" onAct={drop}>{w().dropPin}</Action>}</>}>
    <p class="sm muted">{w().ownHint}</p>
    {problem && <Note tone="bad" icon="warn">{problemText(problem)}</Note>}
    <p>{n.has_card ? w().hasCard : w().noCard}</p>
    <p><Chip tone={n.has_pin ? 'ok' : ''}>{n.has_pin ? w().hasPin : w().noPin}</Chip></p>
    <Field label={w().newPin} error={fault ? w().pinFault[fault] : undefined}>{p => <input {...p} {...digits(setPin)} value={pin} />}</Field>
    <Field label={w().pinAgain} error={differs ? w().pinDiffers : undefined}>{p => <input {...p} {...digits(setAgain)} value={again} />}</Field></Dialog>;
}

/** Only what this person can use: a phone that signs is a witness, one named for a kiosk stands there, the card is for whoever has a kiosk. */
export function OfficeCard() {
  const [open, setOpen] = useState<'witness' | 'duty' | 'pin'>(), n = officeProofs.value, signs = phoneKey.value?.state === 'active', close = () => setOpen(undefined);
  useEffect(() => { void refreshProofs(true); }, []);
  const own = n && (n.kiosks > 0 || n.has_pin || n.has_card), guards = signs && n && n.duties > 0;
  if (!signs && !own) return null;
  return <section class="card"><h2>{w().title}</h2><div class="row">
    {signs && <button type="button" class="btn ghost small" onClick={() => setOpen('witness')}>{w().beWitness}</button>}
    {guards && <button type="button" class="btn ghost small" onClick={() => setOpen('duty')}>{w().duty}</button>}
    {own && <button type="button" class="btn ghost small" onClick={() => setOpen('pin')}>{w().own}</button>}</div>
    {open === 'pin' ? <PinDialog onClose={close} /> : open && <SignDialog kind={open === 'witness' ? witness() : duty()} onClose={close} />}</section>;
}
