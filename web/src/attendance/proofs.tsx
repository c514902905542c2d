/*
 * Bukti kantor: the dialogs by which a clock-in gains a proof of presence (docs/EVIDENCE.md): the code of the lobby's
 * screen, a colleague's word, or a kiosk that reads the event. Loaded when somebody asks for one.
 */
import { useEffect, useState } from 'preact/hooks';
import { join, number64, random } from '../base/bytes';
import { codeText, readDisplayCode, readWitnessAnswer } from '../base/codes';
import { Qr } from '../base/qr';
import { Scan } from '../base/scan';
import { person } from '../base/session';
import { Dialog, Note } from '../base/ui';
import { release } from './outbox';
import { kioskText } from './outbox_delivery';
import { kioskItem, officeProofs, question, type Answer } from './proofs_offer';
import { w } from './proofs_words';

type Step = 'choose' | 'display' | 'ask' | 'answer';

const Way = ({ name, hint, onPick }: { name: string; hint: string; onPick: () => void }) =>
  <li><button type="button" class="rowbutton" onClick={onPick}><span class="col tight"><b>{name}</b><span class="sm muted">{hint}</span></span></button></li>;

const isWitness = (text: string) => {
  const a = readWitnessAnswer(text);
  return !!a && a.employee !== person.peek();
};

export function ProofSheet() {
  const [step, setStep] = useState<Step>('choose'), [drawn] = useState(() => random(16)), n = officeProofs.value, answer = question.value;
  if (!answer) return null;
  const ask = step === 'ask', witnessed = (text: string) => answer({ proof: { type: 'witness', bytes: readWitnessAnswer(text)!.bytes }, random: drawn } satisfies Answer);
  return <Dialog title={w().title} onClose={() => answer(undefined)} foot={ask ? <button type="button" class="btn" onClick={() => setStep('answer')}>{w().scanAnswer}</button> : undefined}>
    {step === 'choose' && <><p>{w().choose}</p><ul class="list">
      {!!n?.displays && <Way name={w().display} hint={w().displayHint} onPick={() => setStep('display')} />}
      {!!n?.kiosks && <Way name={w().kiosk} hint={w().kioskHint} onPick={() => answer('kiosk')} />}
      <Way name={w().witness} hint={w().witnessHint} onPick={() => setStep('ask')} /></ul></>}
    {step === 'display' && <Scan label={w().scanDisplay} accept={t => !!readDisplayCode(t)} onText={t => answer({ proof: { type: 'display', bytes: readDisplayCode(t)! } })} />}
    {ask && <><p>{w().askOne}</p><Qr text={codeText('W', join(number64(person.peek()!), drawn))} label={w().askCode} /><p>{w().askTwo}</p></>}
    {step === 'answer' && <Scan label={w().scanWitness} accept={isWitness} onText={witnessed} />}
  </Dialog>;
}

/** A record as a code for a kiosk. While it is shown it waits to be sent: what the kiosk says then comes first. */
export function KioskSheet() {
  const i = kioskItem.value, [text, setText] = useState<string | null>();
  useEffect(() => { if (i) void kioskText(i).then(t => setText(t ?? null), () => setText(null)); }, [i?.id]);
  if (!i) return null;
  const close = () => {
    kioskItem.value = undefined;
    void release(i.id);
  };
  return <Dialog title={w().showTitle} onClose={close} foot={<button type="button" class="btn" onClick={close}>{w().done}</button>}>
    {text === null ? <Note icon="info">{i.signed ? w().showSent : w().showUnsigned}</Note>
      : <><p>{w().showHow}</p>{text ? <Qr text={text} label={w().showCode} /> : <div class="qr" aria-busy="true" />}<p class="sm muted">{w().showSafe}</p></>}
  </Dialog>;
}
