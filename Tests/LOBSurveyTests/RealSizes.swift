import TestSupport

extension RealSizes {
    /// SQL that appends a text of each size to a table, in the order given: text that compresses to about a third.
    static func insert(_ sizes: some Sequence<Int>, into table: String) -> String {
        let list = sizes.map { "\($0)" }.joined(separator: ",")
        return """
            INSERT INTO \(table) (body)
            SELECT left((SELECT string_agg(repeat(md5(n::text || g::text), 3), '' ORDER BY g)
                           FROM generate_series(0, s / 96) g), s)
              FROM unnest('{\(list)}'::int[]) WITH ORDINALITY AS x(s, n) ORDER BY n;
            """
    }
}
