/*
 * Shares and precision, pure; UU 27/2022 art. 16 (purpose): numbers about units and rules that tell
 * nothing about one person.
 */
#include "attendance/attendance_confirmation_outcome.h"

int32_t attendance_silent_percent(const struct outcome *o)
{
	int64_t decided = (int64_t)o->confirmed + o->denied + o->silent;

	return decided ? (int32_t)(o->silent * INT64_C(100) / decided) : INT_NONE;
}

static int32_t percent_of(int32_t denied, int32_t confirmed)
{
	int64_t decided = (int64_t)denied + confirmed;

	return decided < ORG_GROUP_LEAST ? INT_NONE : (int32_t)(denied * INT64_C(100) / decided);
}

struct mark_precision attendance_judge_mark(const struct mark_outcome *o)
{
	struct mark_precision p = {INT_NONE, INT_NONE, false};
	int32_t said;

	if (o->people < ORG_GROUP_LEAST)
		return p;
	p.percent = percent_of(o->denied, o->confirmed);
	p.sample_percent = percent_of(o->sample_denied, o->sample_confirmed);
	said = p.sample_percent == INT_NONE ? p.percent : p.sample_percent;
	p.needs_review = said != INT_NONE && said < PRECISION_LEAST;
	return p;
}

void attendance_add_outcome(struct mark_outcome *of_mark, int64_t marks,
	enum confirmation_kind kind, enum confirmation_state state, int32_t count)
{
	bool is_sample = kind == CONFIRMATION_SAMPLE;

	if (state != CONFIRMED && state != DENIED)
		return;
	for (int i = 0; i < WEIGHTED_MARKS; i++) {
		if (!(marks >> i & 1))
			continue;
		of_mark[i].confirmed += state == CONFIRMED ? count : 0;
		of_mark[i].denied += state == DENIED ? count : 0;
		of_mark[i].sample_confirmed += is_sample && state == CONFIRMED ? count : 0;
		of_mark[i].sample_denied += is_sample && state == DENIED ? count : 0;
	}
}

void attendance_add_marked(struct mark_outcome *of_mark, int64_t marks)
{
	for (int i = 0; i < WEIGHTED_MARKS; i++)
		of_mark[i].people += (int32_t)(marks >> i & 1);
}
