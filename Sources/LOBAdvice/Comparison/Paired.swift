/// Something of an old profile with what it is in a new one; at least one of the two is there.
enum Paired<Element> {
    case both(Element, Element)
    case gone(Element)
    case added(Element)

    /// What it was.
    var old: Element? {
        switch self {
        case .both(let old, _), .gone(let old): old
        case .added: nil
        }
    }

    /// What it is.
    var new: Element? {
        switch self {
        case .both(_, let new), .added(let new): new
        case .gone: nil
        }
    }

    /// What it was, or what it is where it was not there.
    var known: Element {
        switch self {
        case .both(let old, _), .gone(let old): old
        case .added(let new): new
        }
    }
}
