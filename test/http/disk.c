/*
 * A disk with faults, preloaded into the server. Reads go on, as on a real disk.
 *
 *   LUWES_DISK_FULL=FLAG        while the file FLAG exists, every write to a regular file ends with ENOSPC
 *   LUWES_DISK_FAIL=N:ERRNO:FLAG  the N-th write or sync since FLAG exists ends with ERRNO, once, and takes FLAG away
 *   LUWES_DISK_SLOW_MS=MS       every sync takes so much longer
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static int is_regular(int fd)
{
	struct stat st;
	return fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
}

static int is_full(int fd)
{
	const char *flag = getenv("LUWES_DISK_FULL");
	if (!flag || access(flag, F_OK) || !is_regular(fd))
		return 0;
	errno = ENOSPC;
	return 1;
}

static int is_failing(int fd)
{
	static atomic_int count;
	const char *order = getenv("LUWES_DISK_FAIL");
	int nth, error, from = 0;
	if (!order || sscanf(order, "%d:%d:%n", &nth, &error, &from) < 2 || !from)
		return 0;
	if (access(order + from, F_OK) || !is_regular(fd) || atomic_fetch_add(&count, 1) + 1 != nth)
		return 0;
	unlink(order + from);
	errno = error;
	return 1;
}

static int fails(int fd)
{
	return is_full(fd) || is_failing(fd);
}

static void wait_for_disk(void)
{
	const char *ms = getenv("LUWES_DISK_SLOW_MS");
	long n = ms ? atol(ms) : 0;
	if (n)
		nanosleep(&(struct timespec){n / 1000, n % 1000 * 1000000}, NULL);
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int fd, const void *p, size_t n)
{
	return fails(fd) ? -1 : REAL(write)(fd, p, n);
}
ssize_t pwrite(int fd, const void *p, size_t n, off_t at)
{
	return fails(fd) ? -1 : REAL(pwrite)(fd, p, n, at);
}
ssize_t pwrite64(int fd, const void *p, size_t n, off64_t at)
{
	return fails(fd) ? -1 : REAL(pwrite64)(fd, p, n, at);
}
int fallocate(int fd, int mode, off_t at, off_t n)
{
	return fails(fd) ? -1 : REAL(fallocate)(fd, mode, at, n);
}
int ftruncate(int fd, off_t n)
{
	return is_failing(fd) ? -1 : REAL(ftruncate)(fd, n);
}
int ftruncate64(int fd, off64_t n)
{
	return is_failing(fd) ? -1 : REAL(ftruncate64)(fd, n);
}
int fsync(int fd)
{
	wait_for_disk();
	return is_failing(fd) ? -1 : REAL(fsync)(fd);
}
int fdatasync(int fd)
{
	wait_for_disk();
	return is_failing(fd) ? -1 : REAL(fdatasync)(fd);
}
