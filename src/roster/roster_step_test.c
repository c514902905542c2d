/*
 * The way of a roster from the draft to the days it binds: who may take which step, the procedure
 * of its date, what silence does, and what is decided later.
 */
#include "roster/roster_test_office.h"

#include "roster/roster_node.h"
#include "roster/roster_procedure.h"
#include "roster/roster_sheet.h"

#define FROM "2025-12-01" /* a Monday */

static void test_which_step_may_be_taken(void **state)
{
	(void)state;
	static const struct {
		int state;
		enum roster_step_kind step;
		bool by_receipt[3]; /* none, acknowledge, approve */
	} table[] = {
		{ROSTER_DRAFT, ROSTER_IS_SET, {true, true, true}},
		{ROSTER_DRAFT, ROSTER_RECEIVED, {false, false, false}},
		{ROSTER_DRAFT, ROSTER_IS_PUBLISHED, {false, false, false}},
		{ROSTER_SET, ROSTER_IS_SET, {false, false, false}},
		{ROSTER_SET, ROSTER_RETURNED, {true, true, true}},
		{ROSTER_SET, ROSTER_WITHDRAWN, {true, true, true}},
		{ROSTER_SET, ROSTER_SUPERSEDED, {true, true, true}},
		{ROSTER_PUBLISHED, ROSTER_SUPERSEDED, {false, false, false}},
		{ROSTER_SET, ROSTER_RECEIVED, {false, true, false}},
		{ROSTER_SET, ROSTER_LET, {false, true, false}},
		{ROSTER_SET, ROSTER_APPROVED, {false, false, true}},
		{ROSTER_SET, ROSTER_IS_PUBLISHED, {true, false, false}},
		{ROSTER_ACKNOWLEDGED, ROSTER_IS_PUBLISHED, {true, true, true}},
		{ROSTER_PUBLISHED, ROSTER_RETURNED, {false, false, false}},
		{ROSTER_PUBLISHED, ROSTER_SENT, {true, true, true}},
		{ROSTER_REPLACED, ROSTER_SENT, {false, false, false}},
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		for (int r = 0; r < 3; r++)
			assert_int_equal(roster_may_step(table[i].state, table[i].step,
						 (enum roster_receipt)r),
				table[i].by_receipt[r]);
}

static void test_the_first_days_without_a_roster(void **state)
{
	(void)state;
	static const struct {
		struct roster_span span[3];
		int spans;
		int32_t first;
		struct roster_span gap; /* 0: none */
	} table[] = {
		{{{0}}, 0, 50, {101, 131}},
		{{{101, 131}}, 1, 50, {0}},
		{{{116, 131}}, 1, 50, {101, 115}}, /* the second half came first */
		{{{101, 114}}, 1, 50, {115, 131}},
		{{{90, 105}, {110, 140}}, 2, 50, {106, 109}},
		{{{121, 131}, {101, 110}}, 2, 50, {111, 120}},
		{{{101, 110}, {105, 115}, {116, 131}}, 3, 50, {0}},
		{{{105, 106}, {110, 131}}, 2, 50, {101, 104}}, /* the first of two */
		{{{105, 106}, {110, 131}}, 2, 105, {107, 109}},
		{{{114, 131}}, 1, 114, {0}},        /* the days without one are gone */
		{{{120, 131}}, 1, 114, {101, 119}}, /* some of them are gone */
		{{{0}}, 0, 132, {0}},               /* the month is */
		{{{101, 130}}, 1, 131, {131, 131}},
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct roster_span gap = {0};
		bool found = roster_find_gap((struct roster_span){101, 131}, table[i].first,
			table[i].span, table[i].spans, &gap);
		assert_int_equal(found, table[i].gap.from != 0);
		assert_int_equal(gap.from, table[i].gap.from);
		assert_int_equal(gap.to, table[i].gap.to);
	}
}

static struct roster_procedure procedure(int32_t receipt, const char *from)
{
	return (struct roster_procedure){.receipt = receipt,
		.review_days = 2,
		.due_days = 3,
		.wishes = 4,
		.columns = ROSTER_COLUMNS,
		.legal_basis = "SE 150",
		.verified_by = "",
		.valid_from = day(from),
		.valid_to = DAY_FOREVER};
}

static void test_procedures_are_dated(void **state)
{
	(void)state;
	struct office o;
	struct roster_procedure p, found, list[4];
	int64_t id;
	int count;
	open_office(&o);
	assert_int_equal(roster_load_procedure(&o.s.tx, o.agency, day(FROM), &found), OK);
	assert_int_equal(found.receipt, RECEIPT_NONE);
	p = procedure(RECEIPT_ACKNOWLEDGE, "2025-11-01");
	assert_int_equal(roster_add_procedure(&o.s.tx, &p, o.budi, &id), OK);
	p = procedure(RECEIPT_APPROVE, "2026-01-01");
	assert_int_equal(roster_add_procedure(&o.s.tx, &p, o.budi, &id), OK);
	p = procedure(RECEIPT_NONE, "2025-12-01");
	p.unit = o.other;
	assert_int_equal(roster_add_procedure(&o.s.tx, &p, o.budi, &id), OK);
	static const struct {
		const char *day;
		int32_t own, other;
	} table[] = {{"2025-10-31", RECEIPT_NONE, RECEIPT_NONE},
		{"2025-11-01", RECEIPT_ACKNOWLEDGE, RECEIPT_ACKNOWLEDGE},
		{"2025-12-31", RECEIPT_ACKNOWLEDGE, RECEIPT_NONE},
		{"2026-01-01", RECEIPT_APPROVE, RECEIPT_NONE}};
	for (size_t i = 0; i < 4; i++) {
		assert_int_equal(
			roster_load_procedure(&o.s.tx, o.agency, day(table[i].day), &found), OK);
		assert_int_equal(found.receipt, table[i].own);
		assert_int_equal(
			roster_load_procedure(&o.s.tx, o.other, day(table[i].day), &found), OK);
		assert_int_equal(found.receipt, table[i].other);
	}
	assert_int_equal(roster_list_procedures(&o.s.tx, list, 4, &count), OK);
	assert_int_equal(count, 3);
	test_store_close(&o.s);
}

static void test_a_procedure_is_checked(void **state)
{
	(void)state;
	struct roster_procedure p = procedure(RECEIPT_ACKNOWLEDGE, FROM);
	assert_null(roster_check_procedure(&p));
	p.review_days = 0;
	assert_string_equal(roster_check_procedure(&p), "/review_days");
	p.receipt = RECEIPT_NONE;
	assert_null(roster_check_procedure(&p));
	static const char *const columns[] = {"", "nip,", "nip,gaji", ",nip", "nip kode"};
	for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
		p.columns = columns[i];
		assert_string_equal(roster_check_procedure(&p), "/columns");
	}
}

