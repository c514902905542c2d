/*
 * Which day of a person's week owes the report of the week.
 *
 * Each day is decided by itself (policy_decide_day); a day of weekly duty then asks the days after
 * it, to the Sunday. So leave on the last day of work moves the report to the day before, a week
 * without work owes none, and the end of a month or a year changes nothing. Only facts known now
 * count: the projection folds the day again when one of a later day of its week changed.
 */
#include "roster/roster.h"

#define WEEK_DAYS 7

enum err roster_apply_week(struct tx *tx, const struct policy_book *book,
	const struct person_day *facts, struct day_ruling *ruling)
{
	enum report_duty duty[WEEK_DAYS] = {ruling->duty};
	int days = WEEK_DAYS + 1 - (int)day_weekday(facts->day);
	enum err e = OK;

	if (ruling->duty != DUTY_WEEKLY)
		return OK;
	for (int i = 1; i < days && !e; i++) {
		struct person_day later;
		struct day_ruling ruled;

		e = roster_load_person_day(tx, facts->employee, facts->day + i, &later);
		if (e)
			break;
		policy_decide_day(book, &later, &ruled);
		duty[i] = ruled.duty;
	}
	if (e && e != E_NOT_FOUND) /* who leaves the service works no more that week */
		return e;
	ruling->week_day = facts->day + policy_find_week_day(duty, days);
	if (ruling->week_day == facts->day)
		ruling->duty = DUTY_WEEKLY_DUE;
	return OK;
}
