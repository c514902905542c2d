/*
 * Files of an office: read as they come, checked as a whole, applied all or nothing.
 *
 * Issue: UTF-8 with or without BOM, comma or semicolon, RFC 4180; create and update by NIP or code
 * from an effective day; every fault with line, column, reason and value; the same file again
 * changes nothing.
 */
#include "org/org_import_int.h"

#include "base/str.h"
#include "org/org_rows.h"
#include "platform/auth_int.h"
#include "platform/auth_routes.h"
#include "platform/test_store.h"
#include "trust/trust.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <string.h>

#define NOW   INT64_C(1763000400000) /* 2025-11-13T02:20:00Z, 09.20 WIB */
#define TODAY 20405                  /* 2025-11-13 */

static struct bytes text(const char *s)
{
	return (struct bytes){(const uint8_t *)s, strlen(s)};
}

/* ---- a government built by imports ---- */

static const struct slice *const slices[] = {&platform_slice, &org_slice, &trust_slice};

#define UNITS                                                                                      \
	"code;parent;name;kind;character\n"                                                        \
	"DISDIK;;Dinas Pendidikan;agency;service\n"                                                \
	"KCD1;DISDIK;Cabang Dinas I;branch;office\n"                                               \
	"SMAN1;KCD1;SMAN 1;school;service\n"                                                       \
	"DINKES;;Dinas Kesehatan;agency;service\n"
#define EMPLOYEES                                                                                  \
	"nip;name;title_before;title_after;employment_kind;has_phone\n"                            \
	"198001012005012001;Citra;;;pns;ya\n"                                                      \
	"'199001012015012004;Ani;Dr.;\"S.Sos., M.Si.\";PNS;ya\n"                                   \
	"199312282025212001;Budi;;;pppk;tidak\n"
#define POSTS                                                                                      \
	"code,unit,name,is_direct,skills,weekdays,opens,closes,minimum\n"                          \
	"LOKET1,SMAN1,Loket satu,ya,,1-5,08:00,12:00,2\n"                                          \
	"LOKET1,SMAN1,Loket satu,ya,,\"1,3\",13.00,15.00,1\n"                                      \
	"LOKET2,SMAN1,Loket dua,tidak,,6,08:00,12:00,1\n"
#define PLACEMENTS                                                                                 \
	"nip;unit;position;position_level;decree;posts\n"                                          \
	"198001012005012001;KCD1;Kepala Cabang;administrator;SK 1;\n"                              \
	"199001012015012004;SMAN1;Guru;fungsional;SK 2;LOKET1, LOKET2\n"                           \
	"199312282025212001;SMAN1;Guru;fungsional;SK 3;\n"
#define SUPERVISORS                                                                                \
	"nip;superior;relation\n"                                                                  \
	"199001012015012004;198001012005012001;\n"                                                 \
	"199312282025212001;198001012005012001;supervisor\n"                                       \
	"199312282025212001;199001012015012004;team_lead\n"

struct outcome {
	struct import im;
	struct org_import_row row;
	int64_t generation;
	enum err finished;
};

static enum err flush_here(struct import *im)
{
	const struct import_private *own = im->own;

	return org_add_staged(
		im->tx, own->import_id, own->staged_before + 1, own->staged, own->staged_rows);
}

/* Checks a file and leaves the run open, as the job does before it finishes. */
static struct outcome check_file(struct test_store *s, enum import_subject subject,
	const char *file, int32_t effective, bool is_dry)
{
	struct outcome o = {.row = {.import_id = id_next(),
				    .kind = (int32_t)subject,
				    .sha256 = "ab",
				    .file_name = "f",
				    .effective = effective,
				    .dry_run = is_dry,
				    .actor = {1}}};

	assert_int_equal(org_add_import(&s->tx, &o.row), OK);
	assert_int_equal(platform_load_generation(&s->tx, &o.generation), OK);
	assert_int_equal(org_import_open(&o.im, &s->tx, org_import_kind(subject), o.row.import_id,
				 effective, is_dry),
		OK);
	o.im.own->flush = flush_here;
	assert_int_equal(org_import_read(&o.im, text(file)), OK);
	org_import_close(&o.im);
	return o;
}

