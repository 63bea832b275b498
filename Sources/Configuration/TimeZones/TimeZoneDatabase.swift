import Foundation
import SLA

/// The operating system's time zones (tzdata), as TZif files below one directory.
///
/// Foundation has zones too, but takes them from the ICU that is built into the Swift runtime: they would be as
/// old as the toolchain, while a law that changes a zone reaches `/usr/share/zoneinfo` with the next upgrade.
public struct TimeZoneDatabase: Sendable {
    /// The directory that holds the zones.
    public let directory: String

    /// A TZif file is a few kilobytes; anything larger is none.
    private static let maximumBytes = 1 << 20

    /// Why there is no zone of a name.
    public enum Failure: Error, Sendable {
        /// The database does not hold it.
        case unknown
        /// Its file is damaged, in this way.
        case damaged(String)
    }

    /// The database in `directory`; without one, in `$TZDIR` of `environment`, or in `/usr/share/zoneinfo`.
    public init(directory: String? = nil, environment: [String: String] = [:]) {
        self.directory = directory ?? environment["TZDIR"].flatMap { $0.isEmpty ? nil : $0 } ?? "/usr/share/zoneinfo"
    }

    /// The zone called `name`, as `Asia/Ho_Chi_Minh`, with its changes up to the year 2200.
    public func rules(named name: String) throws(Failure) -> TimeZoneRules {
        guard Self.isName(name) else { throw .unknown }
        let bytes: [UInt8]
        do {
            bytes = try TextFile.bytes(directory + "/" + name)
        } catch {
            throw .unknown
        }
        guard bytes.starts(with: "TZif".utf8) else { throw .unknown }
        guard bytes.count <= Self.maximumBytes, let file = TZifFile(bytes) else {
            throw .damaged("its file is not TZif as RFC 9636 has it")
        }
        guard let rules = file.rules(name: name) else {
            throw .damaged("its rule for the future is not one of POSIX: \(file.footer)")
        }
        return rules
    }

    /// The names that the directory holds, sorted; for a message that suggests one.
    public func names() -> [String] {
        let paths = (try? FileManager.default.subpathsOfDirectory(atPath: directory)) ?? []
        return paths.filter { Self.isName($0) && $0.first?.isUppercase == true }.sorted()
    }

    /// Whether `name` is a zone's name and stays below the directory. `right/` is left out, as its seconds are not
    /// those of the epoch, and so is `posix/`, which repeats the rest.
    static func isName(_ name: String) -> Bool {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        guard name.utf8.count <= 100, parts.count <= 4, !["right", "posix"].contains(parts[0]) else { return false }
        return parts.allSatisfy { part in
            !part.isEmpty && !part.hasPrefix(".")
                && part.utf8.allSatisfy { PlainName.isLetterOrDigit($0) || "+-._".utf8.contains($0) }
        }
    }
}
