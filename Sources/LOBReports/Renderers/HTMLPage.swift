import Crypto

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The frame of report.html: the head with its policy, the style sheet and the script.
enum HTMLPage {
    /// The parts of the script in one function, so that none of its names is global.
    static let script: [UInt8] = {
        let parts = [
            PackageResources.figures_js, PackageResources.charts_js, PackageResources.what_if_js,
            PackageResources.table_js,
        ]
        return Array("(() => {\n\"use strict\";\n".utf8) + parts.joined() + Array("})();\n".utf8)
    }()

    private static let style = PackageResources.report_css

    /// Everything up to the content of `main`.
    ///
    /// - Parameters:
    ///   - title: the page's.
    ///   - section: where the first link leads.
    ///   - isScripted: whether the page's script may run; else none may.
    static func head(
        title: String, skippingTo section: String = "decisions", isScripted: Bool = true
    ) -> String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="\(policy(isScripted: isScripted))">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="referrer" content="no-referrer">
        <title>\(HTMLText.escape(title))</title>
        <style>\(String(decoding: style, as: UTF8.self))</style>
        </head>
        <body>
        <a class="skip" href="#\(section)">Skip to the tables</a>
        <main>

        """
    }

    /// Nothing may be loaded, sent or embedded; only the page's own script and style sheet may run.
    private static func policy(isScripted: Bool) -> String {
        "default-src 'none'; " + (isScripted ? "script-src 'sha256-\(hash(script))'; " : "")
            + "style-src 'sha256-\(hash(style))'; base-uri 'none'; form-action 'none'"
    }

    private static func hash(_ bytes: [UInt8]) -> String {
        Data(SHA256.hash(data: bytes)).base64EncodedString()
    }
}
