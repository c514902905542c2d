/*
 * Folding a day of work: a pure function of punches, ruling and clock.
 *
 * PP 94/2021 art. 4 f: come to work and obey working hours; art. 1 no. 5: inside or outside the
 * office. Perpres 21/2023 art. 4: the hours. Nobody is late by a failing signal: the time of
 * receipt is the fact, but only what the phone also admits is lateness; the rest is unconfirmed.
 * What a person or another system entered has no signal to fail: the time it states is the fact.
 *
 * A day is folded from the set of its punches, whatever their order of arrival: times are the
 * earliest and latest of the set, so a punch that comes late changes the day exactly as if it had
 * come in time. The journal is never changed: a row that refers to another says that it does not
 * count, or that it does. Duty outside the office is covered by its letter: it has no lateness and
 * is never absent; a letter for part of the day moves what is asked. While something waits for a
 * decision nobody is absent. Punches judge a day as the attendance source of its agency says
 * (struct day_ruling.judge); the others stand beside them.
 */
#include "attendance/attendance.h"

#define WINDOW_LEAD_MINUTES  240
#define WINDOW_DEFAULT_START 480 /* a day off is cut as if work began at 08.00 */
#define MINUTES_MAX          (3 * 1440)

static struct shift shift_on(
	const struct policy_book *book, const struct person_day *facts, int32_t day)
{
	struct shift_reason reason;

	return calendar_shift(
		book->calendar, book->tree, facts->unit, facts->personal, day, &reason);
}

/* Minute of `day` (may be negative) at which its window opens and that of the day before closes. */
static int window_opens(const struct policy_book *book, const struct person_day *facts, int32_t day)
{
	struct shift today = shift_on(book, facts, day), night;
	bool is_off = today.starts == MINUTE_OFF;
	int opens = (is_off ? WINDOW_DEFAULT_START : today.starts) - WINDOW_LEAD_MINUTES;
	int night_ends;

	if (!book->any_crosses_midnight)
		return opens;
	night = shift_on(book, facts, day - 1);
	if (night.starts == MINUTE_OFF || night.ends <= 1440)
		return opens;
	/* Before a day off the night keeps its own lead, so that a late way out still belongs to
	 * it. */
	night_ends = night.ends - 1440 + (is_off ? WINDOW_LEAD_MINUTES : 0);
	return night_ends > opens ? night_ends : opens;
}

void attendance_day_window(const struct policy_book *book, const struct person_day *facts,
	enum zone zone, int64_t *ret_from, int64_t *ret_to)
{
	*ret_from = instant_of(facts->day, window_opens(book, facts, facts->day), zone);
	*ret_to = instant_of(facts->day + 1, window_opens(book, facts, facts->day + 1), zone);
	if (*ret_to < *ret_from)
		*ret_to = *ret_from;
}

/* The punches of one direction in the window: earliest or latest of each time, and the punch that
 * was first or last. */
struct edge {
	const struct punch *punch;
	int64_t fact_at, claimed_at, happened_at;
};

/* What a fold works on. */
struct folding {
	const struct policy_book *book;
	const struct day_ruling *ruling;
	int32_t day;
	enum zone zone;
	const struct punch *punch;
	int punches;
	int64_t from, to, now;
	bool is_over;       /* the window has closed */
	bool has_marks;     /* rows that refer to others */
	bool waits;         /* for a decision: a notice, or a punch kept apart */
	bool is_checked_in; /* a check says he was there */
	struct shift asked; /* the shift without what letters cover at its ends */
	struct edge in, out;
};

int attendance_find_marks(const struct punch *punch, int punches, const struct punch *of)
{
	const struct punch *last = NULL;
	int place = of->refers_to ? 0 : of->flags & PUNCH_CONFIRMS_PLACE; /* it brought its proof */

	for (int i = 0; i < punches; i++) {
		if (punch[i].refers_to != of->punch_id)
			continue;
		place |= punch[i].flags & PUNCH_CONFIRMS_PLACE;
		if (punch[i].flags & PUNCH_DECIDES && (!last || punch[i].punch_id > last->punch_id))
			last = &punch[i];
	}
	return place | (last ? last->flags & PUNCH_DECIDES : 0);
}

