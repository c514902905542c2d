/*
 * Every route of the office's proofs: of officers, of the person himself, and of the stations,
 * which are nobody's session and sign for themselves.
 */
#include "attendance/attendance_office_routes.h"

#include "attendance/attendance_network.h"
#include "platform/slice.h"

static enum err find_self(struct req *rq, struct object *ret_object)
{
	ret_object->employee = rq->actor.employee;
	return OK;
}

#define STATIONS "/api/v1/attendance/stations"
#define KEY_64                                                                                     \
	"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
#define CLAIM                                                                                      \
	"\"government\":\"jabar\",\"station\":\"1\",\"at\":\"2025-11-13T00:20:00.000Z\","          \
	"\"proof\":\"" KEY_64 "\""

static const struct route routes[] = {
	{GET, STATIONS, P_STATION_READ, TX_READ, &attendance_unit_query_shape,
		&attendance_stations_shape, attendance_get_stations,
		.object = attendance_find_query_unit,
		.summary = "Screens and kiosks of a unit and those below, or of one's scopes.",
		.example_path = STATIONS "?unit={unit:own}"},
	{POST, STATIONS, P_STATION_WRITE, TX_WRITE, &attendance_station_input_shape,
		&attendance_station_code_shape, attendance_post_station,
		.object = attendance_find_input_unit,
		.summary = "Adds a screen or kiosk; answers the code that is typed into it once.",
		.example =
			"{\"unit\":\"{unit:own}\",\"kind\":\"display\",\"name\":\"Lobi utama\"}"},
	{POST, STATIONS "/{station}/code", P_STATION_WRITE, TX_WRITE,
		&attendance_station_path_shape, &attendance_station_code_shape,
		attendance_post_station_code, .object = attendance_find_station,
		.summary = "Another code for a screen or kiosk that waits; the one before is dead.",
		.example = "{}", .example_path = STATIONS "/{station}/code"},
	{PUT, STATIONS "/{station}/officers", P_STATION_WRITE, TX_WRITE,
		&attendance_officers_input_shape, NULL, attendance_put_station_officers,
		.object = attendance_find_station,
		.summary = "Says who may stand at a kiosk from today on.",
		.example = "{\"officers\":[]}", .example_path = STATIONS "/{station}/officers"},
	{POST, STATIONS "/{station}/end", P_STATION_WRITE, TX_WRITE, &attendance_station_end_shape,
		NULL, attendance_post_station_end, .object = attendance_find_station,
		.summary = "Ends a screen or kiosk; what it proved before stands.",
		.example = "{\"reason\":\"Tablet dipindahkan.\"}",
		.example_path = STATIONS "/{station}/end"},
	{GET, "/api/v1/attendance/networks", P_STATION_READ, TX_READ, &attendance_unit_query_shape,
		&attendance_networks_shape, attendance_get_networks,
		.object = attendance_find_query_unit,
		.summary = "Networks of a unit and those below, or of one's scopes.",
		.example_path = "/api/v1/attendance/networks?unit={unit:own}"},
	{POST, "/api/v1/attendance/networks", P_STATION_WRITE, TX_WRITE,
		&attendance_network_input_shape, &attendance_network_shape, attendance_post_network,
		.object = attendance_find_network_unit,
		.summary = "Adds a network of an office from a day on.",
		.example = "{\"unit\":\"{unit:own}\",\"label\":\"Kantor\",\"range\":"
			   "\"203.0.113.0/24\",\"valid_from\":\"2025-12-01\"}"},
	{POST, "/api/v1/attendance/networks/{network}/end", P_STATION_WRITE, TX_WRITE,
		&attendance_network_end_shape, NULL, attendance_post_network_end,
		.object = attendance_find_network, .summary = "Ends a network after a day.",
		.example = "{\"last_day\":\"2025-12-31\"}",
		.example_path = "/api/v1/attendance/networks/{network}/end"},
	{GET, "/api/v1/attendance/cards", P_CODE_ISSUE, TX_READ, &attendance_unit_query_shape,
		&attendance_cards_shape, attendance_get_cards, .object = attendance_find_query_unit,
		.summary = "Who of a unit and those below has a card, a PIN, a phone.",
		.example_path = "/api/v1/attendance/cards?unit={unit:own}"},
	{POST, "/api/v1/attendance/cards", P_CODE_ISSUE, TX_EVENT, &attendance_cards_input_shape,
		&attendance_cards_made_shape, attendance_post_cards,
		.summary = "Makes cards to be printed; those of before end.",
		.example = "{\"employees\":[\"{employee}\"]}"},
	{POST, "/api/v1/attendance/cards/end", P_CODE_ISSUE, TX_WRITE, &attendance_card_end_shape,
		NULL, attendance_post_card_end, .object = attendance_find_card_owner,
		.summary = "Ends the card of a person.",
		.example = "{\"employee\":\"{employee}\",\"reason\":\"Kartu hilang.\"}"},
	{GET, "/api/v1/me/office-proofs", P_PUNCH_SELF, TX_READ, NULL, &attendance_own_proofs_shape,
		attendance_get_own_proofs, .object = find_self,
		.summary = "Which proofs of presence one's office gives, and one's own means."},
	{PUT, "/api/v1/me/kiosk-pin", P_PUNCH_SELF, TX_EVENT, &attendance_pin_input_shape, NULL,
		attendance_put_pin, .object = find_self, .prepare = attendance_prepare_pin,
		.slow = true, .summary = "Sets one's PIN for kiosks.",
		.example = "{\"pin\":\"408173\"}"},
	{DELETE_, "/api/v1/me/kiosk-pin", P_PUNCH_SELF, TX_EVENT, NULL, NULL, attendance_delete_pin,
		.object = find_self, .summary = "Takes one's PIN away."},

	{POST, STATIONS "/enrolment", P_PUBLIC, TX_EVENT, &attendance_enrolment_shape,
		&attendance_enrolled_shape, attendance_post_enrolment,
		.prepare = attendance_prepare_enrolment,
		.summary = "Sets a screen or kiosk up with its code.",
		.example = "{\"government\":\"jabar\",\"code\":\"7K2QD-M4XRA\",\"public_key\":"
			   "\"" KEY_64 "\"}"},
	{POST, STATIONS "/state", P_PUBLIC, TX_EVENT, &attendance_station_claim_shape,
		&attendance_station_state_shape, attendance_post_state,
		.prepare = attendance_prepare_state,
		.summary = "How a screen or kiosk stands, asked by itself.",
		.example = "{" CLAIM "}"},
	{GET, STATIONS "/people", P_PUBLIC, TX_READ, &attendance_people_query_shape,
		&attendance_people_shape, attendance_get_people,
		.prepare = attendance_prepare_people,
		.summary = "Whom a kiosk may greet, by initials.",
		.example_path = STATIONS "/people?government=jabar&station=1"
					 "&at=2025-11-13T00:20:00.000Z&proof=" KEY_64},
	{POST, STATIONS "/pins", P_PUBLIC, TX_READ, &attendance_pin_check_shape,
		&attendance_pin_checked_shape, attendance_post_pin_check,
		.prepare = attendance_prepare_pin_check, .slow = true,
		.summary = "Whether the PIN typed at a kiosk is right.",
		.example = "{" CLAIM ",\"nip\":\"198504122010011001\",\"pin\":\"408173\"}"},
	{POST, "/api/v1/attendance/countersigns", P_PUBLIC, TX_EVENT,
		&attendance_countersigns_shape, &attendance_countersigned_shape,
		attendance_post_countersigns, .prepare = attendance_prepare_countersigns,
		.summary = "Records that a kiosk signed; one receipt each.",
		.example = "{\"government\":\"jabar\",\"station\":\"1\",\"records\":[{\"bytes\":"
			   "\"AA\",\"signature\":\"" KEY_64 "\"}]}"},
};

const struct slice attendance_office_slice = {
	.name = "office",
	.routes = routes,
	.route_count = COUNT_OF(routes),
	.stmts = attendance_station_stmts,
	.stmt_count = STATION_STMTS,
};
const struct slice attendance_kiosk_slice = {
	.name = "kiosks",
	.stmts = attendance_kiosk_stmts,
	.stmt_count = KIOSK_STMTS,
};
const struct slice attendance_network_slice = {
	.name = "networks",
	.stmts = attendance_network_stmts,
	.stmt_count = NETWORK_STMTS,
};
