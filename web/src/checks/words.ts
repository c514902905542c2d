import { words } from '../base/i18n';

const id = {
  title: 'Cek kehadiran', lotTitle: 'Anda terundi untuk cek kehadiran', callTitle: (who: string) => `Panggilan dari ${who}`,
  lotText: 'Undian hari ini jatuh kepada Anda. Ketuk bila Anda sedang di tempat tugas.', answerText: 'Atasan Anda meminta jawaban.', comeText: 'Atasan Anda meminta Anda datang ke kantor. Ketuk untuk memberi kabar; kehadiran di kantor dicatat tersendiri.',
  actingFor: (who: string) => `menggantikan ${who}`,
  here: 'Saya di tempat', answer: 'Jawab panggilan', come: 'Saya segera ke kantor', proof: 'Dengan bukti kantor',
  left: (n: number) => n > 1 ? `Sisa ${n} menit` : 'Kurang dari semenit lagi', overdue: (at: string) => `Lewat waktu; masih dapat dijawab sampai pukul ${at}`,
  answeredAt: (at: string) => `Dijawab pukul ${at}`, kept: 'Tersimpan di ponsel; terkirim sendiri saat ada sinyal.', gone: 'Terima kasih, jawaban Anda tercatat.',
  fair: 'Tidak terjawab pun tidak berakibat apa-apa dengan sendirinya: tidak ada potongan dan tidak ada pelanggaran.',
  kind: { lot: 'Undian', answer: 'Panggilan', come: 'Panggilan ke kantor' },
  state: { waiting: 'Belum dijawab', overdue: 'Lewat waktu', answered: 'Dijawab', excused: 'Dijawab, terkirim belakangan', late: 'Dijawab terlambat', seen: 'Dilihat langsung', unanswered: 'Tidak terjawab', unreachable: 'Tak terjangkau', lifted: 'Gugur' },
  stateAt: { answered: (at: string) => `Dijawab ${at}`, excused: (at: string) => `Dijawab ${at}, terkirim belakangan`, late: (at: string) => `Dijawab ${at}, lewat waktu` } as Record<string, (at: string) => string>,
  why: { waiting: '', overdue: '', answered: '', excused: 'Dibuat pada waktunya dan terkirim kemudian; dihitung terjawab.', late: 'Dijawab setelah waktunya.', seen: 'Atasan melihat sendiri pegawai ini di tempatnya.', unanswered: 'Sudah tampil di ponsel, tetapi tidak dijawab.', unreachable: 'Tidak sampai ke ponsel selama waktunya; bukan pelanggaran.', lifted: 'Saat itu ternyata bukan jam kerjanya: cuti, tugas luar, atau jam kerja berubah.' },
  unsigned: 'tanpa tanda tangan ponsel', shownAt: (at: string) => `tampil ${at}`, notShown: 'belum tampil di ponsel', arrived: (at: string) => `terkirim ${at}`,
  place: { none: '', not_asked: '', within: 'di tempat tugas', outside: 'di luar tempat tugas', unknown: 'tempatnya belum pasti' } as Record<string, string>, distance: { none: '', 50: 'sampai 50 m', 100: 'sampai 100 m', 250: 'sampai 250 m', 1000: 'sampai 1 km', far: 'lebih dari 1 km' } as Record<string, string>,

  windows: 'Jam presensi hari ini', window: { in: 'Masuk', check: 'Cek kehadiran', out: 'Pulang' }, windowState: { ahead: 'Belum dibuka', open: 'Sedang dibuka', met: 'Tercatat', passed: 'Lewat', missed: 'Tidak tercatat' },
  windowOpen: (what: string, until: string) => `${what} sedang dibuka sampai pukul ${until}.`, windowNext: (what: string, at: string) => `Berikutnya: ${what}, mulai pukul ${at}.`, windowDone: 'Tidak ada lagi yang dibuka hari ini.', windowPress: 'Catat cek kehadiran',

  mine: 'Cek kehadiran saya', mineHint: 'Undian dan panggilan selama sebulan terakhir. Tak satu pun berakibat dengan sendirinya; atasan hanya membacanya.', mineNone: 'Belum ada undian atau panggilan untuk Anda dalam sebulan terakhir.',
  how: 'Bagaimana undiannya?', howText: 'Setiap hari sekian persen pegawai yang bekerja terundi. Benih undian dikunci di log sehari sebelumnya dan dibuka sesudahnya, sehingga tidak ada yang dapat memilih siapa yang diperiksa. Anda dapat menghitungnya kembali di sini.',
  verify: 'Periksa undian', verifyOk: (percent: string, n: string) => `Undian benar: benihnya sama dengan yang dikunci sehari sebelumnya, dan angka Anda ${n} jatuh di bawah ${percent}%.`, verifyBad: 'Undian tidak cocok dengan yang dikunci sehari sebelumnya. Laporkan kepada Inspektorat.', verifyEarly: 'Benih undian dibuka dua hari setelah harinya.', verifyFail: 'Benih undian belum dapat diambil. Coba lagi.',

  team: 'Cek kehadiran', teamHint: 'Undian harian dan panggilan Anda. Yang tidak terjawab adalah keterangan untuk Anda tanyakan; tidak ada akibat apa pun dengan sendirinya.', teamNone: 'Belum ada cek kehadiran yang dibuka pada hari ini.', teamNoneDay: 'Tidak ada cek kehadiran pada hari itu.', dayBefore: 'Hari sebelumnya', dayAfter: 'Hari berikutnya', day: 'Hari',
  see: 'Saya lihat di tempat', seeTitle: 'Saya lihat langsung di tempat', seeHint: 'Boleh dikosongkan, misalnya: bertemu di ruang rapat.', seeNote: 'Keterangan', seeSave: 'Catat', seeDone: 'Dicatat: dilihat langsung di tempat.', seenBy: (who: string) => `dilihat ${who}`, missed: (week: number, month: number) => `Panggilan yang tidak dijawab pada waktunya: ${week} minggu ini, ${month} bulan ini.`,
  call: 'Panggil pegawai', callHint: (n: number, day: number, week: number) => `Hanya untuk yang bekerja di luar kantor hari ini, dalam jam kerja dan di luar istirahat. Waktu menjawab ${n} menit kerja; paling banyak ${day} kali sehari dan ${week} kali seminggu untuk tiap pegawai.`,
  who: 'Siapa?', choose: 'Pilih pegawai', nobodyHome: 'Hari ini tidak ada anggota tim Anda yang bekerja di luar kantor.', what: 'Permintaan', kindAnswer: 'Menjawab panggilan', kindCome: 'Datang ke kantor', note: 'Keperluan', noteHint: 'Paling sedikit 5 huruf; pegawai membacanya.', send: 'Panggil', sent: (at: string) => `Panggilan dikirim; ditunggu sampai pukul ${at}.`,
  fault: { call_not_home: 'Hari ini ia tidak bekerja di luar kantor, jadi tidak dapat dipanggil dari sini.', call_not_work: 'Sekarang bukan waktu yang boleh: istirahat, awal atau akhir jam kerja, atau di luar jam kerjanya.', call_no_time: 'Sisa jam kerjanya tidak cukup untuk menjawab.', call_day_limit: (n: number) => `Hari ini ia sudah dipanggil ${n} kali; itu batas sehari.`, call_week_limit: (n: number) => `Minggu ini ia sudah dipanggil ${n} kali; itu batas seminggu.` },
  faultWho: 'Pilih siapa yang dipanggil.',
};
const en: typeof id = {
  title: 'Presence check', lotTitle: 'You were drawn for a presence check', callTitle: who => `Call from ${who}`,
  lotText: 'Today’s lot fell on you. Tap if you are at your place of work.', answerText: 'Your superior asks for an answer.', comeText: 'Your superior asks you to come to the office. Tap to let him know; being there is recorded by itself.',
  actingFor: who => `for ${who}`,
  here: 'I am here', answer: 'Answer the call', come: 'I am on my way', proof: 'With an office proof',
  left: n => n > 1 ? `${n} minutes left` : 'Less than a minute left', overdue: at => `Its time is over; an answer is taken until ${at}`,
  answeredAt: at => `Answered at ${at}`, kept: 'Kept on this phone; sent by itself when there is a signal.', gone: 'Thank you, your answer is recorded.',
  fair: 'Not answering has no consequence by itself: no deduction, no breach.',
  kind: { lot: 'Lot', answer: 'Call', come: 'Call to the office' },
  state: { waiting: 'Not answered yet', overdue: 'Time is over', answered: 'Answered', excused: 'Answered, sent later', late: 'Answered late', seen: 'Seen in person', unanswered: 'Not answered', unreachable: 'Out of reach', lifted: 'Fell away' },
  stateAt: { answered: at => `Answered ${at}`, excused: at => `Answered ${at}, sent later`, late: at => `Answered ${at}, after its time` },
  why: { waiting: '', overdue: '', answered: '', excused: 'Made in time and sent later; it counts as answered.', late: 'Answered after its time.', seen: 'The superior saw this person at his place.', unanswered: 'It was shown on the phone and not answered.', unreachable: 'It did not reach the phone in its time; no breach.', lifted: 'It was no working time then after all: leave, outside duty, or changed hours.' },
  unsigned: 'not signed by the phone', shownAt: at => `shown ${at}`, notShown: 'not shown on the phone yet', arrived: at => `sent ${at}`,
  place: { none: '', not_asked: '', within: 'at the place of work', outside: 'outside the place of work', unknown: 'place uncertain' }, distance: { none: '', 50: 'within 50 m', 100: 'within 100 m', 250: 'within 250 m', 1000: 'within 1 km', far: 'more than 1 km' },

  windows: 'Hours for presence today', window: { in: 'In', check: 'Presence check', out: 'Out' }, windowState: { ahead: 'Not open yet', open: 'Open now', met: 'Recorded', passed: 'Gone by', missed: 'Not recorded' },
  windowOpen: (what, until) => `${what} is open until ${until}.`, windowNext: (what, at) => `Next: ${what}, from ${at}.`, windowDone: 'Nothing opens any more today.', windowPress: 'Record the check',

  mine: 'My presence checks', mineHint: 'Lots and calls of the last month. None has a consequence by itself; your superior only reads them.', mineNone: 'No lot fell on you, and nobody called you, in the last month.',
  how: 'How is it drawn?', howText: 'Each day so many per cent of those at work are drawn. The seed is locked in the log the day before and opened afterwards, so nobody can choose who is checked. You can work it out again here.',
  verify: 'Check the lot', verifyOk: (percent, n) => `The lot is right: its seed is the one locked the day before, and your number ${n} lies below ${percent}%.`, verifyBad: 'The lot is not the one that was locked the day before. Tell the Inspectorate.', verifyEarly: 'The seed is opened two days after its day.', verifyFail: 'The seed could not be fetched. Try again.',

  team: 'Presence checks', teamHint: 'The daily lot and your calls. One that was not answered is for you to ask about; nothing follows by itself.', teamNone: 'No presence check has opened today yet.', teamNoneDay: 'There was no presence check on that day.', dayBefore: 'Day before', dayAfter: 'Day after', day: 'Day',
  see: 'I saw the person', seeTitle: 'I saw the person at the place of work', seeHint: 'May stay empty, such as: met in the meeting room.', seeNote: 'Note', seeSave: 'Record', seeDone: 'Recorded: seen in person.', seenBy: who => `seen by ${who}`, missed: (week, month) => `Calls not answered in time: ${week} this week, ${month} this month.`,
  call: 'Call somebody', callHint: (n, day, week) => `Only who works outside the office today, in working hours and not in breaks. ${n} working minutes to answer; at most ${day} a day and ${week} a week for each person.`,
  who: 'Who?', choose: 'Choose', nobodyHome: 'Nobody of your team works outside the office today.', what: 'What is asked', kindAnswer: 'To answer', kindCome: 'To come to the office', note: 'What for', noteHint: 'At least 5 characters; the person reads it.', send: 'Call', sent: at => `Called; an answer is awaited until ${at}.`,
  fault: { call_not_home: 'He does not work outside the office today and cannot be called from here.', call_not_work: 'Not now: a break, the edge of the working day, or no working time.', call_no_time: 'Too little working time is left to answer.', call_day_limit: n => `He was called ${n} times today; that is the limit of a day.`, call_week_limit: n => `He was called ${n} times this week; that is the limit of a week.` },
  faultWho: 'Choose who is called.',
};
export const w = words(id, en);
