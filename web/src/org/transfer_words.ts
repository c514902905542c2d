import { words } from '../base/i18n';
import { decreeText } from './decree';

const id = {
  move: 'Pindah tugas', superior: 'Ganti atasan', history: 'Riwayat', noHistory: 'Belum ada yang tercatat.',
  placements: 'Penempatan', superiors: 'Atasan langsung dan ketua tim', roles: 'Peran dan penugasan', cases: 'Kasus SK terlambat',
  decreeNo: (n: string) => n ? decreeText(n) : 'tanpa nomor SK', letterNo: (n: string) => n ? `Surat ${n}` : 'dari impor', by: (who: string, at: string) => `dicatat oleh ${who}, ${at}`, imported: 'dari impor',
  relation: { supervisor: 'Atasan langsung', team_lead: 'Ketua tim' } as Record<string, string>,
  level: { jpt_madya: 'JPT madya', jpt_pratama: 'JPT pratama', administrator: 'Administrator', pengawas: 'Pengawas', fungsional: 'Fungsional', pelaksana: 'Pelaksana' },
  moveTitle: (n: string) => `Pindah tugas ${n}`, moveHint: 'Penempatan sebelumnya berakhir sehari sebelum TMT. Bila ada tanggal selesai, penempatan sebelumnya berlanjut sesudahnya. Atasan langsung tidak ikut berganti: catat dengan Ganti atasan.',
  position: 'Jabatan', levelOf: 'Jenjang', posts: 'Loket atau pos pelayanan', decree: 'Nomor SK', tmt: 'TMT', until: 'Sampai', unitOf: 'Unit',
  superiorTitle: (n: string) => `Ganti atasan ${n}`, superiorHint: 'Laporan setiap tanggal diverifikasi oleh atasan pada tanggal itu.', as: 'Sebagai', who: 'Orangnya', letter: 'Nomor surat', change: 'Ganti',
  saved: 'Tercatat.', savedCase: (n: number) => `Tercatat. ${n} hari yang sudah diputus tidak berubah sendiri: lihat daftar kasus.`,
  faults: {
    unit: 'Pilih unitnya.', position: 'Isi jabatannya.', decree: 'Isi nomor SK-nya.', letter: 'Isi nomor suratnya.', superior: 'Pilih orangnya.', from: 'Isi TMT-nya.', to: 'Isi tanggal selesai, tidak sebelum TMT.',
    'bad_field/valid_from': 'TMT harus di dalam masa kerja pegawai ini, dan paling jauh satu tahun ke belakang.', 'bad_field/valid_to': 'Tidak sebelum TMT.', 'conflict/valid_from': 'Ada SK atau surat lain yang mulai berlaku pada masa ini. Isi tanggal selesai sebelum yang lain itu mulai.',
    'refused/unit': 'Unit ini belum ada atau sudah berakhir pada tanggal tersebut.', 'not_found/unit': 'Unit tidak ditemukan, atau di luar kewenangan Anda.', 'not_found/posts': 'Loket ini bukan milik unit tersebut pada TMT itu.',
    'bad_field/superior': 'Atasan harus orang lain.', 'refused/superior': 'Orang ini tidak bertugas pada tanggal itu, atau atasannya berujung pada pegawai ini sendiri.', 'not_found/superior': 'Pegawai ini tidak ditemukan.',
    'bad_field/decree': 'Nomor SK terdiri atas 1 sampai 100 karakter.', 'bad_field/letter': 'Nomor surat terdiri atas 1 sampai 100 karakter.', reason: 'Tulis alasannya, sedikitnya 10 karakter.', days: 'Pilih sedikitnya satu hari.', 'conflict/days': 'Salah satu hari ini sudah diputus orang lain. Muat ulang.',
  } as Record<string, string>,
  withdraw: {
    act: 'Batalkan', title: 'Batalkan yang salah catat', hint: 'Hanya untuk catatan yang keliru. Yang berlaku sebelumnya kembali berlaku sejak TMT itu, dan hari yang sudah lewat dihitung ulang. Hari yang sudah diputus tidak berubah sendiri: ia menjadi kasus. Catatan yang keliru tetap terlihat di riwayat sebagai dibatalkan.',
    why: 'Apa yang keliru', whyHint: 'Sedikitnya 5 karakter; tetap tersimpan di riwayat.', done: 'Dibatalkan; yang sebelumnya berlaku lagi.', doneCase: (n: number) => `Dibatalkan. ${n} hari yang sudah diputus tidak berubah sendiri: lihat kasusnya.`, by: (who: string, at: string, why: string) => `Dibatalkan ${who}, ${at}: ${why}`,
    faults: { why: 'Tulis apa yang keliru, sedikitnya 5 karakter.', 'conflict/valid_from': 'SK atau surat yang lebih baru bertumpu padanya, atau catatan ini sudah dibatalkan. Muat ulang; batalkan dulu yang lebih baru.', 'refused/valid_from': 'Tidak dapat dibatalkan: tidak ada yang berlaku sebelumnya, unit atau atasan sebelumnya sudah tidak ada, atau TMT-nya lebih dari satu tahun yang lalu. Betulkan dengan SK atau surat lain.', 'refused/role': 'Sudah berjalan beberapa hari dan mungkin sudah dipakai memutuskan. Akhiri saja.', 'conflict/role': 'Sudah dibatalkan.' } as Record<string, string>,
  },
  list: {
    title: 'Kasus SK terlambat', hint: 'SK yang TMT-nya sudah lewat berlaku surut. Hari yang sudah diputus (laporan diverifikasi, koreksi, daftar hadir kertas) tidak berubah sendiri: putuskan di sini apakah hari itu mengikuti SK atau tetap.', see: 'Lihat kasus SK terlambat', open: 'Menunggu keputusan', all: 'Semua', none: 'Tidak ada kasus yang menunggu keputusan.', noneAtAll: 'Belum pernah ada kasus.',
    waiting: (n: number, all: number) => n === all ? `${n} hari menunggu` : `${n} dari ${all} hari menunggu`, done: 'selesai', kind: { placement: 'penempatan', supervisor: 'atasan langsung' } as Record<string, string>, from: (d: string) => `TMT ${d}`, look: 'Buka', by: (who: string, at: string) => `dicatat oleh ${who}, ${at}`,
  },
  one: {
    was: 'Sekarang', would: 'Menurut SK', ground: { report: 'laporan sudah diputus', correction: 'ada koreksi', paper: 'daftar hadir kertas', closed: 'bulan sudah ditutup' } as Record<string, string>,
    state: { open: 'menunggu', accepted: 'mengikuti SK', kept: 'tetap' }, accept: 'Ikuti SK', keep: 'Tetapkan seperti sekarang', reason: 'Alasan', reasonHint: 'Dibaca oleh pegawai yang bersangkutan. Sedikitnya 10 karakter.', select: (d: string) => `Pilih ${d}`, decidedBy: (who: string, at: string, why: string) => `${who}, ${at}: ${why}`, decided: 'Keputusan tercatat.', self: 'Hari Anda sendiri diputus oleh orang lain.',
  },
};
const en: typeof id = {
  move: 'Transfer', superior: 'Change superior', history: 'History', noHistory: 'Nothing recorded yet.',
  placements: 'Placements', superiors: 'Supervisors and team leads', roles: 'Roles and assignments', cases: 'Late decrees',
  decreeNo: n => n ? `Decree ${n}` : 'no decree number', letterNo: n => n ? `Letter ${n}` : 'imported', by: (who, at) => `recorded by ${who}, ${at}`, imported: 'imported',
  relation: { supervisor: 'Supervisor', team_lead: 'Team lead' },
  level: { jpt_madya: 'JPT madya', jpt_pratama: 'JPT pratama', administrator: 'Administrator', pengawas: 'Pengawas', fungsional: 'Functional', pelaksana: 'Staff' },
  moveTitle: n => `Transfer ${n}`, moveHint: 'The placement before ends the day before. With a last day, it goes on afterwards. The supervisor does not change with it: record that with Change superior.',
  position: 'Position', levelOf: 'Level', posts: 'Service posts', decree: 'Number of the decree', tmt: 'From (TMT)', until: 'To', unitOf: 'Unit',
  superiorTitle: n => `Change superior of ${n}`, superiorHint: 'A report is verified by the supervisor of its date.', as: 'As', who: 'Who', letter: 'Number of the letter', change: 'Change',
  saved: 'Recorded.', savedCase: n => `Recorded. ${n} decided ${n === 1 ? 'day does' : 'days do'} not change by ${n === 1 ? 'itself' : 'themselves'}: see the cases.`,
  faults: {
    unit: 'Choose the unit.', position: 'Fill in the position.', decree: 'Fill in the number of the decree.', letter: 'Fill in the number of the letter.', superior: 'Choose the person.', from: 'Fill in the first day.', to: 'Fill in the last day, not before the first.',
    'bad_field/valid_from': 'Must lie within the service of this person, a year back at most.', 'bad_field/valid_to': 'Not before the first day.', 'conflict/valid_from': 'Another decree or letter begins within these days. End this one before it.',
    'refused/unit': 'This unit does not exist on that day.', 'not_found/unit': 'Not found, or outside your sight.', 'not_found/posts': 'No post of that unit on that day.',
    'bad_field/superior': 'Must be somebody else.', 'refused/superior': 'Not in service on that day, or the chain above leads back to this person.', 'not_found/superior': 'This person was not found.',
    'bad_field/decree': 'A number has 1 to 100 characters.', 'bad_field/letter': 'A number has 1 to 100 characters.', reason: 'Write why, 10 characters at least.', days: 'Choose a day at least.', 'conflict/days': 'Somebody decided one of these days already. Load again.',
  },
  withdraw: {
    act: 'Withdraw', title: 'Withdraw what was entered wrongly', hint: 'Only for a mistake. What held before holds again from that first day, and days gone by are computed again. Decided days do not change by themselves: they become a case. The mistake stays in the history as withdrawn.',
    why: 'What was wrong', whyHint: '5 characters or more; it stays in the history.', done: 'Withdrawn; what held before holds again.', doneCase: n => `Withdrawn. ${n} decided ${n === 1 ? 'day does' : 'days do'} not change by ${n === 1 ? 'itself' : 'themselves'}: see the cases.`, by: (who, at, why) => `Withdrawn by ${who}, ${at}: ${why}`,
    faults: { why: 'Say what was wrong, in 5 characters or more.', 'conflict/valid_from': 'A later decree or letter rests on it, or it was withdrawn already. Load again; withdraw the later one first.', 'refused/valid_from': 'Cannot be withdrawn: nothing held before it, the unit or superior before is gone, or it began more than a year ago. Correct it by another decree or letter.', 'refused/role': 'Held for days already and may have been decided in. End it instead.', 'conflict/role': 'Withdrawn already.' },
  },
  list: {
    title: 'Late decrees', hint: 'A decree with a past first day holds back to it. Days that somebody decided about (report verified, correction, paper list) do not change by themselves: decide here whether they follow the decree or stay.', see: 'See late decrees', open: 'Waiting', all: 'All', none: 'Nothing waits for a decision.', noneAtAll: 'No late decree yet.',
    waiting: (n, all) => n === all ? `${n} days wait` : `${n} of ${all} days wait`, done: 'done', kind: { placement: 'placement', supervisor: 'supervisor' }, from: d => `from ${d}`, look: 'Open', by: (who, at) => `Recorded by ${who}, ${at}`,
  },
  one: {
    was: 'As it stands', would: 'By the decree', ground: { report: 'report decided', correction: 'corrected', paper: 'paper list', closed: 'month closed' },
    state: { open: 'waiting', accepted: 'follows the decree', kept: 'stays' }, accept: 'Follow the decree', keep: 'Keep as it stands', reason: 'Reason', reasonHint: 'The employee reads it. 10 characters at least.', select: d => `Select ${d}`, decidedBy: (who, at, why) => `${who}, ${at}: ${why}`, decided: 'Decision recorded.', self: 'Your own days are decided by somebody else.',
  },
};
export const w = words(id, en);
