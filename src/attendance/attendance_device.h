/*
 * Private to attendance: enrolment of phones in person, their end, the passkey beside the key.
 *
 * One active phone per employee, through a code an officer shows him face to face: a key that
 * nobody stood for proves nothing (security 1.3; PP 94/2021 art. 4 f is about the person, not his
 * password). Nobody enrols himself. A change soon after another one needs a reason and a second
 * officer. Every step is a leaf. A phone of two employees is marked, never refused.
 */
#ifndef LUWES_ATTENDANCE_ATTENDANCE_DEVICE_H
#define LUWES_ATTENDANCE_ATTENDANCE_DEVICE_H

#include "attendance/attendance_assertion.h"
#include "platform/auth.h"
#include "platform/http.h"
#include "platform/slice.h"

#define DEVICES_MAX         50  /* phones of one employee that are shown: the latest */
#define DEVICE_CODES_MAX    100 /* requests that wait */
#define DEVICE_PEOPLE_MAX   200 /* of a page */
#define DEVICE_LABEL_MAX    80
#define DEVICE_NOTE_MAX     300
#define INSTALL_ID_BYTES    16
#define INSTALL_DEVICES_MAX 100 /* active keys on one phone that are looked at */

/* ---- codes ---- */

enum device_code_state {
	DEVICE_CODE_OPEN,     /* shown, not used yet */
	DEVICE_CODE_WAITS,    /* for the second officer; there is no code yet */
	DEVICE_CODE_APPROVED, /* by him; the code may be shown now */
	DEVICE_CODE_REFUSED,
	DEVICE_CODE_USED,
	DEVICE_CODE_EXPIRED
};
extern const char *const device_code_state_names[]; /* open waiting approved refused used expired */

struct device_code {
	int64_t id;
	struct hash hash; /* SHA-256 of the letters; drawn at random while there is none */
	struct employee_id employee;
	struct employee_id issued_by;
	int64_t issued_at, expires_at;
	const char *reason; /* why a change so soon; "" when none was asked */
	bool needs_second;
	struct employee_id approved_by; /* who decided, also when refused; 0: nobody yet */
	int64_t decided_at;
	bool is_refused;
	const char *refusal;
	int64_t shown_at;    /* 0: the code itself was not drawn yet */
	int64_t used_at;     /* 0: not used */
	struct bytes device; /* what it enrolled; n 0: nothing */
	/* of lists: */
	const char *full_name, *issuer_name, *unit_name;
};

/* ---- rules: pure ---- */

/* What has become of a code by `now_ms`. */
enum device_code_state attendance_device_code_state(const struct device_code *c, int64_t now_ms);
/* Whether another enrolment now is a change soon after one: `last_at` 0 says there was none. */
bool attendance_is_changed_soon(int64_t last_at, int64_t now_ms, const struct parameters *numbers);
/* Four eyes: who asked does not approve, nor the person himself; E_SELF, or E_CONFLICT when it does
 * not wait. */
enum err attendance_decide_second(
	const struct device_code *c, struct employee_id actor, int64_t now_ms);
/* Until when a phone is new. */
int64_t attendance_probation_until(const struct device *d, const struct parameters *numbers);

/* What a phone signs to show that it holds the key it enrols. */
#define ENROLMENT_PREFIX      "luwes/dev/1\n"
#define ENROLMENT_PROOF_BYTES (sizeof(ENROLMENT_PREFIX) - 1 + 8 + 8 + INSTALL_ID_BYTES + 64 + 32)
void attendance_write_enrolment_proof(struct government_id government, const struct device *d,
	struct hash code, uint8_t ret[ENROLMENT_PROOF_BYTES]);

/* A step in the life of a phone, as the log commits to it (docs/EVIDENCE.md, "Enrolment"). Values
 * are part of the payload. */
