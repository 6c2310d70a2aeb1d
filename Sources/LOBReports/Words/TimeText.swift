/// Moments in UTC and lengths of time; the same in every locale and time zone.
enum TimeText {
    /// A moment given in seconds since 1970, as RFC 3339 writes it: `2026-11-22T19:40:34Z`.
    static func utc(_ seconds: Int64) -> String {
        let (date, time) = parts(seconds)
        return "\(date)T\(time)Z"
    }

    /// A moment given in seconds since 1970, for people: `2026-11-22 19:40:34 UTC`.
    static func words(_ seconds: Int64) -> String {
        let (date, time) = parts(seconds)
        return "\(date) \(time) UTC"
    }

    /// The day of a moment given in seconds since 1970: `2026-11-22`.
    static func date(_ seconds: Int64) -> String { parts(seconds).date }

    private static func parts(_ seconds: Int64) -> (date: String, time: String) {
        let day = Int(seconds / 86_400) - (seconds % 86_400 < 0 ? 1 : 0)
        let second = Int(seconds - Int64(day) * 86_400)
        let (year, month, date) = civil(day)
        let time = [second / 3600, second / 60 % 60, second % 60].map(twoDigits).joined(separator: ":")
        return ("\(year)-\(twoDigits(month))-\(twoDigits(date))", time)
    }

    /// How long something took, such as `2 min 05 s`.
    static func duration(_ seconds: Double) -> String {
        guard seconds >= 60 else { return NumberText.decimal(seconds, places: 1) + " s" }
        let whole = Int(min(seconds.rounded(), 1e12))
        guard whole >= 3600 else { return "\(whole / 60) min \(twoDigits(whole % 60)) s" }
        return "\(whole / 3600) h \(twoDigits(whole / 60 % 60)) min"
    }

    private static func twoDigits(_ number: Int) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }

    /// The Gregorian date of a day counted from 1970-01-01.
    ///
    /// Howard Hinnant's days-from-civil algorithms: eras of 400 years that begin on 1 March.
    private static func civil(_ day: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = day + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
    }
}
