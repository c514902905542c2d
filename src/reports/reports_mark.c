/*
 * Marks of a report from what the store says now. A person's habit is read once per report, and
 * only when the report names a planned result.
 */
#include "reports/reports_mark.h"

#include "attendance/attendance_evidence.h"
#include "platform/db.h"
#include "platform/fields.h"

static bool names_result(const struct report_item *item, int items)
{
	for (int i = 0; i < items; i++)
		if (item[i].target_id)
			return true;
	return false;
}

static enum err mark_volumes(struct tx *tx, const struct daily_report *r,
	const struct report_item *item, int items, struct report_marks *ret)
{
	struct habit habit[HABIT_MAX];
	struct parameters numbers;
	int count = 0;
	enum err e = OK;

	if (!names_result(item, items))
		return OK;
	if ((e = attendance_load_parameters(tx, r->day, &numbers)) ||
		(e = reports_list_habit(tx, r, habit, &count)))
		return e;
	for (int i = 0; i < items && count >= HABIT_LEAST; i++) {
		const int64_t twice = item[i].target_id
					      ? reports_find_habit(habit, count, item[i].target_id,
							reports_unit_key(
								tx->arena, item[i].unit_of_measure))
					      : 0;

		if (!reports_is_unusual(
			    item[i].volume, twice, numbers.of[PARAMETER_REPORT_UNUSUAL_PERCENT]))
			continue;
		ret->usual[i] = (int32_t)((twice + 1) / 2);
		ret->remarks |= REMARK_VOLUME;
	}
	return OK;
}

enum err reports_load_marks(struct tx *tx, const struct daily_report *r,
	const struct report_item *item, int items, const struct attendance_day *day,
	struct report_marks *ret)
{
	*ret = (struct report_marks){
		.remarks = reports_find_remarks(r, item, items, day->in_at != NO_INSTANT),
		.mismatch = reports_find_mismatch(r, day)};
	if (ret->mismatch)
		ret->remarks |= REMARK_MODE;
	return mark_volumes(tx, r, item, items, ret);
}

enum err reports_show_usual(
	struct tx *tx, const struct daily_report *r, struct report_item *item, int items)
{
	struct report_marks marks = {0};
	enum err e = mark_volumes(tx, r, item, items, &marks);

	for (int i = 0; i < items; i++)
		item[i].usual_volume = !e && marks.usual[i] ? marks.usual[i] : INT_NONE;
	return e;
}
