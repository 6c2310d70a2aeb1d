#!/usr/bin/env bash
@ABOUT@
# Moves them to another database, each with its OID, owner, privileges and comment: DMS copies only the numbers that
# refer to them.
#
#   SOURCE='host=a dbname=x' TARGET='host=b dbname=x' bash move-large-objects.sh COMMAND [BATCH...]
#
#   plan     the batches
#   move     all batches, or those that are named, JOBS (4) at a time; finished ones are not moved again
#   check    compares size, content, owner, privileges and comment of each object
#   restore  instead of move: all of them by pg_dump into the new folder DUMP, and from there by pg_restore
#
# SOURCE and TARGET are libpq connection strings without a password: that belongs in ~/.pgpass or a service file.
# The role on SOURCE needs SELECT on each object. The role on TARGET has to be a superuser, or a member of the roles that
# own objects or granted privileges, which have to exist there; OWNERS=no leaves owners and privileges out.
# A batch is one transaction on TARGET: it fails where an object with one of its OIDs exists, and leaves nothing behind.
# Which batches are finished is kept in the file STATE, here by default. What is made or changed after its batch was
# moved is found by check, and by nothing else: let no application write large objects meanwhile.
set -euo pipefail
export LC_ALL=C PGCLIENTENCODING="${PGCLIENTENCODING:-UTF8}" PGAPPNAME=move-large-objects

# Number, OID of the owner (0: all others), first and last OID, objects, bytes, name of the owner.
batches() {
    cat <<'BATCHES'
@BATCHES@
BATCHES
}

fail() {
    echo "move-large-objects: $1" >&2
    exit "${2:-1}"
}

# psql over SOURCE or TARGET without settings of the user, until the first error.
query() {
    local conninfo=${!1:-}
    [ -n "$conninfo" ] || fail "$1 is not set" 64
    psql -X -q -A -t -v ON_ERROR_STOP=1 "${@:2}" -d "$conninfo"
}

