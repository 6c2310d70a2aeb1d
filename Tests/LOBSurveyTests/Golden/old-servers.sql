-- facts about the server: 9.6, 10, 11, 12, 13
SELECT pg_catalog.current_database()::pg_catalog.text, pg_catalog.pg_is_in_recovery(),
       pg_catalog.current_setting('server_encoding'),
       pg_catalog.current_setting('block_size')::pg_catalog.int8,
       CURRENT_USER::pg_catalog.text,
       pg_catalog.current_setting('data_checksums') = 'on',
       pg_catalog.pg_size_bytes(pg_catalog.current_setting('shared_buffers'))
         / pg_catalog.current_setting('block_size')::pg_catalog.int8,
       (SELECT s.setting FROM pg_catalog.pg_settings s WHERE s.name = 'output_plugin_libraries'),
       pg_catalog.current_setting('wal_level'),
       pg_catalog.current_setting('max_replication_slots')::pg_catalog.int8,
       (SELECT pg_catalog.count(*) FROM pg_catalog.pg_replication_slots),
       pg_catalog.current_setting('max_wal_senders')::pg_catalog.int8,
       (SELECT pg_catalog.count(*) FROM pg_catalog.pg_stat_replication),
       (SELECT s.setting::pg_catalog.int8 FROM pg_catalog.pg_settings s
         WHERE s.name = 'max_slot_wal_keep_size'),
       (SELECT s.setting::pg_catalog.int8 FROM pg_catalog.pg_settings s WHERE s.name = 'wal_sender_timeout'),
       (SELECT pg_catalog.count(*) FROM pg_catalog.pg_prepared_xacts x
         WHERE x.database OPERATOR(pg_catalog.=) pg_catalog.current_database());

-- system identifier: 9.6, 10, 11, 12, 13
SELECT system_identifier::pg_catalog.text FROM pg_catalog.pg_control_system();

-- publications: 9.6
SELECT ''::pg_catalog.text WHERE false;

-- publications: 10, 11, 12, 13
SELECT pubname::pg_catalog.text FROM pg_catalog.pg_publication ORDER BY pubname;

-- tables of DMS: 9.6, 10, 11, 12, 13
SELECT n.nspname::pg_catalog.text, c.relname::pg_catalog.text
  FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relkind IN ('r', 'm', 'f', 'p') AND c.relpersistence <> 't'
  AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend x
                   WHERE x.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND x.objid = c.oid
                     AND x.objsubid = 0 AND x.deptype = 'e') AND c.relname::pg_catalog.text ~ '^awsdms_';

-- types: 9.6, 10, 11, 12, 13
WITH RECURSIVE used(oid, typmod) AS (
    SELECT DISTINCT a.atttypid, a.atttypmod FROM pg_catalog.pg_attribute a
     WHERE a.attnum > 0 AND NOT a.attisdropped
), resolved(oid, base, typmod, is_not_null) AS (
    SELECT u.oid, u.oid, -1, false FROM (SELECT DISTINCT oid FROM used) u
  UNION ALL
    SELECT r.oid, t.typbasetype, CASE WHEN r.typmod <> -1 THEN r.typmod ELSE t.typtypmod END,
           r.is_not_null OR t.typnotnull
      FROM resolved r JOIN pg_catalog.pg_type t ON t.oid = r.base WHERE t.typtype = 'd'
), member(type, extension) AS (
    SELECT d.objid, e.extname FROM pg_catalog.pg_depend d
      JOIN pg_catalog.pg_extension e ON e.oid = d.refobjid
     WHERE d.classid = 'pg_catalog.pg_type'::pg_catalog.regclass
       AND d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass AND d.deptype = 'e')
SELECT u.oid, u.typmod, pg_catalog.format_type(u.oid, u.typmod),
       CASE WHEN u.typmod <> -1 THEN u.typmod ELSE r.typmod END, r.is_not_null,
       b.oid, b.typname::pg_catalog.text,
       CASE WHEN b.typcategory = 'A' AND b.typelem <> 0 AND b.typlen = -1 AND b.typtype <> 'c' THEN 'array'
            ELSE b.typtype::pg_catalog.text END,
       b.typlen, m.extension::pg_catalog.text,
       EXISTS (SELECT FROM pg_catalog.pg_cast k WHERE k.castsource = b.oid AND k.casttarget = 25
                  AND k.castmethod = 'b'),
       EXISTS (SELECT FROM pg_catalog.pg_range g JOIN pg_catalog.pg_type s ON s.oid = g.rngsubtype
                WHERE g.rngtypid = b.oid AND s.typlen BETWEEN 1 AND 64)
  FROM used u JOIN resolved r ON r.oid = u.oid
  JOIN pg_catalog.pg_type b ON b.oid = r.base AND b.typtype <> 'd'
  LEFT JOIN member m ON m.type = b.oid;

-- columns: 9.6, 10
SELECT a.attrelid, a.attnum, a.attname::pg_catalog.text, a.atttypid, a.atttypmod, a.attnotnull,
       false,
       coalesce(r.may_use AND (r.may_read
                  OR pg_catalog.has_column_privilege(a.attrelid, a.attnum, 'SELECT')), false),
       a.attstorage::pg_catalog.text,
       false,
       false
  FROM (SELECT c.oid, pg_catalog.has_schema_privilege(n.oid, 'USAGE') AS may_use,
               pg_catalog.has_table_privilege(c.oid, 'SELECT') AS may_read
          FROM pg_catalog.pg_class c
          JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
         WHERE c.relkind IN ('r', 'm', 'f') AND c.relpersistence <> 't'
  AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend x
                   WHERE x.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND x.objid = c.oid
                     AND x.objsubid = 0 AND x.deptype = 'e') AND NOT c.relname::pg_catalog.text ~ '^awsdms_' OFFSET 0) r
  JOIN pg_catalog.pg_attribute a ON a.attrelid = r.oid
 WHERE a.attnum > 0 AND NOT a.attisdropped AND a.atttypid = ANY ('{25,114}'::pg_catalog.oid[]);

-- columns: 11
SELECT a.attrelid, a.attnum, a.attname::pg_catalog.text, a.atttypid, a.atttypmod, a.attnotnull,
       false,
       coalesce(r.may_use AND (r.may_read
                  OR pg_catalog.has_column_privilege(a.attrelid, a.attnum, 'SELECT')), false),
       a.attstorage::pg_catalog.text,
       a.atthasmissing,
       false
  FROM (SELECT c.oid, pg_catalog.has_schema_privilege(n.oid, 'USAGE') AS may_use,
               pg_catalog.has_table_privilege(c.oid, 'SELECT') AS may_read
          FROM pg_catalog.pg_class c
          JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
         WHERE c.relkind IN ('r', 'm', 'f') AND c.relpersistence <> 't'
  AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend x
                   WHERE x.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND x.objid = c.oid
                     AND x.objsubid = 0 AND x.deptype = 'e') AND NOT c.relname::pg_catalog.text ~ '^awsdms_' OFFSET 0) r
  JOIN pg_catalog.pg_attribute a ON a.attrelid = r.oid
 WHERE a.attnum > 0 AND NOT a.attisdropped AND a.atttypid = ANY ('{25,114}'::pg_catalog.oid[]);

