/// The five-character code that says what kind of error a server reported.
///
/// The codes are those of PostgreSQL's manual, appendix A.
public struct SQLState: Hashable, Sendable, CustomStringConvertible {
    private let packed: UInt64

    /// Takes exactly five bytes of `0`-`9` and `A`-`Z`; anything else gives nil.
    public init?(_ code: some Sequence<UInt8>) {
        var packed: UInt64 = 0
        var count = 0
        for byte in code {
            guard Self.isAllowed(byte), count < 5 else { return nil }
            packed = packed << 8 | UInt64(byte)
            count += 1
        }
        guard count == 5 else { return nil }
        self.packed = packed
    }

    private init(known: StaticString) {
        var packed: UInt64 = 0
        for byte in known.description.utf8 { packed = packed << 8 | UInt64(byte) }
        self.packed = packed
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
    }

    /// The five characters, for example `57014`.
    public var description: String { Self.text(packed, bytes: 5) }

    /// The first two characters, for example `57` for operator intervention.
    public var sqlClass: String { Self.text(packed >> 24, bytes: 2) }

    private static func text(_ value: UInt64, bytes count: Int) -> String {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * UInt64(count - 1 - $0))) }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension SQLState {
    /// A parameter of a function has a value that it does not take.
    public static let invalidParameterValue = SQLState(known: "22023")
    /// The client broke a rule; poolers that give each statement to another session answer so to BEGIN.
    public static let protocolViolation = SQLState(known: "08P01")
    /// A number is divided by zero.
    public static let divisionByZero = SQLState(known: "22012")
    /// A text is not valid in the encoding of the database or the client.
    public static let characterNotInRepertoire = SQLState(known: "22021")
    /// A character has no equivalent in the client's encoding.
    public static let untranslatableCharacter = SQLState(known: "22P05")
    /// A text cannot be read as a value of the type asked for.
    public static let invalidTextRepresentation = SQLState(known: "22P02")
    /// The transaction is read only.
    public static let readOnlyTransaction = SQLState(known: "25006")
    /// The transaction has failed and must be rolled back.
    public static let inFailedTransaction = SQLState(known: "25P02")
    /// The session was idle in a transaction for longer than the server allows; the connection is closed.
    public static let idleInTransactionTimeout = SQLState(known: "25P03")
    /// The server refuses this user, host and database, usually by pg_hba.conf.
    public static let invalidAuthorization = SQLState(known: "28000")
    /// The password is wrong.
    public static let invalidPassword = SQLState(known: "28P01")
    /// The database does not exist.
    public static let undefinedDatabase = SQLState(known: "3D000")
    /// The schema does not exist.
    public static let undefinedSchema = SQLState(known: "3F000")
    /// The transaction collided with another, or with recovery on a replica.
    public static let serializationFailure = SQLState(known: "40001")
    /// Two transactions wait for each other.
    public static let deadlockDetected = SQLState(known: "40P01")
    /// The user may not do this.
    public static let insufficientPrivilege = SQLState(known: "42501")
    /// The statement is not SQL.
    public static let syntaxError = SQLState(known: "42601")
    /// The column does not exist.
    public static let undefinedColumn = SQLState(known: "42703")
    /// A schema does not exist.
    public static let invalidSchemaName = SQLState(known: "3F000")
    /// The object or setting does not exist.
    public static let undefinedObject = SQLState(known: "42704")
    /// The function or operator does not exist.
    public static let undefinedFunction = SQLState(known: "42883")
    /// The table does not exist.
    public static let undefinedTable = SQLState(known: "42P01")
    /// No connection slot is free.
    public static let tooManyConnections = SQLState(known: "53300")
    /// The disk is full.
    public static let diskFull = SQLState(known: "53100")
    /// The server has no memory left.
    public static let outOfMemory = SQLState(known: "53200")
    /// A value or statement is larger than the server can handle.
    public static let programLimitExceeded = SQLState(known: "54000")
    /// The object is not in the state that the statement needs.
    public static let objectNotInPrerequisiteState = SQLState(known: "55000")
    /// A lock was not granted in time.
    public static let lockNotAvailable = SQLState(known: "55P03")
    /// The statement was cancelled, by request or by statement_timeout.
    public static let queryCanceled = SQLState(known: "57014")
    /// An administrator ended the connection.
    public static let adminShutdown = SQLState(known: "57P01")
    /// The server ended all connections because one of its processes crashed.
    public static let crashShutdown = SQLState(known: "57P02")
    /// The server is starting, recovering or shutting down.
    public static let cannotConnectNow = SQLState(known: "57P03")
    /// The database was dropped.
    public static let databaseDropped = SQLState(known: "57P04")
    /// The session was idle for longer than the server allows.
    public static let idleSessionTimeout = SQLState(known: "57P05")
    /// The system call of the server failed.
    public static let inputOutputError = SQLState(known: "58030")
    /// The server found an internal error.
    public static let internalError = SQLState(known: "XX000")
    /// A table holds damaged data.
    public static let dataCorrupted = SQLState(known: "XX001")
    /// An index holds damaged data.
    public static let indexCorrupted = SQLState(known: "XX002")
}
