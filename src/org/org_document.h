/*
 * The register of papers that were issued.
 *
 * Printing is looking; issuing is an act. What is issued gets a random code with a QR on every
 * page, a leaf in the log, and keeps its bytes for ever: they have to be those the hash was taken
 * of, and neither a signature nor the fonts of another year would give them again. Of one subject
 * (a version of a roster, a part of a recap, an incident) one paper is in force; issuing the same
 * content again gives that very paper, other content replaces it. Whoever holds a paper asks
 * /periksa/ what became of it; the answer names offices, never persons. UU 11/2008 art. 5, 6 and
 * 11; PP 71/2019 art. 59 and 60.
 */
#ifndef LUWES_ORG_ORG_DOCUMENT_H
#define LUWES_ORG_ORG_DOCUMENT_H

#include "base/hash.h"
#include "org/org_print.h"
#include "platform/signer.h"

struct req;
struct shape;
struct document;

/* ---- what a kind of paper is before the law ---- */

enum document_class {
	CLASS_INTERNAL, /* between offices: the program's own signature is enough */
	CLASS_RIGHT,    /* decides about somebody's right */
	CLASS_CITIZEN,  /* leaves to a citizen */
	CLASS_COUNT
};
extern const char *const document_class_names[]; /* "internal","right","citizen" */

struct document_rule {
	int32_t kind, class; /* enum print_kind, enum document_class */
	const char *legal_basis, *verified_by;
	int32_t valid_from, valid_to;
	struct employee_id entered_by;
	int64_t entered_at;
};
/* What holds of a kind where nobody entered anything; verified by nobody. Pure. */
struct document_rule org_default_document_rule(enum print_kind kind);
/* Whether a signature of this standing may be put on a paper of this class. Pure. */
bool org_may_sign(enum document_class class, enum signature_standing standing);
/* The rule of a kind on a day. */
enum err org_load_document_rule(
	struct tx *tx, enum print_kind kind, int32_t day, struct document_rule *ret);

/* ---- issuing ---- */

/* A paper that a slice made and somebody wants issued. Its head is what the public may read. */
struct paper_made {
	enum print_kind kind;
	int64_t subject;
	struct employee_id employee; /* of an order to one person */
	struct unit_id unit;         /* whom it is about; 0: the whole government */
	struct unit_id sender;       /* whose paper it is; 0: the whole government */
	const char *number, *title, *about, *agency; /* number NULL: none */
	const char *office;                          /* that signs: org_office_text */
	struct document *paper;                      /* not finished */
};

/* "Plh. Kepala Dinas Pendidikan": the office of a signer, without his name. Pure. */
const char *org_office_text(struct arena *arena, const struct document_signer *signer);

/*
 * For .prepare of a row with .slow: sets the paper without and with its seal, signs it when that is
 * wanted and allowed, keeps the bytes. Refused with the article where the class forbids it.
 */
enum err org_prepare_issue(struct req *rq, const struct paper_made *made, bool wants_signature);
/* The handler of such a row: P_DOCUMENT_ISSUE, TX_WRITE, output org_issued_shape. */
enum err org_post_issue(struct req *rq);
extern const struct shape org_issued_shape;

extern const struct slice org_document_slice;

#endif