-- columns: 12, 13
SELECT a.attrelid, a.attnum, a.attname::pg_catalog.text, a.atttypid, a.atttypmod, a.attnotnull,
       a.attgenerated <> '',
       coalesce(r.may_use AND (r.may_read
                  OR pg_catalog.has_column_privilege(a.attrelid, a.attnum, 'SELECT')), false),
       a.attstorage::pg_catalog.text,
       a.atthasmissing,
       a.attgenerated = 'v'
  FROM (SELECT c.oid, pg_catalog.has_schema_privilege(n.oid, 'USAGE') AS may_use,
               pg_catalog.has_table_privilege(c.oid, 'SELECT') AS may_read
          FROM pg_catalog.pg_class c
          JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
         WHERE c.relkind IN ('r', 'm', 'f') AND c.relpersistence <> 't'
  AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend x
                   WHERE x.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND x.objid = c.oid
                     AND x.objsubid = 0 AND x.deptype = 'e') AND NOT c.relname::pg_catalog.text ~ '^awsdms_' OFFSET 0) r
  JOIN pg_catalog.pg_attribute a ON a.attrelid = r.oid
 WHERE a.attnum > 0 AND NOT a.attisdropped AND a.atttypid = ANY ('{25,114}'::pg_catalog.oid[]);

-- census of columns: 9.6, 10, 11, 12, 13
SELECT a.attrelid, pg_catalog.count(*), pg_catalog.count(*) FILTER (WHERE a.is_one),
       coalesce(pg_catalog.string_agg(pg_catalog.encode(pg_catalog.textsend(a.attname::pg_catalog.text), 'hex'), ','
                                      ORDER BY a.attnum) FILTER (WHERE a.is_one), '')
  FROM (SELECT a.attrelid, a.attnum, a.attname, (a.atttypid, a.atttypmod) IN (
                 SELECT t.oid, t.modifier
                   FROM ROWS FROM (pg_catalog.unnest('{23}'::pg_catalog.oid[]),
                                   pg_catalog.unnest('{-1}'::pg_catalog.int4[])) t(oid, modifier)) AS is_one
          FROM pg_catalog.pg_class c
          JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
          JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid
         WHERE c.relkind IN ('r', 'm', 'f') AND c.relpersistence <> 't'
  AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend x
                   WHERE x.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND x.objid = c.oid
                     AND x.objsubid = 0 AND x.deptype = 'e') AND NOT c.relname::pg_catalog.text ~ '^awsdms_' AND a.attnum > 0 AND NOT a.attisdropped) a
 GROUP BY a.attrelid;

-- unique indexes: 9.6, 10
SELECT i.indrelid, x.relname::pg_catalog.text,
       pg_catalog.array_to_string((i.indkey::pg_catalog.int2[])[0:i.indnatts - 1], ','),
       i.indisprimary, i.indpred IS NOT NULL, i.indimmediate, i.indisvalid AND i.indisready,
       NOT EXISTS (SELECT FROM pg_catalog.pg_attribute a WHERE a.attrelid = i.indrelid
                     AND a.attnum = ANY ((i.indkey::pg_catalog.int2[])[0:i.indnatts - 1]) AND NOT a.attnotnull),
       i.indisexclusion AND NOT i.indisunique
  FROM pg_catalog.pg_index i
  JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
  JOIN pg_catalog.pg_class c ON c.oid = i.indrelid AND c.relkind = 'r'
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE (i.indisunique OR i.indisexclusion) AND c.relpersistence <> 't'
  AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend x
                   WHERE x.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND x.objid = c.oid
                     AND x.objsubid = 0 AND x.deptype = 'e') AND NOT c.relname::pg_catalog.text ~ '^awsdms_'
 ORDER BY i.indrelid, NOT i.indisprimary, x.relname;

-- unique indexes: 11, 12, 13
SELECT i.indrelid, x.relname::pg_catalog.text,
       pg_catalog.array_to_string((i.indkey::pg_catalog.int2[])[0:i.indnkeyatts - 1], ','),
       i.indisprimary, i.indpred IS NOT NULL, i.indimmediate, i.indisvalid AND i.indisready,
       NOT EXISTS (SELECT FROM pg_catalog.pg_attribute a WHERE a.attrelid = i.indrelid
                     AND a.attnum = ANY ((i.indkey::pg_catalog.int2[])[0:i.indnkeyatts - 1]) AND NOT a.attnotnull),
       i.indisexclusion AND NOT i.indisunique
  FROM pg_catalog.pg_index i
  JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
  JOIN pg_catalog.pg_class c ON c.oid = i.indrelid AND c.relkind = 'r'
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE (i.indisunique OR i.indisexclusion) AND c.relpersistence <> 't'
  AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend x
                   WHERE x.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND x.objid = c.oid
                     AND x.objsubid = 0 AND x.deptype = 'e') AND NOT c.relname::pg_catalog.text ~ '^awsdms_'
 ORDER BY i.indrelid, NOT i.indisprimary, x.relname;

-- foreign keys: 9.6, 10, 11, 12, 13
SELECT k.conrelid, k.conname::pg_catalog.text, fn.nspname::pg_catalog.text, f.relname::pg_catalog.text
  FROM pg_catalog.pg_constraint k
  JOIN pg_catalog.pg_class c ON c.oid = k.conrelid AND c.relkind = 'r'
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_catalog.pg_class f ON f.oid = k.confrelid
  JOIN pg_catalog.pg_namespace fn ON fn.oid = f.relnamespace
 WHERE k.contype = 'f' AND c.relpersistence <> 't'
  AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend x
                   WHERE x.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND x.objid = c.oid
                     AND x.objsubid = 0 AND x.deptype = 'e') AND NOT c.relname::pg_catalog.text ~ '^awsdms_'
 ORDER BY k.conrelid, k.conname;

-- generated columns: 9.6, 10, 11
SELECT a.attrelid, a.attname::pg_catalog.text
  FROM (SELECT g.attrelid, g.attname FROM pg_catalog.pg_attribute g
         WHERE g.attnum > 0 AND NOT g.attisdropped
           AND false OFFSET 0) a
  JOIN pg_catalog.pg_class c ON c.oid = a.attrelid AND c.relkind = 'r'
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relpersistence <> 't'
  AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend x
                   WHERE x.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND x.objid = c.oid
                     AND x.objsubid = 0 AND x.deptype = 'e') AND NOT c.relname::pg_catalog.text ~ '^awsdms_'
 ORDER BY a.attrelid, a.attname;

-- generated columns: 12, 13
SELECT a.attrelid, a.attname::pg_catalog.text
  FROM (SELECT g.attrelid, g.attname FROM pg_catalog.pg_attribute g
         WHERE g.attnum > 0 AND NOT g.attisdropped
           AND g.attgenerated <> '' OFFSET 0) a
  JOIN pg_catalog.pg_class c ON c.oid = a.attrelid AND c.relkind = 'r'
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relpersistence <> 't'
  AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend x
                   WHERE x.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND x.objid = c.oid
                     AND x.objsubid = 0 AND x.deptype = 'e') AND NOT c.relname::pg_catalog.text ~ '^awsdms_'
 ORDER BY a.attrelid, a.attname;

-- inheritance: 9.6
SELECT c.oid, p.oid, false,
       n.nspname::pg_catalog.text, c.relname::pg_catalog.text, pn.nspname::pg_catalog.text, p.relname::pg_catalog.text
  FROM pg_catalog.pg_inherits i
  JOIN pg_catalog.pg_class c ON c.oid = i.inhrelid
  JOIN pg_catalog.pg_class p ON p.oid = i.inhparent
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_catalog.pg_namespace pn ON pn.oid = p.relnamespace
 WHERE c.relkind IN ('r', 'p', 'f') AND c.relpersistence <> 't';

