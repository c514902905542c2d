/*
 * Coexistence through the store: an agency that uses a machine, one in a parallel run, one that
 * does not use Luwes yet; files that come twice and overlap; a month of SIMPEGNAS that comes again.
 * On both engines.
 */
#include "attendance/attendance_source_int.h"

#include "attendance/attendance_test_time.h"
#include "base/str.h"
#include "org/org_import_int.h"
#include "org/org_rows.h"
#include "platform/committer.h"
#include "platform/test_store.h"
#include "roster/roster.h"
#include "trust/trust.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#define ANI   "199001012015012004"
#define BUDI  "199001012015011005"
#define CITRA "198001012005012001"

static const struct slice *const slices[] = {&org_slice, &calendar_slice, &policy_slice,
	&roster_slice, &attendance_slice, &attendance_source_slice, &trust_slice};

struct town {
	struct test_store s;
	struct unit_id agency, unit, other;
	struct employee_id ani, budi, citra; /* Citra is in another unit of the agency */
};

static void must(enum err e)
{
	assert_int_equal(e, OK);
}

static struct unit_id add_unit(struct test_store *s, const char *code, struct unit_id parent)
{
	const struct org_unit row = {.parent = parent,
		.code = code,
		.name = code,
		.kind = parent.v ? UNIT_SECTION : UNIT_AGENCY,
		.valid_to = DAY_FOREVER};
	struct unit_id id;

	must(org_add_unit(&s->tx, &row, &id));
	return id;
}

static struct employee_id add_person(struct town *t, const char *nip, struct unit_id unit)
{
	const struct employee_row row = {.nip = nip,
		.name = nip,
		.title_before = "",
		.title_after = "",
		.kind = PNS,
		.has_phone = true};
	struct employee_id id;

	must(org_add_employee(&t->s.tx, &row, day_of("2025-01-01"), DAY_FOREVER, &id));
	must(org_place(&t->s.tx, id, unit, "Pelaksana", PELAKSANA, "SK", day_of("2025-01-01")));
	return id;
}

static void open_town(struct town *t, const char *now)
{
	struct pattern_id five_days;

	test_store_open(&t->s, slices, COUNT_OF(slices), at(now));
	org_import_register(&attendance_punch_import);
	org_import_register(&attendance_simpegnas_import);
	org_import_register_own();
	t->agency = add_unit(&t->s, "DINSOS", (struct unit_id){0});
	t->unit = add_unit(&t->s, "DINSOS-1", t->agency);
	t->other = add_unit(&t->s, "DINSOS-2", t->agency);
	t->ani = add_person(t, ANI, t->unit);
	t->budi = add_person(t, BUDI, t->unit);
	t->citra = add_person(t, CITRA, t->other);
	must(calendar_add_default(&t->s.tx, &five_days));
	must(org_touch_generation(&t->s.tx));
	test_store_project(&t->s);
}

static void open_town_again(struct town *t)
{
	test_store_close(&t->s);
	open_town(t, "11-18 09:00");
}

static void set_now(struct town *t, const char *now)
{
	t->s.tx.now_ms = at(now);
}

static void end_batch(struct town *t)
{
	test_store_project(&t->s);
}

static void set_source(struct town *t, enum attendance_source source, enum external_system system,
	const char *from)
{
	const struct source_row row = {.id = id_next(),
		.agency = t->agency,
		.source = source,
		.system = system,
		.tolerance_minutes = source == BY_BOTH ? 5 : 0,
		.letter = "800/1/BKD",
		.note = "",
		.valid_from = day_of(from),
		.valid_to = DAY_FOREVER};

	must(attendance_set_source(&t->s.tx, &row));
	must(org_touch_generation(&t->s.tx));
	end_batch(t);
}

