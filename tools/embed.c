/*
 * embed OUT.S PREFIX=DIR...: carries the files of directories inside the program.
 *
 * Writes OUT.S and, beside it, OUT.S.bin with every file as it is and, where that saves something,
 * compressed. OUT.S names the SHA-256 of each file, so it changes exactly when a file does; it is
 * the sole dependency of the object, and is left untouched (time stamp too) when nothing changed.
 * Files whose name begins with a dot are passed over. A missing DIR is an error.
 */
#include <dirent.h>
#include <errno.h>
#include <sodium.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <zlib.h>

#define FILES_MAX 2000

struct file {
	char path[512]; /* inside the program */
	char source[1024];
	uint8_t *bytes, *gzip;
	size_t size, gzip_size, offset, gzip_offset;
	char sha256[65];
};

static struct file files[FILES_MAX];
static int count;

static void die(const char *what, const char *name)
{
	fprintf(stderr, "embed: %s: %s: %s\n", what, name, strerror(errno));
	exit(1);
}

static uint8_t *read_file(const char *name, size_t *ret_size)
{
	FILE *f = fopen(name, "rb");
	struct stat st;
	if (!f || fstat(fileno(f), &st))
		die("cannot read", name);
	uint8_t *p = malloc((size_t)st.st_size + 1);
	*ret_size = (size_t)st.st_size;
	if (!p || fread(p, 1, *ret_size, f) != *ret_size)
		die("cannot read", name);
	fclose(f);
	return p;
}

/* gzip without a time stamp, so that equal files give equal bytes */
static void compress_file(struct file *f)
{
	z_stream z = {0};
	if (deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY) != Z_OK)
		die("cannot compress", f->path);
	size_t room = deflateBound(&z, f->size);
	f->gzip = malloc(room);
	if (!f->gzip)
		die("cannot compress", f->path);
	z.next_in = f->bytes;
	z.avail_in = (uInt)f->size;
	z.next_out = f->gzip;
	z.avail_out = (uInt)room;
	if (deflate(&z, Z_FINISH) != Z_STREAM_END)
		die("cannot compress", f->path);
	f->gzip_size = z.total_out;
	deflateEnd(&z);
	if (f->gzip_size + f->size / 20 >= f->size)
		f->gzip_size = 0;
}

static void add_file(const char *path, const char *source)
{
	uint8_t sum[crypto_hash_sha256_BYTES];
	struct file *f = &files[count];
	if (count == FILES_MAX)
		die("too many files", source);
	snprintf(f->path, sizeof f->path, "%s", path);
	snprintf(f->source, sizeof f->source, "%s", source);
	f->bytes = read_file(source, &f->size);
	crypto_hash_sha256(sum, f->bytes, f->size);
	sodium_bin2hex(f->sha256, sizeof f->sha256, sum, sizeof sum);
	compress_file(f);
	count++;
}

static void add_directory(const char *prefix, const char *dir)
{
	DIR *d = opendir(dir);
	struct dirent *e;
	if (!d)
		die("cannot open", dir);
	while ((e = readdir(d))) {
		char path[512], source[1024];
		struct stat st;
		if (e->d_name[0] == '.')
			continue;
		if (snprintf(path, sizeof path, "%s/%s", prefix, e->d_name) >= (int)sizeof path ||
			snprintf(source, sizeof source, "%s/%s", dir, e->d_name) >=
				(int)sizeof source)
			die("name too long", e->d_name);
		if (stat(source, &st))
			die("cannot read", source);
		if (S_ISDIR(st.st_mode))
			add_directory(path, source);
		else
			add_file(path, source);
	}
	closedir(d);
}

static int by_path(const void *a, const void *b)
{
	return strcmp(((const struct file *)a)->path, ((const struct file *)b)->path);
}

static void write_blob(const char *name)
{
	FILE *f = fopen(name, "wb");
	size_t at = 0;
	if (!f)
		die("cannot write", name);
	for (int i = 0; i < count; i++) {
		files[i].offset = at;
		files[i].gzip_offset = at + files[i].size;
		at += files[i].size + files[i].gzip_size;
		if (fwrite(files[i].bytes, 1, files[i].size, f) != files[i].size ||
			fwrite(files[i].gzip, 1, files[i].gzip_size, f) != files[i].gzip_size)
			die("cannot write", name);
	}
	fputc(0, f);
	if (fclose(f))
		die("cannot write", name);
}

static void write_table(FILE *out, const char *blob)
{
	fprintf(out,
		"/* written by tools/embed */\n\t.section .rodata\n\t.balign 16\nblob:\n\t.incbin "
		"\"%s\"\n",
		blob);
	for (int i = 0; i < count; i++)
		fprintf(out, "path%d:\t.asciz \"%s\"\netag%d:\t.asciz \"\\\"%.32s\\\"\" /* %s */\n",
			i, files[i].path, i, files[i].sha256, files[i].sha256);
	fprintf(out, "\t.section .data.rel.ro,\"aw\"\n\t.balign 16\n\t.globl "
		     "luwes_assets\nluwes_assets:\n");
	for (int i = 0; i < count; i++) {
		const struct file *f = &files[i];
		fprintf(out, "\t.quad path%d, blob+%zu, %zu, ", i, f->offset, f->size);
		if (f->gzip_size)
			fprintf(out, "blob+%zu, %zu, etag%d\n", f->gzip_offset, f->gzip_size, i);
		else
			fprintf(out, "0, 0, etag%d\n", i);
	}
	fprintf(out,
		"\t.section .rodata\n\t.balign 4\n\t.globl "
		"luwes_assets_count\nluwes_assets_count:\n\t.long %d\n",
		count);
	fprintf(out, "\t.section .note.GNU-stack,\"\",@progbits\n");
}

/* Replaces OUT.S only when its text changed: the object then is rebuilt exactly when a file
 * changed. */
static void replace_if_changed(const char *name, const char *text, size_t n)
{
	FILE *f = fopen(name, "rb");
	if (f) {
		char *old = malloc(n + 1);
		size_t got = fread(old, 1, n + 1, f);
		fclose(f);
		if (got == n && memcmp(old, text, n) == 0) {
			free(old);
			return;
		}
		free(old);
	}
	f = fopen(name, "wb");
	if (!f || fwrite(text, 1, n, f) != n || fclose(f))
		die("cannot write", name);
}

int main(int argc, char **argv)
{
	char blob[1024];
	char *text = NULL;
	size_t n = 0;
	if (argc < 3 || sodium_init() < 0) {
		fprintf(stderr, "usage: embed OUT.S PREFIX=DIR...\n");
		return 2;
	}
	for (int i = 2; i < argc; i++) {
		char *eq = strchr(argv[i], '=');
		if (!eq)
			die("not PREFIX=DIR", argv[i]);
		*eq = '\0';
		add_directory(argv[i], eq + 1);
	}
	qsort(files, (size_t)count, sizeof files[0], by_path);
	snprintf(blob, sizeof blob, "%s.bin", argv[1]);
	write_blob(blob);
	FILE *out = open_memstream(&text, &n);
	write_table(out, blob);
	fclose(out);
	replace_if_changed(argv[1], text, n);
	free(text);
	return 0;
}
