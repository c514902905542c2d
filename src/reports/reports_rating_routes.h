/*
 * What the files of the routes of ratings share: one input, how a rating is shown, sealed, told,
 * and who may be asked about whom on which day. The table is in reports_rating_routes.c.
 */
#ifndef LUWES_REPORTS_REPORTS_RATING_ROUTES_H
#define LUWES_REPORTS_REPORTS_RATING_ROUTES_H

#include "org/org_access.h"
#include "reports/reports_rating.h"
#include "reports/reports_routes.h"

/* Input of every route of ratings and feedback; each shape names what its route takes. */
struct conduct_note {
	int32_t conduct;
	const char *note;
};
struct rating_input {
	struct employee_id employee;
	int64_t rating, objection_of, cursor, target;
	int32_t period, day, version, work, behaviour, limit;
	const char *reason, *text;
	struct conduct_note *behaviours;
	int behaviours_count;
	bool tell;
};

/* People of a group by predicate, or percent of them. */
struct shares_view {
	int32_t of[PREDICATES];
};
extern const struct shape rating_shares_shape, rating_conduct_note_shape, rating_saved_shape;

/* A rating as its readers see it. */
struct rating_view {
	struct rating r;
	const char *name, *position, *unit_name, *rated_by_name, *rated_for_name, *decider_name,
		*decided_by_name, *decided_for_name;
	struct conduct_note notes[CONDUCTS];
	const struct conduct_note *behaviours; /* of `notes` */
	int behaviours_count;
	int32_t first_predicate;
	bool may_answer, may_object;
};
extern const struct shape rating_view_shape;
enum err rating_show(struct req *rq, const struct rating *r, struct rating_view *ret);
/* Replies with what stands in the store of it now. */
enum err rating_reply(struct req *rq, const struct rating *r);
enum err rating_reply_saved(struct req *rq, const struct rating *r);

/* Adds a leaf over the rating as it is. */
void rating_add_leaf(struct tx *tx, const struct rating *r);
/* Makes it final: the leaf, its index and what it commits to stay with the row. */
enum err rating_lock(struct tx *tx, struct rating *r, enum rating_outcome outcome);

/* First and last day of the period asked for. */
void rating_asked(const struct req *rq, int32_t *ret_first, int32_t *ret_last);
/* Day on which somebody must answer for `employee` to speak about `day`: rating_day_of. */
enum err rating_load_day(
	struct tx *tx, struct employee_id employee, int32_t day, int32_t today, int32_t *ret_day);
/* Name with titles on a day; NULL for nobody. */
enum err rating_load_name(
	struct tx *tx, struct employee_id employee, int32_t day, const char **ret_name);

/* reports_rating_own_routes.c: what was told to oneself, and one's answer */
extern const struct shape rating_own_query_shape, rating_own_shape, rating_path_shape,
	rating_accept_shape, rating_object_shape, rating_proof_shape;
enum err rating_find_object(struct req *rq, struct object *ret_object);
enum err rating_get_own(struct req *rq);
enum err rating_get(struct req *rq);
enum err rating_get_proof(struct req *rq);
enum err rating_post_accept(struct req *rq);
enum err rating_post_object(struct req *rq);

/* reports_rating_plan_routes.c: the agreed plan beside the rating */
struct rating_target {
	int64_t target;
	int32_t kind;
	const char *result;
	int32_t amount;
	const char *unit_of_measure;
	int32_t verified, waiting, until, progress;
};
struct rating_plan {
	int64_t plan;
	int32_t period, first_day, last_day, revision;
	struct rating_target *targets;
	int targets_count;
};
extern const struct shape rating_plan_shape, rating_facts_query_shape, rating_facts_shape;
/* A person's agreed plans that touch [first, last], at most RATING_PLANS_MAX, in tx->arena. */
enum err rating_load_plans(struct tx *tx, struct employee_id employee, int32_t first, int32_t last,
	struct rating_plan **ret, int *ret_count);
enum err rating_get_facts(struct req *rq);

/* reports_rating_team_routes.c */
extern const struct shape rating_team_query_shape, rating_team_shape;

/* reports_rating_rate_routes.c: the superior's form */
extern const struct shape rating_form_query_shape, rating_form_shape, rating_save_shape;
/* Percent of people that a result suggests; NULL when none is told. */
struct shares_view *rating_show_curve(
	struct arena *arena, const struct rating_rule *rule, int32_t result);
/* The result of the agency of a unit, INT_NONE when none was entered. */
enum err rating_load_agency_result(struct req *rq, struct unit_id unit, enum report_period period,
	int32_t last_day, int32_t *ret_result);
enum err rating_find_person(struct req *rq, struct object *ret_object);
enum err rating_get_form(struct req *rq);
enum err rating_put_form(struct req *rq);
enum err rating_get_team(struct req *rq);

/* reports_rating_objection_routes.c: the superior's superior */
extern const struct shape rating_objections_query_shape, rating_objections_shape,
	rating_objection_path_shape, rating_decide_shape;
enum err rating_find_objection(struct req *rq, struct object *ret_object);
enum err rating_get_objections(struct req *rq);
enum err rating_get_objection(struct req *rq);
enum err rating_post_decide(struct req *rq);

/* reports_rating_feedback_routes.c */
extern const struct shape feedback_own_query_shape, feedback_query_shape, feedback_list_shape,
	feedback_ask_shape, feedback_give_shape, feedback_saved_shape;
enum err feedback_find_person(struct req *rq, struct object *ret_object);
enum err feedback_find_receiver(struct req *rq, struct object *ret_object);
enum err feedback_get_own(struct req *rq);
enum err feedback_post_own(struct req *rq);
enum err feedback_get(struct req *rq);
enum err feedback_post(struct req *rq);

/* reports_rating_office_routes.c: dated numbers, results of agencies, distribution */
extern const struct shape rating_rules_shape, rating_rule_input_shape, rating_rule_added_shape,
	rating_result_shape, rating_units_query_shape, rating_units_shape;
enum err rating_get_rules(struct req *rq);
enum err rating_post_rule(struct req *rq);
enum err rating_find_result_unit(struct req *rq, struct object *ret_object);
enum err rating_put_result(struct req *rq);
enum err rating_find_parent(struct req *rq, struct object *ret_object);
enum err rating_get_units(struct req *rq);

#endif
