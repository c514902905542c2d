/* For tests of policy: days by name, and the working time under which rules are tried. */
#ifndef LUWES_POLICY_POLICY_TEST_STORE_H
#define LUWES_POLICY_POLICY_TEST_STORE_H

#include "policy/policy_int.h"

#include "base/str.h"
#include "org/org_rows.h"
#include "platform/test_store.h"
#include "trust/trust.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#define NOW INT64_C(1762993200000) /* 2025-11-13T00:20:00Z, a Thursday */

static const struct slice *const slices[] = {
	&trust_slice, &org_slice, &calendar_slice, &policy_slice};

static inline int32_t day(const char *s)
{
	int32_t d;
	if (!day_parse(s, &d))
		fail_msg("not a day: %s", s);
	return d;
}

static inline void set_up_calendar(struct test_store *s)
{
	struct pattern_id id;
	assert_int_equal(calendar_add_default(&s->tx, &id), OK);
	assert_int_equal(calendar_set_regime(&s->tx, REGIME_RAMADAN, day("2026-02-19"),
				 day("2026-03-20"), "Sidang isbat 17 Feb 2026"),
		OK);
	assert_int_equal(calendar_set_holiday(&s->tx, day("2025-12-25"), HOLIDAY_NATIONAL,
				 "Hari Raya Natal", "SKB 1017/2024"),
		OK);
	assert_int_equal(calendar_set_holiday(&s->tx, day("2026-04-03"), HOLIDAY_NATIONAL,
				 "Wafat Yesus Kristus", "SKB 1497/2025"),
		OK);
}

#endif
