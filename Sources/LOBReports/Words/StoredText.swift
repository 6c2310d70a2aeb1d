import LOBAdvice
import SizeStatistics

/// How the values of a column are stored, in words.
enum StoredText {
    /// A sentence with a space before it; nothing where nobody looked or there is no value.
    static func sentence(_ column: ColumnRecommendation) -> String {
        guard let form = column.profile.measurement?.stored, form.values > 0 else { return "" }
        let share = form.sizeBytes.flatMap { size -> String? in
            guard size > 0 else { return nil }
            return "\(NumberText.percent(Double(form.storedBytes) / Double(size))) of their size"
        }
        let mean = SizeText.rounded(ByteCount(form.storedBytes / Int64(form.values)))
        let methods = [("pglz", form.pglz), ("lz4", form.lz4)].filter { $0.1 > 0 }.map {
            "\(percent($0.1, form)) compressed by \($0.0)"
        }
        let outside =
            (form.externalIsLowerBound ? "at least " : "")
            + "\(percent(form.external, form)) outside of their rows"
        let what =
            ["\(mean) each" + (share.map { ", \($0)" } ?? "")]
            + (methods.isEmpty ? ["none compressed"] : methods)
        let from =
            form.isSampled
            ? " (sampled: \(NumberText.grouped(form.blocksRead)) of \(NumberText.grouped(form.blocksTotal)) blocks)"
            : ""
        return " Stored\(from): \((what + [outside]).joined(separator: "; "))."
    }

    private static func percent(_ count: Int, _ form: StoredForm) -> String {
        NumberText.percent(Double(count) / Double(form.values))
    }
}
