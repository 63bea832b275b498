import Glibc

/// Why an engine cannot be made.
public enum ProbeEngineError: Error, Equatable, Sendable, CustomStringConvertible {
    /// A call to the system failed, with `errno`.
    case system(_ call: String, _ errno: Int32)
    /// A library refused what it was asked for.
    case library(_ name: String, _ reason: String)
    /// The trusted certificates cannot be read.
    case trustStore(path: String, errno: Int32)

    /// In a sentence without a full stop.
    public var description: String {
        switch self {
        case .system(let call, let code): "\(call): \(String(cString: strerror(code)))"
        case .library(let name, let reason): "\(name): \(reason)"
        case .trustStore(let path, let code):
            "\(path): \(String(cString: strerror(code))); expected the trusted certificates, in PEM form"
        }
    }
}
