/*
 * A disk that is full when the test says so: preloaded into the server, it lets every write to a regular
 * file end with ENOSPC as long as the file named by LUWES_DISK_FULL exists. Reads go on, as on a real disk.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static int is_full(int fd)
{
	const char *flag = getenv("LUWES_DISK_FULL");
	struct stat st;
	if (!flag || access(flag, F_OK) || fstat(fd, &st) || !S_ISREG(st.st_mode))
		return 0;
	errno = ENOSPC;
	return 1;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int fd, const void *p, size_t n)
{
	return is_full(fd) ? -1 : REAL(write)(fd, p, n);
}
ssize_t pwrite(int fd, const void *p, size_t n, off_t at)
{
	return is_full(fd) ? -1 : REAL(pwrite)(fd, p, n, at);
}
ssize_t pwrite64(int fd, const void *p, size_t n, off64_t at)
{
	return is_full(fd) ? -1 : REAL(pwrite64)(fd, p, n, at);
}
int fallocate(int fd, int mode, off_t at, off_t n)
{
	return is_full(fd) ? -1 : REAL(fallocate)(fd, mode, at, n);
}
