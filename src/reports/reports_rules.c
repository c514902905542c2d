/*
 * When a report may be saved, handed in, verified or returned, and when a day counts as done.
 *
 * Product principle 5: a day with a report duty is complete with a clock-in and a verified report.
 * Due the same day (Dinas Pendidikan, BKD Jawa Barat 2025), or until a dated number of minutes
 * after it; lateness is recorded, never refused (principle 2). A verified report is closed; a
 * returned one stays returned until it is handed in again, and was as timely as the first time it
 * was handed in. Nobody is late by the network: what a phone kept without a signal was handed in
 * when the phone says so, within bounds. Until somebody decided, its owner may take it back on the
 * day he handed it in; lateness is then judged when he hands it in again. Where the rule says so, a
 * day by its schedule needs no writing: one tap, after work began.
 */
#include "reports/reports_lead.h"

#include "base/str.h"

const char *const report_period_names[] = {"annual", "quarterly", NULL};
const char *const report_state_names[] = {
	"none", "draft", "submitted", "verified", "returned", NULL};
const char *const day_completion_names[] = {
	"open", "waits_report", "waits_verification", "done", "not_asked", NULL};
const char *const report_event_kind_names[] = {"submitted", "verified", "returned", "withdrawn",
	"noted", "advised_verify", "advised_return", NULL};
const char *const report_advice_names[] = {"none", "verify", "return", NULL};
const char *const report_remark_names[] = {"no_evidence", "overlap", "no_punch", "late",
	"volume_unusual", "mode_mismatch", "advised_return", NULL};

static enum day_completion completion_of_report(enum report_state state)
{
	switch (state) {
	case REPORT_VERIFIED:
		return COMPLETION_DONE;
	case REPORT_SUBMITTED:
		return COMPLETION_WAITS_VERIFICATION;
	case REPORT_NONE:
	case REPORT_DRAFT:
	case REPORT_RETURNED:
		break;
	}
	return COMPLETION_WAITS_REPORT;
}

enum day_completion reports_decide_completion(
	const struct attendance_day *day, enum report_state state)
{
	if (day->state == DAY_LEAVE || day->state == DAY_OFF_WORK || day->state == DAY_NOT_USED)
		return COMPLETION_NOT_ASKED;
	if (day->state != DAY_PRESENT && day->state != DAY_COMPLETE)
		return COMPLETION_OPEN;
	if (policy_owes_report(day->duty))
		return completion_of_report(state);
	return day->state == DAY_COMPLETE ? COMPLETION_DONE : COMPLETION_OPEN;
}

enum err reports_decide_save(
	const struct daily_report *r, int32_t version_seen, int items, bool submits)
{
	if (r->version != version_seen)
		return E_STALE;
	if (r->state == REPORT_SUBMITTED || r->state == REPORT_VERIFIED)
		return E_REPORT_STATE;
	return submits && items == 0 ? E_REPORT_EMPTY : OK;
}

void reports_period_of(
	enum report_period period, int32_t day, int32_t *ret_first, int32_t *ret_last)
{
	int year, month, of_month, first, months;

	day_to_civil(day, &year, &month, &of_month);
	first = period == PERIOD_QUARTERLY ? (month - 1) / 3 * 3 + 1 : 1;
	months = period == PERIOD_QUARTERLY ? 3 : 12;
	*ret_first = day_from_civil(year, first, 1);
	*ret_last = first + months > 12 ? day_from_civil(year, 12, 31)
					: day_from_civil(year, first + months, 1) - 1;
}

int32_t reports_days_waited(const struct daily_report *r, enum zone zone)
{
	int32_t days;

	if (r->state != REPORT_VERIFIED && r->state != REPORT_RETURNED)
		return 0;
	days = instant_day(r->decided_at, zone) - instant_day(r->submitted_at, zone);
	return days < 0 ? 0 : days > 99 ? 99 : days;
}

enum err reports_decide_confirm(const struct daily_report *r, int32_t version_seen,
	const struct attendance_day *day, int64_t now_ms, enum zone zone)
{
	if (r->version != version_seen)
		return E_STALE;
	if (r->state != REPORT_NONE && r->state != REPORT_DRAFT)
		return E_REPORT_STATE;
	if (day->duty != DUTY_DAILY_CONFIRM || day->starts == MINUTE_OFF)
		return E_REFUSED;
	return now_ms < instant_of(day->day, day->starts, zone) ? E_REFUSED : OK;
}

/* What a schedule is counted in. */
#define SCHEDULE_UNIT "jadwal"

struct report_item reports_make_confirmed(const struct shift *shift, const char *words)
{
	int span = shift->ends - shift->starts;
	int paused = shift->break_starts == MINUTE_OFF ? 0
						       : shift->break_ends - shift->break_starts;
	int asked = shift->asked_minutes ? shift->asked_minutes : span - paused;

	return (struct report_item){.starts = shift->starts,
		.ends = shift->ends,
		.description = words,
		.volume = 1,
		.unit_of_measure = SCHEDULE_UNIT,
		.effective_minutes = asked > 0 && asked < span ? asked : 0,
		.day = DAY_NONE};
}

bool reports_find_schedule(const struct policy_book *book, const struct day_ruling *ruling,
	struct report_schedule *ret)
{
	if (ruling->duty != DUTY_DAILY_CONFIRM || ruling->shift.starts == MINUTE_OFF)
		return false;
	*ret = (struct report_schedule){
		ruling->shift.starts, ruling->shift.ends, book->rule[ruling->report_rule].words};
	return true;
}

int64_t reports_find_on_time_until(int32_t day, int shift_ends, int grace_minutes, enum zone zone)
{
	const int32_t last_day = shift_ends > MINUTES_PER_DAY ? day + 1 : day;

	return instant_of(last_day, MINUTES_PER_DAY, zone) + grace_minutes * MS_PER_MINUTE;
}

