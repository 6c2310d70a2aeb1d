extension Double {
    /// A probability or share in percent, such as `5 %`, `0.5 %` or `99.95 %`.
    ///
    /// What is not 0 is never shown as 0, and what is not 1 never as 100 %.
    public var percentText: String {
        let percent = self * 100
        if percent <= 0 { return "0 %" }
        if percent < 0.01 { return "under 0.01 %" }
        if percent >= 100 { return "100 %" }
        if percent > 99.99 { return "over 99.99 %" }
        let scale: Double = percent < 1 || percent > 99 ? 100 : percent < 10 || percent > 90 ? 10 : 1
        let rounded = (percent * scale).rounded() / scale
        return rounded == rounded.rounded() ? "\(Int(rounded)) %" : "\(rounded) %"
    }
}
