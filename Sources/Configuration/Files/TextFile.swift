import Glibc
import Intake
import SLA

/// Reads a file that a person or a program wrote for us, and trusts nothing about it.
enum TextFile {
    /// The most that is read, in bytes.
    static let maximumBytes = 64 << 20

    /// Why a file was not read.
    enum Failure: Error {
        /// It is not there, or may not be read; with the reason, as the system says it.
        case unreadable(String)
        /// It is there, and cannot be what was meant; with the reason.
        case unsuitable(String)
        /// It is a secret, and others than its owner and its group can read or write it; with its mode.
        case exposed(mode: mode_t)

        /// The reason.
        var reason: String {
            switch self {
            case .unreadable(let reason), .unsuitable(let reason): reason
            case .exposed(let mode):
                "others can read or write it (mode 0\(String(mode & 0o777, radix: 8))), expected mode 0600 or 0640"
            }
        }
    }

    /// The bytes of the regular file at `path`, which nobody else can read where it `isPrivate`; it does not wait,
    /// whatever stands there.
    static func bytes(_ path: String, isPrivate: Bool = false) throws(Failure) -> [UInt8] {
        // Not waiting matters for a FIFO, which would otherwise hang until someone writes to it.
        let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unreadable(systemError()) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .unreadable(systemError()) }
        switch status.st_mode & S_IFMT {
        case S_IFREG: break
        case S_IFDIR: throw .unsuitable("a directory, expected a file")
        default: throw .unsuitable("not a regular file, expected one")
        }
        if isPrivate, status.st_mode & (S_IROTH | S_IWOTH) != 0, isReached(path) {
            throw .exposed(mode: status.st_mode)
        }
        guard status.st_size <= maximumBytes else {
            throw .unsuitable("\(status.st_size) bytes long, expected at most \(maximumBytes >> 20) MiB")
        }
        return try contents(descriptor, expecting: Int(status.st_size))
    }

    /// Whether everybody may go through all the directories that lead to `path`.
    private static func isReached(_ path: String) -> Bool {
        // realpath(3) allocates the name, which is copied and given back.
        guard let resolved = realpath(path, nil) else { return true }
        defer { free(resolved) }
        var directory = String(cString: resolved)
        while let slash = directory.lastIndex(of: "/"), directory.utf8.count > 1 {
            directory = slash == directory.startIndex ? "/" : String(directory[..<slash])
            var status = stat()
            if stat(directory, &status) == 0, status.st_mode & S_IXOTH == 0 { return false }
        }
        return true
    }

    /// The text of the file at `path`, which must be UTF-8; a byte order mark is passed over.
    static func text(_ path: String) throws(Failure) -> Result<String, Diagnostic> {
        let bytes = try bytes(path)
        if let diagnostic = misplacedByte(in: bytes, file: path) { return .failure(diagnostic) }
        let hasMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
        return .success(String(decoding: bytes.dropFirst(hasMark ? 3 : 0), as: UTF8.self))
    }

    /// The first byte of `bytes` that is not UTF-8, or is a control character other than a tab and a line end.
    static func misplacedByte(in bytes: [UInt8], file: String) -> Diagnostic? {
        let isText = String(validating: bytes, as: UTF8.self) != nil
        var parser = Unicode.UTF8.ForwardParser()
        var iterator = bytes.makeIterator()
        var line = 1
        var column = 1
        func found(_ byte: UInt8, expected: String) -> Diagnostic {
            Diagnostic(
                file: file, line: line,
                message: "found \(name(of: byte)) at byte \(column) of the line, expected \(expected)")
        }
        if isText {
            // The usual case, a byte at a time: no part of a longer sequence is a control character.
            for byte in bytes {
                if byte < 0x20 && ![0x09, 0x0A, 0x0D].contains(byte) || byte == 0x7F {
                    return found(byte, expected: "text without control characters")
                }
                (line, column) = byte == 0x0A ? (line + 1, 1) : (line, column + 1)
            }
            return nil
        }
        var offset = 0
        while true {
            switch parser.parseScalar(from: &iterator) {
            case .valid(let encoded):
                offset += encoded.count
                (line, column) = encoded.first == 0x0A ? (line + 1, 1) : (line, column + encoded.count)
            case .error: return found(bytes[offset], expected: "UTF-8 text")
            case .emptyInput: return nil
            }
        }
    }

    private static func name(of byte: UInt8) -> String {
        "byte 0x" + Digits.hexadecimal([byte])
    }

    private static func contents(_ descriptor: Int32, expecting size: Int) throws(Failure) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(size + 1)
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = chunk.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
            if count == 0 { return result }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .unreadable(systemError()) }
            result += chunk[..<count]
            guard result.count <= maximumBytes else {
                throw .unsuitable("growing past \(maximumBytes >> 20) MiB, expected at most that")
            }
        }
    }

    /// The reason of the last failed call. It is asked for at once, before another call may change it.
    private static func systemError() -> String {
        String(cString: strerror(errno))
    }
}
