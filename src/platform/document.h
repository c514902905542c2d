/*
 * Papers that are signed: a PDF on A4 or F4 with letterhead, title, numbered paragraphs, facts,
 * tables that break over pages, the block of two signers, and annexes on pages that may be turned.
 *
 * F4 (215 x 330 mm) is the paper of Indonesian offices. cairo and pango set the type. The same
 * input gives the same bytes, whatever the machine's clock says: what was printed can be printed
 * again and compared. A store of fictional data says so on every page. Words are the caller's;
 * only "Halaman x dari y" and the demo's mark stand here, in the language of the papers.
 */
#ifndef LUWES_PLATFORM_DOCUMENT_H
#define LUWES_PLATFORM_DOCUMENT_H

#include "base/arena.h"
#include "base/err.h"

#include <stdbool.h>

enum paper { PAPER_A4, PAPER_F4 };
extern const char *const paper_names[]; /* "a4","f4" */

#define DOCUMENT_ROWS_MAX    4000 /* of all tables of a document: about a hundred pages */
#define DOCUMENT_COLUMNS_MAX 40
#define LOGO_BYTES_MAX       (512 * 1024)
#define LOGO_PIXELS_MAX      2000 /* of a side */

/* At the foot of every page of a paper that was issued: a QR code, and lines beside it. */
struct document_seal {
	const char *code;        /* what the QR code says: an address */
	const char *title, *how; /* what to do with it */
	const char *typed;       /* the same for who types: larger */
	const char *note;        /* NULL: none */
};

/* Kop surat. Every text may be NULL; `logo` is a PNG, or n = 0. */
struct document_letterhead {
	const char *government; /* "PEMERINTAH DAERAH PROVINSI JAWA BARAT" */
	const char *agency;     /* "DINAS PENDIDIKAN" */
	const char *address;    /* one or two lines */
	struct bytes logo;
};

struct document_style {
	enum paper paper;
	bool is_landscape;
	struct document_letterhead head;
	const char *title, *number, *subtitle; /* NULL: left out */
	const char *footer;                    /* on every page, beside the number of the page */
	const char *mark; /* above and across every page: "KONSEP"; NULL: none */
	int label_width;  /* of facts, in points; 0: 130 */
	bool is_demo;
	int64_t made_at;                  /* instant, for the document's own date */
	const struct document_seal *seal; /* NULL: a paper to look at */
};

/* Who signs. `office` stands behind `prefix` ("a.n.", "Plt.", "Plh."; NULL definitive); with a.n.
 * the signer's own office is `below`. All but name and office may be NULL. */
struct document_signer {
	const char *caption; /* "Mengetahui," or "Bandung, 1 Desember 2025" */
	const char *prefix, *office, *below;
	const char *name, *rank, *nip;
};

enum document_align { ALIGN_LEFT, ALIGN_CENTRE, ALIGN_RIGHT };

/* Neighbours with the same `group` (not NULL) stand under one head. `width` is a share. */
struct document_column {
	const char *head, *group;
	int width;
	enum document_align align;
};

struct document;

/* Begins a document; what it is given must live as long as the arena. */
struct document *document_new(struct arena *arena, const struct document_style *style);
void document_heading(struct document *d, const char *text);
void document_paragraph(struct document *d, const char *text);
/* A paragraph with the next number, from 1; a heading begins at 1 again. */
void document_numbered(struct document *d, const char *text);
/* "Label : value", values one below the other. */
void document_fact(struct document *d, const char *label, const char *value);
/* A fact in points, "Label : 1. value", or in facts of its own, "Kepada : Nama : value"; without a
 * label below the one before. */
void document_point(struct document *d, const char *label, const char *point, const char *value);
/* Text by itself, a heading of its own size or the day at the right edge. */
void document_line(struct document *d, enum document_align align, bool is_bold, const char *text);
/* What follows begins on a new page, upright or turned; `running` (NULL: none) stands above the
 * pages after it. */
void document_page(struct document *d, bool is_landscape, const char *running);
/* A table; rows follow. `points` is the size of type in tenths: 80 is usual, 65 the smallest. */
void document_table(
	struct document *d, const struct document_column *column, int columns, int points_tenth);
/* `cell` has a text (or NULL) for each column; a bold row is a sum. Refused past
 * DOCUMENT_ROWS_MAX: asserted, the caller bounds its list. */
void document_row(struct document *d, const char *const *cell, bool is_bold);
/* Two signers side by side, never torn from each other; `left` may be NULL. */
void document_signers(struct document *d, const struct document_signer *left,
	const struct document_signer *right);
/* The same parts with a seal, or without one: it may be finished once more. */
void document_set_seal(struct document *d, const struct document_seal *seal);
/* Sets the type: takes a time, so call it in the pool (.slow). E_INTERNAL when cairo fails. */
enum err document_finish(struct document *d, struct bytes *ret_pdf);

/* Whether the bytes are a PNG that may be a logo: small enough in bytes and in pixels. */
bool document_is_logo(struct bytes png);

#endif
