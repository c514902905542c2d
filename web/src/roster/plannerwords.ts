/* Words of the roster planner: sentences of its cells, problems and figures. */
import { number } from '../base/format';
import { words } from '../base/i18n';

/** A figure as the language writes it; most are small, and need no formatter made for them. */
export const figure = (n: number) => Number.isInteger(n) && n >= 0 && n < 1000 ? String(n) : number(n);


export const w = words({
  people: (n: string) => `${n} pegawai`, outside: (n: string) => `${n} pegawai lain tidak tampil: tidak ada hari WFH/WFA yang terbuka bagi mereka.`,
  grid: 'Jadwal per pegawai dan tanggal', employee: 'Pegawai', noRows: 'Tidak ada pegawai yang cocok dengan saringan.',
  find: 'Cari nama', group: 'Unit atau loket', everybody: 'Semua pegawai',
  mode: { K: 'di kantor (WFO)', R: 'di rumah (WFH)', A: 'di mana saja (WFA)', D: 'dinas luar', C: 'cuti atau izin', L: 'libur', '-': 'belum diisi' } as Record<string, string>,
  cell: { '.': '', H: 'WFH menurut aturan untuk semua; boleh dipanggil ke kantor.', L: 'Hari libur.', C: 'Sedang cuti atau izin.', D: 'Sedang dinas luar.', X: 'Dikecualikan dari WFH.', T: 'Wajib hadir pada apel atau acara.', P: 'Tidak ada kebijakan yang membuka hari ini.', S: 'Hari kantor menurut setelan jadwal ini.', M: 'Belum atau tidak lagi di unit ini.', Z: 'Sudah lewat, tidak dapat diubah.' } as Record<string, string>,
  wish: { '+': 'Ingin WFH.', '-': 'Ingin di kantor.', '.': '' } as Record<string, string>, locked: 'Dikunci.', wasLetter: (mode: string) => `Sebelumnya ${mode}.`,
  legend: 'Keterangan', changed: 'berubah dari jadwal yang berlaku', lock: 'dikunci', wishes: 'ingin WFH, ingin di kantor', shut: 'tidak dapat WFH, atau sudah lewat',
  set: (word: string) => `Isi ${word}`, lockKey: 'Kunci', why: 'Mengapa?', undo: 'Urungkan', redo: 'Ulangi', tools: 'Ubah sel yang dipilih',
  keys: 'Cara memakai papan ketik', keyList: ['Panah, Home, End, Page Up, Page Down: berpindah; dengan Shift: memilih beberapa sel.', 'K, R, A: mengisi WFO, WFH, WFA. G: mengunci atau membuka kunci.', 'Enter: alasan sel itu. Ctrl+Z dan Ctrl+Y: mengurungkan dan mengulangi.', 'Ctrl+V: menempel tabel nama × tanggal dari Excel.', 'Shift+Spasi: satu baris. Ctrl+Spasi: satu kolom. Ctrl+A: semua. Esc: batal memilih.'],
  unsaved: (n: string) => `${n} sel belum disimpan`, saved: 'Semua tersimpan', failed: 'Belum tersimpan. Perubahan Anda masih di layar ini.', leave: 'Perubahan yang belum disimpan akan hilang. Tinggalkan halaman ini?', readOnly: 'Hanya untuk dilihat',
  did: (set: string, refused: string) => `${set} sel diubah${refused && `; ${refused} sel tetap karena dikunci atau tidak dapat WFH`}.`, didNothing: 'Tidak ada yang diubah: sel dikunci atau tidak dapat WFH.',
  pasted: (set: string, refused: string) => `${set} sel diisi dari tempelan${refused && `; ${refused} sel tetap karena dikunci atau tidak dapat WFH`}.`, notRead: 'Yang tidak dimengerti:',
  unread: { name: (s: string) => `“${s}”: tidak ada pegawai bernama ini di lembar.`, twice: (s: string) => `“${s}”: nama ini ada lebih dari satu.`, day: (s: string) => `“${s}”: bukan tanggal dalam jadwal ini.`, word: (s: string, where: string) => `“${s}” pada ${where}: bukan WFO, WFH, atau WFA.`, fact: (s: string, where: string) => `“${s}” pada ${where}: cuti, dinas luar, dan libur tidak diisi dari jadwal.`, outside: (s: string) => `“${s}”: di luar lembar.`, no_name: (s: string) => `“${s}”: baris tanpa nama.` },
  andMore: (n: string) => `dan ${n} lagi`,
  weekBefore: 'Minggu sebelumnya', weekAfter: 'Minggu berikutnya', tapTo: 'Ketuk untuk', tap: { edit: 'Ubah', lock: 'Kunci', why: 'Mengapa?' },
  chart: 'WFH dan di kantor per tanggal', asTable: 'Lihat sebagai tabel', away: 'WFH/WFA', office: 'Di kantor', most: 'Paling banyak', least: 'Paling sedikit', minimum: 'Minimal di loket', all: 'Semua pegawai', eligible: 'Yang berhak', present: 'Yang hadir', day: 'Tanggal', limits: 'batas', minimumKey: 'minimal di loket', brokenKey: 'tidak terpenuhi',
  awayText: (n: string, limits: string) => `WFH/WFA ${n}${limits && ` (${limits})`}`, officeText: (n: string, limits: string) => `di kantor ${n}${limits && ` (${limits})`}`, mostText: (n: string) => `paling banyak ${n}`, leastText: (n: string) => `paling sedikit ${n}`, minimumText: (n: string) => `minimal ${n}`,
  ofAll: (percent: string, n: string) => `${percent} dari ${n} pegawai`, ofEligible: (percent: string, n: string) => `${percent} dari ${n} yang berhak`, ofPresent: (percent: string, n: string) => `${percent} dari ${n} yang hadir`,
  rule: (bound: string, percent: string, base: string, from: string) => `Aturan: ${bound} ${percent}% dari ${base}${from && ` menurut ${from}`}.`, bound: { at_most: 'paling banyak', exactly: 'tepat', at_least: 'paling sedikit' }, base: { all: 'semua pegawai', eligible: 'pegawai yang berhak', present: 'pegawai yang hadir' },
  overview: 'Seluruh periode', overviewHint: 'Satu garis satu pegawai. Klik untuk menuju selnya; isi yang sama terbaca pada tabel jadwal.', overviewLabel: (people: string, days: string) => `Gambar seluruh jadwal: ${people} pegawai, ${days} hari`,
  problems: 'Masalah', noProblems: 'Tidak ada masalah: semua batas terpenuhi.', count: (n: string) => `${n} masalah`,
  problem: { cross: 'Loket lintas unit kekurangan petugas', minimum: 'Minimal di loket belum terpenuhi', above: 'WFH melebihi batas', below: 'WFH kurang dari batas', cell: 'Isi yang tidak diperbolehkan', week: 'WFH seminggu melebihi batas', edge: 'WFH Senin dan Jumat melebihi batas', most: 'WFH selama periode melebihi batas', least: 'WFH selama periode kurang', run: 'WFH berturut-turut melebihi setelan', edge_period: 'Senin dan Jumat WFH melebihi setelan', overtaken: 'Mengubah kembali yang sudah berlaku', team_day: 'Tim tanpa hari kantor bersama' }, overtaken: (now: string, draft: string) => `kini berlaku ${now}, di sini ${draft}`, upTo: (day: string) => `sampai ${day}`, notedHint: 'WFH berturut-turut, Senin/Jumat dalam periode, dan hari bersama tim dihitung ulang saat disimpan.', teamAway: (day: string, n: string) => `paling mendekati ${day}: masih ${n} hari WFH`,
  told: {
    minimum: (n: string, limit: string, gap: string) => `${n} dari minimal ${limit} orang di loket; kurang ${gap}`, above: (n: string, limit: string, gap: string) => `${n} orang WFH, batasnya ${limit}; lebih ${gap}`, below: (n: string, limit: string, gap: string) => `${n} orang WFH, sedikitnya ${limit}; kurang ${gap}`,
    week: (n: string, limit: string, gap: string) => `${n} hari, batasnya ${limit}; lebih ${gap}`, edge: (n: string, limit: string, gap: string) => `${n} hari, batasnya ${limit}; lebih ${gap}`, most: (n: string, limit: string, gap: string) => `${n} hari, batasnya ${limit}; lebih ${gap}`, least: (n: string, limit: string, gap: string) => `${n} hari, sedikitnya ${limit}; kurang ${gap}`,
  },
  weekOf: (span: string) => `minggu ${span}`,
  fairness: 'Pemerataan', fairHint: 'Hari WFH/WFA tiap pegawai dibandingkan jatah adilnya pada periode ini.', gap: 'Selisih dari jatah adil (hari)', ledger: 'Hari WFH/WFA bulan-bulan sebelumnya dan periode ini', asFair: (n: string, people: string) => `${n} dari ${people} pegawai tepat sesuai jatah adil`, bar: (label: string, n: string) => `${label} hari: ${n} pegawai`, share: 'Jatah adil', now: 'Periode ini', past: 'Sebelumnya', sum: 'Jumlah', difference: 'Selisih',
}, {
  people: n => `${n} people`, outside: n => `${n} more not shown: no day is open to them.`,
  grid: 'Roster by employee and day', employee: 'Employee', noRows: 'Nobody matches the filter.',
  find: 'Find a name', group: 'Unit or post', everybody: 'Everybody',
  mode: { K: 'in the office (WFO)', R: 'at home (WFH)', A: 'anywhere (WFA)', D: 'outside duty', C: 'on leave', L: 'day off', '-': 'not set' },
  cell: { '.': '', H: 'Home by a rule for all; may be called in.', L: 'A day off.', C: 'On leave.', D: 'On outside duty.', X: 'Exempt from working at home.', T: 'Called to an assembly.', P: 'No policy opens this day.', S: 'Kept in the office by the settings of this roster.', M: 'Not of this unit on this day.', Z: 'Past, cannot be changed.' },
  wish: { '+': 'Would like home.', '-': 'Would like the office.', '.': '' }, locked: 'Locked.', wasLetter: mode => `Before: ${mode}.`,
  legend: 'Key', changed: 'differs from the roster in force', lock: 'locked', wishes: 'would like home, the office', shut: 'may not be home, or past',
  set: word => `Set ${word}`, lockKey: 'Lock', why: 'Why?', undo: 'Undo', redo: 'Redo', tools: 'Change the chosen cells',
  keys: 'Keyboard', keyList: ['Arrows, Home, End, Page Up, Page Down: move; with Shift: choose several cells.', 'K, R, A: set WFO, WFH, WFA. G: lock or unlock.', 'Enter: why. Ctrl+Z and Ctrl+Y: undo and redo.', 'Ctrl+V: paste a table of names × dates from Excel.', 'Shift+Space: a row. Ctrl+Space: a column. Ctrl+A: everything. Esc: choose nothing.'],
  unsaved: n => `${n} cells not saved`, saved: 'All saved', failed: 'Not saved. Your changes are still on this screen.', leave: 'What you have not saved will be lost. Leave this page?', readOnly: 'To look at only',
  did: (set, refused) => `${set} cells changed${refused && `; ${refused} stayed, being locked or shut`}.`, didNothing: 'Nothing changed: the cells are locked, or may not be home.',
  pasted: (set, refused) => `${set} cells filled from what was pasted${refused && `; ${refused} stayed, being locked or shut`}.`, notRead: 'Not understood:',
  unread: { name: s => `“${s}”: nobody of this name is on the sheet.`, twice: s => `“${s}”: more than one of this name.`, day: s => `“${s}”: no date of this roster.`, word: (s, where) => `“${s}” at ${where}: not WFO, WFH or WFA.`, fact: (s, where) => `“${s}” at ${where}: leave, duty and days off are not set by a roster.`, outside: s => `“${s}”: outside the sheet.`, no_name: s => `“${s}”: a row without a name.` },
  andMore: n => `and ${n} more`,
  weekBefore: 'Previous week', weekAfter: 'Next week', tapTo: 'Tap to', tap: { edit: 'Change', lock: 'Lock', why: 'Why?' },
  chart: 'Home and office by day', asTable: 'See as a table', away: 'Home/anywhere', office: 'Office', most: 'At most', least: 'At least', minimum: 'Minimum at the post', all: 'Everybody', eligible: 'Eligible', present: 'Present', day: 'Day', limits: 'limit', minimumKey: 'minimum at the post', brokenKey: 'not kept',
  awayText: (n, limits) => `home ${n}${limits && ` (${limits})`}`, officeText: (n, limits) => `office ${n}${limits && ` (${limits})`}`, mostText: n => `at most ${n}`, leastText: n => `at least ${n}`, minimumText: n => `at least ${n}`,
  ofAll: (percent, n) => `${percent} of ${n} people`, ofEligible: (percent, n) => `${percent} of ${n} eligible`, ofPresent: (percent, n) => `${percent} of ${n} present`,
  rule: (bound, percent, base, from) => `Rule: ${bound} ${percent}% of ${base}${from && ` by ${from}`}.`, bound: { at_most: 'at most', exactly: 'exactly', at_least: 'at least' }, base: { all: 'everybody', eligible: 'those eligible', present: 'those present' },
  overview: 'The whole period', overviewHint: 'One line, one person. Click to go to the cell; the grid says the same.', overviewLabel: (people, days) => `Picture of the whole roster: ${people} people, ${days} days`,
  problems: 'Problems', noProblems: 'No problems: every limit is kept.', count: n => `${n} problems`,
  problem: { cross: 'A post across units lacks people', minimum: 'Minimum at a post not met', above: 'More home than allowed', below: 'Fewer home than asked', cell: 'A letter that is not allowed', week: 'Too many home days in a week', edge: 'Too many Mondays and Fridays at home', most: 'Too many home days in the period', least: 'Too few home days in the period', run: 'Too many home days in a row', edge_period: 'Too many Mondays and Fridays in the period', overtaken: 'Undoes what is in force by now', team_day: 'A team without a day in the office together' }, overtaken: (now, draft) => `in force is ${now}, here ${draft}`, upTo: day => `to ${day}`, notedHint: 'Days in a row, Mondays and Fridays and days of teams are counted again on saving.', teamAway: (day, n) => `nearest to it is ${day}: ${n} home days are left`,
  told: {
    minimum: (n, limit, gap) => `${n} at the post of at least ${limit}; ${gap} short`, above: (n, limit, gap) => `${n} home, at most ${limit}; ${gap} over`, below: (n, limit, gap) => `${n} home, at least ${limit}; ${gap} short`,
    week: (n, limit, gap) => `${n} days, at most ${limit}; ${gap} over`, edge: (n, limit, gap) => `${n} days, at most ${limit}; ${gap} over`, most: (n, limit, gap) => `${n} days, at most ${limit}; ${gap} over`, least: (n, limit, gap) => `${n} days, at least ${limit}; ${gap} short`,
  },
  weekOf: span => `week of ${span}`,
  fairness: 'Fairness', fairHint: 'Home days of each person against the fair share of the period.', gap: 'Difference from the fair share (days)', ledger: 'Home days of the months before and this period', asFair: (n, people) => `${n} of ${people} people exactly at their fair share`, bar: (label, n) => `${label} days: ${n} people`, share: 'Fair share', now: 'This period', past: 'Before', sum: 'Sum', difference: 'Difference',
});
