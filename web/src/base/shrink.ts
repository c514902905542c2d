/*
 * A picture as it leaves the phone: small enough for a slow line, and without what a camera writes into it (place,
 * time, make). What is drawn on a canvas and encoded again carries pixels alone. What a file is, its first bytes say.
 */
const LONGEST = 1600, LARGEST = 300 * 1024;

const kinds: [string, number[]][] = [['image/jpeg', [0xff, 0xd8, 0xff]], ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]], ['application/pdf', [0x25, 0x50, 0x44, 0x46, 0x2d]]];
/** By content, whatever the name says; undefined for anything else. */
export function kindOf(head: Uint8Array): string | undefined {
  const ascii = (from: number, to: number) => String.fromCharCode(...head.slice(from, to));
  if (ascii(0, 4) === 'RIFF' && ascii(8, 12) === 'WEBP') return 'image/webp';
  return kinds.find(([, bytes]) => bytes.every((b, i) => head[i] === b))?.[0];
}

/** Width and height within `longest`, in whole pixels. */
export function fitted(width: number, height: number, longest: number): [number, number] {
  const scale = Math.min(1, longest / Math.max(width, height));
  return [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
}

async function encode(picture: ImageBitmap, longest: number, quality: number): Promise<Blob | undefined> {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = fitted(picture.width, picture.height, longest);
  const draw = canvas.getContext('2d');
  if (!draw) return undefined;
  draw.fillStyle = '#fff'; /* JPEG knows no transparency */
  draw.fillRect(0, 0, canvas.width, canvas.height);
  draw.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return await new Promise(done => canvas.toBlob(b => done(b ?? undefined), 'image/jpeg', quality));
}

/** 'kind': no picture or PDF; 'broken': a picture this phone cannot read. A PDF stays as it is. */
export async function prepared(file: File): Promise<File | 'kind' | 'broken'> {
  const kind = kindOf(new Uint8Array(await file.slice(0, 12).arrayBuffer()));
  if (!kind) return 'kind';
  if (kind === 'application/pdf') return new File([file], file.name, { type: kind });
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => undefined);
  if (!picture) return 'broken';
  try {
    let best: Blob | undefined;
    for (let longest = LONGEST; longest >= 400 && (!best || best.size > LARGEST); longest = Math.round(longest * 0.7))
      for (const quality of [0.82, 0.68, 0.5]) {
        best = await encode(picture, longest, quality);
        if (!best || best.size <= LARGEST) break;
      }
    return best ? new File([best], file.name.replace(/\.\w+$/, '') + '.jpg', { type: 'image/jpeg' }) : 'broken';
  } finally {
    picture.close();
  }
}
