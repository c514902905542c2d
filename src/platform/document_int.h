/*
 * A document as its files share it: the parts in order (document_parts.c), and what lays them out
 * (document.c).
 */
#ifndef LUWES_PLATFORM_DOCUMENT_INT_H
#define LUWES_PLATFORM_DOCUMENT_INT_H

#include "platform/document_canvas.h"

enum block_kind {
	BLOCK_HEADING,
	BLOCK_PARAGRAPH,
	BLOCK_LINE,
	BLOCK_PAGE,
	BLOCK_FACT,
	BLOCK_TABLE,
	BLOCK_ROW,
	BLOCK_SIGNERS
};

struct table {
	const struct document_column *column;
	double x[DOCUMENT_COLUMNS_MAX + 1]; /* edges, filled when the width is known */
	double points;
	int columns;
	bool has_groups;
};

struct block {
	struct block *next;
	enum block_kind kind;
	int number; /* of a paragraph; 0 none */
	const char *label, *point, *text;
	enum document_align align;
	struct table *table;
	const char **cell;
	bool is_bold, is_landscape;
	const struct document_signer *signer[2];
	double height; /* of a row, once measured */
};

struct document {
	struct arena *arena;
	struct document_style style;
	struct block *first, **last;
	struct table *table; /* rows go here */
	int next_number, rows;
};

/* Room the seal takes above the foot of a page (document_seal.c). */
#define SEAL_HEIGHT 58.0
/* Draws it into the box from x, y of this width. */
void document_put_seal(
	struct canvas *c, const struct document_seal *seal, double x, double y, double width);

#endif
