/*
 * What each minute of a day counts as: pure.
 *
 * PP 94/2021 art. 4 f (come to work and obey the hours), Perpres 21/2023 art. 4 (hours, breaks).
 * One question is asked of every minute, and the answers are gathered into stretches; so none is
 * left out and none is told twice.
 */
#include "attendance/attendance_span.h"

#define NEVER (-100000) /* a minute before all days */

const char *const span_kind_names[] = {"free", "worked", "break", "late", "early", "flexible",
	"credited", "extra", "unconfirmed", "relieved", "covered", "leave", "unknown", "waits",
	"absent", "ahead", "not_used", NULL};

/* What the minutes of a day are asked against. */
struct telling {
	const struct day_view *view;
	const struct shift *shift;
	int starts, ends;               /* asked, without letters at its edges and what floats */
	int came, came_by_server, left; /* NEVER: not seen */
	int away_from, away_to;         /* between two turns: left, came again; NEVER: stayed */
	int now;
	int relieved_from;                /* of the lateness, to its end */
	int credited_before, credited_to; /* credited from here before work, until there after it */
};

static int minute_on(const struct day_view *view, int64_t instant)
{
	int64_t ms = instant - instant_of(view->facts.day, 0, view->zone);

	return (int)(ms >= 0 ? ms / MS_PER_MINUTE : -((-ms + MS_PER_MINUTE - 1) / MS_PER_MINUTE));
}

/* As it happened: as claimed, never later than it arrived. */
static int happened(const struct day_view *view, int64_t fact, int64_t claimed)
{
	if (fact == NO_INSTANT)
		return NEVER;
	return minute_on(view, claimed != NO_INSTANT && claimed < fact ? claimed : fact);
}

static bool is_covered(const struct day_ruling *r, int minute)
{
	for (int i = 0; i < r->covers; i++)
		if (minute >= r->cover[i].from && minute < r->cover[i].to)
			return true;
	return false;
}

/* Letters at the edges take away what is asked there, as in the fold. */
static void cut_edges(struct telling *t)
{
	while (t->starts < t->ends && is_covered(&t->view->ruling, t->starts))
		t->starts++;
	while (t->ends > t->starts && is_covered(&t->view->ruling, t->ends - 1))
		t->ends--;
}

static int least(int a, int b)
{
	return a < b ? a : b;
}

/* Who came sooner leaves as much sooner; who came later and made it up is credited for that. */
static void find_flexible(struct telling *t)
{
	const struct attendance_day *row = &t->view->row;
	int sooner = t->came == NEVER ? 0 : t->starts - t->came;

	t->credited_before = t->starts;
	t->credited_to = t->ends + row->made_up_minutes;
	if (sooner <= 0 || !t->shift->band_before)
		return;
	sooner = least(sooner, t->shift->band_before);
	t->credited_before = t->starts - sooner;
	t->ends -= sooner;
}

static bool is_counted(const struct day_view *view, const struct punch *p)
{
	int marks = attendance_find_marks(view->punch, view->punches, p);

	return !p->refers_to && attendance_is_of_day(view, p) && !(marks & PUNCH_VOIDS) &&
	       (!(p->flags & PUNCH_QUARANTINED) || marks & PUNCH_DECIDES);
}

/* Of two turns: left the first and came to the second. */
static void find_turns(struct telling *t)
{
	int middle = (t->shift->break_starts + t->shift->break_ends) / 2;
	int out = NEVER, in = NEVER;

	for (int i = 0; i < t->view->punches; i++) {
		const struct punch *p = &t->view->punch[i];
		int minute = minute_on(t->view, attendance_happened_at(p));

		if (!is_counted(t->view, p))
			continue;
		if (p->direction == DIRECTION_OUT && minute < middle && minute > out)
			out = minute;
		if (p->direction == DIRECTION_IN && minute >= middle &&
			(in == NEVER || minute < in))
			in = minute;
	}
	if (out != NEVER && in != NEVER) {
		t->away_from = out;
		t->away_to = in;
	}
}

static struct telling prepare(const struct day_view *view, int64_t now_ms)
{
	const struct attendance_day *row = &view->row;
	struct telling t = {.view = view,
		.shift = &view->ruling.shift,
		.starts = view->ruling.shift.starts,
		.ends = view->ruling.shift.ends,
		.came = happened(view, row->in_at, row->in_phone_at),
		.came_by_server = row->in_at == NO_INSTANT ? NEVER : minute_on(view, row->in_at),
		.left = happened(view, row->out_at, row->out_phone_at),
		.away_from = NEVER,
		.away_to = NEVER,
		.now = minute_on(view, now_ms)};

	cut_edges(&t);
	if (t.shift->is_split && !view->ruling.covers)
		find_turns(&t);
	t.relieved_from = t.came == NEVER ? NEVER : t.came - row->relieved_minutes;
	find_flexible(&t);
	return t;
}

