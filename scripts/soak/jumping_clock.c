/* Loaded before a program (LD_PRELOAD), sets its clock of the day back by a day two seconds after the
   start, forward by two days after four, right after six, and so on. Other clocks stay as they are. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <sys/time.h>
#include <time.h>

#define DAY 86400
#define EVERY_S 2

static int (*true_clock)(clockid_t, struct timespec *);

static time_t off_by(void) {
  static time_t began;
  struct timespec now;
  if (!true_clock) true_clock = dlsym(RTLD_NEXT, "clock_gettime");
  true_clock(CLOCK_MONOTONIC, &now);
  if (!began) began = now.tv_sec;
  time_t turn = (now.tv_sec - began) / EVERY_S % 3;
  return turn == 0 ? 0 : turn == 1 ? -DAY : DAY;
}

int clock_gettime(clockid_t clock, struct timespec *to) {
  time_t off = off_by();
  int answer = true_clock(clock, to);
  if (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE) to->tv_sec += off;
  return answer;
}

int gettimeofday(struct timeval *restrict to, void *restrict zone) {
  struct timespec now;
  (void)zone;
  clock_gettime(CLOCK_REALTIME, &now);
  to->tv_sec = now.tv_sec;
  to->tv_usec = now.tv_nsec / 1000;
  return 0;
}

time_t time(time_t *to) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  if (to) *to = now.tv_sec;
  return now.tv_sec;
}
