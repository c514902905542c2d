/*
 * What a document is made of, kept in order until it is laid out.
 */
#include "platform/document_int.h"

#include <assert.h>

const char *const paper_names[] = {"a4", "f4", NULL};

struct document *document_new(struct arena *arena, const struct document_style *style)
{
	struct document *d = ARENA_NEW(arena, struct document);

	d->arena = arena;
	d->style = *style;
	d->last = &d->first;
	d->next_number = 1;
	return d;
}

static struct block *add_block(struct document *d, enum block_kind kind, const char *text)
{
	struct block *b = ARENA_NEW(d->arena, struct block);

	b->kind = kind;
	b->text = text ? text : "";
	*d->last = b;
	d->last = &b->next;
	return b;
}

void document_heading(struct document *d, const char *text)
{
	add_block(d, BLOCK_HEADING, text);
	d->next_number = 1;
}

void document_paragraph(struct document *d, const char *text)
{
	add_block(d, BLOCK_PARAGRAPH, text);
}

void document_numbered(struct document *d, const char *text)
{
	add_block(d, BLOCK_PARAGRAPH, text)->number = d->next_number++;
}

void document_fact(struct document *d, const char *label, const char *value)
{
	add_block(d, BLOCK_FACT, value)->label = label;
}

void document_point(struct document *d, const char *label, const char *point, const char *value)
{
	struct block *b = add_block(d, BLOCK_FACT, value);

	b->label = label;
	b->point = point;
}

void document_line(struct document *d, enum document_align align, bool is_bold, const char *text)
{
	struct block *b = add_block(d, BLOCK_LINE, text);

	b->align = align;
	b->is_bold = is_bold;
}

void document_page(struct document *d, bool is_landscape, const char *running)
{
	struct block *b = add_block(d, BLOCK_PAGE, running);

	b->is_landscape = is_landscape;
	d->next_number = 1;
}

void document_table(
	struct document *d, const struct document_column *column, int columns, int points_tenth)
{
	struct table *t = ARENA_NEW(d->arena, struct table);

	assert(columns > 0 && columns <= DOCUMENT_COLUMNS_MAX);
	t->column = column;
	t->columns = columns;
	t->points = points_tenth / 10.0;
	for (int i = 0; i < columns; i++)
		t->has_groups |= column[i].group != NULL;
	add_block(d, BLOCK_TABLE, NULL)->table = t;
	d->table = t;
}

void document_row(struct document *d, const char *const *cell, bool is_bold)
{
	struct block *b = add_block(d, BLOCK_ROW, NULL);

	assert(d->table && ++d->rows <= DOCUMENT_ROWS_MAX);
	b->table = d->table;
	b->is_bold = is_bold;
	b->cell = ARENA_ARRAY(d->arena, (size_t)d->table->columns, const char *);
	for (int i = 0; i < d->table->columns; i++)
		b->cell[i] = cell[i] ? cell[i] : "";
}

static const struct document_signer *keep_signer(
	struct document *d, const struct document_signer *signer)
{
	struct document_signer *kept;

	if (!signer)
		return NULL;
	kept = ARENA_NEW(d->arena, struct document_signer);
	*kept = *signer;
	return kept;
}

void document_signers(
	struct document *d, const struct document_signer *left, const struct document_signer *right)
{
	struct block *b = add_block(d, BLOCK_SIGNERS, NULL);

	b->signer[0] = keep_signer(d, left);
	b->signer[1] = keep_signer(d, right);
}

void document_set_seal(struct document *d, const struct document_seal *seal)
{
	d->style.seal = seal;
}
