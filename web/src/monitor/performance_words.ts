import { number } from '../base/format';
import { words } from '../base/i18n';

const tenths = (n: number) => n.toLocaleString('id-ID', { maximumFractionDigits: 1 });
const id = {
  title: 'Kinerja', government: 'Seluruh pemerintah daerah', back: 'Kembali', unit: 'Unit', units: 'Unit di bawahnya', sort: 'Urutkan', byPressing: 'Paling perlu perhatian', byName: 'Menurut nama',
  kpi: { output: 'Sesuai rencana', reports: 'Laporan hari ini', waiting: 'Menunggu verifikasi', wait: 'Lama verifikasi', tasks: 'Tugas terbuka', overdue: 'Lewat tenggat' },
  onTrack: 'satuan hasil mencapai rencana sampai hari ini', noPlans: 'belum ada rencana yang disepakati', reportsOf: (due: string, verified: string, returned: string) => `dari ${due}; terverifikasi ${verified}, dikembalikan ${returned}`,
  nothingWaits: 'semua sudah diputuskan', since: (n: number) => n === 0 ? 'sejak hari ini' : n === 1 ? 'sejak kemarin' : `tertua ${number(n)} hari`, days: (n: number) => `${tenths(n)} hari`, waitSub: 'rata-rata 31 hari terakhir', noTasks: 'tidak ada', ofOpen: (p: string) => `${p} dari yang terbuka`,
  output: 'Hasil kerja bulan ini', measure: 'Satuan', today: 'Hari ini', month: 'Bulan ini', reached: 'Capaian', unplanned: 'di luar rencana', noOutput: 'Belum ada rencana atau hasil yang dilaporkan bulan ini.', more: (n: string) => `${n} satuan lagi`, less: 'Ringkas',
  outputLabel: (unit: string, done: string, plan: string, due: string) => `${unit}: ${done} dari ${plan}, sampai hari ini seharusnya ${due}`,
  outputNote: (worked: number, days: number) => `Hijau: terverifikasi; biru: menunggu verifikasi. Garis: yang direncanakan sampai hari kerja ke-${worked} dari ${days}. Angka di belakang garis miring adalah rencana. Rencana bulan ini: sepertiga sasaran triwulan, atau seperdua belas sasaran tahunan bagi pegawai yang belum punya sasaran triwulan; satuan yang berbeda tidak dijumlahkan.`,
  todayNote: (days: number) => `Rencana hari ini adalah bagian satu dari ${days} hari kerja bulan ini.`, noWork: 'Hari ini bukan hari kerja, jadi tidak ada rencana untuk hari ini.', leftOut: (n: string) => `${n} satuan lain dengan rencana lebih kecil tidak ditampilkan.`,
  outputCut: 'Satuan hasil terlalu banyak untuk dijumlahkan sekaligus, jadi hasil di sini belum lengkap. Samakan penulisan satuannya.',
  figureOf: (label: string, n: string, u: string) => `${label}: ${n}, ${u}`,
  presence: { title: 'Presensi hari ini', here: 'Hadir', open: 'Buka papan presensi', of: (n: string) => `hadir dari ${n} yang bertugas`, office: 'di kantor', home: 'di rumah atau tempat lain', elsewhere: 'dinas luar, sudah presensi', late: 'terlambat', notYet: 'belum hadir', notYetDue: 'belum waktunya hadir', outside: 'dinas luar, tanpa presensi', leave: 'cuti atau diklat', nobody: 'Tidak ada pegawai yang dihitung bertugas hari ini.' },
  facts: {
    of: { report_due: 'Wajib lapor hari ini', report_filed: 'Laporan masuk hari ini', report_verified: 'Terverifikasi hari ini', report_returned: 'Dikembalikan hari ini', waiting: 'Menunggu verifikasi', decided: 'Diputuskan 31 hari terakhir', output: 'Hasil kerja bulan ini', open_tasks: 'Tugas terbuka', overdue_tasks: 'Tugas lewat tenggat' },
    output: (unit: string) => `Hasil kerja bulan ini: ${unit}`, back: 'Kembali ke papan kinerja', figures: 'Angka yang dibuka', at: (clock: string) => `dibaca pukul ${clock}`, again: 'Perbarui', reports: 'laporan', due: 'pegawai wajib lapor', tasks: 'tugas',
    here: (unit: string) => `Langsung di ${unit}`, each: 'Rinciannya', none: 'Tidak ada.', noneHere: 'Semuanya ada di unit di bawahnya.', noNames: 'Nama pegawai hanya ditampilkan kepada kepala unit ini dan pimpinan di atasnya. Selain itu yang tampak jumlah per hari.',
    age: (isTask: boolean, n: number) => `${isTask ? 'dikirim' : 'masuk'} ${n === 0 ? 'hari ini' : n === 1 ? 'kemarin' : `${number(n)} hari lalu`}`, oldest: (text: string) => `yang tertua ${text}`,
  },
};
const en: typeof id = {
  title: 'Performance', government: 'The whole government', back: 'Back', unit: 'Unit', units: 'Units below', sort: 'Sort', byPressing: 'Most pressing first', byName: 'By name',
  kpi: { output: 'As planned', reports: 'Reports today', waiting: 'To be verified', wait: 'Time to verify', tasks: 'Open tasks', overdue: 'Overdue' },
  onTrack: 'units of measure have what is planned until today', noPlans: 'no agreed plan yet', reportsOf: (due, verified, returned) => `of ${due}; ${verified} verified, ${returned} returned`,
  nothingWaits: 'all decided', since: n => n === 0 ? 'since today' : n === 1 ? 'since yesterday' : `oldest ${number(n)} days`, days: n => `${n} days`, waitSub: 'mean of the last 31 days', noTasks: 'none', ofOpen: p => `${p} of those open`,
  output: 'Output of the month', measure: 'Of what', today: 'Today', month: 'Month', reached: 'Reached', unplanned: 'not planned', noOutput: 'No plan and no output reported this month yet.', more: n => `${n} more`, less: 'Fewer',
  outputLabel: (unit, done, plan, due) => `${unit}: ${done} of ${plan}, by today ${due}`,
  outputNote: (worked, days) => `Green: verified; blue: to be verified. The line: what is planned until working day ${worked} of ${days}. Behind the stroke stands the plan. The plan of a month is a third of the quarter's targets, or a twelfth of the year's for those who have none of the quarter; different units of measure are never added.`,
  todayNote: days => `The plan of today is the share of one of the month's ${days} working days.`, noWork: 'Today is no working day, so nothing is planned for it.', leftOut: n => `${n} units of measure that are less planned are not shown.`,
  outputCut: 'There are too many units of measure to be summed at once, so the output here is not all of it. Agree on how they are written.',
  figureOf: (label, n, u) => `${label}: ${n}, ${u}`,
  presence: { title: 'Presence today', here: 'Present', open: 'Open the board of presence', of: n => `present of ${n} on duty`, office: 'in the office', home: 'at home or anywhere', elsewhere: 'on duty outside, clocked in', late: 'late', notYet: 'not in yet', notYetDue: 'not due yet', outside: 'on duty outside, not clocked in', leave: 'on leave or in training', nobody: 'Nobody is counted as on duty today.' },
  facts: {
    of: { report_due: 'Reports due today', report_filed: 'Handed in today', report_verified: 'Verified today', report_returned: 'Returned today', waiting: 'To be verified', decided: 'Decided in the last 31 days', output: 'Output of the month', open_tasks: 'Open tasks', overdue_tasks: 'Overdue tasks' },
    output: unit => `Output of the month: ${unit}`, back: 'Back to the board', figures: 'The figure opened', at: clock => `read at ${clock}`, again: 'Refresh', reports: 'reports', due: 'people owe a report', tasks: 'tasks',
    here: unit => `At ${unit} itself`, each: 'In detail', none: 'None.', noneHere: 'All of it lies at the units below.', noNames: 'Names are shown to the head of this unit and to those above. Others see numbers by day.',
    age: (isTask, n) => `${isTask ? 'sent' : 'handed in'} ${n === 0 ? 'today' : n === 1 ? 'yesterday' : `${number(n)} days ago`}`, oldest: text => `the oldest ${text}`,
  },
};
export const w = words(id, en);
