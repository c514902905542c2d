/*
 * Historical signals, pure: from traces and dated numbers to marks.
 *
 * None of them proves anything, and each has innocent people in it: Wi-Fi gives colleagues the same
 * point and repeats it, GPS jumps, couples arrive together, people come in on days they may stay at
 * home. So each rule asks for many days or a large step, counts accuracy in the person's favour,
 * and weighs little by itself; a person judges (UU 27/2022 art. 10). Integers only.
 */
#include "attendance/attendance_signal.h"

#include <stdlib.h>
#include <string.h>

#define MS_PER_HOUR (60 * MS_PER_MINUTE)

static bool has_point(const struct trace *t)
{
	return t->point.lat_e7 != NO_COORDINATE;
}

static bool is_same_point(const struct trace *x, const struct trace *y)
{
	return x->point.lat_e7 == y->point.lat_e7 && x->point.lon_e7 == y->point.lon_e7;
}

/* Whether it is of the last days of the person that count for the event `i`: by his own days. */
static int first_of_days(const struct trace *own, int i, const struct parameters *numbers)
{
	int days = 1;

	for (int k = i; k > 0; k--)
		if (own[k - 1].day != own[k].day && ++days > numbers->of[PARAMETER_SIGNAL_DAYS])
			return k;
	return 0;
}

typedef bool (*trace_fits)(
	const struct trace *t, const struct trace *judged, const struct parameters *numbers);

/* On how many of those days, the event's own among them, some trace fits. */
static int count_days(const struct trace *own, int count, int i, const struct parameters *numbers,
	trace_fits fits)
{
	int32_t last = DAY_NONE;
	int days = 0;

	for (int k = first_of_days(own, i, numbers); k < count && own[k].day <= own[i].day; k++) {
		if (own[k].day == last || !fits(&own[k], &own[i], numbers))
			continue;
		last = own[k].day;
		days++;
	}
	return days;
}

static bool is_perfect(
	const struct trace *t, const struct trace *judged, const struct parameters *numbers)
{
	(void)judged;
	return has_point(t) && t->is_flat &&
	       t->accuracy_cm <= (uint32_t)numbers->of[PARAMETER_PERFECT_CM];
}

bool attendance_is_too_perfect(
	const struct trace *own, int count, int i, const struct parameters *numbers)
{
	return is_perfect(&own[i], NULL, numbers) &&
	       count_days(own, count, i, numbers, is_perfect) >= numbers->of[PARAMETER_SAME_DAYS];
}

static bool is_identical(
	const struct trace *t, const struct trace *judged, const struct parameters *numbers)
{
	(void)numbers;
	return has_point(t) && is_same_point(t, judged) && t->accuracy_cm == judged->accuracy_cm;
}

bool attendance_is_same_self(
	const struct trace *own, int count, int i, const struct parameters *numbers)
{
	return has_point(&own[i]) &&
	       count_days(own, count, i, numbers, is_identical) >= numbers->of[PARAMETER_SAME_DAYS];
}

/* ---- moving ---- */

/* Metres that both accuracies leave between two points; never below 0. */
static int64_t metres_apart(const struct trace *x, const struct trace *y)
{
	int64_t metres = geo_distance_metres(x->point, y->point, geo_cosine(x->point.lat_e7));

	metres -= ((int64_t)x->accuracy_cm + y->accuracy_cm + 99) / 100;
	return metres > 0 ? metres : 0;
}

bool attendance_is_teleport(const struct trace *own, int i, const struct parameters *numbers)
{
	const struct trace *now = &own[i], *before = NULL;
	int64_t metres, ms;

	for (int k = i - 1; k >= 0 && !before; k--)
		before = has_point(&own[k]) ? &own[k] : NULL;
	if (!before || !has_point(now) || now->is_clock_unsure || before->is_clock_unsure ||
		now->is_travel || before->is_travel)
		return false;
	metres = metres_apart(before, now);
	ms = now->found_at > before->found_at ? now->found_at - before->found_at : 1;
	return metres >= numbers->of[PARAMETER_TELEPORT_METRES] &&
	       metres * MS_PER_HOUR > numbers->of[PARAMETER_TELEPORT_KMH] * INT64_C(1000) * ms;
}