static void press(struct town *t, struct employee_id who, int event, enum direction direction,
	const char *when)
{
	struct punch p = {.direction = direction,
		.received_at = at(when),
		.phone_at = at(when),
		.offset_ms = NO_INSTANT,
		.point = {NO_COORDINATE, NO_COORDINATE},
		.note = ""};
	enum receipt_status status;

	p.event_id.b[6] = 0x70;
	p.event_id.b[15] = (uint8_t)event;
	p.punch_id = id_next();
	p.flags = PUNCH_UNSIGNED;
	p.punch_day = instant_day(p.phone_at, ZONE_WIB);
	set_now(t, when);
	must(attendance_add_punch(&t->s.tx, who, &p, &status));
	assert_int_equal(status, RECEIPT_ACCEPTED);
	end_batch(t);
}

static struct attendance_day load(struct town *t, struct employee_id who, const char *day)
{
	struct attendance_day row;

	must(attendance_load_day(&t->s.tx, who, day_of(day), &row));
	return row;
}

/* The day of everybody folded now, as the job does. */
static void fold_all(struct town *t, const char *day)
{
	struct employee_id last;

	must(attendance_open_day(&t->s.tx, day_of(day), (struct employee_id){0}, 100, &last));
	end_batch(t);
}

/* ---- files ---- */

static enum err flush_here(struct import *im)
{
	const struct import_private *own = im->own;

	return org_add_staged(
		im->tx, own->import_id, own->staged_before + 1, own->staged, own->staged_rows);
}

static struct org_import_row send(
	struct town *t, enum import_subject subject, const char *file, struct import *im)
{
	struct tx *tx = &t->s.tx;
	struct org_import_row row = {.import_id = id_next(),
		.kind = (int32_t)subject,
		.sha256 = "ab",
		.file_name = "f",
		.effective = day_of("2025-11-13"),
		.actor = t->citra};
	int64_t generation;

	must(org_add_import(tx, &row));
	must(platform_load_generation(tx, &generation));
	must(org_import_open(
		im, tx, org_import_kind(subject), row.import_id, row.effective, false));
	im->own->flush = flush_here;
	must(org_import_read(im, (struct bytes){(const uint8_t *)file, strlen(file)}));
	org_import_close(im);
	must(org_import_finish(tx, im, generation, &row));
	must(org_load_import(tx, row.import_id, &row));
	end_batch(t);
	return row;
}

static void assert_applied(struct org_import_row row, int created, int updated, int unchanged)
{
	assert_int_equal(row.errors, 0);
	assert_int_equal(row.state, IMPORT_APPLIED);
	assert_int_equal(row.created, created);
	assert_int_equal(row.updated, updated);
	assert_int_equal(row.unchanged, unchanged);
}

static int count_punches(struct town *t, struct employee_id who, const char *day)
{
	struct punch p[20];
	int count;

	must(attendance_list_punches(
		&t->s.tx, who, day_of(day), day_of(day), p, COUNT_OF(p), &count));
	for (int i = 0; i < count; i++)
		if (p[i].source == FROM_EXTERNAL)
			assert_string_equal(p[i].note, "Lobi");
	return count;
}

