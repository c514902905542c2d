/*
 * The sentences of `luwes verify`. web/src/verify/words.ts has the same ones; the cases of
 * test/vectors/bundles.json hold both to it.
 *
 * A sentence names its facts in braces. It says what follows and no more: a clock and a place are
 * what the phone stated, and who held it nobody can prove.
 */
#include "verb_verify_words.h"

#include "base/date.h"
#include "base/str.h"

#include <assert.h>
#include <string.h>

static const struct {
	enum finding what;
	const char *text;
} sentences[] = {
	{FOUND_EVENT,
		"Ponsel {device} menandatangani {direction}; jam yang dinyatakannya {claimed}."},
	{FOUND_OWNER, "Kunci ponsel itu didaftarkan tatap muka atas NIP {nip} pada {enrolled}; "
		      "pendaftarannya tercatat dalam log yang sama."},
	{FOUND_TOKEN, "Catatan itu dibuat sesudah {lower}: di dalamnya ada tanda waktu yang "
		      "ditandatangani server pada saat itu."},
	{FOUND_KIOSK, "Kios kantor ikut menandatangani catatan itu; menurut jam kios pada "
		      "{kiosk}."},
	{FOUND_RECEIPT, "Server menandatangani tanda terima: catatan itu diterima pada {received}, "
			"{status}; penilaian: {verdict}."},
	{FOUND_LEAF, "Catatan itu adalah daun nomor {index} dari {size} daun dalam log {origin}. "
		     "Siapa pun yang menyimpan kepala log ini akan melihat bila catatan itu diubah "
		     "atau dihapus."},
	{FOUND_HEAD, "Kepala log itu ditandatangani kunci {origin} nomor {key}."},
	{FOUND_WITNESS, "Saksi {witness} menandatangani kepala log itu pada {witnessed} dan "
			"menyatakan bahwa log hanya bertambah."},
	{FOUND_INTERVAL, "Jadi catatan itu dibuat antara {lower} dan {upper}."},
	{MISSED_ONLINE_KEY,
		"Kunci server diambil dari berkas ini sendiri. Bandingkan dengan kunci yang "
		"diumumkan, lalu periksa lagi dengan kunci itu."},
	{MISSED_LOG_KEY, "Kunci log diambil dari berkas ini sendiri. Bandingkan dengan kunci yang "
			 "diumumkan, lalu periksa lagi dengan kunci itu."},
	{MISSED_OWNER, "Pendaftaran ponsel tidak ada dalam berkas ini, jadi pemilik kuncinya tidak "
		       "terbukti."},
	{MISSED_OWNER_IN_LOG,
		"Menurut berkas ini kunci ponsel didaftarkan atas NIP {nip} pada {enrolled}, "
		"tetapi belum ada bukti bahwa pendaftaran itu tercatat dalam log."},
	{MISSED_TOKEN, "Catatan itu tidak disertai tanda waktu server, jadi tidak terbukti sesudah "
		       "kapan ia dibuat."},
	{MISSED_PROOF, "Berkas ini belum memuat bukti dari log. Unduh lagi setelah kepala log "
		       "berikutnya ditandatangani, biasanya dalam satu menit."},
	{MISSED_WITNESS_KEY, "Ada tanda tangan saksi {witness} bertanggal {witnessed}, tetapi "
			     "kuncinya diambil dari berkas ini sendiri."},
	{MISSED_WITNESS, "Kepala log ini tidak ditandatangani saksi yang dikenal. Tanpa saksi, "
			 "pemegang kunci log dapat menunjukkan log lain kepada orang lain."},
	{MISSED_KIOSK_KEY, "Kunci kios diambil dari berkas ini sendiri."},
	{MISSED_DISPLAY, "Kode layar kantor dalam catatan itu hanya dapat diperiksa oleh server."},
	{MISSED_COLLEAGUE, "Tanda tangan rekan yang menyaksikan tidak diperiksa: kunci ponselnya "
			   "tidak ada dalam berkas ini."},
	{MISSED_CLOCK, "Jam {claimed} adalah pernyataan ponsel; yang terbukti hanya batas waktu di "
		       "atas."},
	{MISSED_PLACE, "Letak {place} adalah pernyataan ponsel; letak dapat dipalsukan."},
	{MISSED_HAND, "Siapa yang memegang ponsel saat itu tidak terbukti."},
	{MISSED_NAME, "Nama {name} hanya keterangan; yang terikat pada kunci adalah NIP."},
	{MISSED_LATER, "Pembetulan atau keputusan sesudahnya tidak tampak dari berkas ini."},
	{FAULT_EVENT, "Catatan tidak dapat dibaca, atau versinya tidak dikenal."},
	{FAULT_EVENT_SIGNATURE, "Tanda tangan ponsel tidak cocok dengan catatan."},
	{FAULT_OWNER, "Pendaftaran ponsel dalam berkas ini bukan untuk pegawai, ponsel, dan kunci "
		      "pada catatan."},
	{FAULT_OWNER_PROOF, "Pendaftaran ponsel itu tidak terbukti ada dalam log ini."},
	{FAULT_TOKEN,
		"Tanda waktu tidak cocok dengan catatan, atau tidak ditandatangani kunci server."},
	{FAULT_KIOSK, "Tanda tangan kios tidak cocok dengan catatan."},
	{FAULT_RECEIPT_SIGNATURE, "Tanda terima tidak ditandatangani kunci server."},
	{FAULT_RECEIPT, "Tanda terima itu bukan untuk catatan ini."},
	{FAULT_LEAF, "Daun log yang disebut tanda terima bukan tentang catatan ini."},
	{FAULT_PROOF, "Bukti log tidak menuju kepala log: daun itu tidak ada di sana."},
	{FAULT_HEAD, "Kepala log tidak ditandatangani kunci log."},
	{FAULT_WITNESS, "Tanda tangan saksi {witness} tidak cocok dengan kepala log."},
	{FAULT_POLICY, "Hanya {count} dari {needed} saksi yang diminta menandatangani kepala log "
		       "ini."},
	{FAULT_ORDER, "Tanda waktu lebih baru daripada tanda terima."},
};
_Static_assert(sizeof sentences / sizeof sentences[0] == FINDING_COUNT, "a sentence for each");