static struct org_import_row send(struct test_store *s, enum import_subject subject,
	const char *file, int32_t effective, bool is_dry)
{
	struct outcome o = check_file(s, subject, file, effective, is_dry);
	struct org_import_row row;

	assert_int_equal(org_import_finish(&s->tx, &o.im, o.generation, &o.row), OK);
	assert_int_equal(org_load_import(&s->tx, o.row.import_id, &row), OK);
	return row;
}

static void assert_applied(struct org_import_row row, int created, int updated, int unchanged)
{
	assert_int_equal(row.state, IMPORT_APPLIED);
	assert_int_equal(row.errors, 0);
	assert_int_equal(row.created, created);
	assert_int_equal(row.updated, updated);
	assert_int_equal(row.unchanged, unchanged);
}

static int open_store(void **state)
{
	struct test_store *s = calloc(1, sizeof(*s));

	test_store_open(s, slices, COUNT_OF(slices), NOW);
	org_import_register_own();
	assert_applied(send(s, IMPORT_UNITS, UNITS, 18000, false), 4, 0, 0);
	assert_applied(send(s, IMPORT_EMPLOYEES, EMPLOYEES, 18000, false), 3, 0, 0);
	assert_applied(send(s, IMPORT_POSTS, POSTS, 18000, false), 2, 0, 0);
	assert_applied(send(s, IMPORT_PLACEMENTS, PLACEMENTS, 20000, false), 3, 0, 0);
	assert_applied(send(s, IMPORT_SUPERVISORS, SUPERVISORS, 20000, false), 3, 0, 0);
	test_store_project(s);
	*state = s;
	return 0;
}

static int close_store(void **state)
{
	struct test_store *s = *state;

	test_store_close(s);
	free(s);
	return 0;
}

static struct employee_id person(struct test_store *s, const char *nip)
{
	struct import_person *list;
	int count;

	assert_int_equal(org_list_people(&s->tx, &list, &count), OK);
	for (int i = 0; i < count; i++) {
		if (str_eq(list[i].nip, nip))
			return list[i].id;
	}
	fail_msg("no employee %s", nip);
	return (struct employee_id){0};
}

#define CITRA "198001012005012001"
#define ANI   "199001012015012004"
#define BUDI  "199312282025212001"

static void test_what_was_created(void **state)
{
	struct test_store *s = *state;
	const struct org_tree *tree;
	struct employee_row ani;
	struct team_member m[5];
	struct org_post_line post[5];
	struct org_period_line period[20];
	int count;

	assert_int_equal(org_load_tree(&s->tx, &tree), OK);
	const struct org_unit *school = org_find_unit_by_code(tree, "SMAN1", TODAY);
	assert_true(
		org_is_below(tree, school->id, org_find_unit_by_code(tree, "DISDIK", TODAY)->id));
	assert_int_equal(school->kind, UNIT_SCHOOL);
	assert_int_equal(org_load_employee(&s->tx, person(s, ANI), TODAY, &ani), OK);
	assert_string_equal(org_full_name(s->tx.arena, &ani), "Dr. Ani, S.Sos., M.Si.");
	assert_int_equal(ani.unit.v, school->id.v);
	assert_string_equal(ani.position, "Guru");
	assert_int_equal(org_list_team(&s->tx, person(s, CITRA), TODAY, m, 5, &count), OK);
	assert_int_equal(count, 2);
	assert_int_equal(org_list_team(&s->tx, person(s, ANI), TODAY, m, 5, &count), OK);
	assert_int_equal(count, 1);
	assert_int_equal(m[0].relation, RELATION_TEAM_LEAD);
	assert_int_equal(org_list_unit_posts(&s->tx, school->id, TODAY, post, 5, &count), OK);
	assert_int_equal(count, 2);
	assert_int_equal(post[0].members, 1);
	assert_true(post[0].is_direct);
	assert_int_equal(org_list_unit_periods(&s->tx, school->id, period, 20, &count), OK);
	assert_int_equal(count, 8); /* five mornings, two afternoons, one Saturday */
}