static int find_marks(const struct folding *f, const struct punch *p)
{
	return f->has_marks ? attendance_find_marks(f->punch, f->punches, p) : 0;
}

/* What the punch claims counts as said, unless a person did not believe it. */
static int64_t find_claim(const struct folding *f, const struct punch *p)
{
	return find_marks(f, p) & PUNCH_DENIES ? p->received_at : attendance_claimed_at(p);
}

int64_t attendance_fact_at(const struct punch *p, int marks)
{
	if (marks & PUNCH_CONFIRMS)
		return attendance_happened_at(p);
	if (marks & PUNCH_DENIES)
		return p->received_at;
	if ((p->source == FROM_PHONE || p->source == FROM_KIOSK) &&
		!attendance_is_time_known(p->time_grade))
		return p->received_at;
	return attendance_happened_at(p);
}

static int64_t find_fact(const struct folding *f, const struct punch *p)
{
	return attendance_fact_at(p, find_marks(f, p));
}

static bool is_first(const struct punch *p, const struct edge *edge)
{
	int64_t at = attendance_happened_at(p);

	return !edge->punch || at < edge->happened_at ||
	       (at == edge->happened_at && p->punch_id < edge->punch->punch_id);
}

static bool is_last(const struct punch *p, const struct edge *edge)
{
	int64_t at = attendance_happened_at(p);

	return !edge->punch || at > edge->happened_at ||
	       (at == edge->happened_at && p->punch_id > edge->punch->punch_id);
}

static void gather_in(struct edge *edge, const struct punch *p, int64_t fact, int64_t claimed)
{
	if (!edge->punch || fact < edge->fact_at)
		edge->fact_at = fact;
	if (!edge->punch || claimed < edge->claimed_at)
		edge->claimed_at = claimed;
	if (is_first(p, edge)) {
		edge->happened_at = attendance_happened_at(p);
		edge->punch = p;
	}
}

static void gather_out(struct edge *edge, const struct punch *p, int64_t fact, int64_t claimed)
{
	if (!edge->punch || fact > edge->fact_at)
		edge->fact_at = fact;
	if (!edge->punch || claimed > edge->claimed_at)
		edge->claimed_at = claimed;
	if (is_last(p, edge)) {
		edge->happened_at = attendance_happened_at(p);
		edge->punch = p;
	}
}

static bool is_in_window(const struct folding *f, const struct punch *p)
{
	int64_t at = attendance_happened_at(p);

	return at >= f->from && at < f->to;
}

/* Whether punches of this source judge the day. Those of the other system stand in the journal
 * beside them, until a person confirms one. */
static bool is_judge(const struct folding *f, const struct punch *p)
{
	static const bool judges[JUDGE_COUNT][PUNCH_SOURCES] = {
		[JUDGE_LUWES] = {[FROM_PHONE] = true,
			[FROM_PAPER] = true,
			[FROM_CORRECTION] = true,
			[FROM_KIOSK] = true},
		[JUDGE_EXTERNAL] =
			{[FROM_EXTERNAL] = true, [FROM_PAPER] = true, [FROM_CORRECTION] = true},
	};

	return judges[f->ruling->judge][p->source];
}

static bool is_counted(const struct folding *f, const struct punch *p)
{
	int marks;

	if (p->refers_to || !is_in_window(f, p))
		return false;
	marks = find_marks(f, p);
	if (marks & PUNCH_VOIDS)
		return false;
	return marks & (PUNCH_CONFIRMS | PUNCH_DENIES) ||
	       (is_judge(f, p) && !(p->flags & PUNCH_QUARANTINED));
}

/* Kept apart, and nobody has said yet what it is worth. */
static bool is_undecided(const struct folding *f, const struct punch *p)
{
	return !p->refers_to && p->flags & PUNCH_QUARANTINED && is_judge(f, p) &&
	       is_in_window(f, p) && !(find_marks(f, p) & PUNCH_DECIDES);
}

/* Minute of the day an instant falls in (may exceed 1440 or be negative); a clock shows 07:30:59 as
 * 07.30. */