static const char *const outcome[] = {
	"TIDAK ADA YANG BERTENTANGAN DALAM BERKAS INI.", "BERKAS INI TIDAK DAPAT DIPERCAYA."};
static const char *const headings[] = {"Yang terbukti", "Yang tidak dapat diperiksa", "Yang salah"};
/* What is proven rests on keys; those of the bundle itself could be anybody\'s. */
#define PROVEN_BY_OWN_KEYS "Yang terbukti, bila kunci dalam berkas ini memang milik server dan log"
#define STILL_FITTING      "Yang tetap cocok"
static const char *const directions[] = {"catatan", "catatan presensi masuk",
	"catatan presensi pulang", "catatan pada jendela periksa", "jawaban atas panggilan"};
static const char *const verdicts[] = {
	"tidak ada yang perlu ditanyakan", "diambil sebagai sampel", "perlu konfirmasi atasan"};
static const char *const statuses[] = {
	"dicatat", "sudah tercatat sebelumnya", "disimpan terpisah untuk diperiksa", "ditolak"};
static const char *const months[] = {"Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli",
	"Agustus", "September", "Oktober", "November", "Desember"};

struct words {
	const struct bundle *b;
	const struct bundle_trust *trust;
	const struct bundle_findings *f;
	int witness;
};

/* "13 November 2025 07.20.05 WIB" */
static void add_instant(const struct words *w, int64_t at, struct buf *out)
{
	int year, month, day, minute;
	int32_t civil = instant_day(at, w->b->zone);
	int64_t second = at / 1000 % 60;
	day_to_civil(civil, &year, &month, &day);
	minute = instant_minute(at, w->b->zone);
	buf_printf(out, "%d %s %d %02d.%02d.%02d %s", day, months[month - 1], year, minute / 60,
		minute % 60, (int)second, zone_name(w->b->zone));
}

/* "-6,902469" */
static void add_degrees(int32_t e7, struct buf *out)
{
	int64_t size = e7 < 0 ? -(int64_t)e7 : e7;
	buf_printf(out, "%s%d,%06d", e7 < 0 ? "-" : "", (int)(size / 10000000),
		(int)(size % 10000000 / 10));
}

static void add_place(const struct signed_event *e, struct buf *out)
{
	add_degrees(e->point.lat_e7, out);
	buf_str(out, "; ");
	add_degrees(e->point.lon_e7, out);
	buf_printf(out, " (ketelitian %u m)", e->accuracy_cm / 100);
}

static void add_witness(const struct words *w, bool is_time, struct buf *out)
{
	assert(w->witness >= 0);
	if (is_time)
		add_instant(w, w->f->witness[w->witness].at, out);
	else
		buf_str(out, w->f->witness[w->witness].name);
}

