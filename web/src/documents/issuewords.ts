/* Words of issuing papers, and of what kinds of paper are. */
import { words } from '../base/i18n';

const id = {
  issueTitle: 'Terbitkan', issueText: 'Naskah yang diterbitkan diberi kode dan QR untuk diperiksa siapa saja, disimpan, dan dicatat dalam log.', issueAgain: 'Menerbitkan dengan isi lain menggantikan naskah yang berlaku.',
  number: 'Nomor urut', numberHint: 'Mengisi nomor pada naskah. Kosong: ditulis tangan.',
  sign: 'Bubuhi tanda tangan elektronik tidak tersertifikasi, untuk dokumen internal', issue: 'Terbitkan', issuedNow: 'Naskah diterbitkan.', issuedBefore: 'Naskah dengan isi ini sudah terbit.', download: 'Unduh', open: 'Periksa', withdraw: 'Tarik', withdrawTitle: 'Tarik naskah', withdrawWhy: 'Alasan', withdrawHint: 'Sedikitnya 10 huruf. Tidak ditampilkan kepada umum.', withdrawn: 'Naskah ditarik.',
  by: (name: string, at: string) => `Oleh ${name}, ${at}`, was: { in_force: 'berlaku', replaced: 'diganti', withdrawn: 'ditarik' }, signed: 'bertanda tangan elektronik', refusedSign: (basis: string) => `Tanda tangan tidak tersertifikasi tidak dapat dipakai untuk naskah ini. ${basis}. Terbitkan tanpa tanda tangan elektronik.`,
  noKey: 'Server tidak dapat menandatangani sekarang: kunci naskahnya tidak ada, atau sertifikatnya sudah berakhir. Hubungi pengelola sistem, atau terbitkan tanpa tanda tangan elektronik.', notYet: 'Yang diterbitkan adalah yang sudah ditetapkan; draf dan angka sementara hanya dapat dicetak.',
  rules: 'Sifat naskah dan tanda tangannya', rulesHint: 'Menentukan apakah tanda tangan elektronik tidak tersertifikasi cukup untuk suatu naskah. Yang dibawa Luwes adalah anggapan, belum diverifikasi.', addRule: 'Catat sifat naskah', ruleAdded: 'Sifat naskah tercatat.', ruleKind: 'Naskah', ruleClass: 'Sifat', classes: { internal: 'Naskah internal antarunit', right: 'Keputusan tentang hak', citizen: 'Surat kepada warga' }, enough: { internal: 'tanda tangan tidak tersertifikasi boleh dipakai', right: 'tanda tangan tidak tersertifikasi ditolak', citizen: 'tanda tangan tidak tersertifikasi ditolak' }, basis: 'Dasar hukum', from: 'Berlaku mulai', since: (d: string) => `Mulai ${d}`, until: (a: string, b: string) => `${a} sampai ${b}`, assumed: 'anggapan, belum diverifikasi', later: 'Sudah ada yang mulai pada hari itu atau sesudahnya.',
};

const en: typeof id = {
  issueTitle: 'Issue', issueText: 'An issued paper gets a code and a QR that anybody can check, is kept, and stands in the log.', issueAgain: 'Issuing other content replaces the paper that holds.',
  number: 'Number', numberHint: 'Fills the number on the paper. Empty: written by hand.',
  sign: 'With an uncertified electronic signature, for internal documents', issue: 'Issue', issuedNow: 'Issued.', issuedBefore: 'A paper with this content was issued already.', download: 'Download', open: 'Check', withdraw: 'Withdraw', withdrawTitle: 'Withdraw a paper', withdrawWhy: 'Reason', withdrawHint: 'At least 10 letters. Not shown to the public.', withdrawn: 'Withdrawn.',
  by: (name, at) => `By ${name}, ${at}`, was: { in_force: 'holds', replaced: 'replaced', withdrawn: 'withdrawn' }, signed: 'signed electronically', refusedSign: basis => `An uncertified signature cannot be used for this paper. ${basis}. Issue it without an electronic signature.`,
  noKey: 'The server cannot sign now: it has no document key, or its certificate has ended. Tell whoever runs it, or issue without an electronic signature.', notYet: 'Only what was decided is issued; drafts and provisional figures can be printed alone.',
  rules: 'What papers are, and their signature', rulesHint: 'Decides whether an uncertified electronic signature is enough for a paper. What comes with Luwes is an assumption nobody verified.', addRule: 'Record what a paper is', ruleAdded: 'Recorded.', ruleKind: 'Paper', ruleClass: 'What it is', classes: { internal: 'Between offices', right: 'Decision about a right', citizen: 'Letter to a citizen' }, enough: { internal: 'an uncertified signature may be used', right: 'an uncertified signature is refused', citizen: 'an uncertified signature is refused' }, basis: 'Legal basis', from: 'In force from', since: d => `From ${d}`, until: (a, b) => `${a} to ${b}`, assumed: 'assumed, nobody verified it', later: 'One that begins on that day or later is there already.',
};

export const w = words(id, en);
