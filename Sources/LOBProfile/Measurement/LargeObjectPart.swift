import SizeStatistics

/// Some of the large objects of a database: those of an owner, those that a column refers to.
public protocol LargeObjectPart: Sendable {
    /// How many there are.
    var objects: Int { get }
    /// Bytes of those whose size could be read.
    var bytes: Int64 { get }
    /// How many of them have a size that could not be read; nil in snapshots of versions that did not count them.
    var unreadable: Int? { get }
    /// Whether it was found by a search that came after the moment in which the objects were read, while others may write.
    static var search: LargeObjectSearch? { get }
}

/// What a search for references proves, which reads one part of a table after another.
public enum LargeObjectSearch: Sendable {
    /// That something refers to objects: rows that moved, came or went meanwhile may be missing, or be there no more.
    case references
    /// That nothing was seen to refer to them: a row that moved meanwhile may, and they may be gone.
    ///
    /// What nothing referred to throughout the search is among them, so they are the most that there is of that.
    case absence
}

extension LargeObjectPart {
    /// What is counted where the objects are needs no search.
    public static var search: LargeObjectSearch? { nil }
}

/// A number of large objects and their bytes.
public struct LargeObjectAmount: LargeObjectPart, Codable, Equatable {
    public package(set) var objects: Int
    public package(set) var bytes: Int64
    public package(set) var unreadable: Int?

    /// What is told by itself is what nothing was seen to refer to, or nothing but numbers.
    public static let search: LargeObjectSearch? = .absence

    /// Creates an amount; by default each size was read.
    public init(objects: Int = 0, bytes: Int64 = 0, unreadable: Int? = 0) {
        self.objects = objects
        self.bytes = bytes
        self.unreadable = unreadable
    }

    /// The same numbers as a part has.
    public init(_ part: some LargeObjectPart) {
        self.init(objects: part.objects, bytes: part.bytes, unreadable: part.unreadable)
    }

    /// Adds an object.
    ///
    /// - Parameter size: in bytes; nil where it could not be read.
    public mutating func add(size: Int64?) {
        objects += 1
        bytes += size ?? 0
        if size == nil { unreadable = unreadable.map { $0 + 1 } }
    }

    /// The sum; what was not counted of one is not known of both.
    public static func + (left: LargeObjectAmount, right: LargeObjectAmount) -> LargeObjectAmount {
        var unreadable: Int?
        if let mine = left.unreadable, let others = right.unreadable { unreadable = mine + others }
        return LargeObjectAmount(
            objects: left.objects + right.objects, bytes: left.bytes + right.bytes, unreadable: unreadable)
    }

    /// The sum of parts.
    static func sum(of parts: some Sequence<some LargeObjectPart>) -> LargeObjectAmount {
        parts.reduce(LargeObjectAmount()) { $0 + LargeObjectAmount($1) }
    }
}

extension LargeObjectSummary {
    /// How many there are: an estimate where they were read in several moments, or nobody recorded in which.
    public var countFigure: Figure { isOfOneMoment ? .exact(Int64(count)) : .estimated(Int64(count)) }

    /// The bytes of all objects: at least those that could be read, where there are others.
    public var totalSize: Figure { size(sizes.sum.bytes, isKnown: unreadable == 0) }

    /// The size of the largest object in bytes, at least where not all were read in one moment; nil where there is none.
    public var largestSize: Figure? {
        guard count > 0 else { return nil }
        let largest = sizes.largest?.bytes ?? 0
        return unreadable == 0 && isOfOneMoment ? .exact(largest) : .atLeast(largest)
    }

    /// How many some of the objects are: at most as many as nothing was seen to refer to, about as many as something was.
    public func count<Part: LargeObjectPart>(of part: Part) -> Figure {
        switch Part.search {
        case nil: isOfOneMoment ? .exact(Int64(part.objects)) : .estimated(Int64(part.objects))
        case .references: .estimated(Int64(part.objects))
        case .absence: .atMost(Int64(part.objects))
        }
    }

    /// The bytes of some of the objects.
    public func size<Part: LargeObjectPart>(of part: Part) -> Figure {
        let isKnown = unreadable == 0 || part.unreadable == 0
        switch Part.search {
        case nil: return size(part.bytes, isKnown: isKnown)
        case .references: return isKnown ? .estimated(part.bytes) : .atLeast(part.bytes)
        case .absence: return isKnown ? .atMost(part.bytes) : .notKnown
        }
    }

    private func size(_ bytes: Int64, isKnown: Bool) -> Figure {
        guard isKnown else { return .atLeast(bytes) }
        return isOfOneMoment ? .exact(bytes) : .estimated(bytes)
    }

    /// Nothing to read is known as of the one statement that found it.
    private var isOfOneMoment: Bool { count == 0 || reading?.certainty == .oneMoment }
}
