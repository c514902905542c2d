/* Words of the page that checks papers. */
import { words } from '../base/i18n';

const id = {
  sub: 'Luwes', title: 'Periksa naskah', language: 'English', toContent: 'Langsung ke isi',
  intro: 'Setiap naskah yang diterbitkan lewat Luwes memuat kode. Dengan kode itu siapa pun dapat melihat apa yang diterbitkan, oleh unit kerja mana, dan apakah naskahnya masih berlaku.',
  typeCode: 'Kode pada naskah', typeHint: '32 huruf dan angka di samping kode QR, dengan atau tanpa tanda hubung', noCode: 'Kode terdiri atas 32 angka dan huruf A sampai F.', check: 'Periksa',
  unknown: 'Tidak ada naskah dengan kode ini. Periksa kembali pengetikannya. Bila sudah benar, naskah itu tidak diterbitkan lewat layanan ini.',
  offline: 'Layanan tidak terjangkau. Coba lagi saat ada jaringan.', tooMany: 'Terlalu banyak kode yang keliru dari jaringan ini. Coba lagi beberapa menit lagi.', failed: 'Layanan sedang tidak dapat menjawab. Coba lagi sebentar lagi.',
  state: { in_force: 'Diterbitkan dan masih berlaku', replaced: 'Sudah diganti', withdrawn: 'Sudah ditarik' },
  stateText: {
    in_force: () => 'Naskah ini belum diganti dan belum ditarik.',
    replaced: (at: string) => `Sejak ${at} naskah ini diganti naskah lain tentang hal yang sama.`,
    withdrawn: (at: string) => `Sejak ${at} naskah ini ditarik oleh penerbitnya.`,
  } as Record<'in_force' | 'replaced' | 'withdrawn', (at: string) => string>,
  demo: 'Data contoh, bukan naskah sebenarnya.', paper: 'Naskah', number: 'Nomor', about: 'Perihal', government: 'Pemerintah', agency: 'Unit penerbit', office: 'Penanda tangan', issued: 'Diterbitkan', code: 'Kode',
  compareHead: 'Cocokkan keterangan ini dengan naskah di tangan Anda. Bila berbeda, naskah itu bukan yang diterbitkan.',
  compare: 'Bandingkan berkas', compareText: 'Pilih berkas PDF yang Anda terima. Berkas dibandingkan di perangkat ini dan tidak dikirim ke mana pun.', choose: 'Pilih berkas PDF',
  compared: {
    same: 'Berkas ini sama persis dengan yang diterbitkan.',
    other: 'Berkas ini bukan yang diterbitkan: isinya berubah, atau berkasnya lain. Hasil pindai dan hasil cetak ulang juga dikenali sebagai berkas lain.',
    unreadable: 'Berkas itu tidak dapat dibaca.', large: 'Berkas itu terlalu besar untuk sebuah naskah.',
  },
  signature: 'Tanda tangan elektronik',
  signatureText: {
    none: 'Berkas ini tidak ditandatangani secara elektronik. Yang berlaku adalah tanda tangan pejabat pada kertasnya.',
    internal: 'Berkas ini memuat tanda tangan elektronik tidak tersertifikasi, untuk dokumen internal. Tanda tangan itu menunjukkan bahwa berkas tidak berubah sejak diterbitkan program instansi ini. Lembaga sertifikasi tidak ikut menjamin siapa penandatangannya.',
    certified: 'Berkas ini memuat tanda tangan elektronik tersertifikasi. Keabsahannya diperiksa pada layanan penerbit sertifikatnya.',
  },
  signer: 'Nama pada sertifikat', certificate: 'SHA-256 sertifikat', log: 'Keterangan teknis', logText: (n: string) => `Penerbitan ini tercatat dalam log presensi sebagai daun nomor ${n}. Catatan dalam log tidak dapat diubah atau dihapus tanpa ketahuan.`, hash: 'SHA-256 berkas', size: 'Ukuran', bytes: (n: string) => `${n} bita`,
};

const en: typeof id = {
  sub: 'Luwes', title: 'Check a paper', language: 'Bahasa Indonesia', toContent: 'To the content',
  intro: 'Every paper issued through Luwes has a code. With it anybody can see what was issued, by which office, and whether it still holds.',
  typeCode: 'Code on the paper', typeHint: '32 letters and figures beside the QR code, with or without hyphens', noCode: 'A code has 32 figures and letters from A to F.', check: 'Check',
  unknown: 'There is no paper with this code. Look at what you typed. If it is right, the paper was not issued through this service.',
  offline: 'The service cannot be reached. Try again with a network.', tooMany: 'Too many wrong codes from this network. Try again in some minutes.', failed: 'The service cannot answer now. Try again in a moment.',
  state: { in_force: 'Issued, and holds', replaced: 'Was replaced', withdrawn: 'Was withdrawn' },
  stateText: { in_force: () => 'It was neither replaced nor withdrawn.', replaced: at => `Since ${at} another paper about the same stands in its place.`, withdrawn: at => `Its issuer withdrew it on ${at}.` },
  demo: 'Invented data, not a real paper.', paper: 'Paper', number: 'Number', about: 'About', government: 'Government', agency: 'Issuing unit', office: 'Signed by', issued: 'Issued', code: 'Code',
  compareHead: 'Compare this with the paper in your hand. Where it differs, that paper is not the one that was issued.',
  compare: 'Compare a file', compareText: 'Choose the PDF you were given. It is compared on this device and sent nowhere.', choose: 'Choose a PDF',
  compared: { same: 'This file is exactly the one that was issued.', other: 'This file is not the one that was issued: it was changed, or it is another one. A scan or a new print is another file, too.', unreadable: 'That file cannot be read.', large: 'That file is too large for a paper.' },
  signature: 'Electronic signature',
  signatureText: { none: 'This file has no electronic signature. What counts is the signature of the official on the paper.', internal: 'This file has an uncertified electronic signature, for internal documents. It shows that the file has not changed since the program of this office issued it. No certification authority vouches for who signed.', certified: 'This file has a certified electronic signature. Its validity is checked with the service that issued the certificate.' },
  signer: 'Name in the certificate', certificate: 'SHA-256 of the certificate', log: 'Technical details', logText: n => `It was recorded in the attendance log as leaf ${n}. What is in the log cannot be changed or removed unnoticed.`, hash: 'SHA-256 of the file', size: 'Size', bytes: n => `${n} bytes`,
};

export const w = words(id, en);
