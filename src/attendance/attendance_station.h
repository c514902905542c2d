/*
 * Private to attendance: screens and kiosks of an office, who stands there, cards and PINs.
 *
 * A station is enrolled like a phone: a code shown once to whoever sets it up, a key that never
 * leaves it. It belongs to a unit and ends, it is never edited. Its officers are named with dates;
 * a card or a PIN alone proves a thing or a number, so a person always stands beside it
 * (docs/EVIDENCE.md, "Proofs of presence").
 */
#ifndef LUWES_ATTENDANCE_ATTENDANCE_STATION_H
#define LUWES_ATTENDANCE_ATTENDANCE_STATION_H

#include "attendance/attendance_office.h"
#include "attendance/attendance_stated.h"
#include "platform/keys.h"

#define STATIONS_MAX         200 /* listed at once */
#define STATION_OFFICERS_MAX 40
#define STATION_NAME_MAX     80
#define STATION_LABEL_MAX    80
#define STATION_CODE_MINUTES 30
#define STATION_SEEN_MS      (5 * MS_PER_MINUTE)
#define STATION_SKEW_MS      (5 * MS_PER_MINUTE) /* of what a station signs to be let in */
#define DISPLAY_SEAL         "display"           /* purpose of keys_seal */

enum station_kind { STATION_DISPLAY, STATION_KIOSK };
extern const char *const station_kind_names[]; /* display kiosk */
enum station_state { STATION_WAITING, STATION_ACTIVE, STATION_ENDED };
extern const char *const station_state_names[]; /* waiting active ended */

struct station {
	int64_t id;
	enum station_kind kind;
	struct unit_id unit;
	struct site_id site;
	const char *name;
	enum station_state state;
	int64_t added_at;
	struct employee_id added_by;
	struct bytes code_hash; /* n 0: none */
	int64_t code_until;
	struct bytes kiosk_key, public_key,
		sealed_key; /* n 0: not enrolled, or of the other kind */
	const char *label;
	int64_t enrolled_at, seen_at; /* 0: never */
	int64_t head_seq;
	struct bytes head_hash; /* n 0: no record yet */
	int64_t ended_at;       /* 0: not ended */
	struct employee_id ended_by;
	const char *end_reason;
};

/* SHA-256 of a code as it is typed; false when it cannot be one. */
bool attendance_hash_station_code(
	struct government_id government, const char *typed, struct hash *ret);
/* Whether the station stood there at an instant: enrolled before it, and not ended. Pure. */
bool attendance_is_station_at(const struct station *s, int64_t at);
/* The point a station stands at: of its site, else of the unit's nearest; NO_COORDINATE: there is
 * none. Pure. */
struct geo_point attendance_station_point(
	const struct org_tree *tree, const struct station *s, int32_t day);

enum err attendance_add_station(struct tx *tx, const struct station *s);
enum err attendance_load_station(struct tx *tx, int64_t id, struct station *ret);
enum err attendance_load_station_by_code(
	struct tx *tx, const struct hash *code_hash, struct station *ret);
enum err attendance_load_kiosk(
	struct tx *tx, const uint8_t kiosk_key[KIOSK_KEY_BYTES], struct station *ret);
/* Of a unit and those below its path, the latest first; at most `max`. */
enum err attendance_list_stations(
	struct tx *tx, const char *path, struct station *ret, int max, int *ret_count);
/* Stores state, code, keys, label, enrolment and end. */
enum err attendance_set_station(struct tx *tx, const struct station *s);
enum err attendance_set_station_seen(struct tx *tx, int64_t id);
enum err attendance_set_station_head(
	struct tx *tx, int64_t id, int64_t seq, const struct hash *hash);
/* How many kiosks and screens stand for a unit: its own and those of the units above it. */
struct station_count {
	int32_t displays, kiosks;
};
enum err attendance_count_stations(struct tx *tx, const char *path, struct station_count *ret);

struct station_officer {
	struct employee_id employee;
	const char *name, *full_name; /* without and with titles */
	int32_t valid_from, valid_to;
	struct bytes device, public_key; /* of his active phone; n 0: none */
};
/* Those named for a day, by name; at most STATION_OFFICERS_MAX. */
enum err attendance_list_station_officers(
	struct tx *tx, int64_t station, int32_t day, struct station_officer *ret, int *ret_count);
enum err attendance_load_is_station_officer(
	struct tx *tx, int64_t station, struct employee_id employee, int32_t day, bool *ret);