static int minute_on(const struct folding *f, int64_t instant)
{
	int64_t ms = instant - instant_of(f->day, 0, f->zone);
	int64_t minute = ms >= 0 ? ms / MS_PER_MINUTE
				 : -((-ms + MS_PER_MINUTE - 1) / MS_PER_MINUTE);

	if (minute > MINUTES_MAX)
		return MINUTES_MAX;
	return minute < -MINUTES_MAX ? -MINUTES_MAX : (int)minute;
}

/* The first in, or the last out, of the counted punches between two minutes of the day. */
static struct edge gather_part(
	const struct folding *f, enum direction direction, int from_minute, int to_minute)
{
	struct edge edge = {NULL, NO_INSTANT, NO_INSTANT, NO_INSTANT};

	for (int i = 0; i < f->punches; i++) {
		const struct punch *p = &f->punch[i];
		int minute = minute_on(f, attendance_happened_at(p));

		if (p->direction != direction || minute < from_minute || minute >= to_minute ||
			!is_counted(f, p))
			continue;
		if (direction == DIRECTION_IN)
			gather_in(&edge, p, find_fact(f, p), find_claim(f, p));
		else
			gather_out(&edge, p, find_fact(f, p), find_claim(f, p));
	}
	return edge;
}

static void gather(struct folding *f)
{
	f->in = f->out = (struct edge){NULL, NO_INSTANT, NO_INSTANT, NO_INSTANT};
	for (int i = 0; i < f->punches; i++)
		f->has_marks |= f->punch[i].refers_to || f->punch[i].flags & PUNCH_CONFIRMS_PLACE;
	for (int i = 0; i < f->punches; i++) {
		const struct punch *p = &f->punch[i];

		f->waits |= is_undecided(f, p);
		if (!is_counted(f, p))
			continue;
		if (p->direction == DIRECTION_IN)
			gather_in(&f->in, p, find_fact(f, p), find_claim(f, p));
		else if (p->direction == DIRECTION_OUT)
			gather_out(&f->out, p, find_fact(f, p), find_claim(f, p));
		else
			f->is_checked_in = true;
	}
}

/* A letter that covers the beginning or the end of the shift takes it away from what is asked. */
static struct shift cut_covers(const struct day_ruling *ruling)
{
	struct shift asked = ruling->shift;

	for (int i = 0; i < ruling->covers; i++)
		if (ruling->cover[i].from <= asked.starts && ruling->cover[i].to > asked.starts)
			asked.starts = ruling->cover[i].to < asked.ends ? ruling->cover[i].to
									: asked.ends;
	for (int i = ruling->covers - 1; i >= 0; i--)
		if (ruling->cover[i].to >= asked.ends && ruling->cover[i].from < asked.ends)
			asked.ends = ruling->cover[i].from > asked.starts ? ruling->cover[i].from
									  : asked.starts;
	return asked;
}

static bool is_covered(const struct folding *f)
{
	return f->ruling->covers > 0 && f->asked.starts >= f->asked.ends;
}

static int late_at(const struct shift *shift, int minute)
{
	return calendar_late_minutes(shift, minute < shift->ends ? minute : shift->ends, 0);
}

static int early_at(const struct shift *shift, int minute)
{
	return calendar_early_minutes(shift, minute > shift->starts ? minute : shift->starts);
}

static int clamp(int value, int most)
{
	if (value < 0)
		return 0;
	return value < most ? value : most;
}

/* Who came before the start, within the band, may leave as much earlier. */
static struct shift float_end(const struct folding *f)
{
	struct shift asked = f->asked;

	if (asked.band_before && f->in.punch)
		asked.ends -= clamp(
			asked.starts - minute_on(f, f->in.happened_at), asked.band_before);
	return asked;
}

/* How much of a lateness was worked after the end of the same day; nothing beyond the band. */
static int made_up_of(const struct folding *f, int late)
{
	if (late > f->asked.band_after || !f->out.punch)
		return 0;
	return clamp(minute_on(f, f->out.happened_at) - f->asked.ends, late);
}