/* The machine judges; the file comes twice, and a longer one over it: every tap stands once. */
static void test_files_twice_and_overlapping(void **state)
{
	static const char first[] = "nip;tanggal;jam;arah;mesin\n" ANI
				    ";2025-11-13;07:40:10;masuk;Lobi\n" ANI
				    ";13/11/2025;16.00;1;Lobi\n";
	static const char longer[] = "nip;waktu;arah;mesin;nama\n" ANI
				     ";2025-11-13 07:40:10;in;lobi;Ani\n" ANI
				     ";2025-11-13 16:00:00;out;Lobi;Ani\n" BUDI
				     ";2025-11-13 07:20:00;in;Lobi;Budi\n" ANI
				     ";2025-11-14 07:29:00;in;Lobi;Ani\n";
	struct town t;
	struct import im;
	struct attendance_day row;

	(void)state;
	open_town(&t, "11-12 09:00");
	set_source(&t, BY_EXTERNAL, SYSTEM_FINGERPRINT, "2025-11-13");
	press(&t, t.ani, 1, IN, "11-13 07:20");
	set_now(&t, "11-15 09:00");
	fold_all(&t, "2025-11-13");
	row = load(&t, t.ani, "2025-11-13");
	assert_int_equal(
		row.state, DAY_WAITS); /* its phone does not judge, the file has not come */
	assert_int_equal(row.basis, BASIS_AWAITED);
	assert_applied(send(&t, IMPORT_PUNCHES, first, &im), 2, 0, 0);
	row = load(&t, t.ani, "2025-11-13");
	assert_int_equal(row.state, DAY_COMPLETE);
	assert_int_equal(row.late_minutes, 10);
	assert_int_equal(row.flags, DAY_LATE); /* no place is asked of a machine */
	assert_int_equal(row.basis, BASIS_EXTERNAL);
	assert_applied(send(&t, IMPORT_PUNCHES, first, &im), 0, 0, 2);
	assert_applied(send(&t, IMPORT_PUNCHES, longer, &im), 2, 0, 2);
	assert_int_equal(count_punches(&t, t.ani, "2025-11-13"), 3);
	assert_int_equal(count_punches(&t, t.budi, "2025-11-13"), 1);
	test_store_close(&t.s);
}

/* The first file of a unit's day decides who was not there; another unit still waits for its own.
 */
static void test_who_is_absent_by_a_file(void **state)
{
	struct town t;
	struct import im;
	int32_t count[COUNTER_COUNT];
	struct attendance_day row;

	(void)state;
	open_town(&t, "11-12 09:00");
	set_source(&t, BY_EXTERNAL, SYSTEM_KMOB, "2025-11-13");
	set_now(&t, "11-13 09:00");
	fold_all(&t, "2025-11-13");
	row = load(&t, t.budi, "2025-11-13");
	assert_int_equal(row.state, DAY_EXPECTED);
	attendance_contribution(&row, count);
	assert_int_equal(count[COUNT_EXPECTED], 1);
	assert_int_equal(count[COUNT_EXCUSED], 1); /* not missed: nobody can know yet */
	set_now(&t, "11-15 09:00");
	assert_applied(send(&t, IMPORT_PUNCHES,
			       "nip;tanggal;masuk;pulang;mesin\n" ANI
			       ";2025-11-13;07:28;16:10;Lobi\n" BUDI ";2025-11-13;;;Lobi\n",
			       &im),
		2, 0, 0);
	fold_all(&t, "2025-11-13");
	assert_int_equal(load(&t, t.ani, "2025-11-13").state, DAY_COMPLETE);
	assert_int_equal(load(&t, t.budi, "2025-11-13").state, DAY_ABSENT);
	assert_int_equal(load(&t, t.citra, "2025-11-13").state, DAY_WAITS);
	test_store_close(&t.s);
}

static int find_differences(struct town *t, const char *day, struct employee_id who)
{
	const struct source_book *book;
	const struct org_tree *tree;
	struct judged_difference j;
	struct compared_day c;
	struct db_rows rows;
	int found = -1;

	must(attendance_load_sources(&t->s.tx, &book));
	must(org_load_tree(&t->s.tx, &tree));
	attendance_query_compared(&t->s.tx, org_find_unit(tree, t->agency)->path, day_of(day),
		(struct employee_id){0}, 100, &rows);
	while (attendance_next_compared(&rows, day_of(day), &c)) {
		if (c.row.employee.v != who.v)
			continue;
		attendance_judge_compared(book, tree, &c, &j);
		found = j.external | j.simpegnas << 8;
	}
	must(db_end(&rows));
	return found;
}

