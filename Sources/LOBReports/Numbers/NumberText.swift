/// Numbers in words and digits for people; the same in every locale.
enum NumberText {
    /// A count with commas between thousands.
    static func grouped(_ number: Int) -> String {
        let digits = Array(String(number.magnitude).utf8)
        var output: [UInt8] = number < 0 ? [UInt8(ascii: "-")] : []
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { output.append(UInt8(ascii: ",")) }
            output.append(digit)
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// A number with so many decimals, 0 to 6, rounded half away from zero.
    static func decimal(_ number: Double, places: Int) -> String {
        let scale = (0..<places).reduce(1.0) { scale, _ in scale * 10 }
        let scaled = (number * scale).rounded()
        guard scaled.magnitude < 9e15 else { return "\(number)" }
        let whole = Int(scaled)
        let digits = Array(String(whole.magnitude))
        let padded = repeatElement("0", count: max(0, places + 1 - digits.count)) + digits
        let sign = whole < 0 ? "-" : ""
        guard places > 0 else { return sign + String(padded) }
        return sign + String(padded.dropLast(places)) + "." + String(padded.suffix(places))
    }

    /// A count with its noun, such as `1 table` and `2 tables`.
    static func counted(_ number: Int, _ noun: String, plural: String? = nil) -> String {
        grouped(number) + " " + (number == 1 ? noun : plural ?? noun + "s")
    }

    /// A share, 0 to 1, as percent: whole numbers from 10 % on, else two significant digits.
    static func percent(_ share: Double) -> String {
        let percent = share * 100
        switch percent {
        case 0: return "0 %"
        case ..<0.01: return "< 0.01 %"
        case ..<0.1: return decimal(percent, places: 2) + " %"
        case ..<10: return trimmed(decimal(percent, places: 1)) + " %"
        case 99.5..<100: return "> 99 %"
        default: return decimal(percent, places: 0) + " %"
        }
    }

    private static func trimmed(_ digits: String) -> String {
        digits.utf8.suffix(2).elementsEqual(".0".utf8) ? String(digits.dropLast(2)) : digits
    }
}
