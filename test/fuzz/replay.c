/* Runs a fuzz target over files, without a fuzzer: every seed and every past crash is a regression
 * test. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
__attribute__((weak)) int LLVMFuzzerInitialize(int *argc, char ***argv);

static int run_file(const char *name)
{
	FILE *f = fopen(name, "rb");
	uint8_t *data = malloc(1 << 20);
	if (!f || !data)
		return 1;
	size_t n = fread(data, 1, 1 << 20, f);
	fclose(f);
	LLVMFuzzerTestOneInput(data, n);
	free(data);
	return 0;
}

int main(int argc, char **argv)
{
	if (LLVMFuzzerInitialize)
		LLVMFuzzerInitialize(&argc, &argv);
	for (int i = 1; i < argc; i++)
		if (run_file(argv[i])) {
			fprintf(stderr, "replay: cannot read %s\n", argv[i]);
			return 1;
		}
	printf("%d inputs\n", argc - 1);
	return 0;
}
