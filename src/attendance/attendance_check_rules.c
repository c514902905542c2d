/*
 * Who is asked, when, and what became of it: pure.
 *
 * The lot is arithmetic on an HMAC, compared in integers, so that everybody who has the revealed
 * seed gets the same people and minutes (test/vectors/checks.json). Where one may be asked follows
 * from the ruling of the day: Perpres 21/2023 art. 4 (hours and breaks, Friday's longer one for the
 * prayer), letters, assemblies. UU 27/2022 art. 10: what a check came to is told to a person and
 * decides nothing.
 */
#include "attendance/attendance_check.h"

#include "base/put.h"

#include <string.h>

const char *const check_kind_names[] = {"lot", "answer", "come", NULL};
const char *const check_state_names[] = {"waiting", "overdue", "answered", "excused", "late",
	"seen", "unanswered", "unreachable", "lifted", NULL};
const char *const call_fault_names[] = {"good", "call_not_home", "call_not_work", "call_no_time",
	"call_day_limit", "call_week_limit", NULL};

/* ---- the lot ---- */

struct hash attendance_check_commitment(
	struct government_id government, int32_t day, const uint8_t seed[CHECK_SEED_BYTES])
{
	static const char name[] = "luwes/cs/1\n";
	uint8_t bytes[sizeof(name) - 1 + 8 + 4 + CHECK_SEED_BYTES], *p = bytes;

	memcpy(p, name, sizeof(name) - 1);
	p = put_number(p + sizeof(name) - 1, (uint64_t)government.v, 8);
	p = put_number(p, (uint32_t)day, 4);
	memcpy(p, seed, CHECK_SEED_BYTES);
	return hash_of(bytes, sizeof(bytes));
}

void attendance_write_check_leaf(
	int32_t day, struct hash commitment, uint8_t ret[CHECK_SEED_LEAF_BYTES])
{
	static const char name[] = "luwes/ck/1\n";
	uint8_t *p = ret;

	memcpy(p, name, sizeof(name) - 1);
	p = put_number(p + sizeof(name) - 1, 1, 1);
	p = put_number(p, (uint32_t)day, 4);
	memcpy(p, commitment.b, sizeof(commitment.b));
}

