/* Routes of the recap: one table (reports_recap_routes.c), handlers in a file for each concern. */
#ifndef LUWES_REPORTS_REPORTS_RECAP_ROUTES_H
#define LUWES_REPORTS_REPORTS_RECAP_ROUTES_H

#include "reports/reports_recap_int.h"

/* Input of every route about a unit's month. */
struct recap_input {
	struct unit_id unit;
	int32_t month; /* any day of it; this month when absent */
	struct employee_id employee, cursor;
	int32_t part, paper, form, format, limit;
	bool below, wants_signature;
	int32_t days;                /* differences seen */
	const char *reason, *number; /* number: of a paper that is issued */
};

/* What one day came to, as shown. */
struct cell_view {
	int32_t day, figure, late_minutes, early_minutes, worked_minutes, made_up_minutes,
		relieved_minutes, late_class, early_class, report, counts_as;
	bool no_out;
};
extern const struct shape recap_figures_shape, recap_cell_shape, recap_part_shape;
struct cell_view recap_show_cell(const struct recap_cell *cell);
struct cell_view *recap_show_cells(struct arena *arena, const struct recap_cell *cell, int cells);

struct part_view {
	int64_t id;
	int32_t part;
	const char *sealer;
	int32_t acting;
	const char *letter;
	int64_t sealed_at;
	int32_t people;
	const char *sha256, *reason;
};
/* The rule of late arrivals in a month, as shown. */
struct limit_view {
	int32_t times;
	const char *legal_basis;
	bool verified;
};
extern const struct shape recap_limit_shape;
/* NULL when none holds in the month. */
struct limit_view *recap_show_limit(struct arena *arena, const struct recap_band *limit);
/* The rule that holds in a month, or NULL. */
enum err recap_load_limit(struct req *rq, int32_t month, const struct recap_band **ret);

struct part_view recap_show_part(struct arena *arena, const struct recap_part *part);

/* First day of the month asked for; today's when absent. */
int32_t recap_month_asked(const struct req *rq, int32_t month);
/* The object of a route that names a unit in its path. */
enum err recap_find_unit(struct req *rq, struct object *ret_object);
/* Parts of the month (none: open), and the month sealed or live. */
enum err recap_load_month(struct req *rq, struct unit_id unit, int32_t month,
	struct recap_part *ret_part, int *ret_parts, struct recap_month *ret);
/* What stands in the way of closing a month as it is now. */
enum err recap_load_blockers(struct req *rq, const struct recap_month *month, struct blockers *ret);

/* Differences between what is sealed and how the days stand now. */
struct recap_changes {
	struct recap_change *change;
	int changes;
	struct recap_month live; /* named */
	struct recap_month sealed;
};
#define RECAP_CHANGES_MAX 1000
enum err recap_load_changes(struct req *rq, struct unit_id unit, int32_t month,
	const struct recap_part *last, struct recap_changes *ret);

/* reports_recap_units_routes.c */
extern const struct shape recap_units_query_shape, recap_units_shape;
enum err recap_find_parent(struct req *rq, struct object *ret_object);
enum err recap_get_units(struct req *rq);
/* A unit's row in the paper of the unit above it, with those below it. */
struct recap_unit_row {
	const char *name;
	int32_t people, units, closed; /* units with people, and that closed the month */
	struct recap_line figures;
};
/* The units right below `parent` that have people, by name, at most `max`; and it itself with all.
 */
enum err recap_list_rows(struct req *rq, int32_t month, struct unit_id parent, int max,
	struct recap_unit_row *ret, int *ret_count, struct recap_unit_row *ret_total);
/* reports_recap_close_routes.c */
extern const struct shape recap_close_shape, recap_closed_shape, recap_changes_query_shape,
	recap_changes_shape, recap_supplement_shape;
enum err recap_post_close(struct req *rq);
enum err recap_get_changes(struct req *rq);
enum err recap_post_supplement(struct req *rq);
/* reports_recap_print.c */
extern const struct shape recap_print_query_shape, recap_print_issue_shape;
enum err recap_get_print(struct req *rq);
enum err recap_prepare_print(struct req *rq);
/* reports_recap_sheet.c */
extern const struct shape recap_sheet_query_shape;
enum err recap_get_sheet(struct req *rq);
/* reports_recap_band_routes.c */
extern const struct shape recap_bands_shape, recap_band_input_shape, recap_band_added_shape;
enum err recap_get_bands(struct req *rq);
enum err recap_post_band(struct req *rq);

#endif