/* Both for a while: Luwes judges, the machine stands beside, and what differs is named. */
static void test_parallel_run(void **state)
{
	struct town t;
	struct import im;

	(void)state;
	open_town(&t, "11-12 09:00");
	set_source(&t, BY_BOTH, SYSTEM_FINGERPRINT, "2025-11-13");
	press(&t, t.ani, 1, IN, "11-13 07:28");
	press(&t, t.budi, 2, IN, "11-13 07:25");
	press(&t, t.budi, 3, OUT, "11-13 16:01");
	set_now(&t, "11-14 09:00");
	fold_all(&t, "2025-11-13");
	assert_int_equal(find_differences(&t, "2025-11-13", t.ani), 0); /* no file yet */
	assert_applied(
		send(&t, IMPORT_PUNCHES,
			"nip;tanggal;jam;arah;mesin\n" ANI ";2025-11-13;07:31;otomatis;Lobi\n" ANI
			";2025-11-13;12:00;otomatis;Lobi\n" ANI
			";2025-11-13;16:20;otomatis;Lobi\n" BUDI
			";2025-11-13;07:10;otomatis;Lobi\n",
			&im),
		3, 0, 0);
	assert_int_equal(load(&t, t.ani, "2025-11-13").in_at, at("11-13 07:28"));
	assert_int_equal(load(&t, t.ani, "2025-11-13").state, DAY_PRESENT);
	assert_int_equal(find_differences(&t, "2025-11-13", t.ani), DIFFERS_OUT_MISSING_HERE);
	assert_int_equal(find_differences(&t, "2025-11-13", t.budi),
		DIFFERS_IN_APART | DIFFERS_OUT_MISSING_THERE);
	assert_int_equal(
		find_differences(&t, "2025-11-13", t.citra), 0); /* her unit's file did not come */
	test_store_close(&t.s);
}

/* Before its first day the agency counts nowhere and nobody is absent; from then on it does. */
static void test_switched_on_in_mid_month(void **state)
{
	struct town t;
	int32_t count[COUNTER_COUNT];
	struct attendance_day row;

	(void)state;
	open_town(&t, "11-09 09:00");
	set_source(&t, BY_NOTHING, SYSTEM_NONE, "2025-11-10");
	set_source(&t, BY_LUWES, SYSTEM_NONE, "2025-11-13");
	press(&t, t.ani, 1, IN, "11-12 07:20");
	set_now(&t, "11-17 09:00");
	fold_all(&t, "2025-11-12");
	fold_all(&t, "2025-11-13");
	row = load(&t, t.ani, "2025-11-12");
	assert_int_equal(row.state, DAY_NOT_USED);
	assert_int_equal(row.in_at, NO_INSTANT);
	assert_int_equal(row.duty, DUTY_NONE);
	attendance_contribution(&row, count);
	for (int c = 0; c < COUNTER_COUNT; c++)
		assert_int_equal(count[c], 0);
	assert_int_equal(count_punches(&t, t.ani, "2025-11-12"), 1); /* recorded all the same */
	assert_int_equal(load(&t, t.ani, "2025-11-13").state, DAY_ABSENT);
	set_source(&t, BY_NOTHING, SYSTEM_NONE, "2025-11-13"); /* put off: the row never held */
	fold_all(&t, "2025-11-13");
	assert_int_equal(load(&t, t.ani, "2025-11-13").state, DAY_NOT_USED);
	test_store_close(&t.s);
}

/* ---- SIMPEGNAS ---- */

#define MONTH_1                                                                                    \
	"nip;tanggal;kode;kode_masuk;kode_pulang;masuk_utc;pulang_utc\n" ANI                       \
	";2025-11-13;;TM1;PC1;00:40;08:50\n" ANI ";2025-11-14;HN;HN;HN;"                           \
	"2025-11-13T23:50:00Z;2025-11-14T09:35:00Z\n" ANI ";2025-11-15;LJ;TMM;PCM;;\n" ANI         \
	";2025-11-17;TK;;;;\n" BUDI ";2025-11-13;TM1-PC1;;;;\n"