-- inheritance: 10, 11, 12, 13
SELECT c.oid, p.oid, c.relispartition,
       n.nspname::pg_catalog.text, c.relname::pg_catalog.text, pn.nspname::pg_catalog.text, p.relname::pg_catalog.text
  FROM pg_catalog.pg_inherits i
  JOIN pg_catalog.pg_class c ON c.oid = i.inhrelid
  JOIN pg_catalog.pg_class p ON p.oid = i.inhparent
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_catalog.pg_namespace pn ON pn.oid = p.relnamespace
 WHERE c.relkind IN ('r', 'p', 'f') AND c.relpersistence <> 't';

-- views: 9.6, 10, 11, 12, 13
SELECT n.nspname::pg_catalog.text, c.relname::pg_catalog.text
  FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relkind = 'v' AND c.relpersistence <> 't'
  AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend x
                   WHERE x.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND x.objid = c.oid
                     AND x.objsubid = 0 AND x.deptype = 'e') AND NOT c.relname::pg_catalog.text ~ '^awsdms_';

-- relations: 9.6
WITH locked(relation) AS (
    SELECT l.relation FROM pg_catalog.pg_locks l
     WHERE l.locktype = 'relation' AND l.mode = 'AccessExclusiveLock')
SELECT c.oid, n.nspname::pg_catalog.text, c.relname::pg_catalog.text, c.relkind::pg_catalog.text,
       false,
       CASE WHEN true AND c.oid NOT IN (SELECT k.relation FROM locked k)
            THEN coalesce(pg_catalog.pg_relation_size(c.oid), 0) / b.size ELSE (c.relpages::pg_catalog.int8 & 4294967295) END,
       CASE WHEN true AND c.reltoastrelid <> 0 AND c.relpages <> 0
                 AND c.oid NOT IN (SELECT k.relation FROM locked k)
                 AND c.reltoastrelid NOT IN (SELECT k.relation FROM locked k)
            THEN coalesce(pg_catalog.pg_relation_size(c.reltoastrelid), 0) ELSE 0 END,
       c.reltuples, coalesce(pg_catalog.pg_relation_filenode(c.oid), 0),
       am.amname::pg_catalog.text,
       c.relrowsecurity AND pg_catalog.row_security_active(c.oid),
       pg_catalog.has_schema_privilege(n.oid, 'USAGE') AND pg_catalog.has_table_privilege(c.oid, 'SELECT'),
       c.relreplident::pg_catalog.text,
       false,
       c.relpersistence = 'u', (o.relallvisible::pg_catalog.int8 & 4294967295) * 2 > (o.relpages::pg_catalog.int8 & 4294967295)
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 CROSS JOIN (SELECT pg_catalog.current_setting('block_size')::pg_catalog.int8 AS size) b
  LEFT JOIN pg_catalog.pg_class o ON o.oid = c.reltoastrelid
  
  LEFT JOIN pg_catalog.pg_am am ON false
 WHERE c.relkind IN ('r', 'm', 'f')
   AND c.relpersistence <> 't'
  AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend x
                   WHERE x.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND x.objid = c.oid
                     AND x.objsubid = 0 AND x.deptype = 'e') AND NOT c.relname::pg_catalog.text ~ '^awsdms_';

-- relations: 10, 11
WITH locked(relation) AS (
    SELECT l.relation FROM pg_catalog.pg_locks l
     WHERE l.locktype = 'relation' AND l.mode = 'AccessExclusiveLock')
SELECT c.oid, n.nspname::pg_catalog.text, c.relname::pg_catalog.text, c.relkind::pg_catalog.text,
       c.relispartition,
       CASE WHEN true AND c.oid NOT IN (SELECT k.relation FROM locked k)
            THEN coalesce(pg_catalog.pg_relation_size(c.oid), 0) / b.size ELSE (c.relpages::pg_catalog.int8 & 4294967295) END,
       CASE WHEN true AND c.reltoastrelid <> 0 AND c.relpages <> 0
                 AND c.oid NOT IN (SELECT k.relation FROM locked k)
                 AND c.reltoastrelid NOT IN (SELECT k.relation FROM locked k)
            THEN coalesce(pg_catalog.pg_relation_size(c.reltoastrelid), 0) ELSE 0 END,
       c.reltuples, coalesce(pg_catalog.pg_relation_filenode(c.oid), 0),
       am.amname::pg_catalog.text,
       c.relrowsecurity AND pg_catalog.row_security_active(c.oid),
       pg_catalog.has_schema_privilege(n.oid, 'USAGE') AND pg_catalog.has_table_privilege(c.oid, 'SELECT'),
       c.relreplident::pg_catalog.text,
       false,
       c.relpersistence = 'u', (o.relallvisible::pg_catalog.int8 & 4294967295) * 2 > (o.relpages::pg_catalog.int8 & 4294967295)
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 CROSS JOIN (SELECT pg_catalog.current_setting('block_size')::pg_catalog.int8 AS size) b
  LEFT JOIN pg_catalog.pg_class o ON o.oid = c.reltoastrelid
  
  LEFT JOIN pg_catalog.pg_am am ON false
 WHERE c.relkind IN ('r', 'm', 'f')
   AND c.relpersistence <> 't'
  AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend x
                   WHERE x.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND x.objid = c.oid
                     AND x.objsubid = 0 AND x.deptype = 'e') AND NOT c.relname::pg_catalog.text ~ '^awsdms_';

-- relations: 12, 13
WITH locked(relation) AS (
    SELECT l.relation FROM pg_catalog.pg_locks l
     WHERE l.locktype = 'relation' AND l.mode = 'AccessExclusiveLock')
SELECT c.oid, n.nspname::pg_catalog.text, c.relname::pg_catalog.text, c.relkind::pg_catalog.text,
       c.relispartition,
       CASE WHEN true AND c.oid NOT IN (SELECT k.relation FROM locked k)
            THEN coalesce(pg_catalog.pg_relation_size(c.oid), 0) / b.size ELSE (c.relpages::pg_catalog.int8 & 4294967295) END,
       CASE WHEN true AND c.reltoastrelid <> 0 AND c.relpages <> 0
                 AND c.oid NOT IN (SELECT k.relation FROM locked k)
                 AND c.reltoastrelid NOT IN (SELECT k.relation FROM locked k)
            THEN coalesce(pg_catalog.pg_relation_size(c.reltoastrelid), 0) ELSE 0 END,
       c.reltuples, coalesce(pg_catalog.pg_relation_filenode(c.oid), 0),
       am.amname::pg_catalog.text,
       c.relrowsecurity AND pg_catalog.row_security_active(c.oid),
       pg_catalog.has_schema_privilege(n.oid, 'USAGE') AND pg_catalog.has_table_privilege(c.oid, 'SELECT'),
       c.relreplident::pg_catalog.text,
       false,
       c.relpersistence = 'u', (o.relallvisible::pg_catalog.int8 & 4294967295) * 2 > (o.relpages::pg_catalog.int8 & 4294967295)
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 CROSS JOIN (SELECT pg_catalog.current_setting('block_size')::pg_catalog.int8 AS size) b
  LEFT JOIN pg_catalog.pg_class o ON o.oid = c.reltoastrelid
  
  LEFT JOIN pg_catalog.pg_am am ON am.oid = c.relam
 WHERE c.relkind IN ('r', 'm', 'f')
   AND c.relpersistence <> 't'
  AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend x
                   WHERE x.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND x.objid = c.oid
                     AND x.objsubid = 0 AND x.deptype = 'e') AND NOT c.relname::pg_catalog.text ~ '^awsdms_';

-- delay of a replica: 9.6, 10, 11, 12, 13
SELECT s.setting::pg_catalog.int8 FROM pg_catalog.pg_settings s WHERE s.name = 'max_standby_streaming_delay';

