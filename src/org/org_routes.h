/* Routes of org: one table (org_routes.c), handlers and shapes in a file for each concern. */
#ifndef LUWES_ORG_ORG_ROUTES_H
#define LUWES_ORG_ORG_ROUTES_H

#include "org/org_access.h"
#include "org/org_db.h"
#include "platform/http.h"

/* Name of a unit, "" when unknown. */
const char *org_unit_name(const struct org_tree *tree, struct unit_id unit);

/* org_me_routes.c */
extern const struct shape org_me_shape;
enum err org_get_me(struct req *rq);

/* org_seen_routes.c */
extern const struct shape org_seen_query_shape, org_seen_shape;
enum err org_get_seen(struct req *rq);

/* org_unit_routes.c */
extern const struct shape org_units_query_shape, org_units_shape, org_unit_query_shape,
	org_posts_shape, org_sites_shape;
enum err org_get_units(struct req *rq);
enum err org_get_posts(struct req *rq);
enum err org_get_sites(struct req *rq);

/* org_people_routes.c */
extern const struct shape org_unit_people_shape, org_search_shape, org_people_shape,
	org_unit_list_shape, org_codes_input_shape, org_codes_shape;
enum err org_find_unit_object(struct req *rq, struct object *ret_object);
enum err org_get_unit_people(struct req *rq);
enum err org_get_people(struct req *rq);
enum err org_post_codes(struct req *rq);

/* org_status_routes.c */
extern const struct shape org_status_input_shape, org_status_shape, org_status_end_shape;
enum err org_find_status_employee(struct req *rq, struct object *ret_object);
enum err org_find_status_object(struct req *rq, struct object *ret_object);
extern const struct shape org_statuses_query_shape, org_statuses_shape;
enum err org_find_statuses_employee(struct req *rq, struct object *ret_object);
enum err org_get_statuses(struct req *rq);
enum err org_post_status(struct req *rq);
enum err org_post_status_end(struct req *rq);

/* org_person_routes.c */
extern const struct shape org_person_path_shape, org_person_detail_shape;
enum err org_find_person(struct req *rq, struct object *ret_object);
enum err org_get_person(struct req *rq);

/* org_role_routes.c */
struct org_role_item {
	int64_t role_id;
	struct employee_id employee, acts_for;
	int32_t role, acting;
	struct unit_id unit;
	const char *unit_name, *letter, *full_name, *acts_for_name;
	int32_t valid_from, valid_to;
	bool may_withdraw;
	int64_t withdrawn_at;
	const char *withdrawn_by, *withdrawn_why;
};
extern const struct shape org_role_item_shape;
/* `today` decides whether it may still be withdrawn. */
struct org_role_item org_make_role_item(
	const struct org_tree *tree, const struct org_role_line *line, int32_t today);
/* What holds for the days of every letter; `to` may be DAY_NONE. */
enum err org_check_role_days(struct req *rq, int32_t from, int32_t to);
/* Refuses a letter that clashes with one in force (org_transfer.h). */
struct stand_in;
enum err org_check_letters(struct req *rq, const struct stand_in *new);
/* Ends a role after its last day and replies. */
enum err org_end_role_by(struct req *rq, int64_t role_id, int32_t last_day);
extern const struct shape org_role_query_shape, org_roles_shape, org_role_input_shape,
	org_role_shape, org_role_end_shape;
enum err org_find_role_employee(struct req *rq, struct object *ret_object);
enum err org_find_role_subject(struct req *rq, struct object *ret_object);
enum err org_find_role_object(struct req *rq, struct object *ret_object);
enum err org_get_roles(struct req *rq);
enum err org_post_role(struct req *rq);
enum err org_post_role_end(struct req *rq);

/* org_transfer_routes.c */
extern const struct shape org_placement_input_shape, org_superior_input_shape, org_transfer_shape,
	org_history_shape;
enum err org_find_placement_subject(struct req *rq, struct object *ret_object);
enum err org_find_superior_subject(struct req *rq, struct object *ret_object);
enum err org_post_placement(struct req *rq);
enum err org_post_superior(struct req *rq);
/* Replies with the case that lists `days` days; case_id 0: there is none. */
enum err org_reply_transfer(struct req *rq, int64_t case_id, int days);

/* org_history_routes.c */
enum err org_get_history(struct req *rq);

/* org_withdraw_routes.c */
extern const struct shape org_placement_withdraw_shape, org_superior_withdraw_shape,
	org_role_withdraw_shape;
enum err org_find_decree_withdrawn(struct req *rq, struct object *ret_object);
enum err org_find_role_withdrawn(struct req *rq, struct object *ret_object);
enum err org_post_placement_withdraw(struct req *rq);
enum err org_post_superior_withdraw(struct req *rq);
enum err org_post_role_withdraw(struct req *rq);

/* org_case_routes.c */
struct org_case_row;
struct org_case_item {
	int64_t case_id;
	struct employee_id employee;
	const char *full_name, *unit_name, *decree, *opened_by;
	int32_t kind, effective, days, open_days;
	int64_t opened_at;
};
struct org_case_item org_make_case_item(
	const struct org_tree *tree, const struct org_case_row *row);
extern const struct shape org_case_item_shape, org_cases_query_shape, org_cases_shape,
	org_case_path_shape, org_case_shape, org_case_decision_shape;
enum err org_find_case(struct req *rq, struct object *ret_object);
enum err org_find_decided_case(struct req *rq, struct object *ret_object);
enum err org_get_cases(struct req *rq);
enum err org_get_case(struct req *rq);
enum err org_post_case_decision(struct req *rq);

/* org_delegation_routes.c */
extern const struct shape org_delegations_shape, org_delegation_input_shape, org_delegation_shape,
	org_delegation_end_shape;
enum err org_find_delegation(struct req *rq, struct object *ret_object);
enum err org_get_delegations(struct req *rq);
enum err org_post_delegation(struct req *rq);
enum err org_post_delegation_end(struct req *rq);

/* org_import_routes.c */
extern const struct shape org_template_shape, org_import_input_shape, org_import_added_shape,
	org_imports_query_shape, org_imports_shape, org_import_path_shape, org_import_shape,
	org_import_errors_query_shape, org_import_errors_shape;

/* org_mapping_routes.c, org_mapping_preview.c */
extern const struct shape org_mappings_query_shape, org_mappings_shape, org_mapping_input_shape,
	org_mapping_saved_shape, org_mapping_path_shape, org_preview_query_shape, org_preview_shape;
enum err org_get_mappings(struct req *rq);
enum err org_post_mapping(struct req *rq);
enum err org_post_mapping_end(struct req *rq);
enum err org_post_preview(struct req *rq);
enum err org_get_template(struct req *rq);
enum err org_post_import(struct req *rq);
enum err org_get_imports(struct req *rq);
enum err org_get_import(struct req *rq);
enum err org_get_import_errors(struct req *rq);

#endif
