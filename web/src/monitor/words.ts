import { words } from '../base/i18n';

const id = {
  title: 'Pemantauan kehadiran dan kinerja', live: 'Langsung', reconnecting: 'Menyambung kembali', ago: (s: number) => s < 60 ? `${s} detik lalu` : `${Math.floor(s / 60)} menit lalu`,
  tabs: { board: 'Papan', performance: 'Kinerja', people: 'Pegawai', policy: 'Kebijakan', imports: 'Impor data', roster: 'Jadwal', absence: 'Izin & cuti', confirm: 'Konfirmasi', corrections: 'Koreksi', evidence: 'Mutu bukti', papers: 'Daftar hadir', incidents: 'Gangguan', attendance: 'Sumber presensi', recap: 'Rekap', ratings: 'Penilaian', turns: 'Sif', hours: 'Jam kerja', stations: 'Layar & kios' }, unitBoard: 'Papan unit',
  kpi: { onDuty: 'Sudah masuk', office: 'Di kantor', home: 'WFH', late: 'Terlambat', notYet: 'Belum masuk', reports: 'Laporan' },
  ofExpected: (n: string, total: string) => `${n} dari ${total} pegawai`, paper: (n: string) => `menunggu daftar hadir ${n}`, pending: (n: string) => `menunggu berkas/keputusan ${n}`, leaveOff: (a: string, b: string, c: string) => `cuti/izin ${a} · dinas luar ${b} · libur ${c}`, byServer: 'menurut server dan ponsel', unconfirmed: (n: string) => `${n} presensi perlu dilihat atasan`, verifiedOf: (v: string, due: string) => `${v} terverifikasi dari ${due}`, planned: (n: string) => `dijadwalkan ${n}`, noReportYet: 'belum ada yang wajib',
  today: 'Kehadiran hari ini', asTable: 'Lihat sebagai tabel', asChart: 'Lihat sebagai grafik', time: 'Pukul', presentOffice: 'Di kantor', presentHome: 'WFH', lateLine: 'Terlambat',
  nobodyYet: 'Belum ada yang masuk hari ini.', attention: 'Perlu perhatian', calm: 'Tidak ada yang perlu perhatian saat ini.',
  kinds: {
    not_in_yet_high: (u: string, n: number) => `${u}: ${n}% belum masuk 30 menit setelah jam mulai`,
    late_high: (u: string, n: number) => `${u}: ${n}% terlambat`,
    unconfirmed_high: (u: string, n: number) => `${u}: ${n}% presensi perlu dilihat atasan`,
    reports_unverified: (u: string, n: number) => `${u}: ${n} laporan hari kerja sebelumnya belum diputuskan`,
    roster_missing: (u: string, _n: number) => `${u}: belum ada jadwal; semua dianggap di kantor`,
    tasks_overdue: (u: string, n: number) => `${u}: ${n} tugas lewat tenggat`,
  } as Record<string, (u: string, n: number) => string>,
  agencies: (n: number, label: string) => `${n} ${label.toLowerCase()}`, sort: 'Urutkan', byName: 'Menurut nama', byPresence: 'Kehadiran terendah dahulu', filter: 'Saring nama', noMatch: 'Tidak ada nama yang cocok.', onDuty: 'masuk', barLabel: (o: string, h: string, m: string) => `Di kantor ${o}, WFH ${h}, belum masuk ${m}`,
  notUsed: 'Belum memakai Luwes', notCounted: 'Tidak dihitung di angka mana pun', imported: (system: string) => `Presensi dari ${system}, lewat impor`, otherSystem: 'sistem lain', parallel: 'Berjalan paralel', awaited: (n: string) => `Berkas hari ini belum datang; ${n} pegawai menunggu`,
  units: 'Unit di bawahnya', backToBoard: 'Kembali ke papan', unit: 'Unit', present: 'Sudah masuk', presence: 'Kehadiran', loading: 'Grafik sedang dimuat',
  legend: { office: 'Di kantor', home: 'WFH', missing: 'Belum masuk' },
};
const en: typeof id = {
  title: 'Presence and performance', live: 'Live', reconnecting: 'Reconnecting', ago: s => s < 60 ? `${s} s ago` : `${Math.floor(s / 60)} min ago`,
  tabs: { board: 'Board', performance: 'Performance', people: 'People', policy: 'Policies', imports: 'Imports', roster: 'Rosters', absence: 'Leave & duty', confirm: 'Confirm', corrections: 'Corrections', evidence: 'Evidence', papers: 'Paper lists', incidents: 'Outages', attendance: 'Attendance sources', recap: 'Recap', ratings: 'Ratings', turns: 'Turns', hours: 'Working hours', stations: 'Screens & kiosks' }, unitBoard: 'Unit board',
  kpi: { onDuty: 'In', office: 'Office', home: 'WFH', late: 'Late', notYet: 'Not in yet', reports: 'Reports' },
  ofExpected: (n, total) => `${n} of ${total} employees`, paper: n => `paper list awaited ${n}`, pending: n => `file/decision awaited ${n}`, leaveOff: (a, b, c) => `leave ${a} · outside duty ${b} · off ${c}`, byServer: 'by server and phone', unconfirmed: n => `${n} records for supervisors to see`, verifiedOf: (v, due) => `${v} verified of ${due}`, planned: n => `planned ${n}`, noReportYet: 'none due yet',
  today: 'Presence today', asTable: 'See as a table', asChart: 'See as a chart', time: 'Time', presentOffice: 'Office', presentHome: 'WFH', lateLine: 'Late',
  nobodyYet: 'Nobody is in yet today.', attention: 'Needs attention', calm: 'Nothing needs attention right now.',
  kinds: {
    not_in_yet_high: (u, n) => `${u}: ${n}% not in 30 minutes after the start`,
    late_high: (u, n) => `${u}: ${n}% late`,
    unconfirmed_high: (u, n) => `${u}: ${n}% for supervisors to see`,
    reports_unverified: (u, n) => `${u}: ${n} reports of the last working day not decided`,
    roster_missing: u => `${u}: no roster; everybody counts as in the office`,
    tasks_overdue: (u, n) => `${u}: ${n} tasks overdue`,
  },
  agencies: (n, label) => `${n} agencies (${label})`, sort: 'Sort', byName: 'By name', byPresence: 'Lowest presence first', filter: 'Filter by name', noMatch: 'No such name.', onDuty: 'in', barLabel: (o, h, m) => `Office ${o}, WFH ${h}, not in ${m}`,
  notUsed: 'Luwes not in use yet', notCounted: 'Counts in no figure', imported: system => `Attendance from ${system}, by import`, otherSystem: 'another system', parallel: 'Parallel run', awaited: n => `The file of today has not come; ${n} people wait`,
  units: 'Units below', backToBoard: 'Back to the board', unit: 'Unit', present: 'In', presence: 'Presence', loading: 'The chart is being loaded',
  legend: { office: 'Office', home: 'WFH', missing: 'Not in' },
};
export const w = words(id, en);