-- digest of inheritance: 9.6, 10, 11, 12, 13
SELECT coalesce(pg_catalog.sum(pg_catalog.hashtext(pg_catalog.format('%s %s', i.inhrelid, i.inhparent))), 0)
  FROM pg_catalog.pg_inherits i;

-- altered relations: 9.6, 10, 11, 12, 13
SELECT DISTINCT a.attrelid FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
 WHERE a.attnum > 0 AND c.relpersistence <> 't' AND pg_catalog.age(a.xmin) OPERATOR(pg_catalog.<=) pg_catalog.age('700'::pg_catalog.xid);

-- extensions: 9.6, 10, 11, 12, 13
SELECT e.extname::pg_catalog.text, n.nspname::pg_catalog.text, c.relname::pg_catalog.text
  FROM pg_catalog.pg_extension e
  LEFT JOIN (pg_catalog.pg_depend d
         JOIN pg_catalog.pg_class c ON c.oid = d.objid AND c.relkind = 'r'
         JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
         JOIN (VALUES ('hypertable', 'schema_name', 'table_name'), ('chunk', 'schema_name', 'table_name'),
                      ('pg_dist_partition', 'logicalrelid', 'partmethod'),
                      ('part_config', 'template_table', 'template_table')) w(relation, first, second)
           ON w.relation = c.relname::pg_catalog.text
          AND EXISTS (SELECT FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid AND NOT a.attisdropped
                         AND a.attname::pg_catalog.text = w.first)
          AND EXISTS (SELECT FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid AND NOT a.attisdropped
                         AND a.attname::pg_catalog.text = w.second))
    ON d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
   AND d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass
   AND d.refobjid = e.oid AND d.deptype = 'e' AND pg_catalog.has_schema_privilege(n.oid, 'USAGE')
   AND pg_catalog.has_table_privilege(c.oid, 'SELECT')
 WHERE e.extname IN ('timescaledb', 'citus', 'pg_partman');

-- code of others: 9.6, 10, 11, 12, 13
WITH RECURSIVE used(relation, place, object, class, function) AS (
    SELECT i.indrelid, 'index'::pg_catalog.text, x.relname::pg_catalog.text, d.refclassid, d.refobjid
      FROM pg_catalog.pg_depend d
      JOIN pg_catalog.pg_index i ON i.indexrelid = d.objid
      JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
     WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refclassid IN ('pg_catalog.pg_proc'::pg_catalog.regclass, 'pg_catalog.pg_operator'::pg_catalog.regclass)
    
), reached(start_class, start, class, function) AS (
    SELECT DISTINCT u.class, u.function, u.class, u.function FROM used u
  UNION
    SELECT r.start_class, r.start, d.refclassid, d.refobjid
      FROM reached r JOIN pg_catalog.pg_depend d
        ON d.classid = r.class AND d.objid = r.function AND d.refclassid IN ('pg_catalog.pg_proc'::pg_catalog.regclass, 'pg_catalog.pg_operator'::pg_catalog.regclass)
), foreign_code(start_class, start, schema, name, owner) AS (
    SELECT r.start_class, r.start, n.nspname::pg_catalog.text, p.proname::pg_catalog.text,
           coalesce(o.rolname::pg_catalog.text, p.proowner::pg_catalog.text)
      FROM reached r
      JOIN pg_catalog.pg_proc p
        ON r.class = 'pg_catalog.pg_proc'::pg_catalog.regclass AND p.oid = r.function
      JOIN pg_catalog.pg_language l ON l.oid = p.prolang AND l.lanname NOT IN ('internal', 'c')
      JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
      LEFT JOIN pg_catalog.pg_roles o ON o.oid = p.proowner
     WHERE o.rolsuper IS NOT TRUE AND o.rolname IS DISTINCT FROM CURRENT_USER
), mine AS (
    SELECT r.oid, r.rolname, r.rolsuper, r.rolcreaterole, r.rolreplication
      FROM pg_catalog.pg_roles r WHERE pg_catalog.pg_has_role(r.oid, 'MEMBER'))
SELECT u.relation, f.schema, f.name, f.owner, u.place, pg_catalog.min(u.object), (SELECT CASE
  WHEN EXISTS (SELECT FROM mine m WHERE m.rolsuper) THEN 'superuser'
  WHEN EXISTS (SELECT FROM mine m WHERE m.rolcreaterole) THEN 'createsRoles'
  WHEN EXISTS (SELECT FROM mine m WHERE m.rolreplication OR m.rolname = 'rds_replication')
    THEN 'replicates'
  WHEN EXISTS (SELECT FROM mine m
                WHERE m.rolname = 'rds_superuser'
                   OR m.rolname ~ '^pg_' AND m.rolname NOT IN (
                      'pg_read_all_data', 'pg_monitor', 'pg_read_all_settings', 'pg_read_all_stats',
                      'pg_stat_scan_tables', 'pg_use_reserved_connections', 'pg_database_owner'))
    THEN 'predefinedRole'
  WHEN EXISTS (SELECT FROM pg_catalog.pg_class c JOIN mine m ON m.oid = c.relowner)
    OR EXISTS (SELECT FROM pg_catalog.pg_proc p JOIN mine m ON m.oid = p.proowner)
    OR EXISTS (SELECT FROM pg_catalog.pg_namespace n JOIN mine m ON m.oid = n.nspowner)
    OR EXISTS (SELECT FROM pg_catalog.pg_database b JOIN mine m ON m.oid = b.datdba
                WHERE b.datname = pg_catalog.current_database())
    OR EXISTS (SELECT FROM pg_catalog.pg_largeobject_metadata l JOIN mine m ON m.oid = l.lomowner)
    THEN 'owns'
  WHEN EXISTS (SELECT FROM pg_catalog.pg_class c
                CROSS JOIN LATERAL pg_catalog.aclexplode(c.relacl) a
                 JOIN mine m ON m.oid = a.grantee WHERE c.relacl IS NOT NULL AND a.privilege_type IN ('INSERT', 'UPDATE', 'DELETE', 'TRUNCATE'))
    OR EXISTS (SELECT FROM pg_catalog.pg_attribute t
                CROSS JOIN LATERAL pg_catalog.aclexplode(t.attacl) a
                 JOIN mine m ON m.oid = a.grantee WHERE t.attacl IS NOT NULL AND a.privilege_type IN ('INSERT', 'UPDATE', 'DELETE', 'TRUNCATE'))
    OR EXISTS (SELECT FROM pg_catalog.pg_largeobject_metadata l
                CROSS JOIN LATERAL pg_catalog.aclexplode(l.lomacl) a
                 JOIN mine m ON m.oid = a.grantee WHERE l.lomacl IS NOT NULL AND a.privilege_type IN ('INSERT', 'UPDATE', 'DELETE', 'TRUNCATE'))
    THEN 'writes' END)
  FROM used u JOIN foreign_code f ON f.start_class = u.class AND f.start = u.function
 GROUP BY u.relation, f.schema, f.name, f.owner, u.place
 ORDER BY u.relation, f.schema COLLATE "C", f.name COLLATE "C", f.owner COLLATE "C", u.place COLLATE "C";