/* At how many kiosks in use one is named for a day. */
enum err attendance_count_duties(
	struct tx *tx, struct employee_id employee, int32_t day, int32_t *ret);
enum err attendance_add_station_officer(struct tx *tx, int64_t station, struct employee_id employee,
	int32_t from, struct employee_id by);
/* Ends it with the day before `from`; one that began on that day is taken out. */
enum err attendance_end_station_officer(
	struct tx *tx, int64_t station, struct employee_id employee, int32_t from);

/* ---- cards and PINs ---- */

struct card {
	struct hash hash;
	struct employee_id employee;
	int64_t issued_at;
	struct employee_id issued_by;
	int64_t ended_at; /* 0: in force */
	struct employee_id ended_by;
	const char *end_reason;
};
enum err attendance_load_card(struct tx *tx, const struct hash *hash, struct card *ret);
/* The one in force; E_NOT_FOUND. */
enum err attendance_load_card_of(struct tx *tx, struct employee_id employee, struct card *ret);
enum err attendance_add_card(struct tx *tx, const struct card *card);
/* Ends the card in force of a person; ret_ended: whether there was one. */
enum err attendance_end_card(struct tx *tx, struct employee_id employee, struct employee_id by,
	const char *reason, bool *ret_ended);
/* The hash in the store; NULL: none is set. */
enum err attendance_load_pin(struct tx *tx, struct employee_id employee, const char **ret_phc);
/* NULL takes it away. */
enum err attendance_set_pin(struct tx *tx, struct employee_id employee, const char *phc);

/* Whose PIN a NIP would be; E_NOT_FOUND when nobody in service has it. */
struct kiosk_owner {
	struct employee_id employee;
	const char *name, *unit_name;
	const char *phc; /* NULL: has set none */
};
enum err attendance_load_kiosk_owner(
	struct tx *tx, const char *nip, int32_t day, struct kiosk_owner *ret);

/* Who may need a card. */
struct card_holder {
	struct employee_id employee;
	const char *full_name, *unit_name;
	int64_t issued_at; /* of the card in force; 0 none */
	bool has_pin, has_device;
};
/* People in service placed at a path or below it on a day, by name; at most `max`. */
enum err attendance_list_card_holders(struct tx *tx, const char *path, int32_t day,
	struct card_holder *ret, int max, int *ret_count);

/* A person as a kiosk may show him: never a name in full, never a photo. */
struct kiosk_person {
	struct employee_id employee;
	const char *initials, *unit_name;
	struct bytes card; /* hash of the one in force; n 0 */
};
#define KIOSK_PEOPLE_MAX 3000
/* In service on a day, placed at a path or below it; by id. */
enum err attendance_list_kiosk_people(struct tx *tx, const char *path, int32_t day,
	struct kiosk_person *ret, int max, int *ret_count);
/* "B. S." of "Budi Santoso"; at most three letters. Arena text. */
const char *attendance_initials(struct arena *arena, const char *name);

/* ---- records ---- */

struct countersign_row {
	struct hash hash;
	int64_t station;
	struct countersign c;
	struct bytes record; /* as in the store */
	int64_t received_at;
	int64_t marks; /* enum evidence_mark bits */
	enum time_grade grade;
	int32_t punch_day;
	int64_t punch_id; /* 0: none of its own */
};
/* Whether a record may bind and count for itself: its time is not doubted, nothing else is wrong
 * with it than a gap. Pure. */
bool attendance_is_countersign_good(int64_t marks, enum time_grade grade);
enum err attendance_add_countersign(struct tx *tx, const struct countersign_row *row);
/* By its hash; E_NOT_FOUND. */
enum err attendance_load_countersign(
	struct tx *tx, const struct hash *hash, struct countersign_row *ret);
/* The first that came about a phone's event; E_NOT_FOUND: no kiosk read it. */
enum err attendance_load_countersign_of_event(
	struct tx *tx, const struct hash *event_hash, struct countersign_row *ret);
/* Whether the kiosk sent another record with this number. */
enum err attendance_load_is_countersign_seq(struct tx *tx, int64_t station, int64_t seq, bool *ret);
/* The latest turn at the kiosk before record `seq`; E_NOT_FOUND. */
enum err attendance_load_turn(
	struct tx *tx, int64_t station, int64_t seq, struct countersign_row *ret);

#define STATION_STMTS 15
extern struct db_stmt *const attendance_station_stmts[STATION_STMTS];
#define KIOSK_STMTS 16
extern struct db_stmt *const attendance_kiosk_stmts[KIOSK_STMTS];

#endif
