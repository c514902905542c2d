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
#include "platform/http.h"

#define DEVICES_MAX         50 /* phones of one employee that are shown: the latest */
#define DEVICE_CODES_MAX    100
#define DEVICE_LABEL_MAX    80
#define DEVICE_CODE_LETTERS 10 /* of 32: 50 bits, for ten minutes and one person */

/* ---- codes ---- */

enum device_code_state {
	DEVICE_CODE_OPEN,     /* shown, not used yet */
	DEVICE_CODE_WAITS,    /* for the second officer; there is no code yet */
	DEVICE_CODE_APPROVED, /* by him; the code may be shown now */
	DEVICE_CODE_REFUSED,
	DEVICE_CODE_USED,
	DEVICE_CODE_EXPIRED
};
extern const char *const device_code_state_names[];

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
/* What has become of it by `now_ms`. Pure. */
enum device_code_state attendance_device_code_state(const struct device_code *c, int64_t now_ms);

/* ---- statements of phones ---- */

enum err attendance_add_device(struct tx *tx, const struct device *d, const char *nip);
/* The one a person signs with; E_NOT_FOUND. */
enum err attendance_load_active_device(
	struct tx *tx, struct employee_id employee, struct device *ret);
/* All of a person, the latest first. */
enum err attendance_list_devices(
	struct tx *tx, struct employee_id employee, struct device *ret, int max, int *ret_count);
/* Stores state, ended_at, ended_by and end_reason of `d`, which must be active in the store. */
enum err attendance_end_device(struct tx *tx, const struct device *d);
/* How many employees have an active key on the phone `install_id`. */
enum err attendance_count_sharers(struct tx *tx, const uint8_t install_id[16], int32_t *ret);
/* Says of every active key on that phone whether it is shared. */
enum err attendance_set_shared(struct tx *tx, const uint8_t install_id[16], bool is_shared);
/* When the person last enrolled a phone; 0 never. */
enum err attendance_load_last_enrolled(struct tx *tx, struct employee_id employee, int64_t *ret);
/* NIP at enrolment and the instant a passkey was set (0 none), beside what struct device holds. */
enum err attendance_load_device_facts(struct tx *tx, const uint8_t id[DEVICE_ID_BYTES],
	const char **ret_nip, int64_t *ret_credential_at);

/* Stores the passkey of `d`; credential_id.n 0 takes it away. Ends its challenge. */
enum err attendance_set_credential(struct tx *tx, const struct device *d);
/* Counter of the passkey after an assertion that was good. */
enum err attendance_set_sign_count(
	struct tx *tx, const uint8_t id[DEVICE_ID_BYTES], int64_t sign_count);
/* Whether anybody of the government has a passkey with this id on an active phone. */
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

/* ---- statements of codes ---- */

enum err attendance_add_device_code(struct tx *tx, const struct device_code *c);
enum err attendance_load_device_code(struct tx *tx, int64_t id, struct device_code *ret);
enum err attendance_load_device_code_by_hash(
	struct tx *tx, const struct hash *hash, struct device_code *ret);
/* The latest of a person; E_NOT_FOUND. */
enum err attendance_load_latest_code(
	struct tx *tx, struct employee_id employee, struct device_code *ret);
/* Stores everything of `c` but whose it is. */
enum err attendance_set_device_code(struct tx *tx, const struct device_code *c);
/* Ends what is still open of a person at `now`. */
enum err attendance_end_codes(struct tx *tx, struct employee_id employee);
/* How many were issued for a person since an instant. */
enum err attendance_count_codes(
	struct tx *tx, struct employee_id employee, int64_t since, int32_t *ret);
/* Those that wait for a second officer, or were approved and not yet shown, of people placed at
 * `path` or below it on `day`; the oldest first, with names. */
enum err attendance_list_waiting_codes(struct tx *tx, const char *path, int32_t day,
	struct device_code *ret, int max, int *ret_count);

#define DEVICE_STMTS 23
extern struct db_stmt *const attendance_device_stmts[DEVICE_STMTS];

#endif
