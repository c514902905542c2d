/*
 * For tests of roster: an agency with a division, a counter and five people, published lines, and
 * the rules of Jawa Barat.
 */
#ifndef LUWES_ROSTER_ROSTER_TEST_OFFICE_H
#define LUWES_ROSTER_ROSTER_TEST_OFFICE_H

#include "roster/roster_int.h"

#include "base/str.h"
#include "org/org_rows.h"
#include "platform/test_store.h"
#include "trust/trust.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#define NOW INT64_C(1762993200000) /* 2025-11-13T00:20:00Z, a Thursday */

static const struct slice *const slices[] = {&trust_slice, &org_slice, &calendar_slice,
	&policy_slice, &roster_slice, &roster_swap_slice, &roster_wish_slice, &roster_feed_slice};

static inline int32_t day(const char *s)
{
	int32_t d;
	if (!day_parse(s, &d))
		fail_msg("not a day: %s", s);
	return d;
}

/* ---- a small agency
 * ------------------------------------------------------------------------------ */

#define ANI   "198001012005012001"
#define BUDI  "198101012005011002"
#define CITRA "198201012005012003"
#define DEDI  "198301012005011004"
#define EKO   "198401012005011005"

struct office {
	struct test_store s;
	struct unit_id agency, division, counter_unit, other;
	struct post_id counter, desk;
	struct employee_id ani, budi, citra, dedi, eko;
};

static inline struct unit_id add_unit(
	struct office *o, const char *code, struct unit_id parent, enum unit_character character)
{
	struct unit_id id;
	const struct org_unit row = {.parent = parent,
		.code = code,
		.name = code,
		.kind = parent.v ? UNIT_DIVISION : UNIT_AGENCY,
		.character = character,
		.valid_to = DAY_FOREVER};
	assert_int_equal(org_add_unit(&o->s.tx, &row, &id), OK);
	return id;
}

static inline struct employee_id add_person(
	struct office *o, const char *nip, const char *name, struct unit_id unit)
{
	struct employee_id id;
	const struct employee_row row = {.nip = nip,
		.name = name,
		.title_before = "",
		.title_after = "",
		.kind = PNS,
		.has_phone = true};
	assert_int_equal(org_add_employee(&o->s.tx, &row, day("2020-01-01"), DAY_FOREVER, &id), OK);
	if (unit.v)
		assert_int_equal(org_place(&o->s.tx, id, unit, "Analis  Kebijakan", FUNGSIONAL,
					 "SK 1", day("2020-01-01")),
			OK);
	return id;
}

static inline struct post_id add_post(struct office *o, const char *code, bool is_direct)
{
	struct post_id id;
	const struct org_post row = {.unit = o->agency,
		.code = code,
		.name = code,
		.is_direct = is_direct,
		.valid_to = DAY_FOREVER};
	assert_int_equal(org_add_post(&o->s.tx, &row, "", NULL, 0, &id), OK);
	return id;
}

static inline void open_office(struct office *o)
{
	struct pattern_id pattern;
	*o = (struct office){0};
	test_store_open(&o->s, slices, COUNT_OF(slices), NOW);
	o->agency = add_unit(o, "BAPPEDA", (struct unit_id){0}, CHARACTER_OFFICE);
	o->division = add_unit(o, "BAPPEDA-1", o->agency, CHARACTER_OFFICE);
	o->counter_unit = add_unit(o, "BAPPEDA-2", o->agency, CHARACTER_SERVICE);
	o->other = add_unit(o, "DINSOS", (struct unit_id){0}, CHARACTER_OFFICE);
	o->counter = add_post(o, "LOKET", true);
	o->desk = add_post(o, "MEJA", false);
	o->ani = add_person(o, ANI, "Ani", o->division);
	o->budi = add_person(o, BUDI, "Budi", o->division);
	o->citra = add_person(o, CITRA, "Citra", o->counter_unit);
	o->dedi = add_person(o, DEDI, "Dedi", o->other);
	o->eko = add_person(o, EKO, "Eko", (struct unit_id){0});
	assert_int_equal(calendar_add_default(&o->s.tx, &pattern), OK);
	assert_int_equal(org_touch_generation(&o->s.tx), OK);
}

static inline struct person_day facts_of(struct office *o, struct employee_id who, const char *on)
{
	struct person_day facts;
	assert_int_equal(roster_load_person_day(&o->s.tx, who, day(on), &facts), OK);
	return facts;
}

static inline int64_t publish(
	struct office *o, const char *from, const struct roster_line *line, int lines)
{
	int64_t version;
	int32_t first = day(from), last = first + (int32_t)strlen(line->days) - 1;
	assert_int_equal(roster_add_version(&o->s.tx, o->agency, first, last, ROSTER_IMPORTED,
				 (struct instrument_id){0}, NULL, o->budi, line, lines, &version),
		OK);
	assert_int_equal(roster_publish(&o->s.tx, version, o->budi), OK);
	return version;
}

static inline int64_t publish_one(
	struct office *o, struct employee_id who, const char *from, const char *days)
{
	return publish(o, from, &(struct roster_line){who, days}, 1);
}

/* The letters of ten days from 1 December. */
static inline const char *letters_of(struct office *o, struct employee_id who)
{
	char *text = arena_alloc(&o->s.arena, 11);
	for (int i = 0; i < 10; i++) {
		struct person_day facts;
		assert_int_equal(
			roster_load_person_day(&o->s.tx, who, day("2025-12-01") + i, &facts), OK);
		text[i] = facts.letter ? facts.letter : '.';
	}
	return text;
}

static inline struct instrument_id add_circular(
	struct office *o, const char *number, const struct rule *rule, int rules)
{
	struct instrument_id id;
	const struct instrument in = {.rank = RANK_SE,
		.number = number,
		.title = "WFH",
		.issued = day("2025-10-22"),
		.valid_from = day("2025-11-01"),
		.valid_to = DAY_FOREVER};
	assert_int_equal(policy_add_instrument(&o->s.tx, &in, rule, rules, &id), OK);
	return id;
}

static inline struct rule thursday_home(void)
{
	struct rule r = policy_rule_of(RULE_MODE);
	r.mode = MODE_HOME;
	r.weekdays = WEEKDAY_BIT(THURSDAY);
	return r;
}

static inline struct rule service_exempt(void)
{
	struct rule r = policy_rule_of(RULE_EXEMPT);
	r.character = CHARACTER_SERVICE;
	return r;
}

static inline struct rule home_by_roster(int percent)
{
	struct rule r = policy_rule_of(RULE_ROSTER);
	r.mode = MODE_HOME;
	r.bound = BOUND_AT_MOST;
	r.percent = percent;
	r.base = BASE_ALL;
	r.share_level = LEVEL_AGENCY;
	return r;
}

#endif
