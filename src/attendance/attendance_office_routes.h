/*
 * Private to attendance: handlers, objects and shapes of the office's proofs, for the one table of
 * routes in attendance_office_routes.c.
 */
#ifndef LUWES_ATTENDANCE_ATTENDANCE_OFFICE_ROUTES_H
#define LUWES_ATTENDANCE_ATTENDANCE_OFFICE_ROUTES_H

#include "attendance/attendance_record.h"
#include "attendance/attendance_station.h"
#include "base/str.h"
#include "org/org_access.h"

#define STATION_SITES_MAX 32

/* ---- of officers ---- */

extern const struct shape attendance_unit_query_shape, attendance_stations_shape,
	attendance_station_input_shape, attendance_station_code_shape,
	attendance_station_path_shape, attendance_station_end_shape,
	attendance_officers_input_shape;
enum err attendance_find_query_unit(struct req *rq, struct object *ret_object);
enum err attendance_find_input_unit(struct req *rq, struct object *ret_object);
enum err attendance_find_station(struct req *rq, struct object *ret_object);
enum err attendance_get_stations(struct req *rq);
enum err attendance_post_station(struct req *rq);
enum err attendance_post_station_code(struct req *rq);
enum err attendance_post_station_end(struct req *rq);
enum err attendance_put_station_officers(struct req *rq);
/* Paths of what an OfficeUnitQuery asks for: the unit, else all of one's scopes. */
enum err attendance_load_office_paths(
	struct req *rq, enum permission permission, struct org_scopes *ret);
/* One leaf: what became of a station. */
void attendance_add_station_leaf(struct tx *tx, const struct station *s, const char *what,
	struct employee_id by, const char *reason);

extern const struct shape attendance_networks_shape, attendance_network_shape,
	attendance_network_input_shape, attendance_network_end_shape;
enum err attendance_find_network_unit(struct req *rq, struct object *ret_object);
enum err attendance_find_network(struct req *rq, struct object *ret_object);
enum err attendance_get_networks(struct req *rq);
enum err attendance_post_network(struct req *rq);
enum err attendance_post_network_end(struct req *rq);

extern const struct shape attendance_cards_shape, attendance_cards_input_shape,
	attendance_cards_made_shape, attendance_card_end_shape;
enum err attendance_find_card_owner(struct req *rq, struct object *ret_object);
enum err attendance_get_cards(struct req *rq);
enum err attendance_post_cards(struct req *rq);
enum err attendance_post_card_end(struct req *rq);

/* ---- of the person himself ---- */

extern const struct shape attendance_own_proofs_shape, attendance_pin_input_shape;
enum err attendance_get_own_proofs(struct req *rq);
enum err attendance_prepare_pin(struct req *rq);
enum err attendance_put_pin(struct req *rq);
enum err attendance_delete_pin(struct req *rq);

/* ---- of the station: its key speaks for it ---- */

/* What every request of a station begins with. */
struct station_claim {
	const char *government;
	int64_t station, at;
	struct bytes proof;
};
#define STATION_GOVERNMENT_MAX 32
/* Rows of a field table for the member `m` of the struct S. */
#define CLAIM_FIELDS(S, m, from)                                                                   \
	{"government", FIELD_TEXT, from, 0, offsetof(S, m.government), 0, 1,                       \
		STATION_GOVERNMENT_MAX, NULL, NULL, "Code of the government."},                    \
		{"station", FIELD_ID, from, 0, offsetof(S, m.station), 0, 0, 0, NULL, NULL,        \
			"The screen or kiosk."},                                                   \
		{"at", FIELD_INSTANT, from, 0, offsetof(S, m.at), 0, 0, 0, NULL, NULL,             \
			"Now, as it knows the server's time."},                                    \
	{                                                                                          \
		"proof", FIELD_BYTES, from, 0, offsetof(S, m.proof), 0, ES256_SIGNATURE_BYTES,     \
			ES256_SIGNATURE_BYTES, NULL, NULL,                                         \
			"Its signature over luwes/ks/1, station and at."                           \
	}
/*
 * Enters the government and loads the station that signed the claim: active, or ended when
 * `with_ended`. E_NOT_FOUND for anything else, so that nobody learns which stations there are. In
 * prepare.
 */
enum err attendance_enter_station(
	struct req *rq, const struct station_claim *claim, bool with_ended, struct station *ret);
/* A kiosk's next time token; NULL for a screen, and for what has ended. */
const struct token_view *attendance_station_token(struct tx *tx, const struct station *s);
/* Enters the government of a public request. */
enum err attendance_enter_government(struct req *rq, const char *code);

extern const struct shape attendance_enrolment_shape, attendance_enrolled_shape,
	attendance_station_claim_shape, attendance_station_state_shape,
	attendance_people_query_shape, attendance_people_shape;
enum err attendance_prepare_enrolment(struct req *rq);
enum err attendance_post_enrolment(struct req *rq);
enum err attendance_prepare_state(struct req *rq);
enum err attendance_post_state(struct req *rq);
enum err attendance_prepare_people(struct req *rq);
enum err attendance_get_people(struct req *rq);

extern const struct shape attendance_pin_check_shape, attendance_pin_checked_shape;
enum err attendance_prepare_pin_check(struct req *rq);
enum err attendance_post_pin_check(struct req *rq);

extern const struct shape attendance_countersigns_shape, attendance_countersigned_shape;
enum err attendance_prepare_countersigns(struct req *rq);
enum err attendance_post_countersigns(struct req *rq);

#endif