# What has to be run on TARGET for the batch in $options, as SOURCE sees it at one moment.
script() {
    query SOURCE "${options[@]}" <<'SQL'
BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
SET LOCAL search_path = pg_catalog, pg_temp;
SET LOCAL bytea_output = hex;
SET LOCAL statement_timeout = 0;
\echo 'BEGIN;'
\echo 'SET LOCAL search_path = pg_catalog, pg_temp;'
\echo 'SET LOCAL statement_timeout = 0;'
\echo 'CREATE TEMP TABLE lobscope_object (oid oid, owner text, granted bool, comment text) ON COMMIT DROP;'
\echo 'CREATE TEMP TABLE lobscope_piece (oid oid, place int8, data bytea) ON COMMIT DROP;'
\echo 'CREATE TEMP TABLE lobscope_grant (oid oid, place int8, grantor text, grantee text, privilege text, option bool) ON COMMIT DROP;'
\echo 'ALTER TABLE lobscope_piece ALTER data SET STORAGE EXTERNAL;'
\echo 'GRANT SELECT ON lobscope_object, lobscope_piece TO PUBLIC;'
\echo 'COPY lobscope_object FROM STDIN;'
COPY (
    SELECT m.oid, CASE WHEN :'owners' <> 'no' THEN pg_get_userbyid(m.lomowner) END,
           m.lomacl IS NOT NULL AND :'owners' <> 'no', obj_description(m.oid, 'pg_largeobject')
      FROM pg_largeobject_metadata m
     WHERE m.oid BETWEEN :first AND :last
       AND CASE WHEN :owner = 0 THEN m.lomowner <> ALL (:'known'::oid[]) ELSE m.lomowner = :owner END
) TO STDOUT;
\echo '\\.'
\echo 'DO $create$ DECLARE me name := current_user; r record; BEGIN'
\echo '    FOR r IN SELECT o.owner, array_agg(o.oid) AS oids FROM lobscope_object o GROUP BY o.owner LOOP'
\echo '        IF r.owner IS NOT NULL THEN EXECUTE format(''SET LOCAL ROLE %I'', r.owner); END IF;'
\echo '        PERFORM lo_create(u.oid) FROM unnest(r.oids) u(oid);'
\echo '        EXECUTE format(''SET LOCAL ROLE %I'', me);'
\echo '    END LOOP;'
\echo 'END $create$;'
\echo 'COPY lobscope_piece FROM STDIN;'
COPY (
    SELECT s.oid, p.place, p.data
      FROM (SELECT m.oid, (SELECT z.size + 0 * z.closed FROM (
                               SELECT lo_lseek64(f.fd, 0, 2) AS size, lo_close(f.fd) AS closed
                                 FROM (SELECT lo_open(m.oid, 262144) AS fd OFFSET 0) f OFFSET 0) z) AS size
              FROM pg_largeobject_metadata m
             WHERE m.oid BETWEEN :first AND :last
               AND CASE WHEN :owner = 0 THEN m.lomowner <> ALL (:'known'::oid[]) ELSE m.lomowner = :owner END
            OFFSET 0) s
     CROSS JOIN LATERAL (SELECT g.place, lo_get(s.oid, g.place, 262144) AS data
                           FROM generate_series(0, s.size - 1, 262144) g(place) OFFSET 0) p
     -- Holes read as zeros: only the last piece is needed for the size.
     WHERE p.data <> decode(repeat('00', 262144), 'hex') OR p.place + 262144 >= s.size
) TO STDOUT;
\echo '\\.'
\echo 'COPY lobscope_grant FROM STDIN;'
COPY (
    SELECT m.oid, a.place, pg_get_userbyid(a.grantor), CASE WHEN a.grantee <> 0 THEN pg_get_userbyid(a.grantee) END,
           a.privilege_type, a.is_grantable
      FROM pg_largeobject_metadata m
     CROSS JOIN LATERAL aclexplode(m.lomacl) WITH ORDINALITY a(grantor, grantee, privilege_type, is_grantable, place)
     WHERE :'owners' <> 'no' AND m.oid BETWEEN :first AND :last
       AND CASE WHEN :owner = 0 THEN m.lomowner <> ALL (:'known'::oid[]) ELSE m.lomowner = :owner END
) TO STDOUT;
\echo '\\.'
\echo 'DO $fill$ DECLARE me name := current_user; r record; BEGIN'
\echo '    FOR r IN SELECT DISTINCT o.owner FROM lobscope_object o LOOP'
\echo '        IF r.owner IS NOT NULL THEN EXECUTE format(''SET LOCAL ROLE %I'', r.owner); END IF;'
\echo '        PERFORM lo_put(p.oid, p.place, p.data) FROM lobscope_piece p JOIN lobscope_object o ON o.oid = p.oid'
\echo '          WHERE o.owner IS NOT DISTINCT FROM r.owner;'
\echo '        EXECUTE format(''SET LOCAL ROLE %I'', me);'
\echo '    END LOOP;'
\echo '    FOR r IN SELECT * FROM lobscope_object o WHERE o.granted OR o.comment IS NOT NULL LOOP'
\echo '        IF r.owner IS NOT NULL THEN EXECUTE format(''SET LOCAL ROLE %I'', r.owner); END IF;'
\echo '        IF r.comment IS NOT NULL THEN'
\echo '            EXECUTE format(''COMMENT ON LARGE OBJECT %s IS %L'', r.oid, r.comment);'
\echo '        END IF;'
\echo '        IF r.granted THEN EXECUTE format(''REVOKE ALL ON LARGE OBJECT %s FROM %I'', r.oid, r.owner); END IF;'
\echo '        EXECUTE format(''SET LOCAL ROLE %I'', me);'
\echo '    END LOOP;'
\echo '    FOR r IN SELECT * FROM lobscope_grant ORDER BY oid, place LOOP'
\echo '        EXECUTE format(''SET LOCAL ROLE %I'', r.grantor);'
\echo '        EXECUTE format(''GRANT %s ON LARGE OBJECT %s TO %s%s'', r.privilege, r.oid,'
\echo '            coalesce(quote_ident(r.grantee), ''PUBLIC''), CASE WHEN r.option THEN '' WITH GRANT OPTION'' END);'
\echo '        EXECUTE format(''SET LOCAL ROLE %I'', me);'
\echo '    END LOOP;'
\echo 'END $fill$;'
\echo 'COMMIT;'
COMMIT;
SQL
}

