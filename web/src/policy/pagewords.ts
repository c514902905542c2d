/* Words of the page of policies alone; those of a day's explanation are loaded with every screen. */
import { words } from '../base/i18n';

const id = {
  rank: { uu: 'UU', pp: 'PP', perpres: 'Perpres', permen: 'Permen', perda: 'Perda', perkada: 'Perkada', keputusan: 'Keputusan', se: 'SE', surat_perintah: 'Surat perintah' } as Record<string, string>,
  parts: { instruments: 'Kebijakan', numbers: 'Angka bukti kehadiran', positions: 'Posisi dan penahanan' }, everyone: 'semua pegawai',
  instruments: 'Kebijakan', groups: { now: 'Berlaku sekarang', toCome: 'Akan berlaku', past: 'Sudah berakhir' }, noInstruments: 'Belum ada kebijakan yang tercatat.', instrumentsHint: 'Aturan adalah data bertanggal: tidak pernah diubah, hanya diakhiri dan diganti.', spanned: (s: string) => `berlaku ${s}`, since: (d: string) => `berlaku sejak ${d}`, signer: (n: string) => `Ditandatangani oleh ${n}`, rules: 'Isi aturan', noRules: 'Tidak memuat aturan tempat kerja.',
  explainTitle: 'Jelaskan satu hari', explainHint: 'Pilih pegawai untuk melihat di mana ia bekerja pada tanggal itu, dan menurut aturan yang mana.', day: 'Tanggal',
  forMode: (m: string) => `bila ${m.toLowerCase()}`, everyDay: 'setiap hari',
  newInstrument: 'Catat kebijakan baru', end: 'Akhiri', endTitle: 'Akhiri kebijakan ini?', endHint: 'Hari-hari sebelumnya tetap dinilai menurut kebijakan ini.', lastDay: 'Hari terakhir berlaku', ended: 'Kebijakan diakhiri.',
  number: 'Nomor', titleField: 'Tentang', issued: 'Ditetapkan pada', signerField: 'Penanda tangan', basisField: 'Dasar hukum', validFrom: 'Berlaku mulai', validTo: 'Berlaku sampai', openEnd: 'seterusnya', rankField: 'Jenis', ruleMode: 'Tempat kerja', ruleDays: 'Pada hari', ruleExempt: 'Kecuali petugas layanan langsung', ruleReport: 'Laporan harian wajib', add: 'Catat', added: 'Kebijakan tercatat dan langsung berlaku sesuai tanggalnya.', noDay: 'Pilih sedikitnya satu hari.', numberHint: 'Seperti pada naskah.',
  faults: { 'bad_field/valid_to': 'Tidak boleh sebelum tanggal mulai.', 'refused/valid_from': 'Terlalu jauh ke belakang; paling jauh 31 hari, karena hari sebelumnya sudah dinilai.', 'refused/last_day': 'Terlalu jauh ke belakang; paling jauh 31 hari, karena hari sebelumnya sudah dinilai.', 'conflict/last_day': 'Kebijakan ini sudah berakhir sebelum tanggal itu.' } as Record<string, string>,
};
const en: typeof id = {
  rank: { uu: 'Law', pp: 'PP', perpres: 'Perpres', permen: 'Permen', perda: 'Perda', perkada: 'Perkada', keputusan: 'Decision', se: 'Circular', surat_perintah: 'Order' },
  parts: { instruments: 'Policies', numbers: 'Numbers of evidence', positions: 'Positions and holds' }, everyone: 'everyone',
  instruments: 'Policies', groups: { now: 'In force', toCome: 'To come', past: 'Ended' }, noInstruments: 'No policy recorded yet.', instrumentsHint: 'Rules are dated data: never edited, only ended and replaced.', spanned: s => `valid ${s}`, since: d => `valid from ${d}`, signer: n => `Signed by ${n}`, rules: 'Rules', noRules: 'Says nothing about the place of work.',
  explainTitle: 'Explain a day', explainHint: 'Choose somebody to see where he works on that day, and by which rule.', day: 'Day',
  forMode: m => `when ${m.toLowerCase()}`, everyDay: 'every day',
  newInstrument: 'Record a new policy', end: 'End', endTitle: 'End this policy?', endHint: 'Days before stay judged by it.', lastDay: 'Last day in force', ended: 'Policy ended.',
  number: 'Number', titleField: 'About', issued: 'Issued on', signerField: 'Signed by', basisField: 'Legal basis', validFrom: 'Valid from', validTo: 'Valid until', openEnd: 'open', rankField: 'Kind', ruleMode: 'Place of work', ruleDays: 'On', ruleExempt: 'Except direct-service staff', ruleReport: 'Daily report required', add: 'Record', added: 'Recorded; it holds from its date on.', noDay: 'Choose one day at least.', numberHint: 'As on the paper.',
  faults: { 'bad_field/valid_to': 'Not before the first day.', 'refused/valid_from': 'Too far back: 31 days at most, earlier days are judged.', 'refused/last_day': 'Too far back: 31 days at most, earlier days are judged.', 'conflict/last_day': 'It has ended before that day.' },
};
export const w = words(id, en);
