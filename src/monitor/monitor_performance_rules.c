/* Shares of plans and mean waits, in whole numbers. */
#include "monitor/monitor_performance.h"

#include <stdlib.h>
#include <string.h>

static int64_t divide_half_up(int64_t a, int64_t b)
{
	return (2 * a + b) / (2 * b);
}

int64_t monitor_planned_of_month(int64_t annual, int64_t quarterly)
{
	return divide_half_up(annual + 4 * quarterly, 12);
}

int64_t monitor_planned_to_date(int64_t of_month, int worked, int days)
{
	return days > 0 ? divide_half_up(of_month * worked, days) : of_month;
}

int64_t monitor_planned_today(int64_t of_month, int worked, int days, bool works)
{
	if (!works)
		return 0;
	return monitor_planned_to_date(of_month, worked, days) -
	       monitor_planned_to_date(of_month, worked - 1, days);
}

static int compare_planned(const void *a, const void *b)
{
	const struct shown_output *x = a, *y = b;

	if (x->planned != y->planned)
		return x->planned < y->planned ? 1 : -1;
	if (x->handed_in != y->handed_in)
		return x->handed_in < y->handed_in ? 1 : -1;
	return strcmp(x->unit_of_measure, y->unit_of_measure);
}

int monitor_keep_most_planned(struct shown_output *list, int count, int max)
{
	if (count)
		qsort(list, (size_t)count, sizeof *list, compare_planned);
	return count < max ? count : max;
}

int32_t monitor_mean_wait(int64_t waited, int64_t decided)
{
	return decided > 0 ? (int32_t)divide_half_up(10 * waited, decided) : INT_NONE;
}