/* "Second run: nothing changes", for every kind. */
static void test_same_file_again(void **state)
{
	struct test_store *s = *state;
	int64_t size, size_after;
	struct hash root;

	assert_int_equal(trust_load_root(&s->tx, &size, &root), OK);
	assert_applied(send(s, IMPORT_UNITS, UNITS, TODAY, false), 0, 0, 4);
	assert_applied(send(s, IMPORT_EMPLOYEES, EMPLOYEES, TODAY, false), 0, 0, 3);
	assert_applied(send(s, IMPORT_POSTS, POSTS, TODAY, false), 0, 0, 2);
	assert_applied(send(s, IMPORT_PLACEMENTS, PLACEMENTS, TODAY, false), 0, 0, 3);
	assert_applied(send(s, IMPORT_SUPERVISORS, SUPERVISORS, TODAY, false), 0, 0, 3);
	test_store_project(s);
	assert_int_equal(trust_load_root(&s->tx, &size_after, &root), OK);
	assert_int_equal(size, 5); /* one leaf a file */
	assert_int_equal(size_after, size);
}

/* A transfer: the old row ends the day before, days before keep their unit (glossary: TMT). */
static void test_transfer(void **state)
{
	struct test_store *s = *state;
	const struct org_tree *tree;
	struct employee_row row;
	int count, ranges = 0;

	assert_applied(send(s, IMPORT_PLACEMENTS,
			       "nip,unit,position,position_level,posts\n" ANI
			       ",DINKES,Analis,pelaksana,\n",
			       TODAY - 1, false),
		0, 1, 0);
	assert_int_equal(org_load_tree(&s->tx, &tree), OK);
	assert_int_equal(org_load_employee(&s->tx, person(s, ANI), TODAY - 2, &row), OK);
	assert_int_equal(row.unit.v, org_find_unit_by_code(tree, "SMAN1", TODAY)->id.v);
	assert_int_equal(org_load_employee(&s->tx, person(s, ANI), TODAY - 1, &row), OK);
	assert_int_equal(row.unit.v, org_find_unit_by_code(tree, "DINKES", TODAY)->id.v);
	assert_int_equal(row.level, PELAKSANA);
	struct import_member *member;
	assert_int_equal(org_list_import_members(&s->tx, TODAY - 1, &member, &count), OK);
	assert_int_equal(count, 0); /* an empty cell of posts ends both */
	const struct change *change = changes_list(s->tx.changes, &count);
	for (int i = 0; i < count; i++) {
		if (change[i].kind == CHANGE_DAY) {
			assert_int_equal(change[i].a, person(s, ANI).v);
			ranges++;
		}
	}
	assert_int_equal(ranges, 2); /* yesterday and today are judged again */
	/* corrected on the same day: replaced, not added */
	assert_applied(
		send(s, IMPORT_PLACEMENTS,
			"nip,unit,position,position_level\n" ANI ",DINKES,Penyuluh,pelaksana\n",
			TODAY - 1, false),
		0, 1, 0);
	assert_int_equal(org_load_employee(&s->tx, person(s, ANI), DAY_FOREVER, &row), OK);
	assert_string_equal(row.position, "Penyuluh");
}

static void test_change_of_supervisor(void **state)
{
	struct test_store *s = *state;
	struct employee_id superior;

	assert_applied(
		send(s, IMPORT_SUPERVISORS, "nip;superior\n" BUDI ";" ANI "\n", TODAY, false), 0, 1,
		0);
	assert_int_equal(org_load_superior(&s->tx, person(s, BUDI), RELATION_SUPERVISOR, TODAY - 1,
				 &superior),
		OK);
	assert_int_equal(superior.v, person(s, CITRA).v);
	assert_int_equal(
		org_load_superior(&s->tx, person(s, BUDI), RELATION_SUPERVISOR, TODAY, &superior),
		OK);
	assert_int_equal(superior.v, person(s, ANI).v);
	assert_int_equal(
		org_load_superior(&s->tx, person(s, BUDI), RELATION_TEAM_LEAD, TODAY, &superior),
		OK);
	assert_int_equal(superior.v, person(s, ANI).v);
}

