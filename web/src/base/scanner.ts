/*
 * One way to read QR codes from a camera's picture: the browser's own detector where it has one (Chrome on Android)
 * and it works, else zxing in a worker, fetched when first needed.
 */
import address from './scanworker?worker&url';

type Frame = HTMLVideoElement | HTMLCanvasElement;
interface Detector { detect(source: Frame): Promise<{ rawValue: string }[]> }
interface DetectorClass { new (o: { formats: string[] }): Detector; getSupportedFormats(): Promise<string[]> }

/** Reads what a picture shows; '' for nothing. */
export interface Scanner { read(video: HTMLVideoElement): Promise<string>; close(): void }

/* Longer sides than this cost time and read no better: a code of 600 characters has 90 modules a side. */
const SIDE_MAX = 960, ANSWER_MS = 15_000;

async function nativeDetector(): Promise<Detector | undefined> {
  const D = (globalThis as unknown as { BarcodeDetector?: DetectorClass }).BarcodeDetector;
  try {
    return D && (await D.getSupportedFormats()).includes('qr_code') ? new D({ formats: ['qr_code'] }) : undefined;
  } catch {
    return undefined;
  }
}

/* A script's address is guarded by Trusted Types: only our own worker passes. */
interface Policy { createScriptURL(s: string): string }
let policy: Policy | undefined;
function trusted(address: string): string {
  const tt = (globalThis as unknown as { trustedTypes?: { createPolicy(n: string, r: object): Policy } }).trustedTypes;
  if (!tt) return address;
  policy ??= tt.createPolicy('luwes-scan', { createScriptURL: (s: string) => (/^\/assets\/scanworker-[\w-]+\.js$/.test(new URL(s, location.href).pathname) || import.meta.env.DEV ? s : '') });
  return policy.createScriptURL(address);
}

function picture(video: HTMLVideoElement, canvas: HTMLCanvasElement): ImageData | undefined {
  const scale = Math.min(1, SIDE_MAX / Math.max(video.videoWidth, video.videoHeight)), w = Math.round(video.videoWidth * scale), h = Math.round(video.videoHeight * scale);
  if (!w || !h) return undefined;
  canvas.width = w;
  canvas.height = h;
  const c = canvas.getContext('2d', { willReadFrequently: true })!;
  c.drawImage(video, 0, 0, w, h);
  return c.getImageData(0, 0, w, h);
}

function workerScanner(): Scanner {
  const worker = new Worker(trusted(address), { type: 'module' }), canvas = document.createElement('canvas');
  const ask = (image: ImageData) => new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('no answer')), ANSWER_MS);
    worker.onmessage = ({ data }: MessageEvent<{ text: string; failed?: string }>) => {
      clearTimeout(timer);
      if (data.failed) reject(new Error(data.failed));
      else resolve(data.text);
    };
    worker.onerror = e => { clearTimeout(timer); reject(new Error(e.message)); };
    worker.postMessage(image, [image.data.buffer]);
  });
  return {
    async read(video) {
      const image = picture(video, canvas);
      return image ? ask(image) : '';
    },
    close: () => worker.terminate(),
  };
}

/* Some phones have the detector and not the service behind it: that shows only when it is first asked. */
function nativeScanner(own: Detector): Scanner {
  let other: Scanner | undefined;
  const ask = async (video: HTMLVideoElement) => (await own.detect(video))[0]?.rawValue ?? '';
  return {
    read: video => (other ? other.read(video) : ask(video).catch(() => (other ??= workerScanner()).read(video))),
    close: () => other?.close(),
  };
}

export async function openScanner(): Promise<Scanner> {
  const own = await nativeDetector();
  return own ? nativeScanner(own) : workerScanner();
}