/* Late, neither made up nor still to be made up. */
static bool is_owed(const struct folding *f, int late)
{
	bool is_open = late <= f->asked.band_after && !f->out.punch && !f->is_over;

	return !is_open && late > made_up_of(f, late);
}

static void judge_clock(const struct folding *f, struct attendance_day *row)
{
	struct shift asked = float_end(f);

	if (f->in.punch) {
		row->late_minutes = late_at(&f->asked, minute_on(f, f->in.fact_at));
		row->claim_late_minutes = late_at(&f->asked, minute_on(f, f->in.claimed_at));
		row->made_up_minutes = made_up_of(f, row->late_minutes);
	}
	if (row->made_up_minutes > 0)
		row->basis |= BASIS_MADE_UP;
	if (is_owed(f, row->late_minutes))
		row->flags |= is_owed(f, row->claim_late_minutes) ? DAY_LATE : DAY_LATE_UNCONFIRMED;
	if (f->out.punch)
		row->early_minutes = early_at(&asked, minute_on(f, f->out.happened_at));
	if (f->in.punch && f->out.punch && f->in.happened_at < f->out.happened_at)
		row->worked_minutes = calendar_working_minutes(&f->ruling->shift,
			minute_on(f, f->in.happened_at), minute_on(f, f->out.happened_at));
}

/* Working minutes that a letter for part of the day takes over. */
static int covered_minutes(const struct folding *f)
{
	int minutes = 0;

	for (int i = 0; i < f->ruling->covers; i++)
		minutes += calendar_working_minutes(
			&f->ruling->shift, f->ruling->cover[i].from, f->ruling->cover[i].to);
	return minutes;
}

/* Dynamic hours: no lateness, and what is wanting to the sum counts as leaving early. */
static void judge_hours(const struct folding *f, struct attendance_day *row)
{
	int asked = f->ruling->shift.asked_minutes - covered_minutes(f);

	if (!f->in.punch || !f->out.punch)
		return;
	row->worked_minutes = calendar_working_minutes(&f->ruling->shift,
		minute_on(f, f->in.happened_at), minute_on(f, f->out.happened_at));
	if (asked > row->worked_minutes)
		row->early_minutes = asked - row->worked_minutes;
}

/* Two turns: middle of the gap between them. */
static int turn_over(const struct shift *s)
{
	return (s->break_starts + s->break_ends) / 2;
}

static bool has_left_between(const struct folding *f)
{
	return f->out.punch && minute_on(f, f->out.happened_at) < turn_over(&f->ruling->shift);
}

/* Of two turns each is come to and left, or one stays through; a turn missed counts whole. */
static void judge_turns(const struct folding *f, struct attendance_day *row)
{
	const struct shift *s = &f->ruling->shift;
	int middle = turn_over(s);
	struct edge out = gather_part(f, DIRECTION_OUT, -MINUTES_MAX, middle);
	struct edge in = gather_part(f, DIRECTION_IN, middle, MINUTES_MAX);
	bool is_parted = out.punch && in.punch;

	if (f->in.punch) {
		row->late_minutes = calendar_working_minutes(
			s, s->starts, minute_on(f, f->in.fact_at));
		row->claim_late_minutes = calendar_working_minutes(
			s, s->starts, minute_on(f, f->in.claimed_at));
	}
	if (is_parted) {
		row->late_minutes += calendar_working_minutes(
			s, s->break_ends, minute_on(f, in.fact_at));
		row->claim_late_minutes += calendar_working_minutes(
			s, s->break_ends, minute_on(f, in.claimed_at));
	}
	if (row->late_minutes > 0)
		row->flags |= row->claim_late_minutes > 0 ? DAY_LATE : DAY_LATE_UNCONFIRMED;
	if (!f->out.punch || (has_left_between(f) && !f->is_over))
		return;
	row->early_minutes = calendar_working_minutes(s, minute_on(f, f->out.happened_at), s->ends);
	if (is_parted)
		row->early_minutes += calendar_working_minutes(
			s, minute_on(f, out.happened_at), s->break_starts);
	if (f->in.punch && f->in.happened_at < f->out.happened_at)
		row->worked_minutes = calendar_working_minutes(
			s, minute_on(f, f->in.happened_at), minute_on(f, f->out.happened_at));
	if (is_parted)
		row->worked_minutes -= calendar_working_minutes(
			s, minute_on(f, out.happened_at), minute_on(f, in.happened_at));
}

