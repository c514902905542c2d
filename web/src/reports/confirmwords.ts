import { words } from '../base/i18n';

const id = {
  lead: 'Hari ini cukup dikonfirmasi.', leadOf: 'Tanggal ini cukup dikonfirmasi.', confirm: 'Sesuai jadwal', says: (s: string) => `“${s}”`, addResult: 'Tambah hasil kerja',
  from: (at: string) => `Dapat dikonfirmasi sejak jam kerja dimulai, pukul ${at}.`, sent: 'Terkirim: hari ini sesuai jadwal. Menunggu verifikasi atasan.', queued: 'Tersimpan di ponsel, belum terkirim',
  waits: 'Belum terkirim', willSend: 'Konfirmasi sesuai jadwal tersimpan di ponsel dan terkirim sendiri saat ada sinyal.', confirmed: 'Sesuai jadwal', lateReason: 'Alasan terlambat', lateReasonHint: 'Sedikitnya 10 karakter. Atasan membacanya bersama laporan.',
};
const en: typeof id = {
  lead: 'One confirmation is enough today.', leadOf: 'One confirmation is enough for this day.', confirm: 'As scheduled', says: s => `“${s}”`, addResult: 'Add results of work',
  from: at => `Can be confirmed once work has begun, at ${at}.`, sent: 'Sent: the day went as scheduled. Waiting for your supervisor.', queued: 'Kept on this phone, not sent yet',
  waits: 'Not sent yet', willSend: 'The confirmation is kept on this phone and sends itself once there is a signal.', confirmed: 'As scheduled', lateReason: 'Why it is late', lateReasonHint: '10 characters or more. Your supervisor reads it with the report.',
};
export const w = words(id, en);