#define MONTH_2 /* a leave was approved late */                                                    \
	"nip;tanggal;kode;masuk_utc;pulang_utc\n" ANI ";2025-11-13;TM1PC1;00:40;08:50\n" ANI       \
	";2025-11-14;HN;23:50;09:35\n" ANI ";2025-11-15;LJ;;\n" ANI ";2025-11-17;CT;;\n" BUDI      \
	";2025-11-13;TM1PC1;;\n"

static const char *month_of(struct town *t, struct employee_id who, int *ret_version)
{
	struct simpegnas_row row;

	must(attendance_load_simpegnas(&t->s.tx, who, day_of("2025-11-01"), &row));
	*ret_version = row.version;
	return row.days;
}

static void test_month_comes_again(void **state)
{
	struct town t;
	struct import im;
	struct simpegnas_row row[10];
	struct recorded_month a, b;
	const struct org_tree *tree;
	int version, count;

	(void)state;
	open_town(&t, "11-18 09:00");
	must(attendance_add_code_examples(&t.s.tx));
	end_batch(&t);
	assert_applied(send(&t, IMPORT_SIMPEGNAS, MONTH_1, &im), 2, 0, 0);
	assert_string_equal(month_of(&t, t.ani, &version),
		";;;;;;;;;;;;TM1PC1 0460 0950;HN 0410 0995;LJ - -;;TK - -;;;;;;;;;;;;;;");
	assert_applied(send(&t, IMPORT_SIMPEGNAS, MONTH_1, &im), 0, 0, 2);
	assert_applied(send(&t, IMPORT_SIMPEGNAS, MONTH_2, &im), 0, 1, 1);
	month_of(&t, t.ani, &version);
	assert_int_equal(version, 2);
	month_of(&t, t.budi, &version);
	assert_int_equal(version, 1);
	must(org_load_tree(&t.s.tx, &tree));
	must(attendance_list_simpegnas(&t.s.tx, org_find_unit(tree, t.agency)->path,
		day_of("2025-11-01"), (struct employee_id){0}, row, 10, &count));
	assert_int_equal(count, 3); /* the version before is kept */
	attendance_read_month(row[0].days, row[0].month, &a);
	attendance_read_month(row[1].days, row[1].month, &b);
	assert_int_equal(attendance_compare_months(&a, &b), 1 << 16); /* the 17th */
	assert_true(row[0].replaced_at > 0 && row[1].replaced_at == 0);
	test_store_close(&t.s);
}

/* It is what the agency is judged by: status of the day first, then its times. Elsewhere it only
 * stands beside. */
static void test_simpegnas_judges(void **state)
{
	struct town t;
	struct import im;
	struct attendance_day row;

	(void)state;
	open_town(&t, "11-10 09:00");
	must(attendance_add_code_examples(&t.s.tx));
	set_source(&t, BY_EXTERNAL, SYSTEM_SIMPEGNAS, "2025-11-11");
	set_now(&t, "11-18 09:00");
	assert_applied(send(&t, IMPORT_SIMPEGNAS, MONTH_1, &im), 2, 0, 0);
	for (int day = 13; day <= 17; day++)
		fold_all(&t, arena_printf(&t.s.arena, "2025-11-%d", day));
	row = load(&t, t.ani, "2025-11-13");
	assert_int_equal(row.state, DAY_COMPLETE);
	assert_int_equal(row.in_at, at("11-13 07:40"));
	assert_int_equal(row.late_minutes, 10);
	assert_int_equal(row.early_minutes, 10);
	assert_int_equal(row.basis, BASIS_EXTERNAL);
	row = load(&t, t.ani, "2025-11-14");
	assert_int_equal(row.in_at, at("11-14 06:50")); /* 23.50 UTC is of the day before */
	assert_int_equal(row.flags, 0);
	assert_int_equal(load(&t, t.ani, "2025-11-15").state, DAY_OFF_WORK);
	assert_int_equal(load(&t, t.ani, "2025-11-17").state, DAY_ABSENT);
	assert_int_equal(
		load(&t, t.citra, "2025-11-17").state, DAY_WAITS); /* says nothing of her */
	assert_applied(send(&t, IMPORT_SIMPEGNAS, MONTH_2, &im), 0, 1, 1);
	row = load(&t, t.ani, "2025-11-17");
	assert_int_equal(row.state, DAY_LEAVE); /* the late approval rewrote it */
	assert_int_equal(row.status, STATUS_ANNUAL_LEAVE);
	test_store_close(&t.s);
}

