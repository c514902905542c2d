/*
 * One helper on one socket pair: what it reads and what it writes. A socket, because sending to a
 * helper that is gone must not raise SIGPIPE in a thread of the server.
 */
#include "platform/process.h"

#include "platform/clock.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define LOOK_MS   50 /* how often is_stopped is looked at */
#define REAP_MS   2  /* how often an exit is looked for once the output ended */
#define READ_SIZE 65536

struct helper {
	const struct process_task *task;
	pid_t pid;
	int fd;
	int64_t deadline;
	size_t sent;
	struct buf out;
};

char *process_beside(const char *name, struct arena *arena)
{
	char self[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", self, sizeof self);
	while (n > 0 && self[n - 1] != '/')
		n--;
	return arena_printf(arena, "%.*s%s", n > 0 ? (int)n : 0, self, name);
}

/* ---- starting ---- */

/* The far end becomes stdin and stdout; nothing else but stderr is passed on. */
static int spawn_on(const struct process_task *task, int far, pid_t *ret_pid)
{
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attributes;
	char *const no_environment[] = {NULL};
	sigset_t none, all;
	sigemptyset(&none);
	sigfillset(&all);
	posix_spawn_file_actions_init(&files);
	posix_spawnattr_init(&attributes);
	int e = posix_spawn_file_actions_adddup2(&files, far, STDIN_FILENO);
	e = e ? e : posix_spawn_file_actions_adddup2(&files, far, STDOUT_FILENO);
	e = e ? e : posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO + 1);
	e = e ? e : posix_spawnattr_setsigmask(&attributes, &none);
	e = e ? e : posix_spawnattr_setsigdefault(&attributes, &all);
	e = e ? e
	      : posix_spawnattr_setflags(
			&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
	e = e ? e
	      : posix_spawn(ret_pid, task->path, &files, &attributes, (char *const *)task->argv,
			no_environment);
	posix_spawn_file_actions_destroy(&files);
	posix_spawnattr_destroy(&attributes);
	return e;
}

static enum process_outcome start(struct helper *h)
{
	int pair[2];
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair))
		return PROCESS_FAILED;
	int e = spawn_on(h->task, pair[1], &h->pid);
	close(pair[1]);
	h->fd = pair[0];
	if (!e)
		return PROCESS_DONE;
	close(h->fd);
	return e == ENOENT || e == ENOTDIR ? PROCESS_ABSENT : PROCESS_FAILED;
}

/* ---- talking ---- */

static bool is_passing(ssize_t n)
{
	return n < 0 && (errno == EAGAIN || errno == EINTR);
}

/* False when the helper takes nothing any more. */
static bool send_some(struct helper *h)
{
	const struct bytes *in = &h->task->in;
	ssize_t n = send(h->fd, in->p + h->sent, in->n - h->sent, MSG_NOSIGNAL | MSG_DONTWAIT);
	if (n > 0)
		h->sent += (size_t)n;
	if (h->sent == in->n)
		shutdown(h->fd, SHUT_WR);
	return n > 0 || is_passing(n);
}

/* False at the end of the output, and when there is too much of it. */
static bool take_some(struct helper *h)
{
	char some[READ_SIZE];
	ssize_t n = recv(h->fd, some, sizeof some, MSG_DONTWAIT);
	if (n > 0)
		buf_add(&h->out, some, (size_t)n);
	return h->out.n <= h->task->out_max && (n > 0 || is_passing(n));
}

static enum process_outcome is_over(const struct helper *h)
{
	return h->task->is_stopped && *h->task->is_stopped ? PROCESS_STOPPED
	       : clock_monotonic() >= h->deadline          ? PROCESS_LATE
							   : PROCESS_DONE;
}

/* Until its output ends. A helper that stops reading may still answer. */
static enum process_outcome talk(struct helper *h)
{
	bool is_sending = h->task->in.n > 0;
	enum process_outcome over;
	if (!is_sending)
		shutdown(h->fd, SHUT_WR);
	while (!(over = is_over(h))) {
		struct pollfd p = {h->fd, (short)(POLLIN | (is_sending ? POLLOUT : 0)), 0};
		if (poll(&p, 1, LOOK_MS) < 0 && errno != EINTR)
			return PROCESS_FAILED;
		if (p.revents & POLLOUT)
			is_sending = send_some(h) && h->sent < h->task->in.n;
		if (p.revents & (POLLIN | POLLHUP | POLLERR) && !take_some(h))
			break;
	}
	return over ? over : h->out.n > h->task->out_max ? PROCESS_FAILED : PROCESS_DONE;
}

/* Whether it exited with 0 by itself; whoever has not when time is up is killed. */
static enum process_outcome reap(struct helper *h, enum process_outcome talked)
{
	int status = 0;
	pid_t gone = 0;
	while (!talked && !(gone = waitpid(h->pid, &status, WNOHANG))) {
		poll(NULL, 0, REAP_MS);
		talked = is_over(h);
	}
	if (!gone) {
		kill(h->pid, SIGKILL);
		while (waitpid(h->pid, &status, 0) < 0 && errno == EINTR)
			;
	}
	return talked ? talked : status == 0 && gone == h->pid ? PROCESS_DONE : PROCESS_FAILED;
}

enum process_outcome process_run(
	const struct process_task *task, struct arena *arena, struct bytes *ret_out)
{
	struct helper h = {.task = task, .deadline = clock_monotonic() + task->wall_ms};
	*ret_out = (struct bytes){(const uint8_t *)"", 0};
	enum process_outcome outcome = start(&h);
	if (outcome)
		return outcome;
	buf_init(&h.out, arena, READ_SIZE);
	outcome = reap(&h, talk(&h));
	close(h.fd);
	if (!outcome && h.out.n)
		*ret_out = (struct bytes){(const uint8_t *)h.out.p, h.out.n};
	return outcome;
}
