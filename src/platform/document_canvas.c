/*
 * Drawing for document.c: the only file that speaks to cairo and pango.
 *
 * The font is a package (packages-run.txt), asked for by name; metrics are never hinted to a
 * screen, so a line breaks at the same word everywhere. A picture is looked at before it is
 * decoded: its size stands in its head.
 */
#include "platform/document_canvas.h"

#include "base/date.h"

#include <cairo-pdf.h>
#include <string.h>

#define FAMILY   "Noto Sans"
#define TEXT_MAX 20000

static cairo_status_t write_bytes(void *closure, const unsigned char *p, unsigned int n)
{
	if (closure)
		buf_add(closure, p, n);
	return CAIRO_STATUS_SUCCESS;
}

static void set_font_options(struct canvas *c)
{
	cairo_font_options_t *options = cairo_font_options_create();
	PangoContext *context = pango_layout_get_context(c->layout);

	cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
	cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
	pango_cairo_context_set_font_options(context, options);
	pango_cairo_context_set_resolution(context, 72);
	pango_context_set_language(context, pango_language_from_string("id"));
	pango_layout_context_changed(c->layout);
	cairo_font_options_destroy(options);
}

void canvas_open(struct canvas *c, double width, double height, struct buf *out)
{
	*c = (struct canvas){.width = width, .height = height, .draws = out != NULL};
	c->surface = cairo_pdf_surface_create_for_stream(write_bytes, out, width, height);
	c->cr = cairo_create(c->surface);
	c->layout = pango_cairo_create_layout(c->cr);
	c->font = pango_font_description_from_string(FAMILY);
	set_font_options(c);
}

static const char *date_of(struct arena *arena, int64_t instant)
{
	char text[25];

	instant_format(instant, text);
	text[19] = 'Z'; /* without the fraction */
	text[20] = '\0';
	return arena_strdup(arena, text);
}

void canvas_describe(struct canvas *c, struct arena *arena, const struct document_style *style)
{
	const char *date = date_of(arena, style->made_at);

	cairo_pdf_surface_restrict_to_version(c->surface, CAIRO_PDF_VERSION_1_4);
	cairo_pdf_surface_set_metadata(
		c->surface, CAIRO_PDF_METADATA_TITLE, style->title ? style->title : "");
	cairo_pdf_surface_set_metadata(c->surface, CAIRO_PDF_METADATA_AUTHOR,
		style->head.agency ? style->head.agency : "");
	cairo_pdf_surface_set_metadata(c->surface, CAIRO_PDF_METADATA_CREATOR, "Luwes");
	cairo_pdf_surface_set_metadata(c->surface, CAIRO_PDF_METADATA_CREATE_DATE, date);
	cairo_pdf_surface_set_metadata(c->surface, CAIRO_PDF_METADATA_MOD_DATE, date);
}

enum err canvas_close(struct canvas *c)
{
	cairo_status_t status = cairo_status(c->cr);

	cairo_destroy(c->cr);
	cairo_surface_finish(c->surface);
	if (!status)
		status = cairo_surface_status(c->surface);
	cairo_surface_destroy(c->surface);
	pango_font_description_free(c->font);
	g_object_unref(c->layout);
	return status ? E_INTERNAL : OK;
}

void canvas_next_page(struct canvas *c, double width, double height)
{
	cairo_show_page(c->cr);
	cairo_pdf_surface_set_size(c->surface, width, height);
	c->width = width;
	c->height = height;
}

static PangoAlignment pango_align(enum document_align align)
{
	return align == ALIGN_LEFT     ? PANGO_ALIGN_LEFT
	       : align == ALIGN_CENTRE ? PANGO_ALIGN_CENTER
				       : PANGO_ALIGN_RIGHT;
}

static void set_attributes(struct canvas *c, const struct type *type)
{
	PangoAttrList *list = pango_attr_list_new();

	if (type->is_underlined)
		pango_attr_list_insert(list, pango_attr_underline_new(PANGO_UNDERLINE_SINGLE));
	/* figures of one width, so that columns of numbers stand straight; no ligatures, so that
	 * what is searched for or copied is found */
	pango_attr_list_insert(list, pango_attr_font_features_new("tnum=1,liga=0,clig=0"));
	pango_layout_set_attributes(c->layout, list);
	pango_attr_list_unref(list);
}