/* The board was silent: the tick publishes; a period that is over goes back. */
static void test_silence_lets_it_through(void **state)
{
	(void)state;
	struct office o;
	int64_t ahead, over;
	struct roster_version v;
	struct roster_step step[8];
	int count;
	open_office(&o);
	const struct roster_line line = {o.ani, "RKK", NULL}, past = {o.budi, "RK", NULL};
	assert_int_equal(roster_add_version(&o.s.tx, o.agency, day("2025-12-01"), day("2025-12-03"),
				 ROSTER_GENERATED, (struct instrument_id){0}, NULL, o.budi, &line,
				 1, &ahead),
		OK);
	assert_int_equal(
		roster_add_version(&o.s.tx, o.agency, day("2025-11-12"), day("2025-11-13"),
			ROSTER_GENERATED, (struct instrument_id){0}, NULL, o.budi, &past, 1, &over),
		OK);
	assert_int_equal(roster_set_state(&o.s.tx, ahead, ROSTER_SET, NOW + 1), OK);
	assert_int_equal(roster_set_state(&o.s.tx, over, ROSTER_SET, NOW), OK);
	assert_int_equal(roster_tick(&o.s.tx), OK);
	assert_int_equal(roster_load_version(&o.s.tx, ahead, &v), OK);
	assert_int_equal(v.state, ROSTER_SET);
	assert_int_equal(roster_load_version(&o.s.tx, over, &v), OK);
	assert_int_equal(v.state, ROSTER_DRAFT);
	o.s.tx.now_ms = NOW + 1;
	assert_int_equal(roster_tick(&o.s.tx), OK);
	assert_int_equal(roster_load_version(&o.s.tx, ahead, &v), OK);
	assert_int_equal(v.state, ROSTER_PUBLISHED);
	assert_int_equal(facts_of(&o, o.ani, "2025-12-01").letter, 'R');
	assert_int_equal(roster_list_steps(&o.s.tx, ahead, step, 8, &count), OK);
	assert_int_equal(count, 2);
	assert_int_equal(step[0].kind, ROSTER_LET);
	assert_int_equal(step[0].by.v, 0);
	assert_int_equal(step[1].kind, ROSTER_IS_PUBLISHED);
	test_store_close(&o.s);
}

static int64_t set_one(
	struct office *o, const char *from, const struct roster_line *line, int lines)
{
	int64_t id;
	int32_t last = day(from) + (int32_t)strlen(line->days) - 1;
	assert_int_equal(roster_add_version(&o->s.tx, o->agency, day(from), last, ROSTER_GENERATED,
				 (struct instrument_id){0}, NULL, o->budi, line, lines, &id),
		OK);
	assert_int_equal(roster_add_step(&o->s.tx, id, ROSTER_IS_SET, o->budi, NULL), OK);
	assert_int_equal(roster_set_state(&o->s.tx, id, ROSTER_SET, NOW + 10), OK);
	return id;
}

