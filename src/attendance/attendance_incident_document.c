/*
 * The Berita Acara Gangguan Presensi as PDF: what is signed and filed. The same words stand in the
 * web app's print view.
 */
#include "attendance/attendance_incident.h"

#include "org/org_document.h"
#include "platform/document.h"
#include "platform/platform_db.h"

#include <string.h>

static const char *const day_names[] = {
	"", "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"};
static const char *const month_names[] = {"", "Januari", "Februari", "Maret", "April", "Mei",
	"Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember"};
static const char *const cause_words[] = {
	"Server", "Jaringan", "Listrik", "Aplikasi", "Belum diketahui"};

static const char *write_day(struct arena *arena, int32_t day, bool with_weekday)
{
	int y, m, d;

	day_to_civil(day, &y, &m, &d);
	return arena_printf(arena, "%s%s%d %s %d", with_weekday ? day_names[day_weekday(day)] : "",
		with_weekday ? ", " : "", d, month_names[m], y);
}

static const char *write_time(struct arena *arena, int64_t at, enum zone zone)
{
	int minute = instant_minute(at, zone);

	return arena_printf(arena, "%02d.%02d", minute / 60, minute % 60);
}

/* What the program itself saw stands as a code. */
static const char *write_reason(const struct incident *i)
{
	static const char *const seen[][2] = {
		{"server_away", "Program tidak berjalan pada waktu itu (terdeteksi sendiri)."},
		{"server_busy",
			"Server menolak permintaan karena kelebihan beban (terdeteksi sendiri)."},
		{"refused_uploads", "Banyak ponsel melaporkan kirimannya ditolak server "
				    "(terdeteksi sendiri)."}};

	for (size_t k = 0; i->is_detected && k < sizeof(seen) / sizeof(seen[0]); k++)
		if (strcmp(i->reason, seen[k][0]) == 0)
			return seen[k][1];
	return i->reason;
}

struct signing {
	struct government government;
	const char *scope, *declared_by, *declared_office, *decided_by, *decided_office;
};

static enum err load_person(
	struct tx *tx, struct employee_id who, const char **ret_name, const char **ret_office)
{
	struct employee_row row;
	enum err e = who.v ? org_load_employee(tx, who, (int32_t)(tx->now_ms / MS_PER_DAY), &row)
			   : E_NOT_FOUND;

	*ret_name = e ? "Program Luwes (terdeteksi sendiri)" : org_full_name(tx->arena, &row);
	*ret_office = e ? "" : row.position;
	return e == E_NOT_FOUND ? OK : e;
}

static enum err load_signing(struct tx *tx, const struct incident *i, struct signing *s)
{
	enum err e;

	if ((e = platform_load_government(tx, &s->government)) ||
		(e = attendance_load_unit_name(tx, i->unit, &s->scope)) ||
		(e = load_person(tx, i->declared_by, &s->declared_by, &s->declared_office)))
		return e;
	if (i->state != INCIDENT_PROPOSED)
		return load_person(tx, i->decided_by, &s->decided_by, &s->decided_office);
	s->decided_by = "";
	s->decided_office = s->government.board_label;
	return OK;
}

static void write_body(
	struct arena *arena, struct document *d, const struct incident *i, const struct signing *s)
{
	enum zone zone = s->government.zone;
	int32_t from = instant_day(i->begins_at, zone), to = instant_day(i->ends_at, zone);
	const char *begins = write_time(arena, i->begins_at, zone);
	const char *ends = from == to ? write_time(arena, i->ends_at, zone)
				      : arena_printf(arena, "%s (%s)",
						write_time(arena, i->ends_at, zone),
						write_day(arena, to, true));

	document_paragraph(
		d, arena_printf(arena,
			   "Pada hari %s pukul %s sampai dengan pukul %s %s telah terjadi gangguan "
			   "sistem presensi elektronik yang berdampak pada %s.",
			   write_day(arena, from, true), begins, ends, zone_name(zone), s->scope));
	document_fact(d, "Lamanya",
		arena_printf(arena, "%lld menit",
			(long long)((i->ends_at - i->begins_at) / MS_PER_MINUTE)));
	document_fact(d, "Yang terdampak", s->scope);
	document_fact(d, "Penyebab", cause_words[i->cause]);
	document_fact(d, "Apa yang terjadi", write_reason(i));
	if (*i->file_sha256)
		document_fact(d, "Bukti",
			arena_printf(arena, "%s, SHA-256 %s", i->file_name, i->file_sha256));
	document_paragraph(d,
		"Sehubungan dengan gangguan itu, keterlambatan pegawai yang presensinya jatuh "
		"dalam "
		"rentang waktu tersebut diberi dispensasi gangguan sepanjang waktu gangguan, dan "
		"presensi pulang yang tidak tercatat karena gangguan tidak dihitung sebagai "
		"pelanggaran. Catatan presensi semula tetap tersimpan.");
	document_paragraph(d, "Demikian berita acara ini dibuat dengan sebenarnya untuk "
			      "dipergunakan sebagaimana mestinya.");
}

static const char *write_state(const struct incident *i)
{
	static const char *const words[] = {[INCIDENT_PROPOSED] = "RANCANGAN - belum diputuskan",
		[INCIDENT_REFUSED] = "TIDAK DIBERIKAN",
		[INCIDENT_WITHDRAWN] = "DICABUT"};

	return i->state == INCIDENT_ACCEPTED ? NULL : words[i->state];
}

static const char *write_about(
	struct arena *arena, const struct incident *i, const struct signing *s)
{
	return arena_printf(arena, "Gangguan sistem presensi pada %s, %s", s->scope,
		write_day(arena, instant_day(i->begins_at, s->government.zone), true));
}

static struct document_style style_of(const struct incident *i, const struct signing *s)
{
	return (struct document_style){.paper = PAPER_A4,
		.head = {.government = s->government.name},
		.title = "BERITA ACARA GANGGUAN PRESENSI",
		.number = *i->number ? i->number : NULL,
		.subtitle = write_state(i),
		.is_demo = s->government.is_demo,
		.made_at = i->state == INCIDENT_PROPOSED ? i->declared_at : i->decided_at};
}

enum err attendance_make_incident_document(
	struct tx *tx, const struct incident *i, struct paper_made *ret)
{
	struct signing s;
	enum err e = load_signing(tx, i, &s);

	if (e)
		return e;
	const struct document_style style = style_of(i, &s);
	const struct document_signer left = {
		.caption = "Pengelola sistem,", .office = s.declared_office, .name = s.declared_by};
	const struct document_signer right = {
		.caption = write_day(
			tx->arena, instant_day(style.made_at, s.government.zone), false),
		.office = s.decided_office,
		.name = s.decided_by};
	*ret = (struct paper_made){.kind = PRINT_INCIDENT,
		.subject = i->id,
		.unit = i->unit,
		.number = style.number,
		.title = style.title,
		.about = write_about(tx->arena, i, &s),
		.agency = s.government.name,
		.office = org_office_text(tx->arena, &right),
		.paper = document_new(tx->arena, &style)};
	write_body(tx->arena, ret->paper, i, &s);
	document_signers(ret->paper, &left, &right);
	return OK;
}