int64_t reports_find_made_at(int64_t said, int64_t now_ms)
{
	return said <= now_ms && said >= now_ms - REPORT_CARRIED_DAYS * MS_PER_DAY ? said : now_ms;
}

bool reports_is_carried(const struct daily_report *r)
{
	return r->submitted_at - r->made_at >= REPORT_CARRIED_MINUTES * MS_PER_MINUTE;
}

void reports_apply_save(struct daily_report *r, const char *obstacle, bool submits,
	int64_t on_time_until, int64_t made_at, int64_t now_ms)
{
	r->version++;
	r->obstacle = obstacle;
	r->is_confirmed = false;
	if (!submits) {
		r->state = r->state == REPORT_RETURNED ? REPORT_RETURNED : REPORT_DRAFT;
		return;
	}
	if (r->submitted_at == 0)
		r->is_late = made_at >= on_time_until;
	r->state = REPORT_SUBMITTED;
	r->submitted_at = now_ms;
	r->made_at = made_at;
	r->decided_by = r->decided_for = (struct employee_id){0};
	r->decided_as = STAND_NONE;
	r->decided_at = 0;
	r->reason = "";
}

enum err reports_decide_withdraw(
	const struct daily_report *r, int32_t version_seen, int32_t today, enum zone zone)
{
	if (r->version != version_seen)
		return E_STALE;
	if (r->state != REPORT_SUBMITTED)
		return E_REPORT_STATE;
	return instant_day(r->submitted_at, zone) == today ? OK : E_REFUSED;
}

void reports_apply_withdraw(struct daily_report *r, int64_t on_time_until)
{
	r->version++;
	r->is_confirmed = false;
	r->state = REPORT_DRAFT;
	if (r->made_at < on_time_until)
		r->submitted_at = 0;
}

enum err reports_decide_verdict(
	const struct daily_report *r, struct employee_id actor, int32_t version_seen)
{
	if (r->employee.v == actor.v)
		return E_SELF;
	if (r->version != version_seen)
		return E_STALE;
	return r->state == REPORT_SUBMITTED ? OK : E_REPORT_STATE;
}

enum err reports_decide_note(const struct daily_report *r)
{
	if (r->state == REPORT_NONE || r->state == REPORT_DRAFT)
		return E_REPORT_STATE;
	return r->notes < REPORT_NOTES_MAX ? OK : E_CONFLICT;
}

enum err reports_decide_advice(const struct daily_report *r, struct employee_id actor,
	int32_t version_seen, enum report_advice advice)
{
	const enum err e = reports_decide_verdict(r, actor, version_seen);

	return e || advice != ADVICE_RETURN ? e : reports_decide_note(r);
}

static bool is_sha256(const char *hex)
{
	uint8_t bytes[32];
	return hex_decode(hex, bytes, sizeof(bytes));
}

static bool is_https(const char *link)
{
	return str_starts(link, "https://") && link[8] != '\0';
}

int32_t reports_first_day(int32_t day, bool is_weekly)
{
	return is_weekly ? day - ((int32_t)day_weekday(day) - (int32_t)MONDAY) : day;
}

bool reports_may_write(int32_t day, int32_t today, int32_t week_day)
{
	return day <= today || day == week_day;
}

static bool is_of(const struct report_item *item, int32_t first, int32_t day)
{
	int32_t of = reports_item_day(item, day);

	return of >= first && of <= day;
}

bool reports_find_item_fault(const struct report_item *item, int items, int32_t first, int32_t day,
	struct item_fault *ret)
{
	for (int i = 0; i < items; i++) {
		*ret = (struct item_fault){.item = i};
		if (item[i].ends <= item[i].starts) {
			ret->field = "ends";
			ret->reason = "not after starts";
		} else if (item[i].evidence_sha256 && !is_sha256(item[i].evidence_sha256)) {
			ret->field = "evidence_sha256";
			ret->reason = "not 64 hexadecimal digits";
		} else if (item[i].evidence_link && !is_https(item[i].evidence_link)) {
			ret->field = "evidence_link";
			ret->reason = "not an https link";
		} else if (item[i].effective_minutes > item[i].ends - item[i].starts) {
			ret->field = "effective_minutes";
			ret->reason = "more than the span has";
		} else if (!is_of(&item[i], first, day)) {
			ret->field = "day";
			ret->reason = "not a day of the week this report is of";
		}
		if (ret->field)
			return true;
	}
	return false;
}

static bool has_evidence(const struct report_item *item)
{
	return item->evidence_sha256 || item->evidence_link || item->reference;
}

/* Whether item `i` shares a minute with an item before it. */
static bool overlaps_earlier(const struct report_item *item, int i, int32_t day)
{
	for (int j = 0; j < i; j++)
		if (reports_item_day(&item[j], day) == reports_item_day(&item[i], day) &&
			item[j].starts < item[i].ends && item[i].starts < item[j].ends)
			return true;
	return false;
}

int reports_find_remarks(
	const struct daily_report *r, const struct report_item *item, int items, bool has_punch)
{
	int remarks = (has_punch ? 0 : REMARK_NO_PUNCH) | (r->is_late ? REMARK_LATE : 0) |
		      (reports_advice_of(r) == ADVICE_RETURN ? REMARK_ADVISED_RETURN : 0);
	for (int i = 0; i < items; i++) {
		if (!r->is_confirmed && !has_evidence(&item[i]))
			remarks |= REMARK_NO_EVIDENCE;
		if (overlaps_earlier(item, i, r->day))
			remarks |= REMARK_OVERLAP;
	}
	return remarks;
}
