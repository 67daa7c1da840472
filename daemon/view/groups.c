/* See groups.h. */

#include "daemon/view/groups.h"

#include "daemon/base/check.h"
#include "daemon/view/label.h"

void groups_init(struct groups *groups, const struct query *query, struct scratch *scratch,
                 const char *const *names)
{
    size_t aggregates = (size_t)query->view.published.aggregates + 1;
    *groups = (struct groups){.query = query,
                              .names = names,
                              .slot = scratch_take(scratch, aggregates * sizeof(uint32_t)),
                              .total = {.labelled = AGGREGATE_NONE, .most = -1}};
    column_init(&groups->rows, sizeof(struct group));
}

void groups_done(struct groups *groups)
{
    column_done(&groups->rows);
}

static struct group *find(const struct groups *groups, struct slice key, uint32_t labelled)
{
    if (labelled != AGGREGATE_NONE) {
        uint32_t place = groups->slot[labelled];
        return place == 0 ? NULL : column_at(&groups->rows, place - 1);
    }
    for (uint64_t i = 0; i < groups->rows.count; i++) {
        struct group *group = column_at(&groups->rows, i);
        if (slice_equal(group->key, key)) {
            return group;
        }
    }
    return NULL;
}

struct group *group_of(struct groups *groups, struct slice key, uint32_t labelled)
{
    struct group *group = find(groups, key, labelled);
    if (group != NULL) {
        return group;
    }
    group = column_push(&groups->rows);
    *group = (struct group){.key = key, .labelled = labelled, .most = -1};
    if (labelled != AGGREGATE_NONE) {
        groups->slot[labelled] = (uint32_t)groups->rows.count;
    }
    return group;
}

const struct group *group_at(const struct groups *groups, uint64_t row)
{
    return column_at(&groups->rows, row);
}

void groups_offer(const struct groups *groups, struct page *page)
{
    for (uint64_t i = 0; i < groups->rows.count; i++) {
        page_offer(page, group_at(groups, i)->key, i);
    }
}

static uint32_t write_figures(const struct groups *groups, const struct group *group,
                              group_extra_fn *extra, struct writer *out)
{
    uint32_t count = 0;
    for (; groups->names[count] != NULL; count++) {
        INVARIANT(count < GROUP_FIGURES_MAX);
        write_text(out, groups->names[count]);
        write_int(out, group->of[count]);
    }
    return count + extra(group, out);
}

uint32_t group_write(const struct groups *groups, uint64_t row, group_extra_fn *extra,
                     struct writer *out)
{
    const struct group *group = group_at(groups, row);
    write_text(out, "label");
    write_str(out, group->labelled == AGGREGATE_NONE ? group->key
                                                     : label_of(groups->query, group->labelled));
    return 1 + write_figures(groups, group, extra, out);
}

void groups_write_total(const struct groups *groups, group_extra_fn *extra, struct writer *out)
{
    bool any = groups->total.of[0] > 0; /* the first figure is how many there are */
    write_text(out, "total");
    write_array(out, any ? 1 : 0);
    if (any) {
        size_t mark = write_map_begin(out);
        write_map_end(out, mark, write_figures(groups, &groups->total, extra, out));
    }
}
