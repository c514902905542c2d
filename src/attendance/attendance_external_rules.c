/*
 * Taps of other systems, and what a parallel run shows: pure.
 *
 * A direction is explicit, never inferred (product.md): a machine that knows none is read by "first
 * in, last out" only because an officer said so for that file. Of night shifts that rule would take
 * the way out for the way in, so where one stands the import asks for a direction.
 */
#include "attendance/attendance_external.h"

#include "base/hash.h"
#include "base/put.h"
#include "base/str.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

const char *const difference_names[] = {"in_missing_here", "in_missing_there", "out_missing_here",
	"out_missing_there", "in_apart", "out_apart", "status", NULL};

/* ---- reading ---- */

bool attendance_read_direction(const char *text, enum tap_direction *ret)
{
	static const struct {
		const char *word;
		enum tap_direction direction;
	} words[] = {{"in", TAP_IN}, {"masuk", TAP_IN}, {"datang", TAP_IN}, {"m", TAP_IN},
		{"0", TAP_IN}, {"i", TAP_IN}, {"c/in", TAP_IN}, {"check in", TAP_IN},
		{"out", TAP_OUT}, {"pulang", TAP_OUT}, {"keluar", TAP_OUT}, {"p", TAP_OUT},
		{"1", TAP_OUT}, {"o", TAP_OUT}, {"c/out", TAP_OUT}, {"check out", TAP_OUT},
		{"otomatis", TAP_FIRST_LAST}, {"first_last", TAP_FIRST_LAST}};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (strcasecmp(words[i].word, text) == 0) {
			*ret = words[i].direction;
			return true;
		}
	}
	return false;
}

/* One or two digits up to `max`; what follows, or NULL. */
static const char *read_number(const char *p, int max, int *ret)
{
	int digits = 0;

	for (*ret = 0; *p >= '0' && *p <= '9' && digits < 2; p++, digits++)
		*ret = *ret * 10 + (*p - '0');
	return digits && *ret <= max ? p : NULL;
}

bool attendance_read_time(const char *text, int64_t *ret_ms)
{
	int hour, minute, second = 0;
	const char *p = read_number(text, 23, &hour);
	char separator = p ? *p : '\0';

	if (separator != ':' && separator != '.')
		return false;
	if (!(p = read_number(p + 1, 59, &minute)))
		return false;
	if (*p == separator && !(p = read_number(p + 1, 59, &second)))
		return false;
	*ret_ms = ((int64_t)hour * 60 + minute) * MS_PER_MINUTE + second * INT64_C(1000);
	return *p == '\0';
}

/* ---- order ---- */

static int compare_taps(const void *a, const void *b)
{
	const struct tap *x = a, *y = b;

	if (x->employee.v != y->employee.v)
		return x->employee.v < y->employee.v ? -1 : 1;
	if (x->day != y->day)
		return x->day < y->day ? -1 : 1;
	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return (x->line > y->line) - (x->line < y->line);
}

/* The taps of one person and day that have no direction of their own, in order of time. */
static void give_directions(struct tap *tap, int taps)
{
	struct tap *first = NULL, *last = NULL;

	for (int i = 0; i < taps; i++) {
		if (tap[i].direction != TAP_FIRST_LAST)
			continue;
		tap[i].is_dropped = tap[i].is_inferred = true;
		first = first ? first : &tap[i];
		last = &tap[i];
	}
	if (!first)
		return;
	first->is_dropped = false;
	first->direction = TAP_IN;
	if (last->at == first->at)
		return;
	last->is_dropped = false;
	last->direction = TAP_OUT;
}

static void drop_doubles(struct tap *tap, int taps)
{
	for (int i = 1; i < taps; i++)
		for (int k = i - 1; k >= 0 && tap[k].at == tap[i].at; k--)
			if (!tap[k].is_dropped && tap[k].direction == tap[i].direction &&
				str_eq(tap[k].machine, tap[i].machine))
				tap[i].is_dropped = true;
}

void attendance_order_taps(struct tap *tap, int taps)
{
	int end;

	if (taps)
		qsort(tap, (size_t)taps, sizeof(*tap), compare_taps);
	for (int from = 0; from < taps; from = end) {
		end = from;
		while (end < taps && tap[end].employee.v == tap[from].employee.v &&
			tap[end].day == tap[from].day)
			end++;
		give_directions(&tap[from], end - from);
		drop_doubles(&tap[from], end - from);
	}
}