-- moment: 9.6
SELECT (pg_catalog.date_part('epoch', pg_catalog.clock_timestamp()) OPERATOR(pg_catalog.*) 1000000)::pg_catalog.int8, (pg_catalog.date_part('epoch', pg_catalog.pg_postmaster_start_time()) OPERATOR(pg_catalog.*) 1000000)::pg_catalog.int8,
       (pg_catalog.date_part('epoch', b.stats_reset) OPERATOR(pg_catalog.*) 1000000)::pg_catalog.int8, pg_catalog.txid_current_snapshot()::pg_catalog.text,
       pg_catalog.txid_snapshot_xmin(pg_catalog.txid_current_snapshot()), r.is_replica,
       CASE WHEN r.is_replica THEN (pg_catalog.pg_last_xlog_replay_location() - '0/0'::pg_catalog.pg_lsn)::pg_catalog.int8
            ELSE (pg_catalog.pg_current_xlog_insert_location() - '0/0'::pg_catalog.pg_lsn)::pg_catalog.int8 END,
       CASE WHEN r.is_replica
            THEN (pg_catalog.date_part('epoch', pg_catalog.pg_last_xact_replay_timestamp()) OPERATOR(pg_catalog.*) 1000000)::pg_catalog.int8 END,
       CASE WHEN r.is_replica THEN pg_catalog.pg_is_xlog_replay_paused() END
  FROM (SELECT pg_catalog.pg_is_in_recovery() AS is_replica OFFSET 0) r
 CROSS JOIN pg_catalog.pg_stat_bgwriter b;

-- moment: 10, 11, 12
SELECT (pg_catalog.date_part('epoch', pg_catalog.clock_timestamp()) OPERATOR(pg_catalog.*) 1000000)::pg_catalog.int8, (pg_catalog.date_part('epoch', pg_catalog.pg_postmaster_start_time()) OPERATOR(pg_catalog.*) 1000000)::pg_catalog.int8,
       (pg_catalog.date_part('epoch', b.stats_reset) OPERATOR(pg_catalog.*) 1000000)::pg_catalog.int8, pg_catalog.txid_current_snapshot()::pg_catalog.text,
       pg_catalog.txid_snapshot_xmin(pg_catalog.txid_current_snapshot()), r.is_replica,
       CASE WHEN r.is_replica THEN (pg_catalog.pg_last_wal_replay_lsn() - '0/0'::pg_catalog.pg_lsn)::pg_catalog.int8
            ELSE (pg_catalog.pg_current_wal_insert_lsn() - '0/0'::pg_catalog.pg_lsn)::pg_catalog.int8 END,
       CASE WHEN r.is_replica
            THEN (pg_catalog.date_part('epoch', pg_catalog.pg_last_xact_replay_timestamp()) OPERATOR(pg_catalog.*) 1000000)::pg_catalog.int8 END,
       CASE WHEN r.is_replica THEN pg_catalog.pg_is_wal_replay_paused() END
  FROM (SELECT pg_catalog.pg_is_in_recovery() AS is_replica OFFSET 0) r
 CROSS JOIN pg_catalog.pg_stat_bgwriter b;

-- moment: 13
SELECT (pg_catalog.date_part('epoch', pg_catalog.clock_timestamp()) OPERATOR(pg_catalog.*) 1000000)::pg_catalog.int8, (pg_catalog.date_part('epoch', pg_catalog.pg_postmaster_start_time()) OPERATOR(pg_catalog.*) 1000000)::pg_catalog.int8,
       (pg_catalog.date_part('epoch', b.stats_reset) OPERATOR(pg_catalog.*) 1000000)::pg_catalog.int8, pg_catalog.pg_current_snapshot()::pg_catalog.text,
       pg_catalog.pg_snapshot_xmin(pg_catalog.pg_current_snapshot())::pg_catalog.text::pg_catalog.int8, r.is_replica,
       CASE WHEN r.is_replica THEN (pg_catalog.pg_last_wal_replay_lsn() - '0/0'::pg_catalog.pg_lsn)::pg_catalog.int8
            ELSE (pg_catalog.pg_current_wal_insert_lsn() - '0/0'::pg_catalog.pg_lsn)::pg_catalog.int8 END,
       CASE WHEN r.is_replica
            THEN (pg_catalog.date_part('epoch', pg_catalog.pg_last_xact_replay_timestamp()) OPERATOR(pg_catalog.*) 1000000)::pg_catalog.int8 END,
       CASE WHEN r.is_replica THEN pg_catalog.pg_is_wal_replay_paused() END
  FROM (SELECT pg_catalog.pg_is_in_recovery() AS is_replica OFFSET 0) r
 CROSS JOIN pg_catalog.pg_stat_bgwriter b;

-- position: 9.6
SELECT CASE WHEN pg_catalog.pg_is_in_recovery() THEN (pg_catalog.pg_last_xlog_replay_location() - '0/0'::pg_catalog.pg_lsn)::pg_catalog.int8
            ELSE (pg_catalog.pg_current_xlog_insert_location() - '0/0'::pg_catalog.pg_lsn)::pg_catalog.int8 END;

-- position: 10, 11, 12, 13
SELECT CASE WHEN pg_catalog.pg_is_in_recovery() THEN (pg_catalog.pg_last_wal_replay_lsn() - '0/0'::pg_catalog.pg_lsn)::pg_catalog.int8
            ELSE (pg_catalog.pg_current_wal_insert_lsn() - '0/0'::pg_catalog.pg_lsn)::pg_catalog.int8 END;

-- known server: 9.6, 10, 11, 12, 13
SELECT (pg_catalog.date_part('epoch', pg_catalog.pg_postmaster_start_time()) OPERATOR(pg_catalog.*) 1000000)::pg_catalog.int8, (pg_catalog.date_part('epoch', pg_catalog.clock_timestamp()) OPERATOR(pg_catalog.*) 1000000)::pg_catalog.int8,
       pg_catalog.concat(pg_catalog.inet_server_addr(), ' ', pg_catalog.current_setting('port'));

-- load: 9.6
SELECT pg_catalog.count(*) FILTER (WHERE a.state = 'active'),
       pg_catalog.count(*) FILTER (WHERE a.query = '<insufficient privilege>')
  FROM pg_catalog.pg_stat_activity a
 WHERE a.pid <> pg_catalog.pg_backend_pid() AND a.datname IS NOT NULL 
   AND NOT (a.usename = current_user
            AND a.application_name = pg_catalog.current_setting('application_name'));

-- load: 10, 11, 12, 13
SELECT pg_catalog.count(*) FILTER (WHERE a.state = 'active'),
       pg_catalog.count(*) FILTER (WHERE a.query = '<insufficient privilege>')
  FROM pg_catalog.pg_stat_activity a
 WHERE a.pid <> pg_catalog.pg_backend_pid() AND a.datname IS NOT NULL AND coalesce(a.backend_type, 'client backend') IN ('client backend', 'parallel worker')
   AND NOT (a.usename = current_user
            AND a.application_name = pg_catalog.current_setting('application_name'));

-- lag of replicas: 9.6
SELECT pg_catalog.count(*), pg_catalog.count(*) FILTER (WHERE coalesce(s.replay_location, s.flush_location) IS NULL),
       (pg_catalog.pg_current_xlog_location() - '0/0'::pg_catalog.pg_lsn)::pg_catalog.int8, pg_catalog.min((coalesce(s.replay_location, s.flush_location) - '0/0'::pg_catalog.pg_lsn)::pg_catalog.int8), NULL::pg_catalog.float8
  FROM pg_catalog.pg_stat_replication s
 WHERE s.state IS DISTINCT FROM 'backup' AND s.pid NOT IN (
   SELECT p.active_pid FROM pg_catalog.pg_replication_slots p
    WHERE p.slot_type = 'logical' AND p.active_pid IS NOT NULL);

