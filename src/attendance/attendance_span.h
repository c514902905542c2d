/*
 * A day told minute by minute: what every stretch of it counts as.
 *
 * Worked out from the folded row and the ruling it was folded by, so it can say nothing else than
 * what was judged (attendance_fold_rules.c). The stretches cover the whole day, from midnight to
 * midnight or to the end of a night shift, each minute once.
 */
#ifndef LUWES_ATTENDANCE_ATTENDANCE_SPAN_H
#define LUWES_ATTENDANCE_ATTENDANCE_SPAN_H

#include "attendance/attendance.h"

enum span_kind {
	SPAN_FREE,        /* nothing is asked: before and after the hours, a day off */
	SPAN_WORKED,      /* within the hours, between coming and leaving */
	SPAN_BREAK,       /* of the table of hours; Friday's for the prayer; the gap of two turns */
	SPAN_LATE,        /* asked, and not there yet */
	SPAN_EARLY,       /* asked, and left already */
	SPAN_FLEXIBLE,    /* not there, and free by hours that float or are dynamic */
	SPAN_CREDITED,    /* there outside the hours, and credited for what floats */
	SPAN_EXTRA,       /* there outside the hours */
	SPAN_UNCONFIRMED, /* late by the server alone; counts until a person says otherwise */
	SPAN_RELIEVED,    /* late while the server failed: taken away */
	SPAN_COVERED,     /* outside duty, or a letter for part of the day */
	SPAN_LEAVE,       /* leave or another status of the whole day */
	SPAN_UNKNOWN,     /* one of the two punches is missing */
	SPAN_WAITS,       /* nobody was seen, and something waits for a decision */
	SPAN_ABSENT,      /* nobody was seen */
	SPAN_AHEAD,       /* asked, and still to come */
	SPAN_NOT_USED,    /* the agency does not use Luwes on that day */
	SPAN_KINDS
};
/* free worked break late early flexible credited extra unconfirmed relieved covered leave unknown
 * waits absent ahead not_used */
extern const char *const span_kind_names[];

struct day_span {
	int from, to; /* minutes of the day; to may exceed 1440 in a night */
	enum span_kind kind;
};
/* Neighbours differ in kind: fewer than there are edges in a day (hours, breaks, letters, punches,
 * an outage, now). */
#define SPANS_MAX 40
/* The stretches of a viewed day, in order; how many. Pure. */
int attendance_explain_spans(
	const struct day_view *view, int64_t now_ms, struct day_span ret[SPANS_MAX]);

#endif