enum device_step_kind {
	DEVICE_STEP_ENROLLED = 1,
	DEVICE_STEP_ENDED,
	DEVICE_STEP_PASSKEY,
	DEVICE_STEP_PASSKEY_ENDED,
	DEVICE_STEP_ASKED,    /* a code, or the second officer for one */
	DEVICE_STEP_APPROVED, /* by him */
	DEVICE_STEP_REFUSED,
	DEVICE_STEP_SHOWN, /* the code, after he approved */
	DEVICE_STEP_SHARED,
	DEVICE_STEP_NOT_SHARED
};
struct device_step {
	enum device_step_kind kind;
	struct employee_id employee;
	uint8_t device[DEVICE_ID_BYTES]; /* zeros of a code */
	struct employee_id by;
	int64_t at;
	/* by kind: */
	struct hash key; /* of the public key, or of a passkey's */
	struct employee_id shown_by;
	const char *nip;
	enum device_state state;
	int64_t code;
	const char *text; /* note, reason or refusal */
};
#define DEVICE_STEP_MAX 640
/* Its canonical bytes; the length. */
size_t attendance_write_device_step(struct government_id government, const struct device_step *step,
	uint8_t ret[DEVICE_STEP_MAX]);

/* ---- acts: each writes its rows and its leaf ---- */

/* A device's number in the log: the first 8 bytes of its id, made positive. */
int64_t attendance_device_subject(const uint8_t id[DEVICE_ID_BYTES]);
/* One leaf for a step about a code. */
void attendance_log_code(struct tx *tx, const struct device_code *c, enum device_step_kind kind,
	struct employee_id by);
/*
 * Enrols `d` (employee, public_key, install_id, label, is_installed set) with the code: the former
 * active phone is replaced, the code used, keys on the same phone marked. Fills the rest of `d`.
 */
enum err attendance_enrol_device(
	struct tx *tx, int32_t today, struct device_code *c, struct device *d);
/* Writes a phone whose every member is set as enrolled at d->enrolled_at, with its leaf; for demos.
 */
enum err attendance_write_enrolled(struct tx *tx, const struct device *d, const char *nip);
/* The payload of the leaf of a phone's enrolment; its length. */
size_t attendance_write_enrolment(struct government_id government, const struct device *d,
	const char *nip, uint8_t ret[DEVICE_STEP_MAX]);
/* Ends an active phone; `d` as loaded. */
enum err attendance_finish_device(struct tx *tx, struct device *d, enum device_state state,
	struct employee_id by, const char *note);
/* Sets or, with made NULL, ends the passkey of a phone. */
enum err attendance_change_passkey(
	struct tx *tx, struct device *d, const struct registration *made, struct employee_id by);

/* ---- statements of phones ---- */

/* What a row holds beside struct device. */
struct enrolment {
	const char *nip;       /* of the employee on that day */
	int64_t leaf_index;    /* of the enrolment; -1 none */
	int64_t credential_at; /* when the passkey was set; 0 none */
};
enum err attendance_add_enrolled(
	struct tx *tx, const struct device *d, const struct enrolment *enrolment);
/* A row without a leaf: for tests. */
enum err attendance_add_device(struct tx *tx, const struct device *d, const char *nip);
enum err attendance_load_enrolment(
	struct tx *tx, const uint8_t id[DEVICE_ID_BYTES], struct enrolment *ret);
/* The one a person signs with; E_NOT_FOUND. */
enum err attendance_load_active_device(
	struct tx *tx, struct employee_id employee, struct device *ret);
/* All of a person, the latest first. */
enum err attendance_list_devices(
	struct tx *tx, struct employee_id employee, struct device *ret, int max, int *ret_count);
/* Stores state, ended_at, ended_by and end_reason of `d`; E_CONFLICT when it was not active. */
enum err attendance_end_device(struct tx *tx, const struct device *d);
/* Active keys on a phone: id, employee and is_shared alone. */
enum err attendance_list_install(struct tx *tx, const uint8_t install_id[INSTALL_ID_BYTES],
	struct device *ret, int max, int *ret_count);
