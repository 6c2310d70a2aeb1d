/// Hides passwords of connection strings in what quotes arguments: a wrong word of a command line is often one of them.
enum Redaction {
    /// The text with `***` for passwords, also of arguments that libpq would not understand.
    ///
    /// Arguments that it quotes are known as a whole, and so is where their passwords end; in other text a password ends
    /// at a space.
    static func of(_ text: String, quoting arguments: [String]) -> String {
        let quoted = arguments.flatMap(parts).reduce(text) { text, part in
            let hidden = hidingWhole(part)
            return hidden.utf8.elementsEqual(part.utf8) ? text : text.replacing(part, with: hidden)
        }
        // Hints show how a password is written and quote no other.
        let lines = quoted.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.map { line in
            let text = String(Substring(line))
            return text.utf8.starts(with: "hint: ".utf8) ? text : hidingWords(text)
        }.joined(separator: "\n")
    }

    /// An argument, and the value behind the name of its option.
    private static func parts(_ argument: String) -> [String] {
        guard argument.utf8.first == UInt8(ascii: "-"),
            let sign = argument.utf8.firstIndex(of: UInt8(ascii: "="))
        else { return [argument] }
        return [argument, String(argument[argument.utf8.index(after: sign)...])]
    }

    /// One argument: a password in a URI goes up to the last `@`, one of a keyword string up to the next keyword.
    private static func hidingWhole(_ argument: String) -> String {
        let uri = #/(?s)(//[^:@]*:).*@/#.matchingSemantics(.unicodeScalar)
        // A URI without its scheme.
        let bare = #/(?s)^([^:@/\s]+:)(?!//).*@/#.matchingSemantics(.unicodeScalar)
        let keyword =
            #/(?s)((?i:password|scram_client_key|scram_server_key|oauth_client_secret)\s*=\s*)('(?:[^'\\]|\\.)*'?|.*?(?=\s+\w+\s*=|\z))/#
            .matchingSemantics(.unicodeScalar)
        return argument.replacing(uri) { "\($0.output.1)***@" }.replacing(bare) { "\($0.output.1)***@" }
            .replacing(keyword) { "\($0.output.1)***" }
    }

    /// A line of text: what closes a quotation stays; paths have lost one of the slashes of a URI.
    private static func hidingWords(_ text: String) -> String {
        let uri = #/(//?[^:@\s]*:)(?!\s)[^@]*@(?:[^\s@]*@)*/#.matchingSemantics(.unicodeScalar)
        let keyword =
            #/((?i:password|scram_client_key|scram_server_key|oauth_client_secret)\s*=\s*)('(?:[^'\\]|\\.)*'|\S+?(?=['"]*[,;:.)]*(?:\s|\z)))/#
            .matchingSemantics(.unicodeScalar)
        return text.replacing(uri) { "\($0.output.1)***@" }.replacing(keyword) { "\($0.output.1)***" }
    }
}