static void judge_time(const struct folding *f, struct attendance_day *row)
{
	if (f->ruling->shift.asked_minutes)
		judge_hours(f, row);
	else if (f->ruling->shift.is_split && !f->ruling->covers)
		judge_turns(f, row);
	else
		judge_clock(f, row);
	if (row->early_minutes > 0)
		row->flags |= DAY_EARLY;
}

static struct place_judgement judge_edge(
	const struct folding *f, const struct edge *edge, struct unit_id unit)
{
	if (!edge->punch)
		return (struct place_judgement){.verdict = PLACE_NOT_ASKED};
	if (find_marks(f, edge->punch) & PUNCH_CONFIRMS_PLACE)
		return (struct place_judgement){.verdict = PLACE_WITHIN};
	return attendance_judge_place(f->book->tree, unit, f->day, f->ruling->place, edge->punch);
}

static void judge_places(const struct folding *f, struct attendance_day *row)
{
	struct place_judgement in = judge_edge(f, &f->in, row->unit);
	struct place_judgement out = judge_edge(f, &f->out, row->unit);

	row->in_place = in.verdict;
	row->in_distance = in.bucket;
	row->out_place = out.verdict;
	if (in.verdict == PLACE_OUTSIDE || out.verdict == PLACE_OUTSIDE)
		row->flags |= DAY_PLACE_OUTSIDE;
	if (in.verdict == PLACE_UNKNOWN || out.verdict == PLACE_UNKNOWN)
		row->flags |= DAY_PLACE_UNKNOWN;
}

/* Whether an edge lies in one of the windows of its kind; a kind without a window asks nothing. */
static bool is_in_windows(const struct folding *f, enum window_kind kind, const struct edge *edge)
{
	int minute = minute_on(f, edge->happened_at);
	bool is_asked = false;

	for (int i = 0; i < f->ruling->windows; i++) {
		const struct check_window *w = &f->ruling->window[i];

		if (w->kind != kind)
			continue;
		if (minute >= w->opens && minute <= w->closes)
			return true;
		is_asked = true;
	}
	return !is_asked;
}

static bool is_checked(const struct folding *f, const struct check_window *w)
{
	for (int i = 0; i < f->punches; i++) {
		int minute = minute_on(f, attendance_happened_at(&f->punch[i]));

		if (is_counted(f, &f->punch[i]) && minute >= w->opens && minute <= w->closes)
			return true;
	}
	return false;
}

/* A check is missed once the person has left after it, or the day closed without a way out. */
static bool is_check_missed(const struct folding *f, const struct check_window *w)
{
	bool is_due = f->out.punch ? minute_on(f, f->out.happened_at) > w->closes
				   : f->in.punch && f->is_over;

	return w->kind == WINDOW_CHECK && is_due && !is_checked(f, w);
}

static bool is_window_missed(const struct folding *f)
{
	if (f->in.punch && !is_in_windows(f, WINDOW_IN, &f->in))
		return true;
	if (f->out.punch && !is_in_windows(f, WINDOW_OUT, &f->out))
		return true;
	for (int i = 0; i < f->ruling->windows; i++)
		if (is_check_missed(f, &f->ruling->window[i]))
			return true;
	return false;
}

/* The system that judges has not spoken yet: nobody is absent by a file that is late. */
static bool is_awaited(const struct folding *f)
{
	return f->ruling->is_awaited && attendance_is_work(f->ruling->mode) && !f->in.punch &&
	       !f->out.punch;
}

/* Without a phone nobody is seen before the paper list of his unit comes, which has its time. From
 * the first minute of the day on, when its row is made: nothing folds it again before work begins.
 */
static bool is_paper_awaited(const struct folding *f)
{
	return f->ruling->paper_due && f->ruling->mode != MODE_OUTSIDE_DUTY && !is_covered(f) &&
	       f->now >= instant_of(f->day, 0, f->zone) &&
	       f->now < instant_of(f->ruling->paper_due + 1, 0, f->zone);
}