/* ---- a phone that stays ---- */

static bool is_of_device(
	const struct trace *t, const struct trace *judged, const struct parameters *numbers)
{
	(void)numbers;
	return has_point(t) && t->device == judged->device;
}

static bool is_of_device_while_away(
	const struct trace *t, const struct trace *judged, const struct parameters *numbers)
{
	return t->is_away && is_of_device(t, judged, numbers);
}

/* Everything of this phone in those days lies around the event's point. */
static bool has_stayed(const struct trace *own, int count, int i, const struct parameters *numbers)
{
	for (int k = first_of_days(own, i, numbers); k < count && own[k].day <= own[i].day; k++)
		if (is_of_device(&own[k], &own[i], numbers) &&
			metres_apart(&own[i], &own[k]) > numbers->of[PARAMETER_STATIC_METRES])
			return false;
	return true;
}

bool attendance_is_static(
	const struct trace *own, int count, int i, const struct parameters *numbers)
{
	if (!has_point(&own[i]) || !own[i].is_at_office)
		return false;
	return count_days(own, count, i, numbers, is_of_device) >=
		       numbers->of[PARAMETER_SAME_DAYS] &&
	       count_days(own, count, i, numbers, is_of_device_while_away) >=
		       numbers->of[PARAMETER_ELSEWHERE_DAYS] &&
	       has_stayed(own, count, i, numbers);
}

int64_t attendance_find_own_signals(
	const struct trace *own, int count, int i, const struct parameters *numbers)
{
	int64_t marks = 0;

	if (attendance_is_too_perfect(own, count, i, numbers))
		marks |= MARK_BIT(MARK_GEO_PERFECT);
	if (attendance_is_same_self(own, count, i, numbers))
		marks |= MARK_BIT(MARK_GEO_SAME_SELF);
	if (attendance_is_teleport(own, i, numbers))
		marks |= MARK_BIT(MARK_TELEPORT);
	if (attendance_is_static(own, count, i, numbers))
		marks |= MARK_BIT(MARK_DEVICE_STATIC);
	return marks;
}

/* ---- colleagues ---- */

static int order_of(int64_t x, int64_t y)
{
	return (x > y) - (x < y);
}

static int by_point(const void *a, const void *b, void *traces)
{
	const struct trace *office = traces, *x = &office[*(const int *)a],
			   *y = &office[*(const int *)b];
	int order = order_of(x->point.lat_e7, y->point.lat_e7);

	if (!order)
		order = order_of(x->point.lon_e7, y->point.lon_e7);
	return order ? order : order_of(x->employee.v, y->employee.v);
}

static int by_moment(const void *a, const void *b, void *traces)
{
	const struct trace *office = traces, *x = &office[*(const int *)a],
			   *y = &office[*(const int *)b];
	int order = order_of(x->day, y->day);

	if (!order)
		order = order_of(x->type, y->type);
	if (!order)
		order = order_of(x->at, y->at);
	return order ? order : order_of(x->employee.v, y->employee.v);
}

static void sort_indexes(const struct trace *office, int *order, int n,
	int (*compare)(const void *, const void *, void *))
{
	union {
		const struct trace *from;
		void *to;
	} traces = {office}; /* qsort_r takes what it only hands on as not const */

	qsort_r(order, (size_t)n, sizeof(*order), compare, traces.to);
}

void attendance_find_same_peers(
	const struct trace *office, int count, int32_t day, int *order, int64_t *ret_marks)
{
	int n = 0;

	for (int i = 0; i < count; i++)
		if (office[i].day == day && has_point(&office[i]))
			order[n++] = i;
	sort_indexes(office, order, n, by_point);
	for (int from = 0, to; from < n; from = to) {
		const struct trace *first = &office[order[from]];

		for (to = from + 1; to < n && is_same_point(first, &office[order[to]]); to++)
			;
		if (first->employee.v == office[order[to - 1]].employee.v)
			continue; /* one person alone */
		for (int k = from; k < to; k++)
			ret_marks[order[k]] |= MARK_BIT(MARK_GEO_SAME_PEER);
	}
}

