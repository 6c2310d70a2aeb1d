/// A JSON object whose longest lists are made an element at a time while it is written, so that it never has to be
/// held as one value.
public struct JSONDocument {
    /// The value of a member.
    public enum Part {
        case value(JSONValue)
        /// A list; each element is made when its turn comes.
        case elements([() -> JSONValue])

        /// A list of what each of some values becomes.
        public static func list<Value>(_ values: [Value], _ element: @escaping (Value) -> JSONValue) -> Part {
            .elements(values.map { value in { element(value) } })
        }
    }

    private let members: KeyValuePairs<String, Part>

    /// Creates a document of members in the given order.
    public init(_ members: KeyValuePairs<String, Part>) { self.members = members }

    /// The document, indented by two spaces, with a line feed at the end.
    public var prettyBytes: [UInt8] { JSONWriter.bytes(of: members, indentation: 0) }

    /// Hands over the document of ``prettyBytes`` in pieces of about 1 MiB, so that it is never in memory as a whole.
    public func write<Failure>(to sink: ([UInt8]) throws(Failure) -> Void) throws(Failure) {
        try JSONWriter.write(members, indentation: 0, to: sink)
    }

    /// The document without spaces, with a line feed at the end.
    public var compactBytes: [UInt8] { JSONWriter.bytes(of: members, indentation: nil) }
}
