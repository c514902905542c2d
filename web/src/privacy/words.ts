/*
 * What is told about positions, and the words of one's own data. A change of `notice` is another version
 * of the text: raise NOTICE_VERSION (shown.ts), so that everybody reads it; notice.test.ts watches.
 */
import { words } from '../base/i18n';

const id = {
  title: 'Lokasi Anda', understood: 'Mengerti, lanjutkan',
  basis: (government: string) => `Kewajiban hukum dan tugas pemerintahan (UU 27/2022 Pasal 20 ayat (2) huruf c dan e, PP 94/2021 Pasal 4 huruf f), bukan persetujuan. Pengendali datanya ${government}.`,
  kept: (days: number) => `Titiknya disimpan tersegel selama ${days} hari, lalu dihapus; yang tinggal hanya hasil penilaiannya. Hari yang masih disengketakan atau diperiksa menunggu sampai perkaranya selesai, dan hal itu dapat Anda lihat.`,
  keptOpen: 'Titiknya disimpan tersegel, lalu dihapus setelah batas waktu yang ditetapkan; yang tinggal hanya hasil penilaiannya. Hari yang masih disengketakan atau diperiksa menunggu sampai perkaranya selesai, dan hal itu dapat Anda lihat.',
  /* the texts of basis and of how long stand above */
  notice: [
    ['Apa yang dicatat', 'Titik lokasi ponsel, ketelitiannya, dan waktunya, pada saat Anda menekan tombol presensi atau menjawab pemeriksaan kehadiran pada hari kerja di kantor. Di luar saat itu tidak ada pelacakan. Foto, wajah, dan sidik jari tidak pernah dikirim. Bila jadwal hari itu belum termuat di ponsel, yang dipakai adalah hari kerja terakhir yang diketahui.'],
    ['Untuk apa', 'Memastikan presensi dibuat di tempat bertugas menurut jadwal hari itu. Posisi tidak pernah memutuskan sendiri: yang meragukan dipastikan oleh atasan, dan Anda dapat menjelaskan. Tanpa izin lokasi, presensi tetap tercatat; tempatnya yang perlu dipastikan.'],
    ['Dasarnya', 'basis'],
    ['Siapa yang melihat', 'Titiknya hanya dapat dilihat oleh Anda sendiri. Atasan dan petugas hanya melihat hasilnya: di lokasi atau tidak, dan perkiraan jaraknya. Siapa yang membuka rincian hari Anda tercatat, dan Anda dapat membacanya.'],
    ['Berapa lama disimpan', 'kept'],
    ['Hak Anda', 'Melihat dan mengunduh data Anda, meminta koreksi, dan berkeberatan atas keputusan. Semuanya ada di Lainnya, Privasi dan data saya.'],
  ] as [string, string][],
  shownAt: (d: string) => `Pemberitahuan ini pertama kali Anda baca pada ${d}.`, notShown: 'Pemberitahuan ini ditampilkan saat lokasi pertama kali diperlukan.',
  downloadTitle: 'Unduh data saya', downloadHint: 'Data Anda sendiri dalam satu bulan, sebagaimana tersimpan di server. Titik lokasi ikut selama belum dihapus.', earlier: 'Bulan sebelumnya', later: 'Bulan berikutnya',
  punches: 'Presensi dan buktinya', punchesHint: 'Setiap catatan: waktu, titik, ponsel, sidik catatan, dan temuannya.', days: 'Hari kerja', daysHint: 'Hasil penilaian setiap hari.', whole: 'Semuanya', wholeHint: 'Hari, presensi, penahanan, dan siapa yang melihat, dalam satu berkas JSON.', wholeGet: 'Unduh JSON', failed: 'Data belum dapat diambil seluruhnya. Coba lagi saat ada sinyal.',
  holdsTitle: 'Bukti yang ditahan', holdsHint: 'Bukti presensi pada hari-hari ini tidak dihapus karena masih diperlukan.', holdBy: (who: string, at: string, letter: string) => `Ditetapkan oleh ${who} pada ${at} dengan surat ${letter}.`, holds: 'Ditahan', lifted: 'Dicabut', liftedBy: (who: string, at: string, why: string) => `Dicabut oleh ${who} pada ${at}: ${why}`,
  seenTitle: 'Siapa melihat data saya', seenHint: 'Setiap kali orang lain membuka rincian data Anda. Daftar dan rekap yang hanya memuat ringkasan tidak dicatat satu per satu.', nobody: 'Belum ada orang lain yang membuka rincian data Anda.', account: 'Akun tanpa nama pegawai', more: 'Lihat yang lebih lama',
  what: { day: 'Rincian hari presensi', explanation: 'Penjelasan aturan hari', report: 'Laporan kinerja', person: 'Data kepegawaian', history: 'Riwayat kepegawaian', case: 'Perkara SK terlambat', status: 'Cuti dan dinas luar', notice: 'Pemberitahuan tidak hadir', balance: 'Sisa cuti', role: 'Penugasan', roster: 'Jadwal', recap: 'Rekap bulanan', file: 'Berkas lampiran', rating: 'Penilaian kinerja', feedback: 'Umpan balik', other: 'Data lain' } as Record<string, string>,
};
const en: typeof id = {
  title: 'Your location', understood: 'Understood, go on',
  basis: government => `Legal duty and public task (Law 27/2022 art. 20 (2) c and e, PP 94/2021 art. 4 f), not consent. Your data are controlled by ${government}.`,
  kept: days => `The point is kept sealed for ${days} days, then erased; only the outcome remains. A day that is disputed or examined waits until the case is over, and you can see that.`,
  keptOpen: 'The point is kept sealed and erased after the time that is set; only the outcome remains. A day that is disputed or examined waits until the case is over, and you can see that.',
  notice: [
    ['What is recorded', 'The position of your phone, its accuracy and its time, when you press the clock button or answer a check on a day in the office. At no other time is anything followed. Photos, faces and fingerprints are never sent. When the phone has not loaded the day, the last working day it knows of counts.'],
    ['What for', 'To make sure that you clocked where the day’s schedule says. A position never decides alone: what is doubtful is confirmed by your superior, and you may explain. Without permission to your location you are recorded all the same; the place then has to be confirmed.'],
    ['The basis', 'basis'],
    ['Who sees it', 'The point is shown to nobody but you. Superiors and officers see the outcome: at the place or not, and a rough distance. Whoever opens the details of your day is noted, and you can read it.'],
    ['How long it is kept', 'kept'],
    ['Your rights', 'To see and download your data, to ask for a correction and to object to a decision. All of it is under More, Privacy and my data.'],
  ],
  shownAt: d => `You first read this on ${d}.`, notShown: 'This is shown when your location is needed for the first time.',
  downloadTitle: 'Download my data', downloadHint: 'Your own data of one month, as the server keeps them. Positions are included while they are kept.', earlier: 'Previous month', later: 'Next month',
  punches: 'Clock records and their evidence', punchesHint: 'Each record: time, point, phone, digest and what was found.', days: 'Working days', daysHint: 'What each day was judged.', whole: 'Everything', wholeHint: 'Days, records, holds and who looked, in one JSON file.', wholeGet: 'Download JSON', failed: 'Not everything could be fetched. Try again with a signal.',
  holdsTitle: 'Evidence on hold', holdsHint: 'Evidence of these days is not erased because it is still needed.', holdBy: (who, at, letter) => `Set by ${who} on ${at}, letter ${letter}.`, holds: 'On hold', lifted: 'Lifted', liftedBy: (who, at, why) => `Lifted by ${who} on ${at}: ${why}`,
  seenTitle: 'Who saw my data', seenHint: 'Each time somebody else opened details of your data. Lists and recaps that show a summary only are not noted one by one.', nobody: 'Nobody else has opened details of your data.', account: 'An account without an employee', more: 'Show older ones',
  what: { day: 'Details of a day', explanation: 'Rules of a day', report: 'Daily report', person: 'Personnel data', history: 'Personnel history', case: 'Late decree', status: 'Leave and duty', notice: 'Notice of absence', balance: 'Leave balance', role: 'Assignments', roster: 'Roster', recap: 'Monthly recap', file: 'Attached file', rating: 'Rating', feedback: 'Feedback', other: 'Other data' },
};
export const w = words(id, en);
