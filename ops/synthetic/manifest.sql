-- From lines to one row a registered contract, with its figures on each basis: `fact`.
--
-- n0, total0, tech0 are restated; 1, 2, 3 as recorded by the end of the year, the quarter and the
-- month of registration (+08:00). n is 1 where the contract counts, else 0.

PRAGMA cache_size = -262144;

-- Each id once: the first line that has it.
CREATE TABLE event (id TEXT PRIMARY KEY, type TEXT, line INTEGER);
INSERT OR IGNORE INTO event
    SELECT text ->> '$.id', text ->> '$.type', rowid FROM line ORDER BY rowid;

CREATE TABLE reversed (id TEXT PRIMARY KEY);
INSERT OR IGNORE INTO reversed
    SELECT text ->> '$.data.event_id' FROM event JOIN line ON line.rowid = event.line
    WHERE type = 'event.reversed';

CREATE TABLE party (agg TEXT PRIMARY KEY, kind TEXT, region TEXT, district TEXT, zone TEXT,
    size TEXT, sme_tech TEXT, hi_tech TEXT);
INSERT INTO party
    SELECT agg,
        CASE WHEN code BETWEEN 10 AND 14 THEN 'gov' WHEN code = 21 THEN 'institute'
            WHEN code = 22 THEN 'university' WHEN code = 23 THEN 'medical'
            WHEN code = 24 THEN 'inst_other' WHEN code = 30 THEN 'assoc'
            WHEN code BETWEEN 100 AND 199 THEN 'ent_domestic'
            WHEN code BETWEEN 200 AND 299 THEN 'ent_hmt'
            WHEN code BETWEEN 300 AND 399 THEN 'ent_foreign'
            WHEN code BETWEEN 400 AND 499 THEN 'ind_business' WHEN code = 500 THEN 'natural'
            WHEN code = 900 THEN 'overseas_org' END,
        substr(region, 1, 2), region, zone, size,
        CASE sme WHEN 1 THEN 'true' WHEN 0 THEN 'false' END,
        CASE high WHEN 1 THEN 'true' WHEN 0 THEN 'false' END
    FROM (SELECT text ->> '$.agg' AS agg, CAST(text ->> '$.data.legal_code' AS INTEGER) AS code,
            text ->> '$.data.region' AS region, text ->> '$.data.zone' AS zone,
            text ->> '$.data.size' AS size,
            text ->> '$.data.sme_tech' AS sme, text ->> '$.data.hi_tech' AS high
        FROM event JOIN line ON line.rowid = event.line
        WHERE type = 'party.registered' AND id NOT IN (SELECT id FROM reversed));

CREATE TABLE signed (agg TEXT PRIMARY KEY, seller TEXT, buyer TEXT, sellers INTEGER,
    buyers INTEGER, subtype TEXT, pay_mode TEXT, field TEXT, ip_kind TEXT, program TEXT,
    "grant" TEXT, department TEXT, operator TEXT, currency TEXT);
INSERT INTO signed
    SELECT text ->> '$.agg', text ->> '$.data.sellers[0].party', text ->> '$.data.buyers[0].party',
        json_array_length(text, '$.data.sellers'), json_array_length(text, '$.data.buyers'),
        text ->> '$.data.subtype', text ->> '$.data.pay_mode', text ->> '$.data.field',
        text ->> '$.data.ip_kind', text ->> '$.data.program', text ->> '$.data.grant',
        text ->> '$.data.department', text ->> '$.data.operator', text ->> '$.data.currency'
    FROM event JOIN line ON line.rowid = event.line
    WHERE type = 'contract.signed' AND id NOT IN (SELECT id FROM reversed);

-- The registry's contracts have one seller, one buyer and amounts in CNY; shares and exchange
-- rates are not tallied here, so they must not occur.
CREATE TABLE plain (ok INTEGER CHECK (ok));
INSERT INTO plain
    SELECT count(*) = 0 FROM signed WHERE sellers <> 1 OR buyers <> 1 OR currency <> 'CNY';

CREATE TABLE registered (agg TEXT PRIMARY KEY, recorded INTEGER, day TEXT, type TEXT, agency TEXT,
    total INTEGER, tech INTEGER);
INSERT INTO registered
    SELECT text ->> '$.agg', text ->> '$.recorded', text ->> '$.data.reg_date',
        text ->> '$.data.type', text ->> '$.data.agency', text ->> '$.data.total_fen',
        text ->> '$.data.tech_fen'
    FROM event JOIN line ON line.rowid = event.line
    WHERE type = 'contract.registered' AND id NOT IN (SELECT id FROM reversed);