/* What the file does not say stays: titles and phone without their columns, last_day when empty. */
static void test_update_keeps_what_is_not_said(void **state)
{
	struct test_store *s = *state;
	struct employee_row row;
	bool in_service;

	assert_applied(
		send(s, IMPORT_EMPLOYEES, "nip;name;employment_kind\n" BUDI ";Budi Santoso;pppk\n",
			TODAY, false),
		0, 1, 0);
	assert_int_equal(org_load_employee(&s->tx, person(s, BUDI), TODAY, &row), OK);
	assert_string_equal(row.name, "Budi Santoso");
	assert_false(row.has_phone);
	assert_applied(send(s, IMPORT_EMPLOYEES,
			       "nip;name;employment_kind;last_day\n" ANI
			       ";Ani;pns;12/11/2025\n" BUDI ";Budi Santoso;pppk;\n",
			       TODAY, false),
		0, 1, 1);
	assert_int_equal(org_load_employee(&s->tx, person(s, ANI), TODAY, &row), OK);
	assert_string_equal(row.title_before, "Dr.");
	assert_int_equal(org_load_service(&s->tx, person(s, ANI), TODAY - 1, &in_service), OK);
	assert_true(in_service);
	assert_int_equal(org_load_service(&s->tx, person(s, ANI), TODAY, &in_service), OK);
	assert_false(in_service);
}

static bool is_signed_in(struct test_store *s, const char *token, int64_t at_ms)
{
	struct tx tx = s->tx;
	struct session session;

	tx.now_ms = at_ms;
	return auth_load_session(&tx, token, &session) == OK;
}

static const char *sign_in(struct test_store *s, const char *nip)
{
	const char *token = NULL;

	assert_int_equal(auth_add_account(&s->tx, person(s, nip), nip, NULL), OK);
	assert_int_equal(auth_add_session(&s->tx, person(s, nip), "jabar", &token), OK);
	return token;
}

static void assert_account(struct test_store *s, const char *nip, bool is_open)
{
	const char *code;

	assert_int_equal(auth_add_code(&s->tx, person(s, nip), person(s, CITRA), 1, &code),
		is_open ? OK : E_CONFLICT);
}

/* Who left cannot sign in any more, and is not signed in any more: in the import's transaction. */
static void test_leavers_lose_their_accounts(void **state)
{
	struct test_store *s = *state;
	static const char leaving[] = "nip;name;employment_kind;last_day\n" ANI
				      ";Ani;pns;12/11/2025\n" BUDI ";Budi;pppk;14/11/2025\n";
	static const char back[] = "nip;name;employment_kind;last_day\n" ANI
				   ";Ani;pns;31/12/2026\n";
	const int64_t friday_end = instant_of(TODAY + 2, 0, ZONE_WIB);
	const char *ani = sign_in(s, ANI), *budi = sign_in(s, BUDI), *citra = sign_in(s, CITRA);

	send(s, IMPORT_EMPLOYEES, leaving, TODAY, true);
	assert_true(is_signed_in(s, ani, NOW));
	assert_applied(send(s, IMPORT_EMPLOYEES, leaving, TODAY, false), 0, 2, 0);
	assert_false(is_signed_in(s, ani, NOW));
	assert_account(s, ANI, false);
	assert_true(is_signed_in(s, budi, friday_end - 1)); /* until tomorrow is over */
	assert_false(is_signed_in(s, budi, friday_end));
	assert_true(is_signed_in(s, citra, friday_end));
	assert_account(s, BUDI, true);

	assert_applied(send(s, IMPORT_EMPLOYEES, back, TODAY, false), 0, 1, 0);
	assert_account(s, ANI, true);
}

static void test_status_import(void **state)
{
	struct test_store *s = *state;
	static const char file[] = "nip;kind;from;to;letter\n" ANI
				   ";annual_leave;2025-11-12;2025-11-14;850/1\n" BUDI
				   ";outside_duty;13-11-2025;13-11-2025;090/7\n";
	int count, days = 0;

	assert_applied(send(s, IMPORT_STATUS, file, TODAY, false), 2, 0, 0);
	const struct change *change = changes_list(s->tx.changes, &count);
	for (int i = 0; i < count; i++)
		days += change[i].kind == CHANGE_DAY;
	assert_int_equal(days, 3); /* two of leave, one of duty: tomorrow is judged when it opens */
	assert_applied(send(s, IMPORT_STATUS, file, TODAY, false), 0, 0, 2);
}

