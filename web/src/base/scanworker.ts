/*
 * Reads QR codes where the browser cannot: zxing compiled to WebAssembly, in a worker of its own. The page's policy
 * forbids compiling such code; only this script is served with one that allows it (src/platform/server.c).
 */
import { prepareZXingModule, readBarcodes, type ReaderOptions } from 'zxing-wasm/reader';
import wasm from 'zxing-wasm/reader/zxing_reader.wasm?url';

const OPTIONS: ReaderOptions = { formats: ['QRCode'], tryHarder: true, tryRotate: false, tryInvert: false, maxNumberOfSymbols: 1 };

prepareZXingModule({ overrides: { locateFile: () => wasm } });

onmessage = ({ data }: MessageEvent<ImageData>) => void readBarcodes(data, OPTIONS).then(
  found => postMessage({ text: found.find(f => f.isValid)?.text ?? '' }),
  (e: unknown) => postMessage({ text: '', failed: String(e) }));