static void assert_superseded(struct office *o, int64_t id, const char *note)
{
	struct roster_version v;
	struct roster_step step[8];
	int count;
	assert_int_equal(roster_load_version(&o->s.tx, id, &v), OK);
	assert_int_equal(v.state, ROSTER_DRAFT);
	assert_int_equal(roster_list_steps(&o->s.tx, id, step, 8, &count), OK);
	assert_int_equal(step[count - 1].kind, ROSTER_SUPERSEDED);
	assert_string_equal(step[count - 1].note, note);
}

/* What is published closes what waits for the same days of its node; silence finds nothing. */
static void test_what_is_decided_later_goes_before(void **state)
{
	(void)state;
	struct office o;
	struct roster_version v;
	open_office(&o);
	const struct roster_line first = {o.ani, "RKR", NULL}, apart = {o.ani, "RK", NULL};
	int64_t older = set_one(&o, "2025-12-01", &first, 1),
		elsewhere = set_one(&o, "2025-12-04", &apart, 1);
	publish_one(&o, o.ani, "2025-12-02", "KK");
	assert_superseded(&o, older, "2 s.d. 3 Desember 2025");
	o.s.tx.now_ms = NOW + 20;
	assert_int_equal(roster_tick(&o.s.tx), OK);
	assert_int_equal(roster_load_version(&o.s.tx, elsewhere, &v), OK);
	assert_int_equal(v.state, ROSTER_PUBLISHED);
	assert_string_equal(letters_of(&o, o.ani), ".KKRK.....");
	test_store_close(&o.s);
}

/* Of two that wait and are both overdue the one that is let through first closes the other; and
 * what came into force after one was set is not undone by silence. */
static void test_silence_undoes_nothing(void **state)
{
	(void)state;
	struct office o;
	struct roster_version v;
	open_office(&o);
	const struct roster_line line = {o.ani, "RKR", NULL}, other = {o.budi, "RR", NULL};
	int64_t one = set_one(&o, "2025-12-01", &line, 1),
		two = set_one(&o, "2025-12-03", &other, 1);
	o.s.tx.now_ms = NOW + 20;
	assert_int_equal(roster_tick(&o.s.tx), OK);
	assert_int_equal(roster_load_version(&o.s.tx, one, &v), OK);
	assert_int_equal(v.state, ROSTER_PUBLISHED);
	assert_superseded(&o, two, "1 s.d. 3 Desember 2025");
	int64_t late = set_one(&o, "2025-12-01", &line, 1);
	o.s.tx.now_ms = NOW + 30;
	publish_one(&o, o.ani, "2025-12-01", "KKK");
	assert_int_equal(roster_set_state(&o.s.tx, late, ROSTER_SET, NOW + 30), OK);
	assert_int_equal(roster_tick(&o.s.tx), OK);
	assert_superseded(&o, late, "");
	assert_string_equal(letters_of(&o, o.ani), "KKK.......");
	test_store_close(&o.s);
}

static void test_a_draft_is_dropped_without_a_trace(void **state)
{
	(void)state;
	struct office o;
	int64_t id;
	struct roster_version v;
	struct roster_line_row row[2];
	int count;
	open_office(&o);
	const struct roster_line line = {o.ani, "RKK", "x.."};
	assert_int_equal(
		roster_add_version(&o.s.tx, o.agency, day("2025-12-01"), day("2025-12-03"),
			ROSTER_GENERATED, (struct instrument_id){0}, NULL, o.budi, &line, 1, &id),
		OK);
	assert_int_equal(roster_drop_draft(&o.s.tx, id), OK);
	assert_int_equal(roster_load_version(&o.s.tx, id, &v), E_NOT_FOUND);
	assert_int_equal(
		roster_list_lines(&o.s.tx, id, (struct employee_id){0}, row, 2, &count), OK);
	assert_int_equal(count, 0);
	test_store_close(&o.s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_which_step_may_be_taken),
		cmocka_unit_test(test_the_first_days_without_a_roster),
		cmocka_unit_test(test_procedures_are_dated),
		cmocka_unit_test(test_a_procedure_is_checked),
		cmocka_unit_test(test_silence_lets_it_through),
		cmocka_unit_test(test_what_is_decided_later_goes_before),
		cmocka_unit_test(test_silence_undoes_nothing),
		cmocka_unit_test(test_a_draft_is_dropped_without_a_trace),
	};
	return TEST_STORE_RUN(tests);
}
