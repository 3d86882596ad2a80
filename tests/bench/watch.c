/* A core that stands still: whoever sleeps on it is woken late. */
#include "base/clock.h"
#include "tests/bench/peer.h"

#include <sched.h>
#include <stdio.h>
#include <time.h>

enum { NAP_US = 1000, LATE_US = 2000 };

static void
sleep_until(int64_t boot_us)
{
    struct timespec t = {.tv_sec = boot_us / 1000000,
                         .tv_nsec = boot_us % 1000000 * 1000};

    (void)clock_nanosleep(CLOCK_BOOTTIME, TIMER_ABSTIME, &t, NULL); /* early: no harm */
}

/* Ahead of every common program, so that none of them is taken for the machine; without
 * the right to it what is seen may be their doing, too. */
static int
take_core(int core)
{
    struct sched_param first = {.sched_priority = 1};
    cpu_set_t set;

    CPU_ZERO(&set);
    CPU_SET((size_t)core, &set);
    if (sched_setaffinity(0, sizeof set, &set) != 0)
        return ERR_RANGE;
    (void)sched_setscheduler(0, SCHED_FIFO, &first);
    return 0;
}

int
watch_bench(int64_t core)
{
    int64_t due = clock_boot_us(NULL), now;

    if (core < 0 || core >= CPU_SETSIZE || take_core((int)core) != 0)
        return ERR_RANGE;
    for (;;) {
        due += NAP_US;
        sleep_until(due);
        now = clock_boot_us(NULL);
        if (now - due < LATE_US)
            continue;
        (void)printf("%lld %lld\n", (long long)due, (long long)now);
        (void)fflush(stdout);
        due = now;
    }
}