static uint32_t read_32(const uint8_t *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

struct check_lot attendance_draw_lot(
	const uint8_t seed[CHECK_SEED_BYTES], struct employee_id employee)
{
	static const char name[] = "luwes/lt/1\n";
	uint8_t subject[sizeof(name) - 1 + 8];
	const struct bytes part = {subject, sizeof(subject)};
	struct hash mac;

	memcpy(subject, name, sizeof(name) - 1);
	put_number(subject + sizeof(name) - 1, (uint64_t)employee.v, 8);
	mac = hash_mac(seed, CHECK_SEED_BYTES, &part, 1);
	return (struct check_lot){read_32(mac.b), read_32(mac.b + 4)};
}

bool attendance_is_drawn(struct check_lot lot, int percent)
{
	return (uint64_t)lot.chance * 100 < (uint64_t)(percent > 0 ? percent : 0) << 32;
}

bool attendance_is_missed(enum check_kind kind, enum check_state state)
{
	return kind != CHECK_LOT && (state == CHECK_LATE || state == CHECK_UNANSWERED);
}

int32_t attendance_week_of(int32_t day)
{
	return day - ((int32_t)day_weekday(day) - MONDAY);
}

/* ---- where there is room ---- */

static void add_span(struct check_room *room, int from, int to)
{
	if (from < to && room->spans < CHECK_SPANS_MAX)
		room->span[room->spans++] = (struct check_span){from, to};
}

/* Takes [from, to) out of all spans. */
static void cut_span(struct check_room *room, int from, int to)
{
	const struct check_room before = *room;

	if (from >= to)
		return;
	room->spans = 0;
	for (int i = 0; i < before.spans; i++) {
		const struct check_span *s = &before.span[i];

		add_span(room, s->from, s->to < from ? s->to : from);
		add_span(room, s->from > to ? s->from : to, s->to);
	}
}

/* Where the ruling asks for work whose minutes are known. */
static bool has_hours(const struct day_ruling *r)
{
	return attendance_is_work(r->mode) && r->mode != MODE_OUTSIDE_DUTY &&
	       r->shift.starts != MINUTE_OFF && !r->shift.asked_minutes && !r->is_noticed &&
	       r->judge == JUDGE_LUWES;
}

static void cut_covers(struct check_room *room, const struct day_ruling *r)
{
	for (int i = 0; i < r->covers; i++)
		cut_span(room, r->cover[i].from, r->cover[i].to);
}

struct check_room attendance_find_check_room(
	const struct day_ruling *ruling, const struct calendar_event *assembly, int edge)
{
	const struct shift *s = &ruling->shift;
	struct check_room room = {.spans = 0};

	if (!has_hours(ruling))
		return room;
	add_span(&room, s->starts + s->band_after + edge, s->ends - s->band_before - edge);
	cut_span(&room, s->break_starts, s->break_ends);
	cut_covers(&room, ruling);
	if (assembly)
		cut_span(&room, assembly->opens, assembly->closes);
	return room;
}

int attendance_place_check(const struct check_room *room, int minutes, uint32_t place)
{
	int64_t beginnings = 0, nth;

	for (int i = 0; i < room->spans; i++) {
		int n = room->span[i].to - room->span[i].from - minutes + 1;

		beginnings += n > 0 ? n : 0;
	}
	nth = (int64_t)((uint64_t)place * (uint64_t)beginnings >> 32);
	for (int i = 0; i < room->spans && beginnings; i++) {
		int n = room->span[i].to - room->span[i].from - minutes + 1;

		if (n > 0 && nth < n)
			return room->span[i].from + (int)nth;
		nth -= n > 0 ? n : 0;
	}
	return MINUTE_OFF;
}

int attendance_find_call_deadline(const struct check_room *room, int from, int minutes)
{
	bool is_inside = false;

	for (int i = 0; i < room->spans; i++) {
		int begins = room->span[i].from;

		if (!is_inside && (from < begins || from >= room->span[i].to))
			continue;
		begins = is_inside ? begins : from;
		is_inside = true;
		if (room->span[i].to - begins >= minutes)
			return begins + minutes;
		minutes -= room->span[i].to - begins;
	}
	return MINUTE_OFF;
}

static int minute_on(int64_t instant, int32_t day, enum zone zone)
{
	return (int)((instant - instant_of(day, 0, zone)) / MS_PER_MINUTE);
}

bool attendance_is_check_work(
	const struct day_ruling *ruling, int32_t day, enum zone zone, const struct check *check)
{
	int opens = minute_on(check->opens_at, day, zone);
	struct check_room room = {.spans = 0};

	if (!has_hours(ruling))
		return false;
	add_span(&room, ruling->shift.starts, ruling->shift.ends);
	cut_span(&room, ruling->shift.break_starts, ruling->shift.break_ends);
	cut_covers(&room, ruling);
	for (int i = 0; i < room.spans; i++)
		if (opens >= room.span[i].from && opens < room.span[i].to)
			return check->kind != CHECK_LOT ||
			       minute_on(check->closes_at, day, zone) <= room.span[i].to;
	return false;
}

/* ---- what became of it ---- */

/* When an event counts, by the rule of the fold (attendance_fold_rules.c); false: it does not. */
static bool find_made_at(
	const struct punch *punch, int punches, const struct punch *p, int64_t *ret_at)
{
	int marks = attendance_find_marks(punch, punches, p);
	bool is_decided = marks & (PUNCH_CONFIRMS | PUNCH_DENIES);

	if (p->refers_to || p->direction != DIRECTION_CHECK || marks & PUNCH_VOIDS ||
		(p->flags & PUNCH_QUARANTINED && !is_decided))
		return false;
	*ret_at = attendance_fact_at(p, marks);
	return true;
}

static bool is_in_time(const struct check *c, int64_t at, int64_t grace_ms)
{
	return at <= c->closes_at + grace_ms;
}

struct check_reply attendance_find_reply(
	const struct check *check, const struct punch *punch, int punches, int64_t grace_ms)
{
	struct check_reply best = {NULL, NO_INSTANT};

	for (int i = 0; i < punches; i++) {
		int64_t at;

		if (!find_made_at(punch, punches, &punch[i], &at) ||
			at < check->opens_at - grace_ms || at > check->until_at + grace_ms)
			continue;
		if (!best.punch || at < best.made_at)
			best = (struct check_reply){&punch[i], at};
	}
	return best;
}

enum check_state attendance_decide_check(const struct check *check, const struct check_reply *reply,
	bool is_work, int64_t grace_ms, int64_t now_ms)
{
	bool is_fetched = check->shown_at && check->shown_at <= check->until_at;

	if (reply->punch && is_in_time(check, reply->made_at, grace_ms))
		return is_in_time(check, reply->punch->received_at, grace_ms) ? CHECK_ANSWERED
									      : CHECK_EXCUSED;
	if (reply->punch)
		return CHECK_LATE;
	if (check->seen_at)
		return CHECK_SEEN;
	if (!is_work)
		return CHECK_LIFTED;
	if (now_ms <= check->closes_at + grace_ms)
		return CHECK_WAITS;
	if (now_ms <= check->until_at + grace_ms)
		return CHECK_OVERDUE;
	return is_fetched ? CHECK_UNANSWERED : CHECK_UNREACHABLE;
}