enum err attendance_set_shared(struct tx *tx, const uint8_t id[DEVICE_ID_BYTES], bool is_shared);
/* When the person last enrolled a phone; 0 never. */
enum err attendance_load_last_enrolled(struct tx *tx, struct employee_id employee, int64_t *ret);

/* Stores the passkey of `d`; credential_id.n 0 takes it away. Ends its challenge. */
enum err attendance_set_credential(struct tx *tx, const struct device *d);
/* Counter of the passkey after an assertion that was good. */
enum err attendance_set_sign_count(
	struct tx *tx, const uint8_t id[DEVICE_ID_BYTES], int64_t sign_count);
/* Whether any phone of the government, ended ones too, has a passkey with this id. */
enum err attendance_load_is_credential(struct tx *tx, struct bytes credential_id, bool *ret);
/* What the phone's passkey is to sign next, until `until`; `challenge` NULL: nothing. */
enum err attendance_set_challenge(
	struct tx *tx, const uint8_t id[DEVICE_ID_BYTES], const uint8_t *challenge, int64_t until);
/* n 0: none. */
enum err attendance_load_challenge(struct tx *tx, const uint8_t id[DEVICE_ID_BYTES],
	struct bytes *ret_challenge, int64_t *ret_until);

/* Of the people placed at `path` or below it on `day`, and in service: how many there are, and how
 * many have an active phone, a shared one, a passkey. */
struct device_count {
	int32_t people, enrolled, shared, passkeys;
};
enum err attendance_count_devices(
	struct tx *tx, const char *path, int32_t day, struct device_count *ret);
/* The same people by id, after one of them. */
enum device_people { DEVICE_PEOPLE_ALL, DEVICE_PEOPLE_ENROLLED, DEVICE_PEOPLE_MISSING };
struct device_person {
	struct employee_id employee;
	const char *full_name, *position;
	struct unit_id unit;
	const char *unit_name;
	int64_t enrolled_at; /* 0: no active phone */
	const char *label;
	bool is_shared, has_passkey;
};
enum err attendance_list_device_people(struct tx *tx, const char *path, int32_t day,
	enum device_people only, struct employee_id after, struct device_person *ret, int max,
	int *ret_count);

/* ---- statements of codes ---- */

enum err attendance_add_device_code(struct tx *tx, const struct device_code *c);
enum err attendance_load_device_code(struct tx *tx, int64_t id, struct device_code *ret);
enum err attendance_load_device_code_by_hash(
	struct tx *tx, const struct hash *hash, struct device_code *ret);
/* The latest of a person; E_NOT_FOUND. */
enum err attendance_load_latest_code(
	struct tx *tx, struct employee_id employee, struct device_code *ret);
/* Stores everything of `c` but whose it is and why. */
enum err attendance_set_device_code(struct tx *tx, const struct device_code *c);
/* Ends what is still open of a person now. */
enum err attendance_end_codes(struct tx *tx, struct employee_id employee);
/* How many were issued for a person since an instant. */
enum err attendance_count_codes(
	struct tx *tx, struct employee_id employee, int64_t since, int32_t *ret);
/* Those that wait for a second officer, or were approved and not yet shown, of people placed at
 * `path` or below it on `day`; the oldest first, with names. */
enum err attendance_list_waiting_codes(struct tx *tx, const char *path, int32_t day,
	struct device_code *ret, int max, int *ret_count);

#define DEVICE_STMTS 24
extern struct db_stmt *const attendance_device_stmts[DEVICE_STMTS];

/* ---- for routes ---- */

/* base64url of a device's id in a path or query; E_NOT_FOUND when it is none. */
enum err attendance_read_device_id(struct req *rq, const char *text, uint8_t ret[DEVICE_ID_BYTES]);
/* .object of a route about one phone (input begins with its `device` text): its employee. */
struct device_path {
	const char *device;
};
enum err attendance_find_device(struct req *rq, struct object *ret_object);
/* Loads it again in the handler. */
enum err attendance_load_named_device(struct req *rq, const char *text, struct device *ret);

#endif