-- lag of replicas: 10, 11, 12, 13
SELECT pg_catalog.count(*), pg_catalog.count(*) FILTER (WHERE coalesce(s.replay_lsn, s.flush_lsn) IS NULL),
       (pg_catalog.pg_current_wal_lsn() - '0/0'::pg_catalog.pg_lsn)::pg_catalog.int8, pg_catalog.min((coalesce(s.replay_lsn, s.flush_lsn) - '0/0'::pg_catalog.pg_lsn)::pg_catalog.int8), pg_catalog.date_part('epoch', pg_catalog.max(s.replay_lag))
  FROM pg_catalog.pg_stat_replication s
 WHERE s.state IS DISTINCT FROM 'backup' AND s.pid NOT IN (
   SELECT p.active_pid FROM pg_catalog.pg_replication_slots p
    WHERE p.slot_type = 'logical' AND p.active_pid IS NOT NULL);

-- lag of a replica: 9.6
SELECT pg_catalog.count(*), pg_catalog.count(*) FILTER (WHERE w.status <> 'streaming'),
       (pg_catalog.pg_last_xlog_receive_location() - '0/0'::pg_catalog.pg_lsn)::pg_catalog.int8, (pg_catalog.pg_last_xlog_replay_location() - '0/0'::pg_catalog.pg_lsn)::pg_catalog.int8,
       pg_catalog.date_part('epoch', pg_catalog.clock_timestamp() - pg_catalog.pg_last_xact_replay_timestamp())
  FROM pg_catalog.pg_stat_wal_receiver w;

-- lag of a replica: 10, 11, 12, 13
SELECT pg_catalog.count(*), pg_catalog.count(*) FILTER (WHERE w.status <> 'streaming'),
       (pg_catalog.pg_last_wal_receive_lsn() - '0/0'::pg_catalog.pg_lsn)::pg_catalog.int8, (pg_catalog.pg_last_wal_replay_lsn() - '0/0'::pg_catalog.pg_lsn)::pg_catalog.int8,
       pg_catalog.date_part('epoch', pg_catalog.clock_timestamp() - pg_catalog.pg_last_xact_replay_timestamp())
  FROM pg_catalog.pg_stat_wal_receiver w;

-- position of the WAL: 9.6
SELECT (pg_catalog.pg_current_xlog_insert_location() - '0/0'::pg_catalog.pg_lsn)::pg_catalog.int8;

-- position of the WAL: 10, 11, 12, 13
SELECT (pg_catalog.pg_current_wal_insert_lsn() - '0/0'::pg_catalog.pg_lsn)::pg_catalog.int8;

-- columns of type oid: 9.6, 10, 11
WITH RECURSIVE reference(oid, name, form, is_lo) AS (
    SELECT t.oid, t.typname, CASE t.oid WHEN 26 THEN 'oid'::pg_catalog.text WHEN 20 THEN 'bigint' ELSE 'text' END, false FROM pg_catalog.pg_type t WHERE t.oid IN (26)
  UNION
    SELECT t.oid, t.typname, r.form, r.is_lo OR t.typname = 'lo'
      FROM pg_catalog.pg_type t JOIN reference r ON r.oid = t.typbasetype WHERE t.typtype = 'd')
SELECT c.oid, n.nspname::pg_catalog.text, c.relname::pg_catalog.text, c.relkind::pg_catalog.text,
       coalesce(pg_catalog.pg_relation_filenode(c.oid), 0),
       NULL::pg_catalog.text,
       c.relrowsecurity AND pg_catalog.row_security_active(c.oid), c.relpersistence = 't', c.relispopulated,
       pg_catalog.has_schema_privilege(n.oid, 'USAGE') AND pg_catalog.has_table_privilege(c.oid, 'SELECT'),
       pg_catalog.has_schema_privilege(n.oid, 'USAGE')
         AND pg_catalog.has_column_privilege(c.oid, a.attnum, 'SELECT'),
       a.attnum, a.attname::pg_catalog.text, a.atttypid, r.form, r.is_lo, r.name::pg_catalog.text
  FROM pg_catalog.pg_attribute a
  JOIN reference r ON r.oid = a.atttypid
  JOIN pg_catalog.pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'm')
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE a.attnum > 0 AND NOT a.attisdropped
   AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_extension e ON e.oid = d.refobjid
 WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid AND d.deptype = 'e'
   AND d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass
   AND e.extname IN ('pglogical', 'pglogical_origin', 'timescaledb', 'citus', 'citus_columnar', 'pg_cron',
                     'pg_partman', 'postgis', 'postgis_topology', 'postgis_tiger_geocoder'))
 ORDER BY n.nspname::pg_catalog.text COLLATE "C", c.relname::pg_catalog.text COLLATE "C", a.attnum;

-- columns of type oid: 12, 13
WITH RECURSIVE reference(oid, name, form, is_lo) AS (
    SELECT t.oid, t.typname, CASE t.oid WHEN 26 THEN 'oid'::pg_catalog.text WHEN 20 THEN 'bigint' ELSE 'text' END, false FROM pg_catalog.pg_type t WHERE t.oid IN (26)
  UNION
    SELECT t.oid, t.typname, r.form, r.is_lo OR t.typname = 'lo'
      FROM pg_catalog.pg_type t JOIN reference r ON r.oid = t.typbasetype WHERE t.typtype = 'd')
SELECT c.oid, n.nspname::pg_catalog.text, c.relname::pg_catalog.text, c.relkind::pg_catalog.text,
       coalesce(pg_catalog.pg_relation_filenode(c.oid), 0),
       (SELECT am.amname::pg_catalog.text FROM pg_catalog.pg_am am WHERE am.oid = c.relam),
       c.relrowsecurity AND pg_catalog.row_security_active(c.oid), c.relpersistence = 't', c.relispopulated,
       pg_catalog.has_schema_privilege(n.oid, 'USAGE') AND pg_catalog.has_table_privilege(c.oid, 'SELECT'),
       pg_catalog.has_schema_privilege(n.oid, 'USAGE')
         AND pg_catalog.has_column_privilege(c.oid, a.attnum, 'SELECT'),
       a.attnum, a.attname::pg_catalog.text, a.atttypid, r.form, r.is_lo, r.name::pg_catalog.text
  FROM pg_catalog.pg_attribute a
  JOIN reference r ON r.oid = a.atttypid
  JOIN pg_catalog.pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'm')
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE a.attnum > 0 AND NOT a.attisdropped
   AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_extension e ON e.oid = d.refobjid
 WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid AND d.deptype = 'e'
   AND d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass
   AND e.extname IN ('pglogical', 'pglogical_origin', 'timescaledb', 'citus', 'citus_columnar', 'pg_cron',
                     'pg_partman', 'postgis', 'postgis_topology', 'postgis_tiger_geocoder'))
 ORDER BY n.nspname::pg_catalog.text COLLATE "C", c.relname::pg_catalog.text COLLATE "C", a.attnum;

-- columns that may hold OIDs as numbers: 9.6, 10, 11
WITH RECURSIVE reference(oid, name, form, is_lo) AS (
    SELECT t.oid, t.typname, CASE t.oid WHEN 26 THEN 'oid'::pg_catalog.text WHEN 20 THEN 'bigint' ELSE 'text' END, false FROM pg_catalog.pg_type t WHERE t.oid IN (20, 25, 1042, 1043)
  UNION
    SELECT t.oid, t.typname, r.form, r.is_lo OR t.typname = 'lo'
      FROM pg_catalog.pg_type t JOIN reference r ON r.oid = t.typbasetype WHERE t.typtype = 'd')
