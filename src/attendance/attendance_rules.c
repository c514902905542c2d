/*
 * Judging punches: what time and place each claims, and the words for a day's reasons. The day as a
 * whole is folded in attendance_fold_rules.c.
 *
 * PP 94/2021 art. 4 f: come to work and obey working hours; art. 1 no. 5: inside or outside the
 * office. Perpres 21/2023 art. 4: the hours. Two principles of product.md decide what the law
 * leaves open. Record first: nothing here refuses a punch, a weak place or time becomes a flag for
 * a person. Nobody is late by a failing signal: the time of receipt is the fact, but only what the
 * phone also admits is lateness; the rest is unconfirmed.
 */
#include "attendance/attendance.h"

#define CLOCK_TOLERANCE_MS      (2 * MS_PER_MINUTE)
#define CLAIM_AHEAD_MS          MS_PER_DAY
#define CLAIM_OLD_MS            (45 * MS_PER_DAY)
#define ACCURACY_TRUSTED_METRES 200 /* a coarser fix neither proves nor disproves a place */
#define SITES_MAX               32

const char *const direction_names[] = {"in", "out", "check", NULL};
const char *const receipt_status_names[] = {
	"accepted", "duplicate", "quarantined", "rejected", NULL};
const char *const receipt_reason_names[] = {"none", "phone_clock_ahead", "too_old",
	"not_in_service", "device_ended", "unknown_version", NULL};
const char *const place_error_names[] = {
	"none", "denied", "unavailable", "timeout", "unsupported", NULL};
const char *const place_verdict_names[] = {"not_asked", "within", "outside", "unknown", NULL};
const char *const place_reason_names[] = {"none", "denied", "unavailable", "timeout", "unsupported",
	"coarse", "no_site", "erased", NULL};
const char *const distance_bucket_names[] = {"none", "50", "100", "250", "1000", "far", NULL};
const char *const window_state_names[] = {"ahead", "open", "met", "passed", "missed", NULL};
const char *const day_state_names[] = {"expected", "present", "complete", "absent", "leave", "off",
	"waits", "not_used", "paper", NULL};
const char *const day_flag_names[] = {"late", "late_unconfirmed", "early", "place_outside",
	"place_unknown", "no_out", "outside_window", NULL};
const char *const punch_flag_names[] = {"unsigned", "quarantined", "phone_clock_off", "delayed",
	"manual", "voids", "confirms", "confirms_place", "denies", NULL};
const char *const punch_source_names[] = {
	"phone", "external", "paper", "correction", "kiosk", NULL};
const char *const day_basis_names[] = {"notice", "part_of_day", "made_up", "relieved", "manual",
	"external", "corrected", "awaited", "rejudged", NULL};
const char *const event_verdict_names[] = {"none", "expected", "present", "late", "absent",
	"excused_leave", "excused_duty", "excused_shift", "excused_home", "excused_off", "waits",
	NULL};
const char *const day_reason_names[] = {"late_both", "late_server_only", "early", "no_in", "no_out",
	"not_seen", "place_outside", "place_denied", "place_unavailable", "place_timeout",
	"place_unsupported", "place_coarse", "place_no_site", "outside_window", "delayed",
	"phone_clock_off", "quarantined", "letter_covers", "part_of_day", "notice", "waits",
	"manual", "external", "corrected", "relieved", "awaited", "not_used", "rejudged", "made_up",
	"paper", "place_erased", NULL};

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

	if (punch->source != FROM_PHONE)
		return RECEIPT_REASON_NONE;
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

	if (punch->source != FROM_PHONE)
		return 0;
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

/* Once the position is gone: what it was judged as, and at his place is who was at the place he had
 * then. What was not within says nothing about another unit's sites, so it no longer holds against
 * anybody a late decree moved. */
static struct place_judgement recall_place(const struct kept_place *kept, struct unit_id unit)
{
	if (kept->unit.v == unit.v || kept->own.verdict == PLACE_WITHIN)
		return kept->own;
	return (struct place_judgement){.verdict = PLACE_UNKNOWN, .reason = PLACE_REASON_ERASED};
}

