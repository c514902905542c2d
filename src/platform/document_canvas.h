/*
 * The sheet a document is drawn on: text, lines and pictures in points from the upper left corner.
 * Private to document*.c. Off `draws` everything is only measured.
 */
#ifndef LUWES_PLATFORM_DOCUMENT_CANVAS_H
#define LUWES_PLATFORM_DOCUMENT_CANVAS_H

#include "platform/document.h"

#include <cairo.h>
#include <pango/pangocairo.h>

struct canvas {
	cairo_surface_t *surface;
	cairo_t *cr;
	PangoLayout *layout;
	PangoFontDescription *font;
	double width, height;
	bool draws;
};

struct type {
	double points;
	bool is_bold, is_underlined;
	enum document_align align;
	int lines_max; /* 0: as many as it takes; else the rest is cut with an ellipsis */
};

/* Opens a sheet whose bytes go to `out` (NULL: nowhere, and nothing is drawn). */
void canvas_open(struct canvas *c, double width, double height, struct buf *out);
void canvas_describe(struct canvas *c, struct arena *arena, const struct document_style *style);
/* Ends it and gives everything back; E_INTERNAL when cairo met an error. */
enum err canvas_close(struct canvas *c);
/* The next page has this size. */
void canvas_next_page(struct canvas *c, double width, double height);

/* Puts `text` into the box from x, y of this width; returns its height. */
double canvas_text(struct canvas *c, const struct type *type, double x, double y, double width,
	const char *text);
/* The same line by line: sets the text, tells how many lines; then the height of a line, drawn. */
int canvas_set(struct canvas *c, const struct type *type, double width, const char *text);
double canvas_line_height(struct canvas *c, int line);
void canvas_show_line(
	struct canvas *c, const struct type *type, int line, double x, double y, double width);
double canvas_text_width(struct canvas *c, const struct type *type, const char *text);

void canvas_rule(struct canvas *c, double x1, double y1, double x2, double y2, double thick);
void canvas_box(struct canvas *c, double x, double y, double w, double h, double grey);
/* A QR code (ISO 18004, level M) of a text in a square of `side`, without its margin. False when it
 * is too long. */
bool canvas_code(struct canvas *c, const char *text, double x, double y, double side);
/* Across the sheet, pale, behind what follows. */
void canvas_watermark(struct canvas *c, const char *text);
/* A PNG fitted into a square of `side`; false when it is none. */
bool canvas_picture(struct canvas *c, struct bytes png, double x, double y, double side);

#endif