static void test_simpegnas_beside_luwes(void **state)
{
	struct town t;
	struct import im;

	(void)state;
	open_town(&t, "11-10 09:00");
	must(attendance_add_code_examples(&t.s.tx));
	press(&t, t.ani, 1, IN, "11-13 07:28");
	press(&t, t.ani, 2, OUT, "11-13 16:01");
	set_now(&t, "11-18 09:00");
	for (int day = 13; day <= 17; day++)
		fold_all(&t, arena_printf(&t.s.arena, "2025-11-%d", day));
	assert_applied(send(&t, IMPORT_SIMPEGNAS, MONTH_2, &im), 2, 0, 0);
	assert_int_equal(load(&t, t.ani, "2025-11-13").late_minutes, 0); /* Luwes judges */
	assert_int_equal(find_differences(&t, "2025-11-13", t.ani),
		(DIFFERS_IN_APART | DIFFERS_OUT_APART) << 8);
	assert_int_equal(find_differences(&t, "2025-11-15", t.ani), 0); /* a day off by both */
	assert_int_equal(find_differences(&t, "2025-11-17", t.ani), DIFFERS_STATUS << 8);
	assert_int_equal(find_differences(&t, "2025-11-13", t.citra), 0);
	test_store_close(&t.s);
}

/* A row per person, a column per day, codes alone. */
static void test_wide_month(void **state)
{
	struct town t;
	struct import im;
	int version;

	(void)state;
	open_town(&t, "11-18 09:00");
	must(attendance_add_code_examples(&t.s.tx));
	end_batch(&t);
	assert_applied(send(&t, IMPORT_SIMPEGNAS,
			       "nip;nama;2025-11-13;14/11/2025;2025-11-15\n" ANI
			       ";Ani;TM1-PC2;HN;LN-TMM-PCM\n" BUDI ";Budi;TMM;;LJ\n",
			       &im),
		2, 0, 0);
	assert_string_equal(month_of(&t, t.ani, &version),
		";;;;;;;;;;;;TM1PC2 - -;HN - -;LN - -;;;;;;;;;;;;;;;;");
	assert_string_equal(
		month_of(&t, t.budi, &version), ";;;;;;;;;;;;TMM - -;;LJ - -;;;;;;;;;;;;;;;;");
	test_store_close(&t.s);
}

static void add_row(struct town *t, struct employee_id who, const char *day, int starts, int ends)
{
	const struct attendance_day row = {.day = day_of(day),
		.employee = who,
		.unit = t->unit,
		.mode = MODE_OFFICE,
		.starts = starts,
		.ends = ends,
		.in_at = NO_INSTANT,
		.in_phone_at = NO_INSTANT,
		.out_at = NO_INSTANT,
		.out_phone_at = NO_INSTANT};

	must(attendance_add_day(&t->s.tx, &row));
}

/* A machine's log without directions, of a ward: the morning after a night begins with the way
 * out, so neither that day nor the night's own is read by first in, last out. With directions, and
 * for who works by day, the same log is taken. */
