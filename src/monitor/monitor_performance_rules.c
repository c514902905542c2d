/* Shares of plans and mean waits, in whole numbers. */
#include "monitor/monitor_performance.h"

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

int32_t monitor_mean_wait(int64_t waited, int64_t decided)
{
	return decided > 0 ? (int32_t)divide_half_up(10 * waited, decided) : INT_NONE;
}