static enum day_state decide_state(const struct folding *f)
{
	if (f->ruling->mode == MODE_LEAVE)
		return DAY_LEAVE;
	if (f->ruling->mode == MODE_OFF)
		return DAY_OFF_WORK;
	if (f->in.punch && f->out.punch && f->ruling->shift.is_split && !f->is_over &&
		has_left_between(f))
		return DAY_PRESENT; /* the second turn is still to come */
	if (f->in.punch && f->out.punch)
		return DAY_COMPLETE;
	if (f->in.punch || f->out.punch || f->is_checked_in)
		return DAY_PRESENT;
	if (is_paper_awaited(f))
		return f->waits ? DAY_WAITS : DAY_PAPER;
	if (!f->is_over || f->ruling->mode == MODE_OUTSIDE_DUTY || is_covered(f))
		return DAY_EXPECTED;
	return f->waits || is_awaited(f) ? DAY_WAITS : DAY_ABSENT;
}

static int basis_of_edge(const struct edge *edge)
{
	static const int basis[] = {[FROM_PHONE] = 0,
		[FROM_EXTERNAL] = BASIS_EXTERNAL,
		[FROM_PAPER] = BASIS_MANUAL,
		[FROM_CORRECTION] = BASIS_MANUAL | BASIS_CORRECTED,
		[FROM_KIOSK] = 0};

	return edge->punch ? basis[edge->punch->source] : 0;
}

/* Whether a person said something about it; what a kiosk says of a phone's punch is no decision. */
static bool is_decided(const struct folding *f, const struct punch *p)
{
	for (int i = 0; i < f->punches; i++)
		if (f->punch[i].refers_to == p->punch_id && f->punch[i].source != FROM_KIOSK)
			return true;
	return false;
}

/* A paper list is confirmed by rows that refer to its own; only for a phone's or a machine's punch
 * that is news. */
static bool is_corrected(const struct folding *f)
{
	for (int i = 0; f->has_marks && i < f->punches; i++) {
		const struct punch *p = &f->punch[i];
		bool is_machine = p->source == FROM_PHONE || p->source == FROM_EXTERNAL ||
				  p->source == FROM_KIOSK;

		if (is_machine && !p->refers_to && is_in_window(f, p) && is_decided(f, p))
			return true;
	}
	return false;
}

/* A punch that counts had come before the table of hours was changed. */
static bool is_rejudged(const struct folding *f)
{
	int64_t changed_at = f->ruling->shift_reason.changed_at;

	if (!changed_at || f->ruling->mode == MODE_LEAVE)
		return false;
	return (f->in.punch && f->in.punch->received_at < changed_at) ||
	       (f->out.punch && f->out.punch->received_at < changed_at);
}

static int compute_basis(const struct folding *f)
{
	int basis = basis_of_edge(&f->in) | basis_of_edge(&f->out);

	if (f->ruling->is_noticed || (f->waits && !f->in.punch && !f->out.punch))
		basis |= BASIS_NOTICE;
	if (is_awaited(f))
		basis |= BASIS_AWAITED;
	if (f->ruling->covers)
		basis |= BASIS_PART_OF_DAY;
	if (is_rejudged(f))
		basis |= BASIS_REJUDGED;
	return is_corrected(f) ? basis | BASIS_CORRECTED : basis;
}

/* ---- the assembly of the day ---- */

static bool covers_minute(const struct day_ruling *ruling, int minute)
{
	for (int i = 0; i < ruling->covers; i++)
		if (ruling->cover[i].from <= minute && ruling->cover[i].to > minute)
			return true;
	return false;
}

/* Whom letters and the letter of the assembly itself excuse; EVENT_NONE: nobody. */
static enum event_verdict find_excuse(const struct folding *f, const struct calendar_event *event)
{
	const struct day_ruling *r = f->ruling;