/* ---- pairs ---- */

#define CROWD_MAX 10

/* Those who recorded the same within seconds of the one at `k`, himself not; false when they are
 * too many to mean anything. */
static bool find_company(const struct trace *office, const int *order, int n, int k,
	const struct parameters *numbers, struct employee_id *ret, int *ret_count)
{
	const struct trace *t = &office[order[k]];
	const int64_t near = numbers->of[PARAMETER_PAIR_SECONDS] * INT64_C(1000);
	int most = numbers->of[PARAMETER_PAIR_DEVICES] - 1, found = 0, from = k;

	while (from > 0 && office[order[from - 1]].day == t->day &&
		office[order[from - 1]].type == t->type &&
		t->at - office[order[from - 1]].at <= near)
		from--;
	for (int i = from; i < n; i++) {
		const struct trace *other = &office[order[i]];
		bool is_known = other->employee.v == t->employee.v || other->device == t->device;

		if (other->day != t->day || other->type != t->type || other->at - t->at > near)
			break;
		for (int x = 0; x < found && !is_known; x++)
			is_known = ret[x].v == other->employee.v;
		if (is_known)
			continue;
		if (found == most || found == CROWD_MAX)
			return false;
		ret[found++] = other->employee;
	}
	*ret_count = found;
	return true;
}

static struct burst burst_of(const struct trace *t, struct employee_id other)
{
	return t->employee.v < other.v ? (struct burst){t->employee, other, t->day}
				       : (struct burst){other, t->employee, t->day};
}

static int by_pair(const void *a, const void *b)
{
	const struct burst *x = a, *y = b;
	int order = order_of(x->a.v, y->a.v);

	if (!order)
		order = order_of(x->b.v, y->b.v);
	return order ? order : order_of(x->day, y->day);
}

static bool is_pair(const struct burst *x, const struct burst *y)
{
	return x->a.v == y->a.v && x->b.v == y->b.v;
}

/* Every burst of the traces in `order`, sorted, each once. */
static int list_bursts(const struct trace *office, const int *order, int n,
	const struct parameters *numbers, struct burst *burst, int max)
{
	struct employee_id company[CROWD_MAX];
	int found = 0, kept = 0, count;

	for (int k = 0; k < n; k++) {
		if (!find_company(office, order, n, k, numbers, company, &count))
			continue;
		for (int i = 0; i < count && found < max; i++)
			burst[found++] = burst_of(&office[order[k]], company[i]);
	}
	qsort(burst, (size_t)found, sizeof(*burst), by_pair);
	for (int i = 0; i < found; i++)
		if (!kept || by_pair(&burst[kept - 1], &burst[i]))
			burst[kept++] = burst[i];
	return kept;
}

/* On how many days the pair was together; the bursts are sorted. */
static int days_together(const struct burst *burst, int bursts, struct burst pair)
{
	int low = 0, high = bursts, days = 0;

	pair.day = INT32_MIN;
	while (low < high) {
		int middle = low + (high - low) / 2;

		if (by_pair(&burst[middle], &pair) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	while (low + days < bursts && is_pair(&burst[low + days], &pair))
		days++;
	return days;
}

void attendance_find_pairs(const struct trace *office, int count, int32_t day,
	const struct parameters *numbers, int *order, struct burst *burst, int max,
	int64_t *ret_marks)
{
	struct employee_id company[CROWD_MAX];
	int bursts, others;

	for (int i = 0; i < count; i++)
		order[i] = i;
	sort_indexes(office, order, count, by_moment);
	bursts = list_bursts(office, order, count, numbers, burst, max);
	for (int k = 0; k < count; k++) {
		const struct trace *t = &office[order[k]];

		if (t->day != day ||
			!find_company(office, order, count, k, numbers, company, &others))
			continue;
		for (int i = 0; i < others; i++)
			if (days_together(burst, bursts, burst_of(t, company[i])) >=
				numbers->of[PARAMETER_PAIR_DAYS])
				ret_marks[order[k]] |= MARK_BIT(MARK_PAIR_BURST);
	}
}
