/* Ponsel saya. Loaded with the screen. */
import { words } from '../base/i18n';

const id = {
  here: 'Ponsel ini', back: 'Kembali ke Lainnya',
  none: 'Belum didaftarkan', active: 'Terdaftar', ended: 'Tidak lagi terdaftar', broken: 'Kunci tidak dapat dipakai',
  noneText: 'Presensi dari ponsel ini tetap tercatat, tetapi belum ditandatangani. Dengan mendaftarkannya, ponsel menandatangani setiap presensi: waktunya terbukti walaupun dikirim belakangan, dan Anda memegang buktinya sendiri.',
  endedText: 'Ponsel ini sudah diganti, dilaporkan hilang, atau dicabut. Presensi tetap tercatat tanpa tanda tangan. Bila ini masih ponsel Anda, daftarkan lagi.',
  brokenText: 'Peramban tidak dapat lagi memakai kunci yang disimpannya; hal ini dapat terjadi sesudah pembaruan atau pemulihan ponsel. Presensi tetap tercatat tanpa tanda tangan. Daftarkan ponsel ini lagi; rangkaian catatan yang lama ditutup.',
  lostText: (label: string, d: string) => `${label} terdaftar atas nama Anda sejak ${d}, tetapi kuncinya tidak ada di sini: penyimpanan peramban terhapus, atau itu ponsel lain. Bila sekarang Anda memakai ponsel ini, daftarkan; rangkaian catatan yang lama ditutup.`,
  since: 'Terdaftar sejak', by: 'Didaftarkan oleh', signed: 'Jumlah catatan', lastTime: 'Tanda waktu terakhir', noTime: 'belum ada',
  probation: (d: string) => `Ponsel baru: sampai ${d} presensinya diberi tanda “ponsel baru”. Tidak ada yang perlu Anda lakukan.`, shared: 'Ponsel ini juga dipakai pegawai lain. Itu diperbolehkan; presensinya mungkin diminta dipastikan atasan.',
  enrol: 'Daftarkan ponsel ini', again: 'Daftarkan lagi', code: 'Kode dari petugas', codeHint: 'Datangi petugas unit Anda. Ketik kode pada layarnya, misalnya 7K2QD-M4XRA; berlaku beberapa menit dan sekali pakai.', codeWrong: 'Kode terdiri atas 10 huruf dan angka.', scan: 'Pindai kode QR',
  done: 'Ponsel ini terdaftar. Presensi berikutnya ditandatangani.', former: 'Ponsel Anda yang lama, bila ada, berhenti berlaku saat ponsel ini terdaftar. Catatannya tetap sah.',
  noKey: 'Peramban ini tidak dapat menyimpan kunci: mungkin jendela pribadi, Mode Isolasi (Lockdown), atau penyimpanan yang diblokir. Buka Luwes di jendela biasa lalu coba lagi. Presensi tetap dapat dicatat tanpa tanda tangan.',
  appleTitle: 'Pasang dulu di Layar Utama', apple: 'Di iPhone dan iPad, Safari menghapus isi halaman yang lama tidak dibuka, termasuk kuncinya. Ketuk Bagikan, pilih “Tambah ke Layar Utama”, buka Luwes dari ikonnya, masuk, lalu daftarkan di sana.', appleAnyway: 'Daftarkan di Safari saja',
  passkey: 'Kunci layar', passkeySet: 'Terpasang', passkeyOn: 'Setiap presensi dikuatkan dengan sidik jari, wajah, atau PIN ponsel. Semuanya tetap di ponsel Anda; server hanya tahu bahwa kuncinya terbuka.', passkeyOff: 'Tidak wajib. Bila dipasang, ponsel meminta sidik jari, wajah, atau PIN saat presensi. Bila gagal, presensi tetap tercatat.', passkeyAdd: 'Pasang kunci layar', passkeyRemove: 'Lepas kunci layar', passkeyNo: 'Ponsel atau peramban ini tidak mendukungnya. Tidak apa-apa: presensi Anda tetap sah.', passkeyRefused: 'Kunci layar tidak jadi dipasang.', passkeyDone: 'Kunci layar terpasang.', passkeyGone: 'Kunci layar dilepas.',
  passkeyReason: { 'registered already': 'Kunci layar ini sudah terpasang.' } as Record<string, string>,
  other: 'Ponsel lain atas nama Anda', otherText: (label: string, d: string) => `${label}, terdaftar sejak ${d}. Mendaftarkan ponsel ini menggantikannya.`, lost: 'Laporkan hilang', lostTitle: 'Ponsel itu hilang?', lostSure: 'Ponsel itu langsung berhenti berlaku. Presensi yang sudah dibuatnya tidak hilang. Untuk memakai ponsel baru, datangi petugas unit Anda.', lostNote: 'Keterangan', lostNoteHint: 'Boleh dikosongkan.', lostDone: 'Ponsel itu tidak berlaku lagi.',
  history: 'Riwayat ponsel', state: { active: 'aktif', replaced: 'diganti', lost: 'hilang', revoked: 'dicabut' } as Record<string, string>, span: (a: string, b: string) => `${a} – ${b}`,
  request: { waiting: 'Permintaan ganti ponsel menunggu persetujuan petugas kedua.', approved: 'Ganti ponsel sudah disetujui. Datangi petugas unit untuk kodenya.', refused: (why: string) => `Ganti ponsel tidak disetujui: ${why}` },
  receipts: 'Bukti di ponsel ini', receiptsHint: 'Ditandatangani server untuk setiap presensi yang ditandatangani ponsel ini. Tidak hilang saat Anda keluar.', noReceipts: 'Belum ada. Bukti datang bersama presensi pertama yang ditandatangani.', more: (n: string) => `Tampilkan ${n} lagi`,
};
const en: typeof id = {
  here: 'This phone', back: 'Back to More',
  none: 'Not registered yet', active: 'Registered', ended: 'No longer registered', broken: 'Key cannot be used',
  noneText: 'What you record on this phone is kept, but not signed. Once it is registered, the phone signs each record: its time is proved even when it is sent later, and you hold the proof yourself.',
  endedText: 'This phone was replaced, reported lost, or revoked. You can clock in all the same, unsigned. If it is still yours, register it again.',
  brokenText: 'The browser can no longer use the key it kept; this may happen after an update or when a phone is restored. You can clock in all the same, unsigned. Register this phone again; the old chain of records is closed.',
  lostText: (label, d) => `${label} is registered for you since ${d}, but its key is not here: the browser's storage was cleared, or it is another phone. If this is the one you use now, register it; the old chain of records is closed.`,
  since: 'Registered since', by: 'Registered by', signed: 'Records', lastTime: 'Last time token', noTime: 'none yet',
  probation: d => `New phone: until ${d} its records are marked “new phone”. There is nothing you have to do.`, shared: 'Another employee uses this phone, too. That is allowed; your superior may be asked to confirm your records.',
  enrol: 'Register this phone', again: 'Register again', code: 'Code of the officer', codeHint: 'Go to your unit officer. Type the code on the screen, such as 7K2QD-M4XRA; it lasts a few minutes and works once.', codeWrong: 'A code has 10 letters and figures.', scan: 'Scan the QR code',
  done: 'This phone is registered. Your next record is signed.', former: 'Your former phone, if any, ends when this one is registered. Its records stay valid.',
  noKey: 'This browser cannot keep a key: perhaps a private window, Lockdown Mode, or blocked storage. Open Luwes in an ordinary window and try again. You can clock in all the same, unsigned.',
  appleTitle: 'Install it on the Home Screen first', apple: 'On iPhone and iPad, Safari clears pages that were not opened for a while, keys included. Tap Share, choose “Add to Home Screen”, open Luwes from its icon, sign in, and register there.', appleAnyway: 'Register in Safari all the same',
  passkey: 'Screen lock', passkeySet: 'Added', passkeyOn: 'Each record is confirmed by fingerprint, face or PIN of the phone. All of that stays on your phone; the server only learns that it was unlocked.', passkeyOff: 'Not required. With it, the phone asks for fingerprint, face or PIN when you clock in. If that fails, you are recorded all the same.', passkeyAdd: 'Add the screen lock', passkeyRemove: 'Remove the screen lock', passkeyNo: 'This phone or browser does not support it. That is fine: your records are valid.', passkeyRefused: 'The screen lock was not added.', passkeyDone: 'Screen lock added.', passkeyGone: 'Screen lock removed.',
  passkeyReason: { 'registered already': 'This screen lock is registered already.' },
  other: 'Another phone of yours', otherText: (label, d) => `${label}, registered since ${d}. Registering this phone replaces it.`, lost: 'Report it lost', lostTitle: 'Is that phone lost?', lostSure: 'That phone ends at once. What it recorded is not lost. For a new phone go to your unit officer.', lostNote: 'Remark', lostNoteHint: 'May be left empty.', lostDone: 'That phone has ended.',
  history: 'Phones before', state: { active: 'active', replaced: 'replaced', lost: 'lost', revoked: 'revoked' }, span: (a, b) => `${a} – ${b}`,
  request: { waiting: 'A change of phone waits for a second officer.', approved: 'The change of phone is approved. Get the code from your unit officer.', refused: why => `The change of phone was refused: ${why}` },
  receipts: 'Receipts on this phone', receiptsHint: 'Signed by the server for each record this phone signed. They stay when you sign out.', noReceipts: 'None yet. A receipt comes with the first signed record.', more: n => `Show ${n} more`,
};
export const w = words(id, en);
