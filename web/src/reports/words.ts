import { words } from '../base/i18n';

const id = {
  title: 'Laporan harian', of: (d: string) => `Laporan ${d}`, draftKept: 'Draf tersimpan di ponsel', item: (n: number) => `Hasil kerja ${n}`, add: 'Tambah hasil kerja', remove: 'Hapus',
  description: 'Apa yang dihasilkan?', descriptionHint: 'Contoh: Menelaah 12 berkas permohonan izin.', from: 'Dari', to: 'Sampai', volume: 'Jumlah', unit: 'Satuan', target: 'Rencana hasil kerja (RHK)', targetHint: 'Boleh kosong.',
  evidence: 'Bukti dukung', evidenceHint: 'Foto atau PDF sampai 5 MB, atau tautan. Jangan unggah foto murid atau pasien. Nomor surat pada uraian sudah cukup.', file: 'Pilih berkas', link: 'Tautan (https)', attached: (n: string) => `Terlampir: ${n}`, detach: 'Lepas', obstacle: 'Kendala', obstacleHint: 'Boleh kosong.',
  send: 'Kirim laporan', keep: 'Simpan draf', sent: 'Laporan terkirim. Menunggu verifikasi atasan.', queued: 'Tersimpan di ponsel, belum terkirim', notTaken: 'Tulisan Anda yang tidak diterima', readOnly: 'Laporan ini sudah dikirim.', change: 'Ubah laporan',
  returned: (r: string) => `Dikembalikan: ${r}`, verifiedBy: (n: string, at: string) => `Diverifikasi ${n}, ${at}`, thread: 'Riwayat', late: 'dikirim setelah harinya', uploadOffline: 'Unggah berkas perlu sinyal. Laporan tetap dapat dikirim tanpa berkas.',
  events: { submitted: 'Dikirim', verified: 'Diverifikasi', returned: 'Dikembalikan' } as Record<string, string>,
  errDescription: 'Tulis sedikitnya 10 huruf agar atasan dapat memahami hasil kerja Anda.', errSpan: 'Waktu selesai harus setelah waktu mulai.', errVolume: 'Isi jumlah dengan angka mulai dari 1.', errUnit: 'Isi satuannya, misalnya dokumen.', errLink: 'Tautan harus diawali https://', errItems: 'Isi sedikitnya satu hasil kerja.', errFile: 'Berkas lebih dari 5 MB.',
  day: 'Tanggal laporan', units: ['dokumen', 'berkas', 'layanan', 'laporan', 'kegiatan', 'surat', 'orang', 'jam pelajaran'],
  team: 'Tim hari ini', toVerify: 'Perlu diverifikasi', verify: 'Verifikasi', giveBack: 'Kembalikan', reason: 'Alasan pengembalian', reasonHint: 'Tulis apa yang perlu diperbaiki, 10 huruf atau lebih.', verifyClean: (n: number) => `Verifikasi ${n} laporan tanpa catatan`, verified: 'Laporan diverifikasi.', verifiedMany: (n: number) => `${n} laporan diverifikasi.`, returnedDone: 'Laporan dikembalikan.', nothing: 'Tidak ada laporan yang menunggu.', open: 'Buka', selected: (n: number) => `Verifikasi ${n} yang dipilih`, select: (n: string) => `Pilih laporan ${n}`,
  remarks: { no_evidence: 'tanpa bukti', overlap: 'waktu bertumpuk', no_punch: 'tanpa presensi', late: 'terlambat dikirim' } as Record<string, string>,
  counts: { expected: 'Bertugas', present: 'Sudah masuk', home: 'WFH', not_yet: 'Belum masuk', late: 'Terlambat', reports_to_verify: 'Perlu diverifikasi' },
  all: 'Semua', noTeam: 'Belum ada pegawai yang tercatat sebagai tim Anda pada hari ini.', actingFor: (n: string) => `atas nama ${n}`, lead: 'sebagai ketua tim', people: 'Pegawai', minutes: 'waktu',
};
const en: typeof id = {
  title: 'Daily report', of: d => `Report of ${d}`, draftKept: 'Draft kept on this phone', item: n => `Result ${n}`, add: 'Add a result', remove: 'Remove',
  description: 'What was produced?', descriptionHint: 'Example: Reviewed 12 permit applications.', from: 'From', to: 'To', volume: 'Quantity', unit: 'Unit', target: 'Target (RHK)', targetHint: 'Optional.',
  evidence: 'Evidence', evidenceHint: 'Photo or PDF up to 5 MB, or a link. Never photos of pupils or patients. A letter number in the text is enough.', file: 'Choose a file', link: 'Link (https)', attached: n => `Attached: ${n}`, detach: 'Detach', obstacle: 'Obstacles', obstacleHint: 'Optional.',
  send: 'Send report', keep: 'Keep draft', sent: 'Report sent. Waiting for your supervisor.', queued: 'Kept on this phone, not sent yet', notTaken: 'Your text that was not accepted', readOnly: 'This report was sent.', change: 'Change the report',
  returned: r => `Returned: ${r}`, verifiedBy: (n, at) => `Verified by ${n}, ${at}`, thread: 'History', late: 'sent after its day', uploadOffline: 'Uploading needs signal. The report can be sent without a file.',
  events: { submitted: 'Sent', verified: 'Verified', returned: 'Returned' },
  errDescription: 'Write at least 10 characters so that your supervisor can understand.', errSpan: 'The end must be after the start.', errVolume: 'Fill in a quantity of 1 or more.', errUnit: 'Fill in the unit, such as documents.', errLink: 'A link starts with https://', errItems: 'Fill in at least one result.', errFile: 'The file is larger than 5 MB.',
  day: 'Day of the report', units: ['documents', 'files', 'services', 'reports', 'activities', 'letters', 'people', 'lessons'],
  team: 'Team today', toVerify: 'To verify', verify: 'Verify', giveBack: 'Return', reason: 'Reason', reasonHint: 'Say what to mend, 10 characters or more.', verifyClean: n => `Verify ${n} reports without remarks`, verified: 'Report verified.', verifiedMany: n => `${n} reports verified.`, returnedDone: 'Report returned.', nothing: 'No report is waiting.', open: 'Open', selected: n => `Verify ${n} selected`, select: n => `Select the report of ${n}`,
  remarks: { no_evidence: 'no evidence', overlap: 'overlapping times', no_punch: 'no clock-in', late: 'sent late' },
  counts: { expected: 'On duty', present: 'In', home: 'WFH', not_yet: 'Not in yet', late: 'Late', reports_to_verify: 'To verify' },
  all: 'All', noTeam: 'Nobody is recorded as your team on this day.', actingFor: n => `for ${n}`, lead: 'as team lead', people: 'People', minutes: 'time',
};
export const w = words(id, en);
