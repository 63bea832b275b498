import Foundation
import Glibc

/// Certificates of a CA made for this run, by the real `openssl`.
struct Certificates: Sendable {
    let directory: String

    static let shared = Result { try Certificates() }

    var caFile: String { directory + "/ca.pem" }

    private static var place: String {
        FileManager.default.temporaryDirectory.path + "/availd-probing-\(getpid())"
    }

    private init() throws {
        directory = Self.place
        atexit { try? FileManager.default.removeItem(atPath: Certificates.place) }
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        let section =
            "[ca]\ndefault_ca=d\n[d]\ndatabase=index.txt\nnew_certs_dir=.\nserial=serial\npolicy=p\ndefault_md=sha256\n"
        try write("ca.cnf", section + "[p]\ncommonName=supplied\n")
        try write("index.txt", "")
        try write("localhost.ext", "subjectAltName=DNS:localhost,IP:127.0.0.1\n")
        try write("other.ext", "subjectAltName=DNS:other.example\n")
        let key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
        try openssl(
            ["req", "-x509"] + key + ["-keyout", "ca.key", "-out", "ca.pem", "-days", "30", "-subj", "/CN=test"])
        try openssl(["req"] + key + ["-keyout", "server.key", "-out", "server.csr", "-subj", "/CN=localhost"])
        try openssl(
            ["req", "-x509", "-key", "server.key", "-out", "self.pem", "-days", "30", "-subj", "/CN=localhost"])
        let day = 86_400.0
        try issue("good", "localhost.ext", from: -day, to: 20.5 * day)
        try issue("other", "other.ext", from: -day, to: 20 * day)
        try issue("expired", "localhost.ext", from: -90 * day, to: -3.5 * day)
        try issue("future", "localhost.ext", from: 5.5 * day, to: 90 * day)
    }

    private func write(_ name: String, _ text: String) throws {
        try text.write(toFile: directory + "/" + name, atomically: true, encoding: .utf8)
    }

    private func issue(_ name: String, _ extensions: String, from: Double, to: Double) throws {
        let format = DateFormatter()
        format.dateFormat = "yyyyMMddHHmmss'Z'"
        format.timeZone = TimeZone(identifier: "UTC")
        format.locale = Locale(identifier: "en_US_POSIX")
        try openssl([
            "ca", "-batch", "-config", "ca.cnf", "-in", "server.csr", "-cert", "ca.pem", "-keyfile", "ca.key",
            "-startdate", format.string(from: Date(timeIntervalSinceNow: from)),
            "-enddate", format.string(from: Date(timeIntervalSinceNow: to)),
            "-out", name + ".pem", "-notext", "-extfile", extensions, "-create_serial",
        ])
        // A subject may be issued once in a database.
        try write("index.txt", "")
    }

    func openssl(_ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
        process.currentDirectoryURL = URL(fileURLWithPath: directory)
        process.arguments = arguments
        let errors = Pipe()
        process.standardOutput = FileHandle.nullDevice
        process.standardError = errors
        try process.run()
        let text = try errors.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw TestFailure("openssl \(arguments): " + String(decoding: text, as: UTF8.self))
        }
    }
}

/// A real `openssl s_server` on loopback, which answers every GET with a page.
final class TLSServer {
    let port: Int
    private let process = Process()

    /// Shows the certificate called `certificate` of ``Certificates``.
    init(_ certificate: String) throws {
        let certificates = try Certificates.shared.get()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
        process.currentDirectoryURL = URL(fileURLWithPath: certificates.directory)
        process.arguments = [
            "s_server", "-accept", "127.0.0.1:0", "-cert", certificate + ".pem", "-key", "server.key", "-www",
        ]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        try process.run()
        var text = ""
        var found: Int?
        while found == nil {
            let data = output.fileHandleForReading.availableData
            guard !data.isEmpty else { throw TestFailure("s_server said only: \(text)") }
            text += String(decoding: data, as: UTF8.self)
            if let line = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
                .first(where: { $0.hasPrefix("ACCEPT ") })
            {
                found = line.split(separator: ":").last.flatMap { Int($0) }
            }
        }
        port = found ?? 0
    }

    deinit {
        // Not SIGTERM: it may be blocked in a child of a thread of Dispatch.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }
}
