import Intake
import SLA

/// What the readers of JSON share: a document, the places in it, and the mistakes found so far.
struct ForeignDocument {
    let file: String
    var mistakes = DiagnosticList()

    /// Reads all of `bytes` with `body`. Text that is no JSON ends the reading where it stands.
    mutating func read(
        _ bytes: UnsafeRawBufferPointer, _ body: (inout JSONScanner, inout ForeignDocument) throws -> Void
    ) {
        var scanner = JSONScanner(bytes)
        do {
            try body(&scanner, &self)
            try scanner.end()
        } catch let error as JSONScanner.Malformed {
            mistakes.add(Diagnostic(file: file, line: error.line, message: error.message))
        } catch {
            preconditionFailure("a scanner throws nothing else")
        }
    }

    /// Reports a mistake at `path`, a place as `data.result[3].values[17]`.
    mutating func report(
        _ scanner: JSONScanner, _ path: @autoclosure () -> String, _ message: @autoclosure () -> String
    ) {
        mistakes.add(Diagnostic(file: file, line: scanner.line, field: path(), message: message()))
    }

    /// What a message says was found: the value before which `scanner` stands.
    static func found(_ scanner: JSONScanner) -> String {
        var scanner = scanner
        switch try? scanner.kind() {
        case .object: return "an object"
        case .array: return "a list"
        case .null: return "null"
        case .flag: return "true or false"
        case .string, .number, nil:
            return (try? scanner.scalar()).flatMap { $0 }.map { Diagnostic.quoted($0) } ?? "text"
        }
    }
}