int canvas_set(struct canvas *c, const struct type *type, double width, const char *text)
{
	size_t n = strnlen(text, TEXT_MAX);

	pango_font_description_set_absolute_size(c->font, type->points * PANGO_SCALE);
	pango_font_description_set_weight(
		c->font, type->is_bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
	pango_layout_set_font_description(c->layout, c->font);
	pango_layout_set_width(c->layout, width > 0 ? (int)(width * PANGO_SCALE) : -1);
	pango_layout_set_wrap(c->layout, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_alignment(c->layout, pango_align(type->align));
	pango_layout_set_height(c->layout, type->lines_max ? -type->lines_max : -1000000);
	pango_layout_set_ellipsize(
		c->layout, type->lines_max ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
	set_attributes(c, type);
	pango_layout_set_text(c->layout, text, (int)n);
	return pango_layout_get_line_count(c->layout);
}

double canvas_line_height(struct canvas *c, int line)
{
	PangoRectangle box;

	pango_layout_line_get_extents(pango_layout_get_line_readonly(c->layout, line), NULL, &box);
	return (double)box.height / PANGO_SCALE;
}

void canvas_show_line(
	struct canvas *c, const struct type *type, int line, double x, double y, double width)
{
	PangoLayoutLine *shown = pango_layout_get_line_readonly(c->layout, line);
	PangoRectangle box;
	double room;

	if (!c->draws)
		return;
	pango_layout_line_get_extents(shown, NULL, &box);
	room = width - (double)box.width / PANGO_SCALE;
	x += type->align == ALIGN_LEFT ? 0 : type->align == ALIGN_CENTRE ? room / 2 : room;
	cairo_move_to(c->cr, x, y - (double)box.y / PANGO_SCALE);
	pango_cairo_show_layout_line(c->cr, shown);
}

double canvas_text(struct canvas *c, const struct type *type, double x, double y, double width,
	const char *text)
{
	int height;

	canvas_set(c, type, width, text);
	pango_layout_get_size(c->layout, NULL, &height);
	if (c->draws) {
		cairo_move_to(c->cr, x, y);
		pango_cairo_show_layout(c->cr, c->layout);
	}
	return (double)height / PANGO_SCALE;
}

double canvas_text_width(struct canvas *c, const struct type *type, const char *text)
{
	int width;

	canvas_set(c, type, 0, text);
	pango_layout_get_size(c->layout, &width, NULL);
	return (double)width / PANGO_SCALE;
}

void canvas_rule(struct canvas *c, double x1, double y1, double x2, double y2, double thick)
{
	if (!c->draws)
		return;
	cairo_set_line_width(c->cr, thick);
	cairo_move_to(c->cr, x1, y1);
	cairo_line_to(c->cr, x2, y2);
	cairo_stroke(c->cr);
}

void canvas_box(struct canvas *c, double x, double y, double w, double h, double grey)
{
	if (!c->draws)
		return;
	cairo_set_source_rgb(c->cr, grey, grey, grey);
	cairo_rectangle(c->cr, x, y, w, h);
	cairo_fill(c->cr);
	cairo_set_source_rgb(c->cr, 0, 0, 0);
}

void canvas_watermark(struct canvas *c, const char *text)
{
	const struct type type = {.points = 27, .is_bold = true};
	double width = canvas_text_width(c, &type, text);

	if (!c->draws)
		return;
	cairo_save(c->cr);
	cairo_translate(c->cr, c->width / 2, c->height / 2);
	cairo_rotate(c->cr, c->width > c->height ? -0.55 : -0.95);
	cairo_set_source_rgb(c->cr, 0.91, 0.91, 0.91);
	cairo_move_to(c->cr, -width / 2, -20);
	pango_cairo_update_layout(c->cr, c->layout);
	pango_cairo_show_layout(c->cr, c->layout);
	cairo_restore(c->cr);
	pango_cairo_update_layout(c->cr, c->layout);
}

/* ---- pictures ---- */

static uint32_t big_endian(const uint8_t *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

bool document_is_logo(struct bytes png)
{
	static const uint8_t signature[] = {
		0x89, 'P', 'N', 'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 'I', 'H', 'D', 'R'};
	uint32_t w, h;

	if (png.n < 33 || png.n > LOGO_BYTES_MAX || memcmp(png.p, signature, sizeof signature))
		return false;
	w = big_endian(png.p + 16);
	h = big_endian(png.p + 20);
	return w > 0 && h > 0 && w <= LOGO_PIXELS_MAX && h <= LOGO_PIXELS_MAX;
}

struct reader {
	struct bytes left;
};

static cairo_status_t read_bytes(void *closure, unsigned char *p, unsigned int n)
{
	struct reader *r = closure;

	if (n > r->left.n)
		return CAIRO_STATUS_READ_ERROR;
	memcpy(p, r->left.p, n);
	r->left.p += n;
	r->left.n -= n;
	return CAIRO_STATUS_SUCCESS;
}

bool canvas_picture(struct canvas *c, struct bytes png, double x, double y, double side)
{
	struct reader reader = {png};
	cairo_surface_t *picture;
	bool is_good;

	if (!document_is_logo(png))
		return false;
	picture = cairo_image_surface_create_from_png_stream(read_bytes, &reader);
	is_good = cairo_surface_status(picture) == CAIRO_STATUS_SUCCESS;
	if (is_good && c->draws) {
		double w = cairo_image_surface_get_width(picture);
		double h = cairo_image_surface_get_height(picture);
		double scale = side / (w > h ? w : h);

		cairo_save(c->cr);
		cairo_translate(c->cr, x + (side - w * scale) / 2, y + (side - h * scale) / 2);
		cairo_scale(c->cr, scale, scale);
		cairo_set_source_surface(c->cr, picture, 0, 0);
		cairo_paint(c->cr);
		cairo_restore(c->cr);
	}
	cairo_surface_destroy(picture);
	return is_good;
}