static void test_first_and_last_tell_nothing_of_a_night(void **state)
{
	static const struct {
		const char *proves, *file;
		int faults, line;
	} cases[] = {
		{"the night itself",
			"nip;waktu;arah;mesin\n" BUDI ";2025-11-13 20:50:00;otomatis;Lobi\n", 1, 2},
		{"the morning after",
			"nip;waktu;arah;mesin\n" ANI ";2025-11-14 07:20:00;otomatis;Lobi\n" BUDI
			";2025-11-14 07:10:00;otomatis;Lobi\n",
			1, 3},
		{"both, and a tap between is not named",
			"nip;waktu;arah;mesin\n" BUDI ";2025-11-13 20:50:00;otomatis;Lobi\n" BUDI
			";2025-11-14 07:10:00;otomatis;Lobi\n",
			2, 2},
		{"with directions",
			"nip;waktu;arah;mesin\n" BUDI ";2025-11-13 20:50:00;masuk;Lobi\n" BUDI
			";2025-11-14 07:10:00;pulang;Lobi\n",
			0, 0},
		{"two days after",
			"nip;waktu;arah;mesin\n" BUDI ";2025-11-15 07:10:00;otomatis;Lobi\n", 0, 0},
	};
	struct town t;

	(void)state;
	open_town(&t, "11-18 09:00");
	add_row(&t, t.ani, "2025-11-13", 450, 960);
	add_row(&t, t.ani, "2025-11-14", 450, 960);
	add_row(&t, t.budi, "2025-11-13", 1260, 1860); /* 21.00 to 07.00 */
	add_row(&t, t.budi, "2025-11-14", -1, -1);
	for (int i = 0; i < COUNT_OF(cases); i++) {
		struct import im;
		struct org_import_row row = send(&t, IMPORT_PUNCHES, cases[i].file, &im);

		if (row.errors != cases[i].faults)
			fail_msg("%s: %d faults", cases[i].proves, row.errors);
		if (!row.errors)
			continue;
		assert_int_equal(im.own->error[0].line, cases[i].line);
		assert_string_equal(im.own->error[0].column, "arah");
		assert_string_equal(im.own->error[0].reason, "night_needs_direction");
	}
	test_store_close(&t.s);
}

/* A file may change closed months, as the board's decision; it is told how many days, each once. */
static void test_closed_days_are_counted(void **state)
{
	static const char file[] = "nip;tanggal;masuk;pulang;mesin\n" ANI
				   ";2025-10-30;07:20;16:00;Lobi\n" ANI
				   ";2025-10-31;07:20;16:00;Lobi\n" BUDI
				   ";2025-10-31;07:20;;Lobi\n" CITRA ";2025-10-31;07:20;;Lobi\n" ANI
				   ";2025-11-13;07:20;16:00;Lobi\n";
	struct org_import_row row;
	struct town t;
	struct import im;

	(void)state;
	open_town(&t, "11-18 09:00");
	attendance_wire_closed();
	row = send(&t, IMPORT_PUNCHES, file, &im);
	assert_int_equal(row.closed_days, 0);
	open_town_again(&t);
	must(attendance_close_month(&t.s.tx, t.unit, day_of("2025-10-01"), t.citra));
	row = send(&t, IMPORT_PUNCHES, file, &im);
	assert_int_equal(row.state, IMPORT_APPLIED);
	assert_int_equal(row.closed_days, 3); /* not Citra's unit, not November */
	row = send(&t, IMPORT_PUNCHES, file, &im);
	assert_int_equal(row.closed_days, 0); /* it changes nothing */
	add_row(&t, t.ani, "2025-10-30", 450, 960);
	row = send(&t, IMPORT_STATUS,
		"nip;kind;from;to;letter\n" ANI ";outside_duty;2025-10-30;2025-11-02;ST 1\n", &im);
	assert_int_equal(row.state, IMPORT_APPLIED);
	assert_int_equal(row.closed_days, 1); /* of the days that have a row */
	test_store_close(&t.s);
}

