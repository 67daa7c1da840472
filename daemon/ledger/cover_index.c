/* Policies by contract; see cover_index.h. */

#include "daemon/ledger/cover_index.h"

#include <stdlib.h>

#include "daemon/base/check.h"
#include "daemon/ledger/facts_inner.h"

struct cover_entry {
    uint32_t contract, row;
};

struct cover_index {
    struct index_table table;
    struct column entries; /* struct cover_entry */
    uint64_t rows;         /* of FACT_POLICY that are in */
};

static void begin(struct cover_index *index)
{
    index_table_init(&index->table);
    column_init(&index->entries, sizeof(struct cover_entry));
    index->rows = 0;
}

struct cover_index *cover_index_new(void)
{
    struct cover_index *index = calloc(1, sizeof(*index));
    INVARIANT(index != NULL);
    begin(index);
    return index;
}

void cover_index_free(struct cover_index *index)
{
    index_table_done(&index->table);
    column_done(&index->entries);
    free(index);
}

void cover_index_forget(struct cover_index *index)
{
    index_table_done(&index->table);
    column_done(&index->entries);
    begin(index);
}

static uint64_t contract_hash(uint32_t contract)
{
    return hash_bytes(slice_of(&contract, sizeof(contract)), 0);
}

static uint64_t entry_hash(const void *arg, uint64_t number)
{
    const struct cover_index *index = arg;
    const struct cover_entry *entry = column_at(&index->entries, number);
    return contract_hash(entry->contract);
}

static void enter(struct cover_index *index, uint32_t contract, uint32_t row)
{
    struct cover_entry *entry = column_push(&index->entries);
    *entry = (struct cover_entry){.contract = contract, .row = row};
    index_table_insert(&index->table, contract_hash(contract), index->entries.count - 1, entry_hash,
                       index);
}

struct index_probe cover_begin(const struct facts *facts, uint32_t contract)
{
    struct cover_index *index = facts->covers;
    for (; index->rows < facts_count(facts, FACT_POLICY); index->rows++) { /* X1 */
        const struct policy_row *row = facts_row(facts, FACT_POLICY, index->rows);
        for (uint32_t i = 0; i < row->contracts.count; i++) {
            enter(index, share_at(facts, row->contracts, i)->aggregate, (uint32_t)index->rows);
        }
    }
    return index_probe_begin(&index->table, contract_hash(contract));
}

bool cover_next(const struct facts *facts, uint32_t contract, struct index_probe *probe,
                const struct policy_row **ret_row)
{
    uint64_t number;
    while (index_probe_next(probe, &number)) {
        const struct cover_entry *entry = column_at(&facts->covers->entries, number);
        if (entry->contract == contract) {
            *ret_row = facts_row(facts, FACT_POLICY, entry->row);
            return true;
        }
    }
    return false;
}