/* ---- faults ---- */

/* Faults as "line column reason value" lines. */
static const char *faults(struct test_store *s, int64_t import_id)
{
	struct import_error error[50];
	struct buf b;
	int count;

	buf_init(&b, s->tx.arena, 256);
	buf_str(&b, "");
	assert_int_equal(org_list_import_errors(&s->tx, import_id, 0, error, 50, &count), OK);
	for (int i = 0; i < count; i++)
		buf_printf(&b, "%d %s %s %s\n", error[i].line, error[i].column, error[i].reason,
			error[i].value);
	return b.p;
}

static const struct {
	enum import_subject subject;
	const char *file, *expected;
} fault_cases[] = {
	{IMPORT_EMPLOYEES,
		"nip;name;employment_kind\n1.98E+17;A;pns\n198504122010132003;B;pns\n" CITRA
		";C;pns\n" CITRA ";C;pns\n198504122010012009;=cmd;pns\n198504122010012008;;gtt\n",
		"2 nip nip_scientific 1.98E+17\n3 nip nip_malformed 198504122010132003\n5 "
		"nip double " CITRA "\n6 name formula =cmd\n7 employment_kind not_one_of gtt\n7 "
		"name required \n"},
	{IMPORT_EMPLOYEES,
		"nip;name;employment_kind;has_phone;last_day\n12345;;honorer;mungkin;31/02/2026\n"
		"199113152020121003;Asep;honorer;;\n199013012015012009;Dewi;honorer;;2000-01-01\n",
		"2 employment_kind not_one_of honorer\n2 has_phone not_one_of mungkin\n"
		"2 last_day not_a_date 31/02/2026\n2 name required \n2 nip nip_malformed 12345\n"
		"3 employment_kind not_one_of honorer\n3 nip nip_malformed 199113152020121003\n"
		"4 employment_kind not_one_of honorer\n4 last_day before_effective 2000-01-01\n"
		"4 nip nip_malformed 199013012015012009\n"},
	{IMPORT_EMPLOYEES, "nip;nama;employment_kind\n",
		"1 2 unknown_column nama\n1 name missing_column \n"},
	{IMPORT_EMPLOYEES, "nip;nip;name;employment_kind\n", "1 2 double_column nip\n"},
	{IMPORT_EMPLOYEES, "nip;name;employment_kind\n" CITRA ";C;pns;extra\n",
		"2  more_cells_than_header \n"},
	{IMPORT_EMPLOYEES, "nip;name;employment_kind\n" CITRA ";Jos\xE9;pns\n",
		"2  encoding_windows_1252 \n"},
	{IMPORT_EMPLOYEES, "nip;name;employment_kind\n", "1  empty \n"},
	{IMPORT_EMPLOYEES, "", "1  empty \n"},
	{IMPORT_UNITS,
		"code;parent;name;kind;character\nX;NOPE;X;section;office\nSMAN1;KCD1;SMA "
		"1;school;service\n"
		"Y;;Y;section;office\nZ;DISDIK;Z;rumah;office\n",
		"2 parent unknown_unit NOPE\n3 name unit_is_replaced_not_edited SMA 1\n"
		"4 kind agency_has_no_parent section\n5 kind not_one_of rumah\n"},
	{IMPORT_UNITS,
		"code;parent;name;kind;character;last_day\nSMAN1;KCD1;SMAN "
		"1;school;service;2025-12-31\n"
		"DISDIK;;Dinas Pendidikan;agency;service;2025-12-31\n",
		"2 last_day unit_in_use 2025-12-31\n3 last_day unit_in_use 2025-12-31\n"},
	{IMPORT_PLACEMENTS,
		"nip;unit;position;position_level;posts\n" CITRA ";NOPE;A;pelaksana;\n" ANI
		";SMAN1;A;staf;LOKET9\n199001012015012009;SMAN1;A;pelaksana;\n" BUDI
		";SMAN1;A;pelaksana;\n" BUDI ";SMAN1;A;pelaksana;\n",
		"2 unit unknown_unit NOPE\n3 position_level not_one_of staf\n3 posts "
		"unknown_post LOKET9\n"
		"4 nip unknown_nip 199001012015012009\n6 nip double " BUDI "\n"},
	{IMPORT_SUPERVISORS, "nip;superior;relation\n" ANI ";" ANI ";\n" BUDI ";123;boss\n",
		"2 superior own_superior " ANI
		"\n3 relation not_one_of boss\n3 superior nip_malformed 123\n"},
	{IMPORT_POSTS,
		"code;unit;name;is_direct;weekdays;opens;closes;minimum\nL;SMAN1;L;ya;1-9;"
		"08:00;12:00;1\n"
		"M;SMAN1;M;mungkin;1;12:00;08:00;x\nLOKET1;SMAN1;Loket "
		"satu;tidak;1;08:00;09:00;1\n",
		"2 weekdays not_weekdays 1-9\n3 is_direct not_one_of mungkin\n3 minimum "
		"not_a_number x\n"
		"4 is_direct post_is_replaced_not_edited tidak\n"},
	{IMPORT_POSTS,
		"code;unit;name;is_direct;weekdays;opens;closes;minimum\nL;SMAN1;L;ya;1-3;"
		"08:00;12:00;1\n"
		"L;SMAN1;L;ya;3;11:00;13:00;1\n",
		"2 code overlaps L\n"},
	{IMPORT_STATUS,
		"nip;kind;from;to;letter\n" ANI ";leave;x;2025-11-14;1\n" ANI
		";permit;2025-11-14;2025-11-12;1\n" ANI ";permit;2025-11-12;2025-11-14;1\n" ANI
		";sick_leave;2025-11-14;2025-11-15;2\n",
		"2 from not_a_date x\n2 kind not_one_of leave\n3 to ends_before_it_begins "
		"2025-11-12\n"
		"5 from overlaps 2025-11-14\n"},
};