# Moves the batch with this number.
move() {
    local owner first last known options
    read -r owner first last < <(batches | awk -v n="$1" '$1 == n { print $2, $3, $4 }') || fail "no batch $1" 64
    known="{$(batches | awk '$2 > 0 { print $2 }' | sort -nu | paste -s -d ,)}"
    options=(-v "owner=$owner" -v "first=$first" -v "last=$last" -v "known=$known" -v "owners=${OWNERS:-yes}")
    script | query TARGET >&2 || fail "batch $1 is not moved"
    echo "$1" >>"$STATE"
    echo "batch $1 is moved" >&2
}

# Moves several batches at the same time, but for those that are finished.
move_all() {
    export STATE
    if [ -z "${STATE:-}" ]; then
        STATE=move-large-objects.$(query TARGET -c "SELECT c.system_identifier || '-' || d.oid
            FROM pg_catalog.pg_control_system() c, pg_catalog.pg_database d WHERE d.datname = current_database()").done
    fi
    touch "$STATE"
    [ $# -gt 0 ] || set -- $(batches | awk '{ print $1 }')
    printf '%s\n' "$@" | { grep -vxFf "$STATE" || true; } | xargs -r -P "${JOBS:-4}" -n 1 bash "$0" batch ||
        fail "some batches are not moved: the same command tries them again"
}

# What there is to know of each object, a line each.
facts() {
    query "$1" -v "owners=${OWNERS:-yes}" <<'SQL'
SET search_path = pg_catalog, pg_temp;
SET statement_timeout = 0;
SELECT s.oid, s.size,
       (SELECT md5(string_agg(md5(lo_get(s.oid, g.place, 1048576)), '' ORDER BY g.place))
          FROM generate_series(0, s.size - 1, 1048576) g(place)),
       CASE WHEN :'owners' <> 'no' THEN quote_ident(pg_get_userbyid(s.lomowner)) || ' ' || coalesce(s.lomacl::text, '') END,
       md5(obj_description(s.oid, 'pg_largeobject'))
  FROM (SELECT m.*, (SELECT z.size + 0 * z.closed FROM (
                         SELECT lo_lseek64(f.fd, 0, 2) AS size, lo_close(f.fd) AS closed
                           FROM (SELECT lo_open(m.oid, 262144) AS fd OFFSET 0) f OFFSET 0) z) AS size
          FROM pg_largeobject_metadata m OFFSET 0) s;
SQL
}

check() {
    folder=$(mktemp -d)
    trap 'rm -rf "$folder"' EXIT
    facts SOURCE >"$folder/source"
    facts TARGET >"$folder/target"
    for side in source target; do sort -o "$folder/$side" "$folder/$side"; done
    comm -23 "$folder/source" "$folder/target" >"$folder/different"
    echo "$(wc -l <"$folder/source") objects, $(wc -l <"$folder/different") of them differ or are missing" >&2
    cut -d '|' -f 1 "$folder/different" | sort -n
    [ ! -s "$folder/different" ]
}

restore() {
    local without=()
    [ -n "${DUMP:-}" ] || fail "DUMP is not set" 64
    query SOURCE -c "" && query TARGET -c ""
    (umask 077 && pg_dump -d "$SOURCE" -Fd -j "${JOBS:-4}" -b -N '*' -f "$DUMP")
    # Nothing else of the database.
    pg_restore -l "$DUMP" | grep -E '^[0-9]+; [0-9]+ [0-9]+ (BLOB|BLOBS|BLOB METADATA) |LARGE OBJECT' >"$DUMP/list"
    [ "${OWNERS:-yes}" != no ] || without=(--no-owner --no-privileges)
    pg_restore -d "$TARGET" -L "$DUMP/list" --exit-on-error "${without[@]}" "$DUMP"
}

case ${1:-} in
    plan) printf 'batch\towner\tfirst\tlast\tobjects\tbytes\tname\n%s\n' "$(batches)" ;;
    move) move_all "${@:2}" ;;
    batch) move "$2" ;;
    check) check ;;
    restore) restore ;;
    *)
        sed -n '2,/^set /s/^# \{0,1\}//p' "$0" >&2
        exit 64
        ;;
esac
