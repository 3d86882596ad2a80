#include "base/text.h"

#include "base/ascii.h"
#include "base/civil.h"
#include "base/str.h"

/* What was read so far; fields that did not come are 0. */
struct stamp {
    int year, month, day;
    int hour, minute, second, ms;
    int offset_min; /* east of UTC */
    bool american;  /* an hour more in summer */
};

struct zone {
    const char *name;
    int offset_min;
    bool american;
};

static const struct zone zones[] = {
    {"UT", 0},          {"UTC", 0},         {"GMT", 0},         {"Z", 0},
    {"EST", -300},      {"EDT", -240},      {"CST", -360},      {"CDT", -300},
    {"MST", -420},      {"MDT", -360},      {"PST", -480},      {"PDT", -420},
    {"ET", -300, true}, {"CT", -360, true}, {"MT", -420, true}, {"PT", -480, true},
    {"WET", 0},         {"WEST", 60},       {"BST", 60},        {"CET", 60},
    {"CEST", 120},      {"EET", 120},       {"EEST", 180},      {"HKT", 480},
    {"JST", 540},       {"AEST", 600},      {"AEDT", 660},
};

static const char months[] = "janfebmaraprmayjunjulaugsepoctnovdec";
static const char weekdays[] = "sunmontuewedthufrisat";

static const char *
skip_space(const char *p)
{
    while (*p == ' ' || *p == '\t' || *p == '\r' || *p == '\n')
        p++;
    return p;
}

/* least .. most digits; NULL when there are fewer, or more follow. */
static const char *
digits(const char *p, int least, int most, int *out)
{
    int n = 0, v = 0;

    if (p == NULL)
        return NULL;
    while (n < most && ascii_is_digit(p[n]))
        v = v * 10 + (p[n++] - '0');
    if (n < least || ascii_is_digit(p[n]))
        return NULL;
    *out = v;
    return p + n;
}

static size_t
letters(const char *p)
{
    size_t n = 0;

    while (ascii_is_alpha(p[n]))
        n++;
    return n;
}

/* Place of the first three letters of p in a list of three-letter names; -1 none.
 * Longer spellings ("Sept", "October") count by their first three. */
static int
name_index(const char *p, const char *names)
{
    int i;

    if (letters(p) < 3)
        return -1;
    for (i = 0; names[i * 3] != '\0'; i++)
        if (ascii_lower(p[0]) == names[i * 3] && strncasecmp(p, names + i * 3, 3) == 0)
            return i;
    return -1;
}

/* Fraction of a second to ms; digits beyond the third are dropped. */
static const char *
fraction(const char *p, int *ms)
{
    int scale = 100;

    if (!ascii_is_digit(*p))
        return NULL;
    for (; ascii_is_digit(*p); p++) {
        *ms += (*p - '0') * scale;
        scale /= 10;
    }
    return p;
}

/* " PM": twelve hours more; without it what is here stays. */
static const char *
half_day(const char *p, struct stamp *t)
{
    const char *word = p == NULL ? NULL : skip_space(p);
    bool pm;

    if (word == NULL || letters(word) != 2 || ascii_lower(word[1]) != 'm' ||
        (ascii_lower(word[0]) != 'a' && ascii_lower(word[0]) != 'p'))
        return p;
    if (t->hour < 1 || t->hour > 12)
        return NULL;
    pm = ascii_lower(word[0]) == 'p';
    t->hour = t->hour % 12 + (pm ? 12 : 0);
    return word + 2;
}

/* HH:MM[:SS[.fff]][ AM] */
static const char *
clock_time(const char *p, struct stamp *t)
{
    p = digits(p, 1, 2, &t->hour);
    if (p == NULL || *p != ':')
        return NULL;
    p = digits(p + 1, 2, 2, &t->minute);
    if (p != NULL && *p == ':')
        p = digits(p + 1, 2, 2, &t->second);
    if (p != NULL && (*p == '.' || *p == ','))
        p = fraction(p + 1, &t->ms);
    return half_day(p, t);
}

/* +HH, +HHMM or +HH:MM, at the sign. */
static const char *
numeric_zone(const char *p, struct stamp *t)
{
    int sign = *p == '-' ? -1 : 1, hours = 0, minutes = 0;
    bool colon;

    if (!ascii_is_digit(p[1]) || !ascii_is_digit(p[2]))
        return NULL;
    hours = (p[1] - '0') * 10 + (p[2] - '0');
    p += 3;
    colon = *p == ':';
    if (colon || ascii_is_digit(*p))
        p = digits(p + colon, 2, 2, &minutes);
    if (p == NULL || hours > 15 || minutes > 59)
        return NULL;
    t->offset_min = sign * (hours * 60 + minutes);
    return p;
}

static const char *
named_zone(const char *p, struct stamp *t)
{
    size_t n = letters(p);

    for (size_t i = 0; i < STR_LEN(zones); i++) {
        if ((p[0] & ~0x20) == zones[i].name[0] && strlen(zones[i].name) == n &&
            strncasecmp(zones[i].name, p, n) == 0) {
            t->offset_min = zones[i].offset_min;
            t->american = zones[i].american;
            p += n;
            if (t->offset_min == 0 && (*p == '+' || *p == '-')) /* "GMT+01:00" */
                return numeric_zone(p, t);
            return p;
        }
    }
    return NULL;
}

