/* What the files of signatures share: the PDF around one, CMS within it. */
#ifndef LUWES_PLATFORM_SIGNATURE_INT_H
#define LUWES_PLATFORM_SIGNATURE_INT_H

#include "platform/signature.h"

#include <openssl/evp.h>
#include <openssl/x509.h>

struct signature_key {
	EVP_PKEY *pkey; /* NULL: the certificate alone, to check with */
	X509 *certificate;
	char name[200], fingerprint[65];
};

/* Where the signature stands in a file, brackets included. */
struct signature_hole {
	size_t from, to;
};

#define SIGNATURE_DER_MAX 8192 /* room for CMS with one certificate */

/* ---- signature_pdf.c: bytes alone ---- */

/* `pdf` with an empty signature behind it. E_CONFLICT, E_INTERNAL as signature_add. */
enum err signature_make_room(struct bytes pdf, int64_t at_ms, const char *reason,
	struct arena *arena, struct buf *ret, struct signature_hole *ret_hole);
/* Puts DER into the hole, in hex. */
void signature_fill(struct buf *pdf, struct signature_hole hole, struct bytes der);
/* Finds the one signature of a file. */
enum signature_fault signature_find(struct bytes pdf, struct arena *arena,
	struct signature_hole *ret_hole, struct bytes *ret_der);
/* All of a file but the hole, joined. */
struct bytes signature_signed_bytes(
	struct bytes pdf, struct signature_hole hole, struct arena *arena);

#endif