static void test_row_faults(void **state)
{
	struct test_store *s = *state;
	for (int i = 0; i < COUNT_OF(fault_cases); i++) {
		struct org_import_row row = send(
			s, fault_cases[i].subject, fault_cases[i].file, TODAY, false);

		assert_int_equal(row.state, IMPORT_REFUSED);
		assert_string_equal(faults(s, row.import_id), fault_cases[i].expected);
	}
}

/* All or nothing: a good row beside a bad one leaves no trace, neither in the tables nor in the
 * log. */
static void test_nothing_of_a_refused_file(void **state)
{
	struct test_store *s = *state;
	struct import_person *list;
	int count, leaves;

	struct org_import_row row = send(s, IMPORT_EMPLOYEES,
		"nip;name;employment_kind\n198504122010012003;Baru;pns\n1.98E+17;Rusak;pns\n",
		TODAY, false);
	assert_int_equal(row.state, IMPORT_REFUSED);
	assert_int_equal(row.rows, 2);
	assert_int_equal(org_list_people(&s->tx, &list, &count), OK);
	assert_int_equal(count, 3);
	changes_leaves(s->tx.changes, &leaves);
	assert_int_equal(leaves, 0);
}

static void test_dry_run(void **state)
{
	struct test_store *s = *state;
	struct import_person *list;
	int64_t deleted;
	int count;

	struct org_import_row row = send(s, IMPORT_EMPLOYEES,
		"nip;name;employment_kind\n198504122010012003;Baru;pns\n", TODAY, true);
	assert_int_equal(row.state, IMPORT_CHECKED);
	assert_int_equal(row.created, 1);
	assert_int_equal(org_list_people(&s->tx, &list, &count), OK);
	assert_int_equal(count, 3);
	assert_int_equal(org_delete_staged(&s->tx, row.import_id, 100, &deleted), OK);
	assert_int_equal(deleted, 0);
}

