/* The sheet of one record. Loaded with it. */
import { words } from '../base/i18n';

const id = {
  time: 'Waktu', claimed: 'Menurut ponsel', proved: 'Terbukti', between: (a: string, b: string) => `antara ${a} dan ${b}`, before: (b: string) => `sebelum ${b}`,
  grade: {
    arrival: 'Catatan ini tidak ditandatangani ponsel; waktu yang terbukti adalah saat diterima server.',
    proven: 'Waktunya terbukti: server memberi tanda waktu sesaat sebelumnya dan menerima catatan ini sesaat sesudahnya.',
    consistent: 'Jam ponsel sejalan dengan semua yang diketahui server, jadi itulah waktu presensi Anda, walaupun dikirim kemudian.',
    queued: 'Jam ponsel dihitung sebagai waktu presensi Anda. Karena lama tanpa sinyal, atasan ikut melihatnya.',
    doubted: 'Waktunya belum dapat dipastikan. Sampai ada yang memastikan, yang dipakai adalah saat diterima server.',
  } as Record<string, string>,
  toKiosk: 'Perlihatkan ke kios', found: 'Yang ditemukan pada catatan ini', confirm: 'Catatan ini tersimpan dan tidak ditolak. Atasan diminta memastikannya; bila sampai batas waktunya tidak dijawab, catatan dihitung untuk Anda.', explain: 'Beri penjelasan',
  held: {
    phone_clock_ahead: 'Jam ponsel mendahului jam server. Catatan ditahan sampai petugas memeriksanya.', too_old: 'Catatan datang jauh setelah harinya. Catatan ditahan sampai petugas memeriksanya.',
    device_ended: 'Ponsel yang menandatanganinya sudah diganti, hilang, atau dicabut. Catatan ditahan sampai ada yang memastikannya.', unknown_version: 'Server belum mengenal bentuk catatan ini. Catatan disimpan utuh sampai dapat dibaca.',
  } as Record<string, string>,
  unsigned: 'Server tidak dapat memeriksa tanda tangan ponsel pada catatan ini, jadi catatan dikirim tanpa tanda tangan. Bila terulang, daftarkan ponsel ini lagi.',
  receipt: 'Bukti dari server', logIndex: 'Bukti no.', receivedAt: 'Diterima', hash: 'Sidik catatan', keep: 'Unduh bukti', check: 'Periksa bukti', file: 'tanda-terima',
  receiptHint: 'Ditandatangani server dan tersimpan di ponsel ini. Dengan berkas buktinya Anda dapat menunjukkan kepada siapa pun bahwa catatan ini diterima dan tidak diubah.',
  keptOffline: 'Tanpa sinyal: yang diunduh adalah tanda terima di ponsel ini. Berkas bukti lengkap dapat diunduh saat ada sinyal.', keptErased: 'Server tidak lagi menyimpan isi catatan ini; yang diunduh adalah tanda terima di ponsel ini.',
};
const en: typeof id = {
  time: 'Time', claimed: 'By the phone', proved: 'Proved', between: (a, b) => `between ${a} and ${b}`, before: b => `before ${b}`,
  grade: {
    arrival: 'This record was not signed by the phone; the proved time is that of its receipt.',
    proven: 'Its time is proved: the server gave its time just before, and received the record just after.',
    consistent: 'The phone\'s clock agrees with all the server knows, so it is the time of your record, although it was sent later.',
    queued: 'The phone\'s clock counts as the time of your record. As it was long without a signal, your superior sees it too.',
    doubted: 'Its time cannot be told for sure yet. Until somebody does, the time of receipt is used.',
  },
  toKiosk: 'Show to a kiosk', found: 'What was found about this record', confirm: 'This record is kept and not refused. Your superior is asked to confirm it; if he does not answer in time, it counts for you.', explain: 'Explain',
  held: {
    phone_clock_ahead: 'The phone\'s clock is ahead of the server\'s. The record is held until an officer has looked at it.', too_old: 'The record came long after its day. It is held until an officer has looked at it.',
    device_ended: 'The phone that signed it was replaced, lost or revoked. The record is held until somebody confirms it.', unknown_version: 'The server does not know this form of record yet. It is kept whole until it can be read.',
  },
  unsigned: 'The server could not check the phone\'s signature on this record, so it went without one. If this happens again, register this phone anew.',
  receipt: 'Receipt of the server', logIndex: 'Receipt no.', receivedAt: 'Received', hash: 'Hash', keep: 'Download the evidence', check: 'Check evidence', file: 'receipt',
  receiptHint: 'Signed by the server and kept on this phone. With its file you can show anybody that this record was received and not changed.',
  keptOffline: 'No signal: what you got is the receipt on this phone. The whole evidence can be downloaded when there is signal.', keptErased: 'The server no longer has the content of this record; what you got is the receipt on this phone.',
};
export const w = words(id, en);