	if (r->mode == MODE_LEAVE)
		return EVENT_LEAVE;
	if (r->mode == MODE_OUTSIDE_DUTY || covers_minute(r, event->starts))
		return EVENT_DUTY;
	if (event->excuses & EXCUSE_SHIFT && r->shift_reason.is_turn)
		return EVENT_SHIFT;
	if (event->excuses & EXCUSE_HOME && policy_is_away(r->mode))
		return EVENT_HOME;
	if (event->excuses & EXCUSE_OFF && r->mode == MODE_OFF)
		return EVENT_OFF;
	return EVENT_NONE;
}

static bool is_at_place(
	const struct folding *f, const struct calendar_event *event, const struct punch *p)
{
	return !event->site_unit.v || find_marks(f, p) & PUNCH_CONFIRMS_PLACE ||
	       !attendance_is_outside(f->book->tree, event->site_unit, f->day, p);
}

/* Minute of the first punch that shows a person at it; MINUTE_OFF when none does. */
static int find_attendance(const struct folding *f, const struct calendar_event *event)
{
	int first = MINUTE_OFF;

	for (int i = 0; i < f->punches; i++) {
		const struct punch *p = &f->punch[i];
		int minute = minute_on(f, attendance_happened_at(p));

		if (!is_counted(f, p) || p->direction != DIRECTION_IN || minute < event->opens ||
			minute > event->closes || !is_at_place(f, event, p))
			continue;
		if (first == MINUTE_OFF || minute < first)
			first = minute;
	}
	return first;
}

static void judge_event(
	const struct folding *f, const struct calendar_event *event, struct attendance_day *row)
{
	int minute;

	row->event = find_excuse(f, event);
	if (row->event != EVENT_NONE)
		return;
	minute = find_attendance(f, event);
	if (minute != MINUTE_OFF) {
		row->event = minute > event->starts ? EVENT_LATE : EVENT_PRESENT;
		row->event_minutes = minute > event->starts ? minute - event->starts : 0;
	} else if (f->now <= instant_of(f->day, event->closes, f->zone)) {
		row->event = EVENT_EXPECTED;
	} else {
		row->event = f->waits ? EVENT_WAITS : EVENT_ABSENT;
	}
}

static void judge_assembly(const struct folding *f, struct attendance_day *row)
{
	const struct calendar_event *event = calendar_find_event(
		f->book->calendar, f->book->tree, row->unit, f->day);

	if (event)
		judge_event(f, event, row);
}

static struct attendance_day make_row(const struct folding *f, const struct person_day *facts)
{
	return (struct attendance_day){
		.day = facts->day,
		.employee = facts->employee,
		.unit = facts->unit,
		.mode = f->ruling->mode,
		.source = f->ruling->source,
		.state = decide_state(f),
		.starts = f->ruling->shift.starts,
		.ends = f->ruling->shift.ends,
		.in_at = f->in.fact_at,
		.in_phone_at = f->in.claimed_at,
		.out_at = f->out.fact_at,
		.out_phone_at = f->out.claimed_at,
		.duty = attendance_is_work(f->ruling->mode) ? f->ruling->duty : DUTY_NONE,
		.status = f->ruling->status,
		.basis = compute_basis(f),
	};
}

/* Before its agency uses Luwes a day is nobody's absence, no report is due and nothing counts. */
static struct attendance_day make_unused_row(
	const struct person_day *facts, const struct day_ruling *ruling)
{
	return (struct attendance_day){
		.day = facts->day,
		.employee = facts->employee,
		.unit = facts->unit,
		.mode = ruling->mode,
		.source = ruling->source,
		.state = DAY_NOT_USED,
		.starts = ruling->shift.starts,
		.ends = ruling->shift.ends,
		.in_at = NO_INSTANT,
		.in_phone_at = NO_INSTANT,
		.out_at = NO_INSTANT,
		.out_phone_at = NO_INSTANT,
		.duty = DUTY_NONE,
		.status = ruling->status,
	};
}

static struct folding begin(const struct policy_book *book, const struct person_day *facts,
	const struct day_ruling *ruling, const struct punch *punch, int punches,
	int64_t window_from, int64_t window_to, int64_t now_ms)
{
	return (struct folding){
		.book = book,
		.ruling = ruling,
		.day = facts->day,
		.zone = attendance_zone(book->tree, facts->unit, facts->day),
		.punch = punch,
		.punches = punches,
		.from = window_from,
		.to = window_to,
		.now = now_ms,
		.is_over = now_ms >= window_to,
		.waits = ruling->is_noticed,
		.asked = cut_covers(ruling),
	};
}

