/* Private to the slice: cases of late decrees as they lie in the store. */
#ifndef LUWES_ORG_ORG_CASE_INT_H
#define LUWES_ORG_ORG_CASE_INT_H

#include "org/org_case.h"
#include "org/org_db.h"

#define CASE_DAYS_MAX 1000 /* shown of one case */

struct org_case_row {
	int64_t case_id;
	struct employee_id employee;
	int32_t kind;
	const char *decree;
	int32_t effective, first_day, days, open_days;
	struct employee_id opened_by;
	int64_t opened_at;
	const char *full_name, *opened_by_name;
	struct unit_id unit; /* of the first day, as it was decided */
};
enum err org_load_case(struct tx *tx, int64_t case_id, struct org_case_row *ret_row);
/* Cases whose first day belongs to a unit below `path` ("/" all), of ids below `before` (0: all);
 * `is_open`: only those that wait. Newest first. */
enum err org_list_cases(struct tx *tx, const char *path, bool is_open, int64_t before,
	struct org_case_row *ret_row, int max, int *ret_count);
/* All cases of one employee, newest first. */
enum err org_list_person_cases(struct tx *tx, struct employee_id employee,
	struct org_case_row *ret_row, int max, int *ret_count);

struct org_case_day {
	int32_t day, grounds, state;
	struct unit_id was_unit, new_unit;
	const char *was_position, *new_position;
	int32_t was_level, new_level;
	struct employee_id was_superior, new_superior;
	const char *was_superior_name, *new_superior_name, *reason, *decided_by_name;
	int64_t decided_at;
};
enum err org_list_case_days(
	struct tx *tx, int64_t case_id, struct org_case_day *ret_day, int max, int *ret_count);

/* Writes the decision about open days of a case, frees the accepted ones, and marks them as
 * changed. */
enum err org_decide_case_days(struct tx *tx, const struct org_case_row *row, const int32_t *day,
	int days, enum case_state state, const char *reason, struct employee_id by);

/* What of a day is decided against, as it stands before the decree. */
struct org_day_standing {
	struct unit_id unit;
	const char *position;
	enum position_level level;
	struct employee_id superior;
};
/* Whether the decree says something else about the day than what holds. Pure. */
bool org_is_changed_by(const struct org_day_standing *was, const struct org_decree *decree);

#endif