SELECT c.oid, n.nspname::pg_catalog.text, c.relname::pg_catalog.text, c.relkind::pg_catalog.text,
       coalesce(pg_catalog.pg_relation_filenode(c.oid), 0),
       NULL::pg_catalog.text,
       c.relrowsecurity AND pg_catalog.row_security_active(c.oid), c.relpersistence = 't', c.relispopulated,
       pg_catalog.has_schema_privilege(n.oid, 'USAGE') AND pg_catalog.has_table_privilege(c.oid, 'SELECT'),
       pg_catalog.has_schema_privilege(n.oid, 'USAGE')
         AND pg_catalog.has_column_privilege(c.oid, a.attnum, 'SELECT'),
       a.attnum, a.attname::pg_catalog.text, a.atttypid, r.form, r.is_lo, r.name::pg_catalog.text
  FROM pg_catalog.pg_attribute a
  JOIN reference r ON r.oid = a.atttypid
  JOIN pg_catalog.pg_class c ON c.oid = a.attrelid AND c.relkind = 'r' AND c.relpersistence <> 't'
  AND (a.atttypid NOT IN (1042, 1043) OR a.atttypmod < 0 OR a.atttypmod - 4 >= 5)
  AND (a.atttypid <> 1042 OR a.atttypmod - 4 <= 64)
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE a.attnum > 0 AND NOT a.attisdropped
   AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_extension e ON e.oid = d.refobjid
 WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid AND d.deptype = 'e'
   AND d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass
   AND e.extname IN ('pglogical', 'pglogical_origin', 'timescaledb', 'citus', 'citus_columnar', 'pg_cron',
                     'pg_partman', 'postgis', 'postgis_topology', 'postgis_tiger_geocoder'))
 ORDER BY n.nspname::pg_catalog.text COLLATE "C", c.relname::pg_catalog.text COLLATE "C", a.attnum;

-- columns that may hold OIDs as numbers: 12, 13
WITH RECURSIVE reference(oid, name, form, is_lo) AS (
    SELECT t.oid, t.typname, CASE t.oid WHEN 26 THEN 'oid'::pg_catalog.text WHEN 20 THEN 'bigint' ELSE 'text' END, false FROM pg_catalog.pg_type t WHERE t.oid IN (20, 25, 1042, 1043)
  UNION
    SELECT t.oid, t.typname, r.form, r.is_lo OR t.typname = 'lo'
      FROM pg_catalog.pg_type t JOIN reference r ON r.oid = t.typbasetype WHERE t.typtype = 'd')
SELECT c.oid, n.nspname::pg_catalog.text, c.relname::pg_catalog.text, c.relkind::pg_catalog.text,
       coalesce(pg_catalog.pg_relation_filenode(c.oid), 0),
       (SELECT am.amname::pg_catalog.text FROM pg_catalog.pg_am am WHERE am.oid = c.relam),
       c.relrowsecurity AND pg_catalog.row_security_active(c.oid), c.relpersistence = 't', c.relispopulated,
       pg_catalog.has_schema_privilege(n.oid, 'USAGE') AND pg_catalog.has_table_privilege(c.oid, 'SELECT'),
       pg_catalog.has_schema_privilege(n.oid, 'USAGE')
         AND pg_catalog.has_column_privilege(c.oid, a.attnum, 'SELECT'),
       a.attnum, a.attname::pg_catalog.text, a.atttypid, r.form, r.is_lo, r.name::pg_catalog.text
  FROM pg_catalog.pg_attribute a
  JOIN reference r ON r.oid = a.atttypid
  JOIN pg_catalog.pg_class c ON c.oid = a.attrelid AND c.relkind = 'r' AND c.relpersistence <> 't'
  AND (a.atttypid NOT IN (1042, 1043) OR a.atttypmod < 0 OR a.atttypmod - 4 >= 5)
  AND (a.atttypid <> 1042 OR a.atttypmod - 4 <= 64)
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE a.attnum > 0 AND NOT a.attisdropped
   AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_extension e ON e.oid = d.refobjid
 WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid AND d.deptype = 'e'
   AND d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass
   AND e.extname IN ('pglogical', 'pglogical_origin', 'timescaledb', 'citus', 'citus_columnar', 'pg_cron',
                     'pg_partman', 'postgis', 'postgis_topology', 'postgis_tiger_geocoder'))
 ORDER BY n.nspname::pg_catalog.text COLLATE "C", c.relname::pg_catalog.text COLLATE "C", a.attnum;

-- facts about large objects: 9.6, 10, 11, 12, 13
SELECT pg_catalog.has_table_privilege('pg_catalog.pg_largeobject', 'SELECT'),
       pg_catalog.pg_relation_size('pg_catalog.pg_largeobject'),
       pg_catalog.current_setting('block_size')::pg_catalog.int8,
       (SELECT c.reltuples::pg_catalog.float8 FROM pg_catalog.pg_class c
         WHERE c.oid = 'pg_catalog.pg_largeobject_metadata'::pg_catalog.regclass),
       (SELECT c.reltuples::pg_catalog.float8 FROM pg_catalog.pg_class c
         WHERE c.oid = 'pg_catalog.pg_largeobject'::pg_catalog.regclass),
       pg_catalog.pg_relation_size('pg_catalog.pg_largeobject_metadata');

-- large objects by their last page: 9.6, 10, 11, 12, 13
SELECT pg_catalog.string_agg(pg_catalog.oidsend(o.oid), NULL), pg_catalog.string_agg(pg_catalog.oidsend(o.owner), NULL),
       pg_catalog.string_agg(pg_catalog.int8send(coalesce(o.size, -1)), NULL),
       pg_catalog.string_agg(pg_catalog.boolsend(o.is_granted), NULL)
  FROM (SELECT m.oid, m.lomowner, coalesce(l.size, 0), m.lomacl IS NOT NULL FROM (SELECT oid, lomowner, lomacl FROM pg_catalog.pg_largeobject_metadata
 WHERE oid > $1::pg_catalog.oid ORDER BY oid LIMIT $2) m LEFT JOIN LATERAL (
    SELECT p.pageno * (SELECT pg_catalog.current_setting('block_size')::pg_catalog.int8 / 4) + pg_catalog.octet_length(p.data) AS size
      FROM pg_catalog.pg_largeobject p WHERE p.loid = m.oid ORDER BY p.pageno DESC LIMIT 1) l ON true
 ORDER BY m.oid) o(oid, owner, size, is_granted);

-- large objects by opening: 9.6, 10, 11, 12, 13
SELECT pg_catalog.string_agg(pg_catalog.oidsend(o.oid), NULL), pg_catalog.string_agg(pg_catalog.oidsend(o.owner), NULL),
       pg_catalog.string_agg(pg_catalog.int8send(coalesce(o.size, -1)), NULL),
       pg_catalog.string_agg(pg_catalog.boolsend(o.is_granted), NULL)
  FROM (SELECT m.oid, m.lomowner, CASE WHEN m.may_read THEN (
         SELECT z.size + 0 * z.closed FROM (
             SELECT pg_catalog.lo_lseek64(f.fd, 0, 2) AS size, pg_catalog.lo_close(f.fd) AS closed
               FROM (SELECT pg_catalog.lo_open(m.oid, 262144) AS fd OFFSET 0) f OFFSET 0) z) END,
       m.lomacl IS NOT NULL
  FROM (SELECT o.oid, o.lomowner, o.lomacl, pg_catalog.pg_has_role(o.lomowner, 'USAGE') OR EXISTS (
                 SELECT FROM pg_catalog.aclexplode(o.lomacl) a WHERE a.privilege_type = 'SELECT'
                    AND (a.grantee = 0 OR pg_catalog.pg_has_role(a.grantee, 'USAGE'))) AS may_read
          FROM (SELECT oid, lomowner, lomacl FROM pg_catalog.pg_largeobject_metadata
 WHERE oid > $1::pg_catalog.oid ORDER BY oid LIMIT $2) o OFFSET 0) m
 ORDER BY m.oid) o(oid, owner, size, is_granted);

