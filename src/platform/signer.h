/*
 * Whoever signs papers: the program itself, or a service of its own one day (docs/SIGNING.md).
 *
 * Three steps, because a service may want a person's consent in between: ask, look whether it is
 * done, fetch. A signer gets the whole PDF and returns it with a signature in it; what it printed
 * about the signature stands on the paper before, so a signer says its line first. No signer paints
 * the mark of another one. What a kind of paper needs is asked before (org_document.h): an
 * uncertified signer never sees a decision about rights or a letter to a citizen.
 */
#ifndef LUWES_PLATFORM_SIGNER_H
#define LUWES_PLATFORM_SIGNER_H

#include "base/arena.h"
#include "base/err.h"

#include <stdbool.h>

/* What a signature is before PP 71/2019 art. 60. */
enum signature_standing { SIGNATURE_ABSENT, SIGNATURE_INTERNAL, SIGNATURE_CERTIFIED };
extern const char *const signature_standing_names[]; /* "none","internal","certified" */

struct sign_order {
	struct bytes pdf;
	int64_t at;          /* instant of signing */
	const char *reason;  /* ASCII */
	struct arena *arena; /* in which the result is wanted */
};

/* An order under way. What `order` names must live as long. */
struct sign_ticket {
	const struct sign_order *order;
	const char *reference; /* the service's own name of it; NULL: none */
	struct bytes done;     /* the signed file, where it is here already */
};

enum sign_state { SIGN_WAITS, SIGN_DONE, SIGN_DECLINED };

struct signer {
	enum signature_standing standing;
	const char *name;        /* who stands behind it: in the certificate */
	const char *certificate; /* SHA-256 of it in hex */
	const char *line;        /* what papers say of it */
	int64_t wait_ms;         /* the longest somebody waits for it */
	/* Whether it can sign at an instant; else a sentence in *why. */
	bool (*is_ready)(const struct signer *s, int64_t at_ms, const char **why);
	enum err (*request)(
		const struct signer *s, const struct sign_order *order, struct sign_ticket *ret);
	enum err (*poll)(
		const struct signer *s, struct sign_ticket *ticket, enum sign_state *ret_state);
	enum err (*fetch)(
		const struct signer *s, struct sign_ticket *ticket, struct bytes *ret_pdf);
};

/* The signer in use; NULL: papers are signed by hand. Set at start, before anything is served. */
const struct signer *signer_in_use(void);
void signer_use(const struct signer *s);

/* The three steps, in the pool. E_BUSY when it takes longer than wait_ms, E_REFUSED when it was
 * declined. */
enum err signer_sign(const struct signer *s, const struct sign_order *order, struct bytes *ret_pdf);

/* The built-in one: a key of the program (signature.h). NULL with a sentence in *why. The same
 * signer each time; signer_close_internal forgets its key. */
const struct signer *signer_open_internal(
	const char *key_path, const char *certificate_path, struct arena *arena, const char **why);
void signer_close_internal(void);

#endif
