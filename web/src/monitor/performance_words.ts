import { number } from '../base/format';
import { words } from '../base/i18n';

const tenths = (n: number) => n.toLocaleString('id-ID', { maximumFractionDigits: 1 });
const id = {
  title: 'Kinerja', government: 'Seluruh pemerintah daerah', back: 'Kembali', unit: 'Unit', units: 'Unit di bawahnya', sort: 'Urutkan', byPressing: 'Paling perlu perhatian', byName: 'Menurut nama',
  kpi: { output: 'Sesuai rencana', reports: 'Laporan hari ini', waiting: 'Menunggu verifikasi', wait: 'Lama verifikasi', tasks: 'Tugas terbuka', overdue: 'Lewat tenggat' },
  onTrack: 'satuan hasil mencapai rencana sampai hari ini', noPlans: 'belum ada rencana yang disepakati', reportsOf: (due: string, verified: string, returned: string) => `dari ${due}; terverifikasi ${verified}, dikembalikan ${returned}`,
  nothingWaits: 'semua sudah diputuskan', since: (n: number) => n === 0 ? 'sejak hari ini' : n === 1 ? 'sejak kemarin' : `tertua ${number(n)} hari`, days: (n: number) => `${tenths(n)} hari`, waitSub: 'rata-rata 31 hari terakhir', noTasks: 'tidak ada', ofOpen: (p: string) => `${p} dari yang terbuka`,
  output: 'Hasil kerja bulan ini', measure: 'Satuan', today: 'Hari ini', month: 'Bulan ini', planned: 'Rencana bulan ini', reached: 'Capaian', unplanned: 'di luar rencana', noOutput: 'Belum ada rencana atau hasil yang dilaporkan bulan ini.', more: (n: string) => `${n} satuan lagi`, less: 'Ringkas',
  outputLabel: (unit: string, done: string, plan: string, due: string) => `${unit}: ${done} dari ${plan}, sampai hari ini seharusnya ${due}`,
  outputNote: (worked: number, days: number) => `Hijau: terverifikasi; biru: menunggu verifikasi. Garis: yang direncanakan sampai hari kerja ke-${worked} dari ${days}. Rencana bulan ini adalah seperdua belas sasaran tahunan ditambah sepertiga sasaran triwulan; satuan yang berbeda tidak dijumlahkan.`,
  openTasksOf: (n: string, u: string) => `${n} tugas terbuka, ${u}`,
};
const en: typeof id = {
  title: 'Performance', government: 'The whole government', back: 'Back', unit: 'Unit', units: 'Units below', sort: 'Sort', byPressing: 'Most pressing first', byName: 'By name',
  kpi: { output: 'As planned', reports: 'Reports today', waiting: 'To be verified', wait: 'Time to verify', tasks: 'Open tasks', overdue: 'Overdue' },
  onTrack: 'units of measure have what is planned until today', noPlans: 'no agreed plan yet', reportsOf: (due, verified, returned) => `of ${due}; ${verified} verified, ${returned} returned`,
  nothingWaits: 'all decided', since: n => n === 0 ? 'since today' : n === 1 ? 'since yesterday' : `oldest ${number(n)} days`, days: n => `${n} days`, waitSub: 'mean of the last 31 days', noTasks: 'none', ofOpen: p => `${p} of those open`,
  output: 'Output of the month', measure: 'Of what', today: 'Today', month: 'Month', planned: 'Planned for the month', reached: 'Reached', unplanned: 'not planned', noOutput: 'No plan and no output reported this month yet.', more: n => `${n} more`, less: 'Fewer',
  outputLabel: (unit, done, plan, due) => `${unit}: ${done} of ${plan}, by today ${due}`,
  outputNote: (worked, days) => `Green: verified; blue: to be verified. The line: what is planned until working day ${worked} of ${days}. The plan of a month is a twelfth of the year's targets and a third of the quarter's; different units of measure are never added.`,
  openTasksOf: (n, u) => `${n} open tasks, ${u}`,
};
export const w = words(id, en);
