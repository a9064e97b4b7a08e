/*
 * A wall clock that is wrong by as many seconds as a file says: eight bytes, in the machine's own order, at the path in CHAOS_CLOCK.
 * Loaded with LD_PRELOAD into a process whose clock a test sets. The monotonic clock goes on as it is.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static volatile const int64_t *ahead;
static int (*real)(clockid_t, struct timespec *);

__attribute__((constructor)) static void begin(void)
{
	const char *path = getenv("CHAOS_CLOCK");
	int file = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;

	real = (int (*)(clockid_t, struct timespec *)) dlsym(RTLD_NEXT, "clock_gettime");
	if (file >= 0) {
		void *seen = mmap(NULL, sizeof(*ahead), PROT_READ, MAP_SHARED, file, 0);
		if (seen != MAP_FAILED)
			ahead = seen;
		close(file);
	}
}

int clock_gettime(clockid_t clock, struct timespec *now)
{
	if (!real)
		begin();
	int result = real(clock, now);
	if (result == 0 && ahead && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE))
		now->tv_sec += *ahead;
	return result;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone)
{
	struct timespec precise;

	(void) zone;
	if (clock_gettime(CLOCK_REALTIME, &precise) != 0)
		return -1;
	now->tv_sec = precise.tv_sec;
	now->tv_usec = precise.tv_nsec / 1000;
	return 0;
}

time_t time(time_t *now)
{
	struct timespec precise;

	if (clock_gettime(CLOCK_REALTIME, &precise) != 0)
		return (time_t) -1;
	if (now)
		*now = precise.tv_sec;
	return precise.tv_sec;
}