static void add_device(const struct signed_event *e, struct buf *out)
{
	char hex[9];
	hex_encode(e->device, 4, hex);
	buf_str(out, hex);
}

static bool is_name(const char *name, size_t n, const char *what)
{
	return strlen(what) == n && memcmp(name, what, n) == 0;
}

static bool add_time_fact(const struct words *w, const char *name, size_t n, struct buf *out)
{
	const struct bundle_findings *f = w->f;
	const struct {
		const char *name;
		int64_t at;
	} times[] = {{"claimed", f->event.wall_at}, {"enrolled", f->enrolled_at},
		{"lower", f->lower}, {"upper", f->upper}, {"received", f->received_at},
		{"kiosk", f->kiosk_at}};
	for (size_t i = 0; i < sizeof times / sizeof times[0]; i++) {
		if (!is_name(name, n, times[i].name))
			continue;
		add_instant(w, times[i].at, out);
		return true;
	}
	return false;
}

static bool add_text_fact(const struct words *w, const char *name, size_t n, struct buf *out)
{
	const struct bundle_findings *f = w->f;
	const struct {
		const char *name, *text;
	} texts[] = {{"direction", directions[f->event.type]}, {"nip", f->nip},
		{"origin", f->head.origin}, {"verdict", verdicts[f->verdict]},
		{"status", statuses[f->status]}, {"name", w->b->person_name}};
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		if (!is_name(name, n, texts[i].name))
			continue;
		buf_str(out, texts[i].text);
		return true;
	}
	return false;
}

static void add_fact(const struct words *w, const char *name, size_t n, struct buf *out)
{
	const struct bundle_findings *f = w->f;
	if (add_time_fact(w, name, n, out) || add_text_fact(w, name, n, out))
		return;
	if (is_name(name, n, "device"))
		add_device(&f->event, out);
	else if (is_name(name, n, "place"))
		add_place(&f->event, out);
	else if (is_name(name, n, "witness") || is_name(name, n, "witnessed"))
		add_witness(w, n > strlen("witness"), out);
	else if (is_name(name, n, "index"))
		buf_int(out, f->index);
	else if (is_name(name, n, "size"))
		buf_int(out, f->head.head.size);
	else if (is_name(name, n, "key"))
		buf_printf(out, "%08x", f->log_key_id);
	else if (is_name(name, n, "count"))
		buf_int(out, f->signed_witnesses);
	else if (is_name(name, n, "needed"))
		buf_int(out, w->trust->policy);
	else
		assert(false && "no such fact");
}

static const char *sentence_of(enum finding what)
{
	for (size_t i = 0; i < sizeof sentences / sizeof sentences[0]; i++)
		if (sentences[i].what == what)
			return sentences[i].text;
	assert(false && "no sentence");
	return "";
}

static void add_sentence(const struct words *w, enum finding what, struct buf *out)
{
	for (const char *p = sentence_of(what); *p;) {
		size_t plain = strcspn(p, "{");
		buf_add(out, p, plain);
		p += plain;
		if (!*p)
			break;
		size_t n = strcspn(p + 1, "}");
		add_fact(w, p + 1, n, out);
		p += n + 2;
	}
}

static const char *heading_of(const struct words *w, enum finding_worth worth)
{
	bool has_keys = w->trust->online_keys && (w->trust->log_key || !w->b->has_proof);
	if (worth != FINDING_PROVEN)
		return headings[worth];
	if (w->f->has_fault)
		return STILL_FITTING;
	return has_keys ? headings[worth] : PROVEN_BY_OWN_KEYS;
}

static void add_group(struct words *w, enum finding_worth worth, struct buf *out)
{
	bool is_first = true;
	for (int i = 0; i < w->f->count; i++) {
		if (attendance_finding_worth(w->f->found[i].what) != worth)
			continue;
		if (is_first)
			buf_printf(out, "\n%s\n", heading_of(w, worth));
		is_first = false;
		w->witness = w->f->found[i].witness;
		buf_str(out, "- ");
		add_sentence(w, w->f->found[i].what, out);
		buf_char(out, '\n');
	}
}

void verify_report(const struct bundle *bundle, const struct bundle_trust *trust,
	const struct bundle_findings *findings, struct buf *out)
{
	struct words w = {bundle, trust, findings, -1};
	buf_printf(out, "%s\n", outcome[findings->has_fault]);
	add_group(&w, FINDING_FAULT, out);
	add_group(&w, FINDING_PROVEN, out);
	add_group(&w, FINDING_UNCHECKED, out);
}