CREATE TABLE step (agg TEXT, recorded INTEGER, revoked INTEGER, total INTEGER, tech INTEGER,
    PRIMARY KEY (agg, recorded));
INSERT INTO step
    SELECT text ->> '$.agg', text ->> '$.recorded', type = 'contract.registration_revoked',
        text ->> '$.data.total_fen', text ->> '$.data.tech_fen'
    FROM event JOIN line ON line.rowid = event.line
    WHERE type IN ('contract.registration_changed', 'contract.registration_revoked')
        AND id NOT IN (SELECT id FROM reversed);

-- The ends of time of each basis for the few contracts that have a later step, in microseconds.
CREATE TABLE cut AS
    SELECT agg, 0 AS basis, 9223372036854775807 AS at FROM registered
        WHERE agg IN (SELECT agg FROM step)
    UNION ALL SELECT agg, 1, strftime('%s', day, 'start of year', '+1 year') FROM registered
        WHERE agg IN (SELECT agg FROM step)
    UNION ALL SELECT agg, 2, strftime('%s', day, 'start of month',
            printf('+%d months', 3 - (substr(day, 6, 2) - 1) % 3)) FROM registered
        WHERE agg IN (SELECT agg FROM step)
    UNION ALL SELECT agg, 3, strftime('%s', day, 'start of month', '+1 month') FROM registered
        WHERE agg IN (SELECT agg FROM step);
UPDATE cut SET at = (at - 8 * 3600) * 1000000 WHERE basis > 0;

CREATE TABLE later (agg TEXT, basis INTEGER, n INTEGER, total INTEGER, tech INTEGER,
    PRIMARY KEY (agg, basis));
INSERT INTO later
    SELECT cut.agg, basis,
        NOT EXISTS (SELECT 1 FROM step
            WHERE step.agg = cut.agg AND step.revoked AND step.recorded < cut.at),
        coalesce((SELECT step.total FROM step WHERE step.agg = cut.agg AND step.recorded < cut.at
            AND step.total IS NOT NULL ORDER BY step.recorded DESC LIMIT 1), registered.total),
        coalesce((SELECT step.tech FROM step WHERE step.agg = cut.agg AND step.recorded < cut.at
            AND step.tech IS NOT NULL ORDER BY step.recorded DESC LIMIT 1), registered.tech)
    FROM cut JOIN registered USING (agg);
UPDATE later SET total = 0, tech = 0 WHERE n = 0;

CREATE TABLE fact AS
    SELECT CAST(substr(day, 1, 4) AS INTEGER) AS year,
        substr(day, 1, 4) * 4 + (substr(day, 6, 2) - 1) / 3 AS quarter_number,
        substr(day, 1, 4) * 12 + substr(day, 6, 2) - 1 AS month_number,
        -- before 2021 there were four types: a licence was a transfer
        CASE WHEN type = 'license' AND day < '2021-01-01' THEN 'transfer' ELSE type END AS type,
        signed.subtype, seller.region AS region_out, buyer.region AS region_in,
        CASE WHEN seller.region = buyer.region THEN seller.region END AS local,
        seller.kind AS kind_out, buyer.kind AS kind_in, pay_mode, field, ip_kind, program, "grant",
        agency, department, operator, seller.district, seller.zone, seller.size, seller.sme_tech,
        seller.hi_tech,
        coalesce(l0.n, 1) AS n0, coalesce(l0.total, r.total) AS total0,
        coalesce(l0.tech, r.tech) AS tech0,
        coalesce(l1.n, 1) AS n1, coalesce(l1.total, r.total) AS total1,
        coalesce(l1.tech, r.tech) AS tech1,
        coalesce(l2.n, 1) AS n2, coalesce(l2.total, r.total) AS total2,
        coalesce(l2.tech, r.tech) AS tech2,
        coalesce(l3.n, 1) AS n3, coalesce(l3.total, r.total) AS total3,
        coalesce(l3.tech, r.tech) AS tech3
    FROM registered AS r JOIN signed ON signed.agg = r.agg
        JOIN party AS seller ON seller.agg = signed.seller
        JOIN party AS buyer ON buyer.agg = signed.buyer
        LEFT JOIN later AS l0 ON l0.agg = r.agg AND l0.basis = 0
        LEFT JOIN later AS l1 ON l1.agg = r.agg AND l1.basis = 1
        LEFT JOIN later AS l2 ON l2.agg = r.agg AND l2.basis = 2
        LEFT JOIN later AS l3 ON l3.agg = r.agg AND l3.basis = 3;

CREATE TABLE answer (rows TEXT);
