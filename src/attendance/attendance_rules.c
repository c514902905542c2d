/*
 * Judging a day of work: pure functions of punches, ruling and clock.
 *
 * PP 94/2021 art. 4 f: come to work and obey working hours; art. 1 no. 5: inside or outside the
 * office. Perpres 21/2023 art. 4: the hours. Two principles of product.md decide what the law
 * leaves open. Record first: nothing here refuses a punch, a weak place or time becomes a flag for
 * a person. Nobody is late by a failing signal: the time of receipt is the fact, but only what the
 * phone also admits is lateness; the rest is unconfirmed.
 *
 * A day is folded from the set of its punches, whatever their order of arrival: times are the
 * earliest and latest of the set, so a punch that comes late changes the day exactly as if it had
 * come in time. Duty outside the office is covered by its letter: it has no lateness and is never
 * absent.
 */
#include "attendance/attendance.h"

#define CLOCK_TOLERANCE_MS      (2 * MS_PER_MINUTE)
#define CLAIM_AHEAD_MS          MS_PER_DAY
#define CLAIM_OLD_MS            (45 * MS_PER_DAY)
#define WINDOW_LEAD_MINUTES     240
#define WINDOW_DEFAULT_START    480 /* a day off is cut as if work began at 08.00 */
#define ACCURACY_TRUSTED_METRES 200 /* a coarser fix neither proves nor disproves a place */
#define SITES_MAX               32
#define MINUTES_MAX             (3 * 1440)

const char *const direction_names[] = {"in", "out", NULL};
const char *const receipt_status_names[] = {
	"accepted", "duplicate", "quarantined", "rejected", NULL};
const char *const receipt_reason_names[] = {
	"none", "phone_clock_ahead", "too_old", "not_in_service", NULL};
const char *const place_error_names[] = {
	"none", "denied", "unavailable", "timeout", "unsupported", NULL};
const char *const place_verdict_names[] = {"not_asked", "within", "outside", "unknown", NULL};
const char *const place_reason_names[] = {
	"none", "denied", "unavailable", "timeout", "unsupported", "coarse", "no_site", NULL};
const char *const distance_bucket_names[] = {"none", "50", "100", "250", "1000", "far", NULL};
const char *const day_state_names[] = {
	"expected", "present", "complete", "absent", "leave", "off", NULL};
const char *const day_flag_names[] = {"late", "late_unconfirmed", "early", "place_outside",
	"place_unknown", "no_out", "outside_window", NULL};
const char *const punch_flag_names[] = {
	"unsigned", "quarantined", "phone_clock_off", "delayed", "manual", NULL};
const char *const day_reason_names[] = {"late_both", "late_server_only", "early", "no_in", "no_out",
	"not_seen", "place_outside", "place_denied", "place_unavailable", "place_timeout",
	"place_unsupported", "place_coarse", "place_no_site", "outside_window", "delayed",
	"phone_clock_off", "quarantined", "letter_covers", NULL};