/* Of the way in and out the edge itself must lie in one of the windows of its kind. */
static bool is_window_met(const struct folding *f, const struct check_window *w)
{
	const struct edge *edge = w->kind == WINDOW_IN ? &f->in : &f->out;
	int minute = edge->punch ? minute_on(f, edge->happened_at) : MINUTE_OFF;

	if (w->kind == WINDOW_CHECK)
		return is_checked(f, w);
	return edge->punch && minute >= w->opens && minute <= w->closes;
}

static bool is_this_missed(const struct folding *f, const struct check_window *w)
{
	const struct edge *edge = w->kind == WINDOW_IN ? &f->in : &f->out;

	if (w->kind == WINDOW_CHECK)
		return is_check_missed(f, w);
	return edge->punch && !is_in_windows(f, w->kind, edge);
}

void attendance_judge_windows(
	const struct day_view *view, int64_t now_ms, enum window_state ret[WINDOWS_MAX])
{
	struct folding f = begin(view->book, &view->facts, &view->ruling, view->punch,
		view->punches, view->from, view->to, now_ms);
	int now = minute_on(&f, now_ms);

	gather(&f);
	for (int i = 0; i < view->ruling.windows; i++) {
		const struct check_window *w = &view->ruling.window[i];

		if (is_window_met(&f, w))
			ret[i] = WINDOW_MET;
		else if (!view->ruling.covers && is_this_missed(&f, w))
			ret[i] = WINDOW_MISSED;
		else if (now < w->opens)
			ret[i] = WINDOW_AHEAD;
		else
			ret[i] = now <= w->closes ? WINDOW_OPEN : WINDOW_PASSED;
	}
}

void attendance_fold(const struct policy_book *book, const struct person_day *facts,
	const struct day_ruling *ruling, const struct punch *punch, int punches,
	int64_t window_from, int64_t window_to, int64_t now_ms, struct attendance_day *ret)
{
	struct folding f = begin(
		book, facts, ruling, punch, punches, window_from, window_to, now_ms);

	if (ruling->judge == JUDGE_NOBODY) {
		*ret = make_unused_row(facts, ruling);
		return;
	}
	gather(&f);
	*ret = make_row(&f, facts);
	judge_assembly(&f, ret);
	if (!attendance_is_work(ruling->mode))
		return;
	judge_places(&f, ret);
	if (ruling->mode == MODE_OUTSIDE_DUTY || ruling->shift.starts == MINUTE_OFF)
		return;
	judge_time(&f, ret);
	if (!ruling->covers && is_window_missed(&f))
		ret->flags |= DAY_OUTSIDE_WINDOW;
	if (f.is_over && f.in.punch && !f.out.punch && !f.waits)
		ret->flags |= DAY_NO_OUT;
}

bool attendance_day_equal(const struct attendance_day *a, const struct attendance_day *b)
{
	return a->day == b->day && a->employee.v == b->employee.v && a->unit.v == b->unit.v &&
	       a->mode == b->mode && a->source == b->source && a->state == b->state &&
	       a->starts == b->starts && a->ends == b->ends && a->in_at == b->in_at &&
	       a->in_phone_at == b->in_phone_at && a->out_at == b->out_at &&
	       a->out_phone_at == b->out_phone_at && a->late_minutes == b->late_minutes &&
	       a->claim_late_minutes == b->claim_late_minutes &&
	       a->early_minutes == b->early_minutes && a->worked_minutes == b->worked_minutes &&
	       a->in_place == b->in_place && a->out_place == b->out_place &&
	       a->in_distance == b->in_distance && a->duty == b->duty && a->flags == b->flags &&
	       a->status == b->status && a->basis == b->basis &&
	       a->relieved_minutes == b->relieved_minutes &&
	       a->made_up_minutes == b->made_up_minutes && a->event == b->event &&
	       a->event_minutes == b->event_minutes;
}
