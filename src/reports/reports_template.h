/*
 * Templates of reports: items somebody wrote once and starts from again, so that nobody writes the
 * same twice (docs/WORK.md, "Templates").
 *
 * One's own are seen by nobody else; those of a position are kept by the officer of its agency and
 * offered to whoever holds the position there. A template is a help: it is copied into a report,
 * never bound to one, and has no evidence. Private to reports/.
 */
#ifndef LUWES_REPORTS_REPORTS_TEMPLATE_H
#define LUWES_REPORTS_REPORTS_TEMPLATE_H

#include "reports/reports_int.h"

#define TEMPLATES_MAX        20  /* of one person; of one position of an agency */
#define TEMPLATES_AGENCY_MAX 200 /* of all positions of an agency */

struct template_item {
	int32_t starts, ends; /* minutes of day */
	const char *description;
	int32_t volume;
	const char *unit_of_measure;
};

/* Whose a template is: a person's, or of a position of an agency. */
struct template_owner {
	struct employee_id employee; /* 0: of a position */
	struct unit_id agency;       /* 0: one's own */
	const char *position;        /* as it was written; "" one's own */
	const char *position_key;    /* folded; "" one's own, or every position when listing */
};

struct report_template {
	int64_t id;
	struct template_owner owner;
	const char *name;
	struct template_item *item;
	int items;
};

/* Whether one more may be kept beside `kept` ones of the same owner, and `of_agency` of the agency.
 * Pure. */
bool reports_may_keep_template(int kept, int of_agency, bool is_of_position);
/* Whether `t` belongs to the owner who asks: the person, or the agency. Pure. */
bool reports_is_template_of(const struct report_template *t, const struct template_owner *owner);
/* The first item that ends before it began; -1 when there is none. Pure. */
int reports_find_template_fault(const struct template_item *item, int items);

/* Of one owner by name, with their items; at most `max` templates. */
enum err reports_list_templates(struct tx *tx, const struct template_owner *owner, int max,
	struct report_template **ret, int *ret_count);
/* Without its items; E_NOT_FOUND. */
enum err reports_load_template(struct tx *tx, int64_t id, struct report_template *ret);
/* How many the owner keeps. */
enum err reports_count_templates(struct tx *tx, const struct template_owner *owner, int *ret);
/* Adds or replaces it with its items. */
enum err reports_set_template(struct tx *tx, const struct report_template *t);
enum err reports_end_template(struct tx *tx, int64_t id);

#define TEMPLATE_STMTS 7
struct db_stmt;
extern struct db_stmt *const reports_template_stmts[TEMPLATE_STMTS];

#endif