/* What was checked must still be true: another change in between sends the file back to the check.
 */
static void test_stale_check(void **state)
{
	struct test_store *s = *state;
	struct outcome o = check_file(s, IMPORT_EMPLOYEES,
		"nip;name;employment_kind\n198504122010012003;Baru;pns\n", TODAY, false);
	struct org_import_row row;
	int64_t deleted;

	assert_int_equal(org_touch_generation(&s->tx), OK);
	assert_int_equal(org_import_finish(&s->tx, &o.im, o.generation, &o.row), E_STALE);
	assert_int_equal(org_load_import(&s->tx, o.row.import_id, &row), OK);
	assert_int_equal(row.state, IMPORT_WAITING);
	assert_int_equal(org_delete_staged(&s->tx, o.row.import_id, 100, &deleted), OK);
	assert_int_equal(deleted, 1);
}

static void test_faults_are_bounded(void **state)
{
	struct test_store *s = *state;
	struct import_error *error = ARENA_ARRAY(
		s->tx.arena, IMPORT_ERRORS_MAX + 1, struct import_error);
	struct buf b;
	int count;

	buf_init(&b, s->tx.arena, 1 << 16);
	buf_str(&b, "nip;name;employment_kind\n");
	for (int i = 0; i < IMPORT_ERRORS_MAX + 500; i++)
		buf_str(&b, "x;A;pns\n");
	struct org_import_row row = send(s, IMPORT_EMPLOYEES, b.p, TODAY, false);
	assert_int_equal(row.errors, IMPORT_ERRORS_MAX + 500);
	assert_int_equal(org_list_import_errors(
				 &s->tx, row.import_id, 0, error, IMPORT_ERRORS_MAX + 1, &count),
		OK);
	assert_int_equal(count, IMPORT_ERRORS_MAX);
}

/* Several slices of the stage, and a unit that is ended once it is empty. */
static void test_many_rows(void **state)
{
	struct test_store *s = *state;
	const int people = 2 * IMPORT_SLICE_ROWS + 7;
	struct import_person *list;
	struct buf b;
	int count;

	buf_init(&b, s->tx.arena, 1 << 18);
	buf_str(&b, "nip;name;employment_kind\n");
	for (int i = 0; i < people; i++)
		buf_printf(&b, "19850412201%03d2%03d;Pegawai %d;pppk\n", i / 999, i % 999 + 1, i);
	assert_applied(send(s, IMPORT_EMPLOYEES, b.p, 18000, false), people, 0, 0);
	assert_applied(send(s, IMPORT_EMPLOYEES, b.p, TODAY, false), 0, 0, people);
	assert_int_equal(org_list_people(&s->tx, &list, &count), OK);
	assert_int_equal(count, people + 3);
}

static void test_end_of_a_unit(void **state)
{
	struct test_store *s = *state;
	const struct org_tree *tree;

	assert_applied(send(s, IMPORT_UNITS,
			       "code;parent;name;kind;character;last_day\nDINKES;;Dinas "
			       "Kesehatan;agency;service;2025-12-31\n",
			       TODAY, false),
		0, 1, 0);
	assert_int_equal(org_load_tree(&s->tx, &tree), OK);
	assert_non_null(org_find_unit_by_code(tree, "DINKES", TODAY + 48));
	assert_null(org_find_unit_by_code(tree, "DINKES", TODAY + 49));
}

int main(void)
{
#define STORE(t) cmocka_unit_test_setup_teardown(t, open_store, close_store)
	const struct CMUnitTest tests[] = {
		STORE(test_what_was_created),
		STORE(test_same_file_again),
		STORE(test_transfer),
		STORE(test_change_of_supervisor),
		STORE(test_update_keeps_what_is_not_said),
		STORE(test_leavers_lose_their_accounts),
		STORE(test_status_import),
		STORE(test_row_faults),
		STORE(test_nothing_of_a_refused_file),
		STORE(test_dry_run),
		STORE(test_stale_check),
		STORE(test_faults_are_bounded),
		STORE(test_many_rows),
		STORE(test_end_of_a_unit),
	};
	return TEST_STORE_RUN(tests);
}