/* ---- one minute ---- */

static bool has_hours(const struct telling *t)
{
	return t->shift->starts != MINUTE_OFF;
}

static bool is_in_hours(const struct telling *t, int m)
{
	return has_hours(t) && m >= t->shift->starts && m < t->shift->ends;
}

static bool is_break(const struct telling *t, int m)
{
	return m >= t->shift->break_starts && m < t->shift->break_ends;
}

/* Until when somebody who did not leave is there: until now. */
static bool is_there(const struct telling *t, int m)
{
	if (t->came == NEVER || m < t->came || (m >= t->away_from && m < t->away_to))
		return false;
	return t->left != NEVER ? m < t->left : m < t->now && m < t->shift->ends;
}

static enum span_kind tell_free(const struct telling *t, int m)
{
	if (!is_there(t, m) || t->left == NEVER)
		return SPAN_FREE;
	if (has_hours(t) && attendance_is_work(t->view->ruling.mode) &&
		((m >= t->credited_before && m < t->starts) ||
			(m >= t->shift->ends && m < t->credited_to)))
		return SPAN_CREDITED;
	return SPAN_EXTRA;
}

/* Nobody was seen at all. */
static enum span_kind tell_unseen(const struct telling *t, int m)
{
	switch (t->view->row.state) {
	case DAY_ABSENT:
		return SPAN_ABSENT;
	case DAY_WAITS:
	case DAY_PAPER:
		return SPAN_WAITS;
	default:
		return m < t->now ? SPAN_UNKNOWN : SPAN_AHEAD;
	}
}

/* Came late: of that, what the server's failing took away, what was made up or may still be, what
 * only the server says. */
static enum span_kind tell_before(const struct telling *t, int m)
{
	const struct attendance_day *row = &t->view->row;
	bool is_owed = row->flags & (DAY_LATE | DAY_LATE_UNCONFIRMED);

	if (row->relieved_minutes && m >= t->relieved_from)
		return SPAN_RELIEVED;
	if (t->shift->asked_minutes || m < t->starts)
		return SPAN_FLEXIBLE;
	if (row->made_up_minutes && m < t->starts + row->made_up_minutes)
		return SPAN_FLEXIBLE;
	if (!is_owed && !row->relieved_minutes && m < t->starts + t->shift->band_after)
		return SPAN_FLEXIBLE;
	return SPAN_LATE;
}

static enum span_kind tell_after(const struct telling *t, int m)
{
	if (t->shift->asked_minutes || m >= t->ends)
		return SPAN_FLEXIBLE;
	return SPAN_EARLY;
}

static enum span_kind tell_work(const struct telling *t, int m)
{
	if (t->came == NEVER && t->left == NEVER)
		return tell_unseen(t, m);
	if (t->came == NEVER)
		return m < t->left ? SPAN_UNKNOWN : tell_after(t, m);
	if (m < t->came)
		return tell_before(t, m);
	if (m < t->came_by_server && t->view->row.flags & DAY_LATE_UNCONFIRMED && m >= t->starts)
		return SPAN_UNCONFIRMED;
	if (m >= t->away_from && m < t->away_to)
		return m < t->shift->break_starts ? SPAN_EARLY : SPAN_LATE;
	if (t->left != NEVER)
		return m < t->left ? SPAN_WORKED : tell_after(t, m);
	if (t->view->row.flags & DAY_NO_OUT)
		return SPAN_UNKNOWN;
	return m < t->now ? SPAN_WORKED : SPAN_AHEAD;
}

static enum span_kind tell(const struct telling *t, int m)
{
	enum work_mode mode = t->view->ruling.mode;

	if (t->view->row.state == DAY_NOT_USED)
		return SPAN_NOT_USED;
	if (!is_in_hours(t, m))
		return tell_free(t, m);
	if (mode == MODE_LEAVE)
		return SPAN_LEAVE;
	if (!attendance_is_work(mode))
		return tell_free(t, m);
	if (is_break(t, m))
		return SPAN_BREAK;
	if (mode == MODE_OUTSIDE_DUTY || is_covered(&t->view->ruling, m))
		return SPAN_COVERED;
	return tell_work(t, m);
}

int attendance_explain_spans(
	const struct day_view *view, int64_t now_ms, struct day_span ret[SPANS_MAX])
{
	struct telling t = prepare(view, now_ms);
	int end = has_hours(&t) && t.shift->ends > MINUTES_PER_DAY ? t.shift->ends
								   : MINUTES_PER_DAY;
	int n = 0;

	for (int m = 0; m < end; m++) {
		enum span_kind kind = tell(&t, m);

		if (n && (ret[n - 1].kind == kind || n == SPANS_MAX))
			ret[n - 1].to = m + 1;
		else
			ret[n++] = (struct day_span){m, m + 1, kind};
	}
	return n;
}
