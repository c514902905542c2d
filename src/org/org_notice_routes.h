/* Routes of notices: shared views; handlers in a file for each concern. */
#ifndef LUWES_ORG_ORG_NOTICE_ROUTES_H
#define LUWES_ORG_ORG_NOTICE_ROUTES_H

#include "org/org_absence_db.h"
#include "org/org_routes.h"

#define PLACES_MAX 10

/* ---- what the reader of notices is (org_notice_view.c) ---- */

struct reader_office {
	enum role role;
	const char *path;
};
struct notice_reader {
	struct employee_id employee;
	int32_t today;
	struct reader_office office[ROLES_MAX];
	int offices;
	struct org_scopes medical; /* where he may know of health */
};
enum err org_load_notice_reader(struct req *rq, struct notice_reader *ret);
struct decider_standing org_notice_standing(
	const struct notice_reader *reader, const struct org_notice_line *line);

struct notice_item {
	int64_t notice;
	struct employee_id employee;
	const char *full_name, *position, *unit_name;
	int32_t kind, from, to, from_minute, to_minute, state, version, decider;
	const char *reason;
	const char **places;
	int place_count;
	int64_t made_at, received_at;
	bool masked, has_document, is_overdue, may_decide, entered_by_officer;
	const char *document_sha256, *document_name;
	int32_t document_due;
	const char *entered_by_name, *decided_by_name, *decision;
	int64_t decided_at, status_withdrawn_at;
};
extern const struct shape org_notice_item_shape;
struct notice_item org_make_notice_item(struct arena *arena, const struct notice_reader *reader,
	const struct org_notice_line *line);

struct notice_list {
	struct notice_item *items;
	int count;
	int64_t next;
};
extern const struct shape org_notice_list_shape;
/* Replies with the first NOTICES_PAGE of `line`, newest first; one more says that there are more.
 */
enum err org_reply_notices(struct req *rq, const struct org_notice_line *line, int count);

/* ---- telling (org_notice_routes.c) ---- */
extern const struct shape org_notice_input_shape, org_notice_added_shape, org_notice_document_shape,
	org_notice_version_shape;
enum err org_find_notice_subject(struct req *rq, struct object *ret_object);
enum err org_find_notice(struct req *rq, struct object *ret_object);
enum err org_post_notice(struct req *rq);
enum err org_post_notice_document(struct req *rq);
enum err org_post_notice_withdraw(struct req *rq);

/* ---- reading (org_notice_list_routes.c) ---- */
extern const struct shape org_notice_path_shape, org_notice_detail_shape, org_notices_query_shape,
	org_own_notices_query_shape, org_team_notices_query_shape, org_balances_query_shape,
	org_balances_shape;
enum err org_find_balances_employee(struct req *rq, struct object *ret_object);
enum err org_get_notice(struct req *rq);
enum err org_get_own_notices(struct req *rq);
enum err org_get_team_notices(struct req *rq);
enum err org_get_notices(struct req *rq);
enum err org_get_balances(struct req *rq);

/* ---- deciding (org_notice_decision_routes.c) ---- */
extern const struct shape org_notice_accept_shape, org_notice_refuse_shape;
enum err org_post_notice_accept(struct req *rq);
enum err org_post_notice_refuse(struct req *rq);

/* ---- kinds (org_kind_routes.c) ---- */
extern const struct shape org_kinds_query_shape, org_kinds_shape, org_kind_input_shape,
	org_kind_added_shape, org_kind_end_shape;
enum err org_get_kinds(struct req *rq);
enum err org_post_kind(struct req *rq);
enum err org_post_kind_end(struct req *rq);

/* ---- letters (org_letter_routes.c, org_letter_list_routes.c) ---- */
extern const struct shape org_letters_query_shape, org_letters_shape, org_letter_path_shape,
	org_letter_detail_shape, org_letter_input_shape, org_letter_outcome_shape,
	org_letter_withdraw_shape, org_letter_member_shape;
enum err org_find_letter_unit(struct req *rq, struct object *ret_object);
enum err org_find_letter(struct req *rq, struct object *ret_object);
enum err org_get_letters(struct req *rq);
enum err org_get_letter(struct req *rq);
enum err org_post_letter(struct req *rq);
enum err org_post_letter_withdraw(struct req *rq);
enum err org_post_letter_member_withdraw(struct req *rq);

/* ---- shared ---- */

/* A text of lines as a list. */
const char **org_split_lines(struct arena *arena, const char *text, int *ret_count);
/* Its places as one text, each on a line. */
const char *org_join_lines(struct arena *arena, const char *const *line, int lines);
/* The actor uploaded this file: refuses at `pointer` when not. */
enum err org_check_upload(struct req *rq, const char *sha256, const char *pointer);

#endif