bool attendance_is_outside(
	const struct org_tree *tree, struct unit_id unit, int32_t day, const struct punch *punch)
{
	if (punch->kept)
		return punch->kept->event_unit.v == unit.v && punch->kept->event == PLACE_OUTSIDE;
	return attendance_judge_place(tree, unit, day, PLACE_SITE, punch).verdict == PLACE_OUTSIDE;
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
	if (punch->source == FROM_EXTERNAL) /* the machine stands where it stands */
		return j;
	if (punch->kept)
		return recall_place(punch->kept, unit);
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

struct kept_place attendance_keep_place(const struct org_tree *tree, struct unit_id unit,
	struct unit_id event_unit, int32_t day, int64_t now_ms, const struct punch *punch)
{
	struct kept_place kept = {.erased_at = now_ms,
		.unit = unit,
		.event_unit = event_unit,
		.own = attendance_judge_place(tree, unit, day, PLACE_SITE, punch)};

	if (event_unit.v)
		kept.event =
			attendance_judge_place(tree, event_unit, day, PLACE_SITE, punch).verdict;
	return kept;
}

static int reasons_of_basis(int basis)
{
	static const struct {
		int basis;
		enum day_reason reason;
	} map[] = {{BASIS_PART_OF_DAY, REASON_PART_OF_DAY}, {BASIS_NOTICE, REASON_NOTICE},
		{BASIS_MANUAL, REASON_MANUAL}, {BASIS_EXTERNAL, REASON_EXTERNAL},
		{BASIS_CORRECTED, REASON_CORRECTED}, {BASIS_RELIEVED, REASON_RELIEVED},
		{BASIS_AWAITED, REASON_AWAITED}, {BASIS_REJUDGED, REASON_REJUDGED},
		{BASIS_MADE_UP, REASON_MADE_UP}};
	int reasons = 0;

	for (size_t i = 0; i < sizeof(map) / sizeof(map[0]); i++)
		if (basis & map[i].basis)
			reasons |= 1 << map[i].reason;
	return reasons;
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
	if (row->state == DAY_NOT_USED)
		return 1 << REASON_NOT_USED;
	if (attendance_is_work(row->mode) && row->in_at == NO_INSTANT && row->out_at != NO_INSTANT)
		reasons |= 1 << REASON_NO_IN;
	if (row->state == DAY_ABSENT)
		reasons |= 1 << REASON_NOT_SEEN;
	if (row->mode == MODE_OUTSIDE_DUTY)
		reasons |= 1 << REASON_LETTER_COVERS;
	if (row->state == DAY_PAPER)
		reasons |= 1 << REASON_PAPER;
	if (row->state == DAY_WAITS)
		reasons |= 1 << REASON_WAITS;
	return reasons | reasons_of_basis(row->basis);
}

/* `marks`: what decisions said about it. */
static int reasons_of_punch(const struct punch *punch, const struct place_judgement *j, int marks)
{
	static const enum day_reason place[] = {[PLACE_REASON_DENIED] = REASON_PLACE_DENIED,
		[PLACE_REASON_UNAVAILABLE] = REASON_PLACE_UNAVAILABLE,
		[PLACE_REASON_TIMEOUT] = REASON_PLACE_TIMEOUT,
		[PLACE_REASON_UNSUPPORTED] = REASON_PLACE_UNSUPPORTED,
		[PLACE_REASON_COARSE] = REASON_PLACE_COARSE,
		[PLACE_REASON_NO_SITE] = REASON_PLACE_NO_SITE,
		[PLACE_REASON_ERASED] = REASON_PLACE_ERASED};
	int reasons = 0;

	if (marks & PUNCH_VOIDS || punch->refers_to)
		return 0;
	if (punch->flags & PUNCH_QUARANTINED && !(marks & PUNCH_DECIDES))
		return 1 << (punch->source == FROM_PHONE ? REASON_QUARANTINED : REASON_NOTICE);
	if (j->reason != PLACE_REASON_NONE && !(marks & PUNCH_CONFIRMS_PLACE))
		reasons |= 1 << place[j->reason];
	if (marks & PUNCH_DECIDES)
		return reasons;
	if (punch->flags & PUNCH_DELAYED)
		reasons |= 1 << REASON_DELAYED;
	if (punch->flags & PUNCH_PHONE_CLOCK_OFF)
		reasons |= 1 << REASON_PHONE_CLOCK_OFF;
	return reasons;
}

int attendance_compute_reasons(const struct attendance_day *row, const struct punch *punch,
	const struct place_judgement *judgement, int punches, const struct punch *journal, int rows)
{
	int reasons = reasons_of_row(row);

	for (int i = 0; i < punches; i++)
		reasons |= reasons_of_punch(
			&punch[i], &judgement[i], attendance_find_marks(journal, rows, &punch[i]));
	return reasons;
}
