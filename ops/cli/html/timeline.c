/* The agenda along the days: a lane for each thing that can be due; what is overdue stands before
 * today, as one mark a lane. */

#include <string.h>

#include "ops/cli/html/html.h"
#include "proto/vocabulary.h"

#define LANES_MAX 32 /* sorts of entries; the daemon knows fewer */
#define LANE_HEIGHT 30
#define TOP 30
#define LATE_X 2850 /* tenths: overdue */
#define DAYS_X 3500
#define DAYS_WIDTH 590
#define LABEL_CELLS 34

struct lane {
    const char *what, *text;
    int late; /* entries */
};

struct timeline {
    const struct html *html;
    const json_t *rows;
    struct lane lanes[LANES_MAX];
    int count;
    int32_t as_of, within;
};

static int64_t days_of(const json_t *row)
{
    return json_integer_value(json_object_get(row, "days"));
}

static void find_lanes(struct timeline *timeline)
{
    for (size_t r = 0; r < json_array_size(timeline->rows); r++) {
        const json_t *row = json_array_get(timeline->rows, r);
        const char *what = json_text(row, "what");
        int lane = 0;
        while (lane < timeline->count && strcmp(timeline->lanes[lane].what, what) != 0) {
            lane++;
        }
        if (lane == timeline->count && timeline->count < LANES_MAX) {
            timeline->lanes[timeline->count++] = (struct lane){what, json_text(row, "text"), 0};
        }
        if (lane < timeline->count) {
            timeline->lanes[lane].late += days_of(row) < 0;
        }
    }
}

static int64_t x_of(const struct timeline *timeline, int64_t days)
{
    return DAYS_X + svg_share(days, timeline->within, DAYS_WIDTH);
}

static void draw_days(const struct timeline *timeline, int bottom)
{
    static const int32_t steps[] = {1, 2, 5, 7, 14, 30, 91, 182, 365, 3650};
    size_t i = 0;
    while (i < sizeof(steps) / sizeof(steps[0]) - 1 && timeline->within / steps[i] > 8) {
        i++;
    }
    svg_text(timeline->html, LATE_X, TOP - 12, "axis middle",
             html_say(timeline->html, "overdue", "已逾期"), 0);
    for (int32_t day = 0; day <= timeline->within; day += steps[i]) {
        char date[11];
        date_format(timeline->as_of + day, date);
        svg_line(timeline->html, x_of(timeline, day), TOP - 4, bottom, day == 0 ? "today" : "grid");
        svg_text(timeline->html, x_of(timeline, day), TOP - 12, "axis middle",
                 timeline->within > 300 ? date : date + 5, 0);
    }
}

static void draw_mark(const struct timeline *timeline, int64_t x, int y, int count,
                      const char *style, const char *tip)
{
    const struct html *html = timeline->html;
    char number[16];
    html_put(html, "<g><circle cx=\"%lld.%lld\" cy=\"%d\" r=\"%d\" class=\"%s\"/>",
             (long long)(x / 10), (long long)(x % 10), y, count > 1 ? 10 : 6, style);
    if (count > 1) {
        (void)snprintf(number, sizeof(number), "%d", count);
        svg_text(html, x, y + 4, "number middle", number, 0);
    }
    html_put(html, "<title>");
    html_text(html, tip);
    html_put(html, "</title></g>\n");
}

static void add(char tip[CELL_MAX], const char *text)
{
    size_t len = strlen(tip);
    size_t room = CELL_MAX - 1 - len;
    size_t more = strlen(text) < room ? strlen(text) : room; /* a long list is cut */
    memcpy(tip + len, text, more);
    tip[len + more] = '\0';
}

/* Entries of one day and lane are one mark; rows come by date. */
static void draw_lane(const struct timeline *timeline, int lane, int y)
{
    const char *what = timeline->lanes[lane].what;
    char tip[CELL_MAX];
    size_t rows = json_array_size(timeline->rows);
    for (size_t r = 0; r < rows;) {
        const json_t *first = json_array_get(timeline->rows, r);
        int64_t day = days_of(first);
        int count = 0;
        tip[0] = '\0';
        for (; r < rows && days_of(json_array_get(timeline->rows, r)) == day; r++) {
            const json_t *row = json_array_get(timeline->rows, r);
            if (strcmp(json_text(row, "what"), what) == 0) {
                add(tip, count == 0 ? json_text(row, "date") : ",");
                add(tip, " ");
                add(tip, json_text(row, "agg"));
                count++;
            }
        }
        if (count > 0 && day >= 0 && day <= timeline->within) {
            draw_mark(timeline, x_of(timeline, day), y, count, "coming", tip);
        }
    }
}

void chart_timeline(const struct html *html, int32_t within)
{
    struct timeline timeline = {
        .html = html, .rows = json_object_get(html->answer, "rows"), .within = within};
    if (!date_parse(slice_text(json_text(html->answer, "as_of")), &timeline.as_of) ||
        json_array_size(timeline.rows) == 0) {
        return;
    }
    timeline.within = within < 1 ? 1 : within;
    find_lanes(&timeline);
    int bottom = TOP + timeline.count * LANE_HEIGHT;
    svg_begin(html, bottom + 8, html_say(html, "Along the days", "时间轴"));
    for (int lane = 0; lane < timeline.count; lane++) {
        int y = TOP + lane * LANE_HEIGHT;
        html_put(html, "<rect x=\"0\" y=\"%d\" width=\"%d\" height=\"%d\" class=\"lane%d\"/>\n", y,
                 DRAWING_WIDTH, LANE_HEIGHT, lane % 2);
        svg_text(html, 80, y + LANE_HEIGHT / 2 + 4, "label", timeline.lanes[lane].text,
                 LABEL_CELLS);
    }
    draw_days(&timeline, bottom);
    for (int lane = 0; lane < timeline.count; lane++) {
        int y = TOP + lane * LANE_HEIGHT + LANE_HEIGHT / 2;
        if (timeline.lanes[lane].late > 0) {
            draw_mark(&timeline, LATE_X, y, timeline.lanes[lane].late, "late",
                      timeline.lanes[lane].text);
        }
        draw_lane(&timeline, lane, y);
    }
    svg_end(html);
}