/* "K-Mob" and "k-mob" are one app. */
static size_t fold_machine(const char *machine, char folded[MACHINE_BYTES_MAX + 1])
{
	size_t n = 0;

	for (; machine[n] && n < MACHINE_BYTES_MAX; n++)
		folded[n] = (char)(machine[n] >= 'A' && machine[n] <= 'Z' ? machine[n] - 'A' + 'a'
									  : machine[n]);
	folded[n++] = '\0';
	return n;
}

struct uuid attendance_event_id(
	const char *machine, const char *nip, int64_t at, enum direction direction)
{
	char folded[MACHINE_BYTES_MAX + 1];
	uint8_t fact[9];
	const struct bytes part[] = {{(const uint8_t *)"luwes/external/1", 17},
		{(const uint8_t *)folded, fold_machine(machine, folded)},
		{(const uint8_t *)nip, strlen(nip) + 1}, {fact, sizeof(fact)}};
	struct uuid id;
	struct hash hash;

	put_number(put_number(fact, at, 8), direction, 1);
	hash = hash_sha256(part, sizeof(part) / sizeof(part[0]));
	memcpy(id.b, hash.b, sizeof(id.b));
	memcpy(id.b, fact + 2, 6); /* a version 7 id begins with its milliseconds */
	id.b[6] = (uint8_t)(0x70 | (id.b[6] & 0x0F));
	id.b[8] = (uint8_t)(0x80 | (id.b[8] & 0x3F));
	return id;
}

/* ---- comparing ---- */

static bool are_apart(int64_t a, int64_t b, int tolerance)
{
	int64_t apart = a > b ? a - b : b - a;

	return apart > tolerance * MS_PER_MINUTE;
}

/* A phone without signal may have sent late: the nearer of its two times is compared. */
static bool are_both_apart(int64_t fact, int64_t claimed, int64_t other, int tolerance)
{
	return are_apart(fact, other, tolerance) &&
	       (claimed == NO_INSTANT || are_apart(claimed, other, tolerance));
}

static int compare_times(
	const struct attendance_day *row, const struct other_side *other, int tolerance)
{
	int found = 0;

	if (row->in_at == NO_INSTANT && other->in_at != NO_INSTANT)
		found |= DIFFERS_IN_MISSING_HERE;
	else if (row->in_at != NO_INSTANT && other->in_at == NO_INSTANT)
		found |= DIFFERS_IN_MISSING_THERE;
	else if (row->in_at != NO_INSTANT &&
		 are_both_apart(row->in_at, row->in_phone_at, other->in_at, tolerance))
		found |= DIFFERS_IN_APART;
	if (row->out_at == NO_INSTANT && other->out_at != NO_INSTANT)
		found |= DIFFERS_OUT_MISSING_HERE;
	else if (row->out_at != NO_INSTANT && other->out_at == NO_INSTANT)
		found |= DIFFERS_OUT_MISSING_THERE;
	else if (row->out_at != NO_INSTANT &&
		 are_both_apart(row->out_at, row->out_phone_at, other->out_at, tolerance))
		found |= DIFFERS_OUT_APART;
	return found;
}

static bool is_other_status(const struct attendance_day *row, const struct other_side *other)
{
	bool is_off = row->state == DAY_OFF_WORK, is_on_leave = row->state == DAY_LEAVE;
	bool is_on_duty = row->mode == MODE_OUTSIDE_DUTY;

	if (is_off != other->is_off || is_on_leave != other->is_on_leave ||
		is_on_duty != other->is_on_duty)
		return true;
	return row->state != DAY_WAITS && row->state != DAY_PAPER &&
	       (row->state == DAY_ABSENT) != other->is_absent;
}

int attendance_compare_sides(
	const struct attendance_day *row, const struct other_side *other, int tolerance)
{
	int found = 0;
	bool asks_times = attendance_is_work(row->mode) && row->mode != MODE_OUTSIDE_DUTY;

	if (row->state == DAY_NOT_USED || !other->is_there)
		return 0;
	if (other->says_times && asks_times)
		found |= compare_times(row, other, tolerance);
	if (other->says_status && is_other_status(row, other))
		found |= DIFFERS_STATUS;
	return found;
}
