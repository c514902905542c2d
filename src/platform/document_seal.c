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

	const struct {
		const char *text;
		double points, height;
		bool is_bold;
	} line[] = {{seal->title, 7.5, 10, true}, {seal->how, 7.5, 12, false},
		{seal->typed, 9, 14, true}, {seal->note ? seal->note : "", 7.5, 10, false}};

	canvas_code(c, seal->code, x + MARGIN, y + MARGIN, CODE_SIDE);
	y += MARGIN;
	for (size_t i = 0; i < sizeof line / sizeof *line; y += line[i++].height)
		canvas_text(c,
			&(struct type){.points = line[i].points,
				.is_bold = line[i].is_bold,
				.lines_max = 1},
			left, y, x + width - left, line[i].text);
}