static int64_t min64(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static bool is_clock_off(const struct punch *p)
{
	return p->offset_ms != NO_INSTANT &&
	       (p->offset_ms > CLOCK_TOLERANCE_MS || p->offset_ms < -CLOCK_TOLERANCE_MS);
}

int64_t attendance_claimed_at(const struct punch *punch)
{
	return is_clock_off(punch) ? punch->phone_at + punch->offset_ms : punch->phone_at;
}

int64_t attendance_happened_at(const struct punch *punch)
{
	return min64(attendance_claimed_at(punch), punch->received_at);
}

enum receipt_reason attendance_decide_quarantine(const struct punch *punch)
{
	int64_t claimed = attendance_claimed_at(punch);

	if (claimed > punch->received_at + CLAIM_AHEAD_MS)
		return RECEIPT_CLOCK_AHEAD;
	if (claimed < punch->received_at - CLAIM_OLD_MS)
		return RECEIPT_TOO_OLD;
	return RECEIPT_REASON_NONE;
}

int attendance_decide_punch_flags(const struct punch *punch)
{
	int64_t claimed = attendance_claimed_at(punch);
	int flags = 0;

	if (attendance_decide_quarantine(punch) != RECEIPT_REASON_NONE)
		flags |= PUNCH_QUARANTINED;
	if (is_clock_off(punch) || claimed > punch->received_at + CLOCK_TOLERANCE_MS)
		flags |= PUNCH_PHONE_CLOCK_OFF;
	if (claimed < punch->received_at - CLOCK_TOLERANCE_MS)
		flags |= PUNCH_DELAYED;
	return flags;
}

enum zone attendance_zone(const struct org_tree *tree, struct unit_id unit, int32_t day)
{
	const struct org_site *site;

	return org_list_sites(tree, unit, day, &site, 1) == 1 ? site->zone : tree->zone;
}

bool attendance_is_work(enum work_mode mode)
{
	return mode != MODE_LEAVE && mode != MODE_OFF;
}

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

static enum distance_bucket bucket_of(int32_t metres)
{
	if (metres <= 50)
		return DISTANCE_50;
	if (metres <= 100)
		return DISTANCE_100;
	if (metres <= 250)
		return DISTANCE_250;
	return metres <= 1000 ? DISTANCE_1000 : DISTANCE_FAR;
}

/* Metres from a point to the edge of a site, 0 inside. */
static int32_t site_distance(const struct org_site *site, struct geo_point point)
{
	int32_t metres;

	if (site->radius_metres == 0)
		return geo_polygon_distance_metres(
			point, site->corner, (size_t)site->corners, site->cosine);
	metres = geo_distance_metres(point, site->centre, site->cosine);
	return metres > site->radius_metres ? metres - site->radius_metres : 0;
}

static enum place_reason reason_of_error(enum place_error error)
{
	static const enum place_reason reason[] = {[POSITION_OK] = PLACE_REASON_UNAVAILABLE,
		[POSITION_DENIED] = PLACE_REASON_DENIED,
		[POSITION_UNAVAILABLE] = PLACE_REASON_UNAVAILABLE,
		[POSITION_TIMEOUT] = PLACE_REASON_TIMEOUT,
		[POSITION_UNSUPPORTED] = PLACE_REASON_UNSUPPORTED};

	return reason[error];
}

/* The verdict on a distance to the edge: the accuracy counts for the employee while it means
 * anything. */
static void decide_verdict(int32_t metres, int32_t accuracy, struct place_judgement *j)
{
	j->distance_metres = metres;
	j->bucket = bucket_of(metres);
	if (metres == 0 || (metres <= accuracy && accuracy <= ACCURACY_TRUSTED_METRES)) {
		j->verdict = PLACE_WITHIN;
	} else if (metres <= accuracy) {
		j->verdict = PLACE_UNKNOWN;
		j->reason = PLACE_REASON_COARSE;
	} else {
		j->verdict = PLACE_OUTSIDE;
	}
}

struct place_judgement attendance_judge_place(const struct org_tree *tree, struct unit_id unit,
	int32_t day, enum place_rule rule, const struct punch *punch)
{
	struct place_judgement j = {.verdict = PLACE_NOT_ASKED};
	const struct org_site *site[SITES_MAX];
	int32_t nearest = INT32_MAX;
	int sites;

	if (rule != PLACE_SITE) /* a home is not known to the program, and is not to be */
		return j;
	j.verdict = PLACE_UNKNOWN;
	if (punch->point.lat_e7 == NO_COORDINATE || !geo_is_valid(punch->point)) {
		j.reason = reason_of_error(punch->place_error);
		return j;
	}
	sites = org_list_sites(tree, unit, day, site, SITES_MAX);
	if (sites == 0) {
		j.reason = PLACE_REASON_NO_SITE;
		return j;
	}
	for (int i = 0; i < sites && nearest > 0; i++) {
		int32_t metres = site_distance(site[i], punch->point);

		if (metres < nearest) {
			nearest = metres;
			j.site = site[i]->id;
		}
	}
	decide_verdict(nearest, punch->accuracy_metres, &j);
	return j;
}

/* The punches of one direction in the window: earliest or latest of each time, and the punch that
 * was first or last. */
struct edge {
	const struct punch *punch;
	int64_t received_at, claimed_at, happened_at;
};

/* What a fold works on. */
struct folding {
	const struct policy_book *book;
	const struct day_ruling *ruling;
	int32_t day;
	enum zone zone;
	const struct punch *punch;
	int punches;
	int64_t from, to;
	bool is_over; /* the window has closed */
	struct edge in, out;
};

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

static void gather_in(struct edge *edge, const struct punch *p)
{
	int64_t claimed = attendance_claimed_at(p);

	if (!edge->punch || p->received_at < edge->received_at)
		edge->received_at = p->received_at;
	if (!edge->punch || claimed < edge->claimed_at)
		edge->claimed_at = claimed;
	if (is_first(p, edge)) {
		edge->happened_at = attendance_happened_at(p);
		edge->punch = p;
	}
}

static void gather_out(struct edge *edge, const struct punch *p)
{
	int64_t claimed = attendance_claimed_at(p);

	if (!edge->punch || p->received_at > edge->received_at)
		edge->received_at = p->received_at;
	if (!edge->punch || claimed > edge->claimed_at)
		edge->claimed_at = claimed;
	if (is_last(p, edge)) {
		edge->happened_at = attendance_happened_at(p);
		edge->punch = p;
	}
}

static bool is_counted(const struct folding *f, const struct punch *p)
{
	int64_t at = attendance_happened_at(p);

	return !(p->flags & PUNCH_QUARANTINED) && at >= f->from && at < f->to;
}

static void gather(struct folding *f)
{
	f->in = f->out = (struct edge){NULL, NO_INSTANT, NO_INSTANT, NO_INSTANT};
	for (int i = 0; i < f->punches; i++) {
		if (!is_counted(f, &f->punch[i]))
			continue;
		if (f->punch[i].direction == DIRECTION_IN)
			gather_in(&f->in, &f->punch[i]);
		else
			gather_out(&f->out, &f->punch[i]);
	}
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

static int late_at(const struct shift *shift, int minute)
{
	return calendar_late_minutes(shift, minute < shift->ends ? minute : shift->ends, 0);
}

static int early_at(const struct shift *shift, int minute)
{
	return calendar_early_minutes(shift, minute > shift->starts ? minute : shift->starts);
}

static void judge_time(const struct folding *f, struct attendance_day *row)
{
	const struct shift *shift = &f->ruling->shift;

	if (f->in.punch) {
		row->late_minutes = late_at(shift, minute_on(f, f->in.received_at));
		row->claim_late_minutes = late_at(shift, minute_on(f, f->in.claimed_at));
	}
	if (row->late_minutes > 0)
		row->flags |= row->claim_late_minutes > 0 ? DAY_LATE : DAY_LATE_UNCONFIRMED;
	if (f->out.punch)
		row->early_minutes = early_at(shift, minute_on(f, f->out.happened_at));
	if (row->early_minutes > 0)
		row->flags |= DAY_EARLY;
	if (f->in.punch && f->out.punch && f->in.happened_at < f->out.happened_at)
		row->worked_minutes = calendar_working_minutes(
			shift, minute_on(f, f->in.happened_at), minute_on(f, f->out.happened_at));
}

static struct place_judgement judge_edge(
	const struct folding *f, const struct edge *edge, struct unit_id unit)
{
	if (!edge->punch)
		return (struct place_judgement){.verdict = PLACE_NOT_ASKED};
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

static enum day_state decide_state(const struct folding *f)
{
	if (f->ruling->mode == MODE_LEAVE)
		return DAY_LEAVE;
	if (f->ruling->mode == MODE_OFF)
		return DAY_OFF_WORK;
	if (f->in.punch && f->out.punch)
		return DAY_COMPLETE;
	if (f->in.punch || f->out.punch)
		return DAY_PRESENT;
	return f->is_over && f->ruling->mode != MODE_OUTSIDE_DUTY ? DAY_ABSENT : DAY_EXPECTED;
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
		.in_at = f->in.received_at,
		.in_phone_at = f->in.claimed_at,
		.out_at = f->out.received_at,
		.out_phone_at = f->out.claimed_at,
		.duty = attendance_is_work(f->ruling->mode) ? f->ruling->duty : DUTY_NONE,
	};
}

void attendance_fold(const struct policy_book *book, const struct person_day *facts,
	const struct day_ruling *ruling, const struct punch *punch, int punches,
	int64_t window_from, int64_t window_to, int64_t now_ms, struct attendance_day *ret)
{
	struct folding f = {
		.book = book,
		.ruling = ruling,
		.day = facts->day,
		.zone = attendance_zone(book->tree, facts->unit, facts->day),
		.punch = punch,
		.punches = punches,
		.from = window_from,
		.to = window_to,
		.is_over = now_ms >= window_to,
	};

	gather(&f);
	*ret = make_row(&f, facts);
	if (!attendance_is_work(ruling->mode))
		return;
	judge_places(&f, ret);
	if (ruling->mode == MODE_OUTSIDE_DUTY || ruling->shift.starts == MINUTE_OFF)
		return;
	judge_time(&f, ret);
	if (is_window_missed(&f))
		ret->flags |= DAY_OUTSIDE_WINDOW;
	if (f.is_over && f.in.punch && !f.out.punch)
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
	       a->in_distance == b->in_distance && a->duty == b->duty && a->flags == b->flags;
}

static int reasons_of_row(const struct attendance_day *row)
{
	static const struct {
		int flag;
		enum day_reason reason;
	} map[] = {{DAY_LATE, REASON_LATE_BOTH}, {DAY_LATE_UNCONFIRMED, REASON_LATE_SERVER_ONLY},
		{DAY_EARLY, REASON_EARLY}, {DAY_NO_OUT, REASON_NO_OUT},
		{DAY_PLACE_OUTSIDE, REASON_PLACE_OUTSIDE},
		{DAY_OUTSIDE_WINDOW, REASON_OUTSIDE_WINDOW}};
	int reasons = 0;

	for (size_t i = 0; i < sizeof(map) / sizeof(map[0]); i++)
		if (row->flags & map[i].flag)
			reasons |= 1 << map[i].reason;
	if (attendance_is_work(row->mode) && row->in_at == NO_INSTANT && row->out_at != NO_INSTANT)
		reasons |= 1 << REASON_NO_IN;
	if (row->state == DAY_ABSENT)
		reasons |= 1 << REASON_NOT_SEEN;
	if (row->mode == MODE_OUTSIDE_DUTY)
		reasons |= 1 << REASON_LETTER_COVERS;
	return reasons;
}

static int reasons_of_punch(const struct punch *punch, const struct place_judgement *j)
{
	static const enum day_reason place[] = {[PLACE_REASON_DENIED] = REASON_PLACE_DENIED,
		[PLACE_REASON_UNAVAILABLE] = REASON_PLACE_UNAVAILABLE,
		[PLACE_REASON_TIMEOUT] = REASON_PLACE_TIMEOUT,
		[PLACE_REASON_UNSUPPORTED] = REASON_PLACE_UNSUPPORTED,
		[PLACE_REASON_COARSE] = REASON_PLACE_COARSE,
		[PLACE_REASON_NO_SITE] = REASON_PLACE_NO_SITE};
	int reasons = 0;

	if (punch->flags & PUNCH_QUARANTINED)
		return 1 << REASON_QUARANTINED;
	if (j->reason != PLACE_REASON_NONE)
		reasons |= 1 << place[j->reason];
	if (punch->flags & PUNCH_DELAYED)
		reasons |= 1 << REASON_DELAYED;
	if (punch->flags & PUNCH_PHONE_CLOCK_OFF)
		reasons |= 1 << REASON_PHONE_CLOCK_OFF;
	return reasons;
}

int attendance_compute_reasons(const struct attendance_day *row, const struct punch *punch,
	const struct place_judgement *judgement, int punches)
{
	int reasons = reasons_of_row(row);

	for (int i = 0; i < punches; i++)
		reasons |= reasons_of_punch(&punch[i], &judgement[i]);
	return reasons;
}
