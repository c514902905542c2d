/*
 * How printed papers look: letterhead, number, signers and foot, as dated rows per kind of paper,
 * for the whole government or for one agency (Permendagri 1/2023: tata naskah dinas; local rules
 * differ, so nothing of it is code). A row is ended and replaced, never edited: what was printed in
 * October can be printed again as it was.
 */
#ifndef LUWES_ORG_ORG_PRINT_H
#define LUWES_ORG_ORG_PRINT_H

#include "org/org.h"

struct document_letterhead; /* platform/document.h */
struct document_signer;

enum print_kind {
	PRINT_RECAP,
	PRINT_SUPPLEMENT,
	PRINT_INCIDENT,
	PRINT_ROSTER_COVER,  /* left: who receives it */
	PRINT_HOME_ORDER,    /* left: who gets a copy */
	PRINT_ROSTER_RETURN, /* left: whom it is addressed to */
	PRINT_KIND_COUNT
};
extern const char *const print_kind_names[]; /* recap supplement incident roster_cover ... */

struct print_template {
	int64_t template_id; /* 0: nobody entered one; the government's own names fill it */
	int32_t kind;
	struct unit_id unit; /* agency; 0: every agency without its own */
	const char *government_line, *agency_line, *address, *logo_sha256, *number_format, *place;
	const char *left_caption, *left_office, *right_office, *footer;
	const char *legal_basis, *verified_by;
	int32_t valid_from, valid_to;
	struct employee_id entered_by;
	int64_t entered_at;
};

/* Words that stand for the braces of a template: {unit} {perangkat_daerah} {pemerintah} {nomor}
 * {bulan} {bulan_romawi} {tahun}. NULL leaves room to write by hand. */
struct print_words {
	const char *unit, *agency, *government, *number;
	int32_t day; /* for month and year */
};
/* Fills the braces; unknown ones stay as they are. Pure. */
const char *org_fill_print(struct arena *arena, const char *text, const struct print_words *words);
/* Whether each brace of a text is one of the words above. Pure. */
bool org_is_print_text(struct arena *arena, const char *text);
/* "1 Desember 2025". Pure. */
const char *org_print_day(struct arena *arena, int32_t day);
/* "November 2025". Pure. */
const char *org_print_month(struct arena *arena, int32_t day);
/* Upper case of ASCII and Latin-1 letters. Pure. */
const char *org_print_upper(struct arena *arena, const char *text);

/* The template of a kind for a unit on a day: its agency's, else the government's, else one made of
 * the government's names, marked as an example. */
enum err org_load_print(struct tx *tx, enum print_kind kind, struct unit_id unit, int32_t day,
	struct print_template *ret);
/* Its letterhead for a unit, with the logo read from the files (call it in the pool). A logo that
 * is gone is left out. */
enum err org_load_letterhead(struct tx *tx, const struct print_template *t, struct unit_id unit,
	struct document_letterhead *ret);

/* Who signs for a unit on a day: of those who hold its office the one who decided (`decided`; 0:
 * not said), else plh before its definitive head before plt before a delegate; as such, a delegate
 * a.n. with his own office below. Room to sign by hand when nobody does. `office` names the head's
 * office where it is not held in one's own right. */
enum err org_load_signer(struct tx *tx, struct unit_id unit, int32_t day,
	struct employee_id decided, const char *office, struct document_signer *ret);

extern const struct slice org_print_slice;

#endif
