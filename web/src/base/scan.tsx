/*
 * A camera that waits for a QR code. The picture never leaves the page, and the camera is shut off with the component.
 * Where it cannot be had the code's text may be typed or pasted: said plainly, never a dead end.
 */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { words } from './i18n';
import { openScanner } from './scanner';
import { Field, Note } from './ui';
import './scan.css';

const PAUSE_MS = 120, AGAIN_MS = 10_000;

const id = {
  starting: 'Menyalakan kamera…', denied: 'Kamera tidak diizinkan. Izinkan kamera untuk situs ini di setelan peramban, lalu coba lagi.', missing: 'Kamera tidak ditemukan atau sedang dipakai aplikasi lain.', unreadable: 'Pembaca kode tidak dapat dimuat. Periksa sambungan, lalu coba lagi.',
  retry: 'Coba lagi', torch: 'Lampu', turn: 'Kamera lain', typed: 'Tidak bisa memindai? Ketik atau tempel kodenya', code: 'Isi kode', use: 'Pakai kode', wrong: 'Ini bukan kode yang diminta.',
};
const en: typeof id = {
  starting: 'Starting the camera…', denied: 'The camera is not allowed. Allow it for this site in the browser’s settings, then try again.', missing: 'No camera was found, or another app uses it.', unreadable: 'The code reader could not be loaded. Check the connection, then try again.',
  retry: 'Try again', torch: 'Light', turn: 'Other camera', typed: 'Cannot scan? Type or paste the code', code: 'The code', use: 'Use the code', wrong: 'This is not the code asked for.',
};
const w = words(id, en);

type Trouble = 'denied' | 'missing' | 'unreadable';
type Facing = 'environment' | 'user';

async function openCamera(facing: Facing): Promise<MediaStream> {
  if (!navigator.mediaDevices?.getUserMedia) throw new DOMException('no camera', 'NotFoundError');
  return navigator.mediaDevices.getUserMedia({ audio: false, video: { facingMode: facing, width: { ideal: 1280 }, height: { ideal: 960 } } });
}
const troubleOf = (e: unknown): Trouble => e instanceof DOMException && e.name === 'NotAllowedError' ? 'denied' : 'missing';

/* The lamp of a phone, where the browser lets one have it. */
const lamp = (s?: MediaStream) => {
  const track = s?.getVideoTracks()[0], can = track?.getCapabilities?.() as { torch?: boolean } | undefined;
  return can?.torch ? track : undefined;
};

/**
 * Calls `onText` with what is read, at most once for the same text in a row; `label` says what to hold before the camera.
 * `accept` tells a code one can use from any other; others are passed over. `children` stand among its buttons.
 */
export function Scan({ label, accept, onText, facing: first = 'environment', manual = true, children }: { label: string; accept: (text: string) => boolean; onText: (text: string) => void; facing?: Facing; manual?: boolean; children?: ComponentChildren }) {
  const video = useRef<HTMLVideoElement>(null), use = useRef({ accept, onText }), [facing, setFacing] = useState(first), [stream, setStream] = useState<MediaStream>(), [trouble, setTrouble] = useState<Trouble>(), [lit, setLit] = useState(false), [asked, setAsked] = useState(0);
  use.current = { accept, onText };

  useEffect(() => {
    let open: MediaStream | undefined, over = false;
    setTrouble(undefined);
    setLit(false);
    openCamera(facing).then(s => {
      open = s;
      if (over) return s.getTracks().forEach(t => t.stop());
      s.getTracks().forEach(t => { t.onended = () => setTrouble('missing'); }); /* pulled out, or taken by another app */
      setStream(s);
    }, (e: unknown) => { if (!over) setTrouble(troubleOf(e)); });
    return () => {
      over = true;
      open?.getTracks().forEach(t => t.stop());
      setStream(undefined);
    };
  }, [facing, asked]);

  /* A kiosk stands alone: nobody is there to press "again". */
  useEffect(() => {
    if (!trouble || trouble === 'denied') return;
    const timer = setTimeout(() => setAsked(n => n + 1), AGAIN_MS);
    return () => clearTimeout(timer);
  }, [trouble, asked]);

  useEffect(() => {
    const v = video.current;
    if (!stream || !v) return;
    let over = false, last = '';
    v.srcObject = stream;
    void v.play().catch(() => undefined);
    void (async () => {
      const scanner = await openScanner();
      try {
        while (!over) {
          const text = v.readyState >= v.HAVE_CURRENT_DATA ? await scanner.read(v) : '';
          if (over) return;
          if (text && text !== last && use.current.accept(text)) use.current.onText(text);
          last = text || last;
          await new Promise(done => setTimeout(done, PAUSE_MS));
        }
      } finally {
        scanner.close();
      }
    })().catch(() => { if (!over) setTrouble('unreadable'); });
    return () => { over = true; v.srcObject = null; };
  }, [stream]);

  const light = async () => {
    await lamp(stream)?.applyConstraints({ advanced: [{ torch: !lit } as MediaTrackConstraintSet] }).then(() => setLit(!lit), () => undefined);
  };
  return <div class="scan">
    {trouble ? <Note tone="warn" icon="warn">{w()[trouble]} <button type="button" class="link" onClick={() => setAsked(n => n + 1)}>{w().retry}</button></Note>
      : <div class="finder"><video ref={video} muted playsInline aria-label={label} class={facing === 'user' ? 'mirror' : undefined} />{!stream && <p role="status">{w().starting}</p>}</div>}
    <p class="sm">{label}</p>
    <div class="row">{lamp(stream) && <button type="button" class="btn ghost small" aria-pressed={lit} onClick={() => void light()}>{w().torch}</button>}
      {!trouble && <button type="button" class="btn ghost small" onClick={() => setFacing(f => (f === 'user' ? 'environment' : 'user'))}>{w().turn}</button>}{children}</div>
    {manual && <Typed accept={accept} onText={onText} />}
  </div>;
}

/* The way without a camera: the letters below a code, or a code sent as text. */
function Typed({ accept, onText }: { accept: (text: string) => boolean; onText: (text: string) => void }) {
  const [text, setText] = useState(''), [wrong, setWrong] = useState(false);
  const take = () => {
    const clean = text.replace(/\s+/g, '');
    setWrong(!accept(clean));
    if (accept(clean)) onText(clean);
  };
  return <details><summary class="sm">{w().typed}</summary>
    <form class="col" onSubmit={e => { e.preventDefault(); take(); }}>
      <Field label={w().code} error={wrong ? w().wrong : undefined}>{p => <textarea {...p} value={text} rows={3} autocomplete="off" autocapitalize="off" spellcheck={false} onInput={e => { setText(e.currentTarget.value); setWrong(false); }} />}</Field>
      <button class="btn ghost" disabled={!text}>{w().use}</button></form></details>;
}
