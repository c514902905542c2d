/*
 * The seal of an issued paper and its QR code.
 *
 * It stands on every page, because pages part. The code has a white margin of four modules on each
 * side, as readers want (ISO 18004, 5.3.8), and black squares of at least 0.4 mm, so that a
 * copier keeps them.
 */
#include "platform/document_int.h"

#include <qrencode.h>

#define CODE_SIDE 48.0
#define MARGIN    5.0 /* four modules of the versions that addresses need */
#define LINE      9.5

bool canvas_code(struct canvas *c, const char *text, double x, double y, double side)
{
	QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
	double module;

	if (!code)
		return false;
	module = side / code->width;
	for (int i = 0; i < code->width * code->width && c->draws; i++)
		if (code->data[i] & 1)
			cairo_rectangle(c->cr, x + i % code->width * module,
				y + (double)(i / code->width) * module, module, module);
	if (c->draws)
		cairo_fill(c->cr);
	QRcode_free(code);
	return true;
}

void document_put_seal(
	struct canvas *c, const struct document_seal *seal, double x, double y, double width)
{
	double left = x + CODE_SIDE + 2 * MARGIN + 4;

	canvas_code(c, seal->code, x + MARGIN, y + MARGIN, CODE_SIDE);
	y += MARGIN + 2;
	for (int i = 0; i < SEAL_LINES && seal->line[i]; i++, y += LINE + (i == 1))
		canvas_text(c, &(struct type){.points = 7.5, .is_bold = i == 0, .lines_max = 1},
			left, y, x + width - left, seal->line[i]);
}
