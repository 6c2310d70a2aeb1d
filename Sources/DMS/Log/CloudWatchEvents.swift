/// The events in what CloudWatch prints of a log, in whatever form.
enum CloudWatchEvents {
    /// One message of a log.
    struct Event {
        let message: [UInt8]
        /// The stream that the answer names; nil where it names none.
        let stream: String?
    }

    /// Where the answers of the API and the records of subscriptions have their events.
    static let lists = ["events", "logEvents", "results"]

    /// Gives each event of a document: an answer, a record of a subscription, an event alone, or a list of any of them.
    ///
    /// - Returns: whether the document is any of them.
    static func read(_ json: JSONValue, stream: String? = nil, _ take: (Event) -> Void) -> Bool {
        let own = json["logStream"]?.word ?? stream
        if let list = list(in: json) {
            for entry in list where !isDocument(entry, own, take) { take(event(entry, stream: own)) }
            return true
        }
        guard isMessage(json) else { return false }
        take(event(json, stream: own))
        return true
    }

    /// The events that a document has in it; nil where it is none.
    private static func list(in json: JSONValue) -> [JSONValue]? {
        lists.lazy.compactMap { json[$0]?.elements }.first ?? json.elements
    }

    /// `yaml-stream` prints a list of answers, and so does whoever puts several into one file.
    private static func isDocument(_ entry: JSONValue, _ stream: String?, _ take: (Event) -> Void) -> Bool {
        lists.contains { entry[$0]?.elements != nil } && read(entry, stream: stream, take)
    }

    private static func isMessage(_ json: JSONValue) -> Bool {
        json["message"] != nil || json["@message"] != nil
    }

    /// An event, its message alone, or a row of Logs Insights: a list of fields with their values.
    static func event(_ json: JSONValue, stream: String?) -> Event {
        let field = { (name: String) in
            json.elements?.first { $0["field"]?.word == name }?["value"]
        }
        let message = json["message"] ?? json["@message"] ?? field("@message") ?? json
        let own = json["logStreamName"] ?? json["@logStream"] ?? field("@logStream")
        return Event(message: message.stringBytes ?? [], stream: own?.word ?? stream)
    }
}