-- large objects without sizes: 9.6, 10, 11, 12, 13
SELECT pg_catalog.string_agg(pg_catalog.oidsend(o.oid), NULL), pg_catalog.string_agg(pg_catalog.oidsend(o.owner), NULL),
       pg_catalog.string_agg(pg_catalog.int8send(coalesce(o.size, -1)), NULL),
       pg_catalog.string_agg(pg_catalog.boolsend(o.is_granted), NULL)
  FROM (SELECT m.oid, m.lomowner, NULL::pg_catalog.int8, m.lomacl IS NOT NULL FROM (SELECT oid, lomowner, lomacl FROM pg_catalog.pg_largeobject_metadata
 WHERE oid > $1::pg_catalog.oid ORDER BY oid LIMIT $2) m ORDER BY m.oid) o(oid, owner, size, is_granted);

-- stored bytes of large objects: 9.6, 10, 11, 12, 13
SELECT o.oid, s.pages, s.bytes FROM pg_catalog.unnest($1::pg_catalog.oid[]) o(oid) CROSS JOIN LATERAL (
    SELECT pg_catalog.count(*) AS pages, coalesce(pg_catalog.sum(p.size), 0)::pg_catalog.int8 AS bytes
      FROM (SELECT pg_catalog.pg_column_size(l.data) AS size FROM pg_catalog.pg_largeobject l
             WHERE l.loid = o.oid LIMIT 65536) p) s;

-- owners of large objects: 9.6, 10, 11, 12, 13
SELECT r.oid, pg_catalog.pg_get_userbyid(r.oid)::pg_catalog.text
  FROM pg_catalog.unnest($1::pg_catalog.oid[]) r(oid);

-- labels of large objects: 9.6, 10, 11, 12, 13
SELECT pg_catalog.count(*) FROM pg_catalog.pg_seclabel
 WHERE classoid = 'pg_catalog.pg_largeobject'::pg_catalog.regclass;

-- TOAST relation: 9.6, 10, 11, 12, 13
SELECT o.oid, n.nspname::pg_catalog.text, o.relname::pg_catalog.text,
       coalesce(pg_catalog.pg_relation_size(o.oid), 0),
       pg_catalog.has_schema_privilege(n.oid, 'USAGE') AND pg_catalog.has_table_privilege(o.oid, 'SELECT'),
       (o.relallvisible::pg_catalog.int8 & 4294967295) * 2 > (o.relpages::pg_catalog.int8 & 4294967295),
       pg_catalog.current_setting('block_size')::pg_catalog.int8,
       pg_catalog.version() ~ '(x86_64|amd64|aarch64|arm64)'
  FROM pg_catalog.pg_class c
  LEFT JOIN pg_catalog.pg_class o ON o.oid = c.reltoastrelid
  LEFT JOIN pg_catalog.pg_namespace n ON n.oid = o.relnamespace
 WHERE c.oid = $1::pg_catalog.oid;

-- tables of pglogical: 9.6, 10, 11, 12, 13
SELECT c.relname::pg_catalog.text, pg_catalog.has_table_privilege(c.oid, 'SELECT')
       AND pg_catalog.has_schema_privilege(n.oid, 'USAGE')
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'pglogical'
  JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
       AND d.objid = c.oid AND d.objsubid = 0 AND d.deptype = 'e'
  JOIN pg_catalog.pg_extension e ON e.oid = d.refobjid
       AND d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass AND e.extname = 'pglogical'
 WHERE c.relkind = 'r'
   AND c.relname IN ('replication_set', 'local_node', 'replication_set_table', 'replication_set_relation')
 ORDER BY c.relname;

-- replication sets of pglogical 1: 9.6, 10, 11, 12, 13
SELECT s.set_name::pg_catalog.text, n.nspname::pg_catalog.text, c.relname::pg_catalog.text,
       NULL::pg_catalog.text[] IS NOT NULL, false, a.name,
       s.replicate_insert, s.replicate_update, s.replicate_delete
  FROM pglogical.replication_set s
  JOIN pglogical.local_node l ON l.node_id = s.set_nodeid
  JOIN pglogical.replication_set_relation t ON t.set_id = s.set_id
  JOIN pg_catalog.pg_class c ON c.oid = t.set_reloid
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN LATERAL pg_catalog.unnest(NULL::pg_catalog.text[]) a(name) ON true
 WHERE c.relkind = 'r'
 ORDER BY s.set_name, n.nspname, c.relname, a.name;

-- replication sets of pglogical 2: 9.6, 10, 11, 12, 13
SELECT s.set_name::pg_catalog.text, n.nspname::pg_catalog.text, c.relname::pg_catalog.text,
       t.set_att_list IS NOT NULL, t.set_row_filter IS NOT NULL, a.name,
       s.replicate_insert, s.replicate_update, s.replicate_delete
  FROM pglogical.replication_set s
  JOIN pglogical.local_node l ON l.node_id = s.set_nodeid
  JOIN pglogical.replication_set_table t ON t.set_id = s.set_id
  JOIN pg_catalog.pg_class c ON c.oid = t.set_reloid
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN LATERAL pg_catalog.unnest(t.set_att_list) a(name) ON true
 WHERE c.relkind = 'r'
 ORDER BY s.set_name, n.nspname, c.relname, a.name;

-- logical slots: 9.6, 10, 11, 12, 13
SELECT slot_name::pg_catalog.text, confirmed_flush_lsn::pg_catalog.text, plugin::pg_catalog.text
  FROM pg_catalog.pg_replication_slots
 WHERE slot_type = 'logical' AND database = pg_catalog.current_database()
 ORDER BY slot_name;

-- control tables of DMS: 9.6, 10, 11, 12, 13
SELECT n.nspname::pg_catalog.text, c.relname::pg_catalog.text,
       pg_catalog.max(a.attname::pg_catalog.text) FILTER (WHERE k.key = 'task_name'),
       pg_catalog.max(a.attname::pg_catalog.text) FILTER (WHERE k.key = 'table_owner'),
       pg_catalog.max(a.attname::pg_catalog.text) FILTER (WHERE k.key = 'table_name'),
       pg_catalog.max(a.attname::pg_catalog.text) FILTER (WHERE k.key IN ('error_time', 'failure_time')),
       pg_catalog.max(a.attname::pg_catalog.text) FILTER (WHERE k.key = r.reason),
       pg_catalog.max(a.attname::pg_catalog.text) FILTER (WHERE k.key = 'resync_result'),
       r.reason
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  JOIN (VALUES ('awsdms_apply_exceptions', 'error'),
               ('awsdms_validation_failures_v1', 'failure_type'),
               ('awsdms_validation_failures_v2', 'failure_type')) r (name, reason)
       ON r.name = pg_catalog.lower(c.relname::pg_catalog.text)
  JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
       AND a.atttypid IN (25, 1042, 1043, 1114, 1184)
 CROSS JOIN LATERAL (SELECT pg_catalog.lower(a.attname::pg_catalog.text) AS key) k
 WHERE c.relkind = 'r' AND c.relpersistence <> 't'
   AND (k.key IN ('error_time', 'failure_time')) = (a.atttypid IN (1114, 1184))
 GROUP BY n.nspname, c.relname, r.reason
 ORDER BY n.nspname, c.relname;

-- columns of a key: 9.6, 10, 11, 12, 13
SELECT attnum, attname::pg_catalog.text FROM pg_catalog.pg_attribute
 WHERE attrelid = 1 AND attnum > 0 AND NOT attisdropped;
