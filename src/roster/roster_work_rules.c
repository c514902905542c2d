/*
 * Which step a roster may take from where it stands.
 *
 * SE 150/KPG.03/BKD: the agency decides and reports to BKD, which adjusts the attendance app; the
 * head's decision is the roster (UU 30/2014 art. 1: the official who decides), the board's part is
 * the procedure's. A draft is nobody's decision; what holds is never taken back, only replaced.
 */
#include "roster/roster_int.h"
#include "roster/roster_procedure.h"

#include "base/str.h"

#include <string.h>

const char *const roster_receipt_names[] = {"none", "acknowledge", "approve", NULL};
const char *const roster_step_names[] = {"made", "solved", "set", "returned", "acknowledged",
	"approved", "let", "published", "withdrawn", "sent", "superseded", NULL};

#define DUE_MOST    60
#define REVIEW_MOST 20
#define WISHES_MOST 12

bool roster_may_step(int state, enum roster_step_kind step, enum roster_receipt receipt)
{
	bool is_set = state == ROSTER_SET;
	switch (step) {
	case ROSTER_MADE:
	case ROSTER_SOLVED:
	case ROSTER_IS_SET:
		return state == ROSTER_DRAFT;
	case ROSTER_RETURNED: /* also when the procedure asks nobody any more: it would wait for
				 ever */
	case ROSTER_WITHDRAWN:
	case ROSTER_SUPERSEDED:
		return is_set;
	case ROSTER_RECEIVED:
	case ROSTER_LET:
		return is_set && receipt == RECEIPT_ACKNOWLEDGE;
	case ROSTER_APPROVED:
		return is_set && receipt == RECEIPT_APPROVE;
	case ROSTER_IS_PUBLISHED:
		return state == ROSTER_ACKNOWLEDGED || (is_set && receipt == RECEIPT_NONE);
	case ROSTER_SENT:
		return state == ROSTER_PUBLISHED;
	default:
		return false;
	}
}

static bool has_day(const struct roster_span *span, int spans, int32_t day)
{
	for (int i = 0; i < spans; i++)
		if (span[i].from <= day && span[i].to >= day)
			return true;
	return false;
}

bool roster_find_gap(struct roster_span in, int32_t first, const struct roster_span *span,
	int spans, struct roster_span *ret)
{
	int32_t day = first > in.from ? first : in.from;
	while (day <= in.to && has_day(span, spans, day))
		day++;
	if (day > in.to)
		return false;
	*ret = (struct roster_span){day, day};
	while (ret->from > in.from && !has_day(span, spans, ret->from - 1))
		ret->from--;
	while (ret->to < in.to && !has_day(span, spans, ret->to + 1))
		ret->to++;
	return true;
}

bool roster_is_column(const char *name, size_t n)
{
	static const char *const known[] = {
		"nip", "nama", "unit", "tanggal", "kode", "mode", "jam_masuk", "jam_pulang"};
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (strlen(known[i]) == n && memcmp(known[i], name, n) == 0)
			return true;
	return false;
}

static bool are_columns(const char *text)
{
	while (*text) {
		size_t n = strcspn(text, ",");
		if (!roster_is_column(text, n))
			return false;
		text += n;
		if (*text == ',' && !*++text)
			return false;
	}
	return true;
}

const char *roster_check_procedure(const struct roster_procedure *p)
{
	if (p->review_days < 0 || p->review_days > REVIEW_MOST)
		return "/review_days";
	if (p->receipt == RECEIPT_ACKNOWLEDGE && p->review_days < 1)
		return "/review_days";
	if (p->due_days < 0 || p->due_days > DUE_MOST)
		return "/due_days";
	if (p->wishes < 0 || p->wishes > WISHES_MOST)
		return "/wishes";
	if (!are_columns(p->columns) || !*p->columns)
		return "/columns";
	return p->valid_to < p->valid_from ? "/valid_to" : NULL;
}
