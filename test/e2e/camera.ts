/*
 * A camera for tests: what a page's getUserMedia gives is a canvas on which the test draws QR codes, so that
 * everything behind the lens is the real thing. And a file that Chromium's own fake device plays.
 */
import type { Page } from '@playwright/test';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const { encode } = createRequire(join(import.meta.dirname, '../../web/package.json'))('uqr') as { encode: (text: string, o: object) => { data: boolean[][]; size: number } };
const modules = (text: string) => encode(text, { ecc: 'L', border: 4 }).data;

/** Before the page loads. */
export const fakeCamera = (page: Page) => page.addInitScript(() => {
  const canvas = document.createElement('canvas'), w = window as unknown as { show: (rows: boolean[][] | null) => void };
  canvas.width = 960;
  canvas.height = 720;
  const c = canvas.getContext('2d')!;
  w.show = rows => {
    c.fillStyle = '#888';
    c.fillRect(0, 0, 960, 720);
    if (!rows) return;
    const px = Math.floor(680 / rows.length), left = (960 - px * rows.length) / 2, top = (720 - px * rows.length) / 2;
    rows.forEach((row, y) => row.forEach((dark, x) => { c.fillStyle = dark ? '#000' : '#fff'; c.fillRect(left + x * px, top + y * px, px, px); }));
  };
  w.show(null);
  setInterval(() => { c.fillStyle = '#878787'; c.fillRect(0, 0, 1, 1); }, 100); /* a still canvas sends no frames */
  navigator.mediaDevices.getUserMedia = async () => canvas.captureStream(10);
});
/** Holds a code before the camera; '' takes it away. */
export const hold = (page: Page, text: string) => page.evaluate(rows => (window as unknown as { show: (r: boolean[][] | null) => void }).show(rows), text ? modules(text) : null);

/** A clip of one picture for --use-file-for-fake-video-capture: YUV4MPEG2. */
export function clip(text: string, width = 640, height = 480): Buffer {
  const rows = modules(text), px = Math.floor((height - 20) / rows.length), left = (width - px * rows.length) >> 1, top = (height - px * rows.length) >> 1;
  const y = Buffer.alloc(width * height, 128), chroma = Buffer.alloc(width * height / 2, 128);
  rows.forEach((row, r) => row.forEach((dark, q) => {
    for (let i = 0; i < px; i++) y.fill(dark ? 16 : 235, (top + r * px + i) * width + left + q * px, (top + r * px + i) * width + left + (q + 1) * px);
  }));
  return Buffer.concat([Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\n`), ...Array.from({ length: 10 }, () => Buffer.concat([Buffer.from('FRAME\n'), y, chroma]))]);
}