/* No zone at all is UTC: that is what the wires that leave it out mean. */
static const char *
zone(const char *p, struct stamp *t)
{
    p = skip_space(p);
    if (*p == '\0' || *p == '(')
        return p;
    if (*p == '+' || *p == '-')
        return numeric_zone(p, t);
    return named_zone(p, t);
}

/* YYYY-MM-DD[(T| )HH:MM[:SS[.f]][zone]] */
static const char *
iso(const char *p, struct stamp *t)
{
    p = digits(p, 4, 4, &t->year);
    p = p != NULL && *p == '-' ? digits(p + 1, 2, 2, &t->month) : NULL;
    p = p != NULL && *p == '-' ? digits(p + 1, 2, 2, &t->day) : NULL;
    if (p == NULL || *skip_space(p) == '\0')
        return p;
    if (*p != 'T' && *p != 't' && *p != ' ')
        return NULL;
    p = clock_time(*p == ' ' ? skip_space(p) : p + 1, t);
    return p == NULL ? NULL : zone(p, t);
}

static const char *
separator(const char *p)
{
    return p != NULL && *p == '-' ? p + 1 : p != NULL ? skip_space(p) : NULL;
}

/* Two-digit years as RFC 2822 reads them. */
static const char *
short_or_long_year(const char *p, struct stamp *t)
{
    const char *end = digits(p, 2, 4, &t->year);

    if (end == NULL || end - p == 3)
        return NULL;
    if (end - p == 2)
        t->year += t->year < 50 ? 2000 : 1900;
    return end;
}

/* "Mon, " */
static const char *
skip_weekday(const char *p)
{
    if (name_index(p, weekdays) < 0)
        return p;
    p += letters(p);
    p += *p == '.';
    p = skip_space(p);
    return skip_space(p + (*p == ','));
}

/* The time of the day and the zone that end a date, if they are there. */
static const char *
rest_of_day(const char *p, struct stamp *t)
{
    if (p == NULL || *(p = skip_space(p)) == '\0')
        return p;
    p = clock_time(p, t);
    return p == NULL ? NULL : zone(p, t);
}

/* month day HH:MM:SS [zone] year: what C's asctime and Unix's date write */
static const char *
asctime_rest(const char *p, struct stamp *t)
{
    p = clock_time(p, t);
    p = p == NULL ? NULL : skip_space(p);
    if (p != NULL && letters(p) > 0)
        p = named_zone(p, t);
    return p == NULL ? NULL : short_or_long_year(skip_space(p), t);
}

/* month day[,] year [HH:MM[:SS] [zone]] */
static const char *
month_first(const char *p, struct stamp *t)
{
    int hour;
    const char *colon;

    t->month = name_index(p, months) + 1;
    p += letters(p);
    p = digits(skip_space(p + (*p == '.')), 1, 2, &t->day);
    if (p == NULL)
        return NULL;
    p = skip_space(p + (*p == ','));
    if ((colon = digits(p, 1, 2, &hour)) != NULL && *colon == ':')
        return asctime_rest(p, t);
    p = short_or_long_year(p, t);
    if (p != NULL && *p == ',')
        p++;
    return rest_of_day(p, t);
}

/* [weekday,] day month year [HH:MM[:SS] [zone]] */
static const char *
rfc822(const char *p, struct stamp *t)
{
    p = skip_weekday(p);
    if (name_index(p, months) >= 0)
        return month_first(p, t);
    p = separator(digits(p, 1, 2, &t->day));
    if (p == NULL || (t->month = name_index(p, months) + 1) == 0)
        return NULL;
    p += letters(p);
    p = separator(p + (*p == '.'));
    return rest_of_day(short_or_long_year(p, t), t);
}

/* White space and one comment in brackets may follow: "-0400 (EDT)". */
static bool
is_over(const char *p)
{
    p = skip_space(p);
    if (*p == '(' && (p = strchr(p, ')')) != NULL)
        p = skip_space(p + 1);
    return p != NULL && *p == '\0';
}

static bool
is_valid(const struct stamp *t)
{
    return t->year >= 1970 && civil_is_date(t->year, t->month, t->day) &&
           t->hour <= 23 && t->minute <= 59 && t->second <= 60;
}

int
text_time(const char *s, int64_t *out)
{
    struct stamp t = {0};
    const char *p = skip_space(s), *end;
    int64_t minute;
    int year;

    end = digits(p, 4, 4, &year) != NULL ? iso(p, &t) : rfc822(p, &t);
    if (end == NULL || !is_over(end) || !is_valid(&t))
        return ERR_SYNTAX;
    minute = civil_days(t.year, t.month, t.day) * 1440 + t.hour * 60 + t.minute;
    if (t.american && civil_us_summer(t.year, minute))
        t.offset_min += 60;
    *out = ((minute - t.offset_min) * 60 + t.second) * 1000 + t.ms;
    return 0;
}
