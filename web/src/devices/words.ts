import { words } from '../base/i18n';

const id = {
  title: 'Ponsel', none: 'Belum ada ponsel terdaftar. Presensinya tetap diterima, hanya belum bertanda tangan ponsel.',
  self: 'Ponsel Anda sendiri didaftarkan oleh petugas lain.',
  facts: { phone: 'Ponsel', since: 'Terdaftar', by: 'Petugas', passkey: 'Kunci sandi' },
  app: 'aplikasi terpasang', browser: 'lewat peramban', passkeySince: (d: string) => `ada, sejak ${d}`, noPasskey: 'tidak ada; tidak wajib',
  fresh: (t: string) => `Baru, sampai ${t}`, shared: 'Satu ponsel dengan pegawai lain', sharedHint: 'Pegawai lain juga mendaftarkan ponsel yang sama. Ini dicatat, bukan pelanggaran.',
  state: { active: 'Dipakai', replaced: 'Diganti', lost: 'Hilang', revoked: 'Dicabut' },
  history: (n: number) => `Ponsel sebelumnya (${n})`, from: (a: string, b: string) => `${a} sampai ${b}`, endedBy: (n: string) => `diakhiri oleh ${n}`,
  enrol: 'Daftarkan ponsel', change: 'Ganti ponsel', end: 'Hilang atau cabut',
  request: {
    waiting: (by: string) => `Ganti ponsel diminta ${by} dan menunggu petugas kedua.`, approved: 'Petugas kedua sudah setuju. Kodenya dapat ditunjukkan.', refused: (why: string) => `Petugas kedua menolak: ${why}`, reason: (r: string) => `Alasan: ${r}`, see: 'Lihat yang menunggu persetujuan',
  },
  dialog: {
    steps: [(site: string) => `Di ponselnya, buka ${site} lalu masuk.`, () => 'Pilih Ponsel saya, kemudian Daftarkan ponsel ini.', () => 'Pindai gambar ini, atau ketik kodenya.'],
    qr: (n: string) => `Kode QR untuk mendaftarkan ponsel ${n}`, face: 'Tunjukkan langsung kepada yang bersangkutan. Jangan difoto, jangan dikirim lewat pesan.',
    left: (m: string) => `Berlaku ${m} lagi, satu kali.`, closes: 'Jendela ini menutup sendiri begitu ponselnya terdaftar.', done: (n: string) => `Ponsel ${n} sudah terdaftar.`,
    expired: 'Kode ini sudah lewat waktunya.', again: 'Buat kode baru', showCode: 'Tunjukkan kode',
    soon: 'Ponselnya belum lama terdaftar. Untuk menggantinya lagi perlu alasan dan persetujuan petugas kedua, misalnya BKD atau pengelola kepegawaian.', reason: 'Alasan mengganti', reasonHint: '10 karakter atau lebih; petugas kedua membacanya.', reasonGap: 'Tulis alasannya, 10 karakter atau lebih.', ask: 'Minta persetujuan',
    waits: 'Menunggu petugas kedua. Jendela ini boleh ditutup; permintaannya tetap ada.', waitsUntil: (t: string) => `Permintaan berlaku sampai ${t}.`,
    approver: 'Anda yang menyetujui penggantian ini, jadi kodenya ditunjukkan oleh petugas lain.',
  },
  ending: {
    title: 'Akhiri ponsel', why: 'Apa yang terjadi?', lost: 'Hilang atau dicuri', replaced: 'Rusak atau tidak dipakai lagi', revoked: 'Dicabut: dipegang orang lain, atau disalahgunakan',
    note: 'Keterangan', noteHint: 'Pegawainya ikut membaca.', noteGap: 'Tulis alasannya, 10 karakter atau lebih.', after: 'Presensi yang sudah terkirim tetap sah. Yang datang kemudian dari ponsel ini disimpan terpisah dan diputuskan orang.', act: 'Akhiri', done: 'Ponsel diakhiri.',
  },
  office: {
    title: 'Ponsel pegawai', see: 'Ponsel pegawai', seeWaiting: (n: string) => `Ponsel pegawai (${n} menunggu persetujuan)`, hint: 'Satu pegawai satu ponsel. Daftarkan sambil bertatap muka: layar ini menunjukkan kode, pegawai memindainya dengan ponselnya.',
    people: 'Pegawai', enrolled: 'Ponsel terdaftar', missing: 'Belum terdaftar', shared: 'Ponsel dipakai bersama', passkeys: 'Memakai kunci sandi', ofAll: (p: string) => `${p} dari semua`, voluntary: 'tidak wajib', recorded: 'dicatat, bukan pelanggaran', stillGood: 'presensinya tetap diterima',
    unit: 'Unit', show: 'Tampilkan', only: { all: 'Semua', missing: 'Belum terdaftar', enrolled: 'Sudah terdaftar' }, noneOf: { all: 'Tidak ada pegawai di unit ini.', missing: 'Semua pegawai unit ini sudah mendaftarkan ponselnya.', enrolled: 'Belum ada ponsel yang terdaftar di unit ini.' },
    since: (d: string) => `sejak ${d}`, notYet: 'belum', enrol: 'Daftarkan',
    waiting: 'Menunggu persetujuan', waitingHint: 'Ponsel yang diganti lagi dalam waktu dekat. Petugas yang meminta tidak menyetujui sendiri.', asked: (by: string, when: string) => `Diminta ${by}, ${when}`, own: 'Menunggu petugas lain', approve: 'Setujui', refuse: 'Tolak', approved: 'Disetujui', approvedDone: 'Disetujui. Kodenya kini dapat ditunjukkan.', refusedDone: 'Ditolak.',
    refuseTitle: 'Tolak penggantian ponsel', refuseReason: 'Alasan menolak', refuseHint: '10 karakter atau lebih; yang meminta membacanya.',
  },
};
const en: typeof id = {
  title: 'Phone', none: 'No phone is enrolled yet. Clocking in works all the same, without the signature of a phone.',
  self: 'Your own phone is enrolled by another officer.',
  facts: { phone: 'Phone', since: 'Enrolled', by: 'Officer', passkey: 'Passkey' },
  app: 'installed app', browser: 'in the browser', passkeySince: d => `yes, since ${d}`, noPasskey: 'none; voluntary',
  fresh: t => `New, until ${t}`, shared: 'Same phone as another employee', sharedHint: 'Another employee has enrolled the same phone. This is recorded; it is no breach.',
  state: { active: 'In use', replaced: 'Replaced', lost: 'Lost', revoked: 'Revoked' },
  history: n => `Former phones (${n})`, from: (a, b) => `${a} to ${b}`, endedBy: n => `ended by ${n}`,
  enrol: 'Enrol a phone', change: 'Change the phone', end: 'Lost or revoke',
  request: { waiting: by => `${by} asked for another change; a second officer is awaited.`, approved: 'The second officer agreed. The code may be shown.', refused: why => `The second officer refused: ${why}`, reason: r => `Reason: ${r}`, see: 'See what waits for approval' },
  dialog: {
    steps: [site => `On the phone, open ${site} and sign in.`, () => 'Choose My phone, then Enrol this phone.', () => 'Scan this picture, or type the code.'],
    qr: n => `QR code that enrols the phone of ${n}`, face: 'Show it to the person before you. No photograph, no message.',
    left: m => `Holds for ${m}, once.`, closes: 'This window closes by itself once the phone is enrolled.', done: n => `The phone of ${n} is enrolled.`,
    expired: 'The time of this code is over.', again: 'Make a new code', showCode: 'Show the code',
    soon: 'A phone was enrolled not long ago. Another change needs a reason and a second officer, such as the personnel board or the agency officer.', reason: 'Why it changes', reasonHint: '10 characters or more; the second officer reads it.', reasonGap: 'Say why, in 10 characters or more.', ask: 'Ask for approval',
    waits: 'Waiting for a second officer. You may close this window; the request stays.', waitsUntil: t => `The request holds until ${t}.`,
    approver: 'You approved this change, so another officer shows the code.',
  },
  ending: {
    title: 'End the phone', why: 'What happened?', lost: 'Lost or stolen', replaced: 'Broken or no longer used', revoked: 'Revoked: in the hands of somebody else, or misused',
    note: 'Note', noteHint: 'The employee reads it too.', noteGap: 'Say why, in 10 characters or more.', after: 'What was sent before stays valid. What comes later from this phone is kept apart and decided by a person.', act: 'End', done: 'The phone is ended.',
  },
  office: {
    title: 'Phones', see: 'Phones of employees', seeWaiting: n => `Phones of employees (${n} waiting for approval)`, hint: 'One employee, one phone. Enrol face to face: this screen shows a code, the employee scans it with the phone.',
    people: 'Employees', enrolled: 'Phones enrolled', missing: 'Not enrolled', shared: 'Phones shared', passkeys: 'With a passkey', ofAll: p => `${p} of all`, voluntary: 'voluntary', recorded: 'recorded, no breach', stillGood: 'clocking in works all the same',
    unit: 'Unit', show: 'Show', only: { all: 'All', missing: 'Not enrolled', enrolled: 'Enrolled' }, noneOf: { all: 'Nobody works in this unit.', missing: 'Everybody of this unit has enrolled a phone.', enrolled: 'No phone is enrolled in this unit yet.' },
    since: d => `since ${d}`, notYet: 'not yet', enrol: 'Enrol',
    waiting: 'Waiting for approval', waitingHint: 'Phones that change again within a short time. Who asked does not approve.', asked: (by, when) => `Asked by ${by}, ${when}`, own: 'Another officer is awaited', approve: 'Approve', refuse: 'Refuse', approved: 'Approved', approvedDone: 'Approved. The code may now be shown.', refusedDone: 'Refused.',
    refuseTitle: 'Refuse the change of phone', refuseReason: 'Why not', refuseHint: '10 characters or more; who asked reads it.',
  },
};
export const w = words(id, en);