static void test_faults_are_named(void **state)
{
	static const struct {
		enum import_subject subject;
		const char *file;
		int line;
		const char *column, *reason;
	} cases[] = {
		{IMPORT_PUNCHES, "nip;tanggal;jam;mesin\n" ANI ";2025-11-13;07:21;Lobi\n", 2,
			"arah", "direction_missing"},
		{IMPORT_PUNCHES,
			"nip;tanggal;jam;arah;mesin\n" ANI ";2025-11-13;07:21;ke sana;Lobi\n", 2,
			"arah", "not_one_of"},
		{IMPORT_PUNCHES, "nip;tanggal;jam;arah;mesin\n" ANI ";2025-11-13;7 pagi;in;Lobi\n",
			2, "jam", "not_a_time"},
		{IMPORT_PUNCHES, "nip;jam;arah;mesin\n" ANI ";07:21;in;Lobi\n", 2, "tanggal",
			"required"},
		{IMPORT_PUNCHES, "nip;waktu;arah;mesin\n" ANI ";2025-11-13;in;Lobi\n", 2, "waktu",
			"not_a_time"},
		{IMPORT_PUNCHES, "nip;tanggal;jam;arah;mesin\n" ANI ";2025-11-19;07:21;in;Lobi\n",
			2, "tanggal", "in_the_future"},
		{IMPORT_PUNCHES, "nip;tanggal;jam;arah;mesin\n" ANI ";2024-10-01;07:21;in;Lobi\n",
			2, "tanggal", "too_far_back"},
		{IMPORT_PUNCHES, "nip;tanggal;jam;arah;mesin\n1.98E+17;2025-11-13;07:21;in;Lobi\n",
			2, "nip", "nip_scientific"},
		{IMPORT_PUNCHES, "nip;tanggal;jam;arah\n" ANI ";2025-11-13;07:21;in\n", 1, "mesin",
			"missing_column"},
		{IMPORT_SIMPEGNAS, "nip;tanggal;kode\n" ANI ";2025-11-13;TM9\n", 2, "kode",
			"unknown_code"},
		{IMPORT_SIMPEGNAS, "nip;tanggal;kode\n" ANI ";2025-11-13;CTDL\n", 2, "kode",
			"contradictory_code"},
		{IMPORT_SIMPEGNAS,
			"nip;tanggal;kode\n" ANI ";2025-11-13;HN\n" ANI ";2025-11-13;TK\n", 3,
			"tanggal", "double"},
		{IMPORT_SIMPEGNAS, "nip;tanggal;kode\n" ANI ";2025-11-19;HN\n", 2, "tanggal",
			"in_the_future"},
		{IMPORT_SIMPEGNAS, "nip;tanggal;kode;masuk_utc\n" ANI ";2025-11-13;HN;pagi\n", 2,
			"masuk_utc", "not_a_time"},
		{IMPORT_SIMPEGNAS, "nip;2025-11-13;2025-11-14\n" ANI ";HN;ZZ\n", 2, "2025-11-14",
			"unknown_code"},
	};
	struct town t;

	(void)state;
	open_town(&t, "11-18 09:00");
	must(attendance_add_code_examples(&t.s.tx));
	end_batch(&t);
	for (int i = 0; i < COUNT_OF(cases); i++) {
		struct import im;
		struct org_import_row row = send(&t, cases[i].subject, cases[i].file, &im);

		print_message("%s", cases[i].file);
		assert_int_equal(row.state, IMPORT_REFUSED);
		assert_int_equal(im.own->error[0].line, cases[i].line);
		assert_string_equal(im.own->error[0].column, cases[i].column);
		assert_string_equal(im.own->error[0].reason, cases[i].reason);
	}
	test_store_close(&t.s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_files_twice_and_overlapping),
		cmocka_unit_test(test_who_is_absent_by_a_file),
		cmocka_unit_test(test_parallel_run),
		cmocka_unit_test(test_switched_on_in_mid_month),
		cmocka_unit_test(test_month_comes_again),
		cmocka_unit_test(test_simpegnas_judges),
		cmocka_unit_test(test_simpegnas_beside_luwes),
		cmocka_unit_test(test_wide_month),
		cmocka_unit_test(test_first_and_last_tell_nothing_of_a_night),
		cmocka_unit_test(test_closed_days_are_counted),
		cmocka_unit_test(test_faults_are_named),
	};

	return TEST_STORE_RUN(tests);
}
