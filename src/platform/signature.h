/*
 * A signature inside a PDF: CMS detached (RFC 5652) over the whole file but the place where it
 * stands, added behind the paper as an incremental update (ISO 32000-1, 7.5.6 and 12.8;
 * /Adobe.PPKLite, adbe.pkcs7.detached, SHA-256).
 *
 * The key is an X.509 key pair in two PEM files that the operator names. It stands for the program
 * of an office, not for a person, and no certification authority vouches for it: PP 71/2019 art. 60
 * calls that "tidak tersertifikasi", and so does every paper it is on.
 *
 * Only PDF as document.h makes it is signed: one cross-reference table, no signature yet. What is
 * checked may be anything.
 */
#ifndef LUWES_PLATFORM_SIGNATURE_H
#define LUWES_PLATFORM_SIGNATURE_H

#include "base/arena.h"
#include "base/err.h"

#include <stdbool.h>

struct signature_key; /* a private key and its certificate; read by any thread */

/* Opens the two files: a key that others may read, or that is not the certificate's, is refused.
 * NULL with a sentence in *why. */
struct signature_key *signature_open_key(
	const char *key_path, const char *certificate_path, struct arena *arena, const char **why);
void signature_close_key(struct signature_key *key);

/* The name in the certificate, and its SHA-256 in hex. */
const char *signature_name(const struct signature_key *key);
const char *signature_fingerprint(const struct signature_key *key);
/* Whether the certificate holds at an instant. */
bool signature_is_valid_at(const struct signature_key *key, int64_t at_ms);

/*
 * Makes a key (RSA 3072) and a self-signed certificate of `name` that holds `years` years from
 * `from_ms` on, in two new files, the key readable by its owner alone. False with a sentence in
 * *why; then neither file is left.
 */
bool signature_make_key(const char *key_path, const char *certificate_path, const char *name,
	int64_t from_ms, int years, struct arena *arena, const char **why);

/* Signs `pdf`; the result is `pdf` with an update behind it. `reason` is ASCII, shown by viewers.
 * E_CONFLICT when it is signed already, E_INTERNAL when it is not a PDF of document.h. */
enum err signature_add(const struct signature_key *key, struct bytes pdf, int64_t at_ms,
	const char *reason, struct arena *arena, struct bytes *ret_pdf);

enum signature_fault {
	SIGNATURE_GOOD,
	SIGNATURE_NONE,      /* there is none */
	SIGNATURE_MANY,      /* more than one: this program never adds a second */
	SIGNATURE_MALFORMED, /* not where a signature of this kind stands, or unreadable */
	SIGNATURE_NOT_WHOLE, /* bytes of the file lie outside what was signed */
	SIGNATURE_OTHER_KEY, /* not by this certificate's key */
	SIGNATURE_BROKEN     /* the file is not what was signed */
};
extern const char *const signature_fault_names[]; /* "good","none","many" ... */

/* The one signature of a file, against the certificate of `key`. Whether the certificate still
 * holds is not asked: it is about the day of signing. */
enum signature_fault signature_check(
	const struct signature_key *key, struct bytes pdf, struct arena *arena);
/* The same with the certificate alone. NULL with a sentence in *why when it cannot be read. */
struct signature_key *signature_open_certificate(
	const char *path, struct arena *arena, const char **why);

#endif
