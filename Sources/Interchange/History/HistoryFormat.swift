import Intake

/// The formats in which samples of the past are read.
public enum HistoryFormat: String, CaseIterable, Hashable, Sendable {
    /// `samples.csv`: at, service, state.
    case availd
    /// The JSON of Prometheus' HTTP API about `probe_success`.
    case prometheus
    /// Heartbeats of Uptime Kuma, as JSON or as the rows of its table `heartbeat`.
    case uptimeKuma = "uptime-kuma"
    /// The log of Nagios, or an archive of it.
    case nagios

    /// The format that the beginning of a file shows; nil where nothing does.
    init?(detecting bytes: UnsafeRawBufferPointer) {
        let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        let rest = bytes[start...].drop { $0 == 0x20 || (0x09...0x0D).contains($0) }
        switch rest.first {
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            if NagiosLine.isOne(UnsafeRawBufferPointer(rebasing: rest)) {
                self = .nagios
            } else {
                self.init(firstName: Self.firstName(bytes))
            }
        default:
            // A file without anything is one of ours without a header, and says so.
            let header = String(decoding: rest.prefix { $0 != UInt8(ascii: "\n") }.prefix(4096), as: UTF8.self)
            let columns = header.split(whereSeparator: { ",\"\r".contains($0) })
            self = columns.contains("monitor_id") ? .uptimeKuma : .availd
        }
    }

    /// The format whose JSON begins with a member of this name.
    private init?(firstName: String?) {
        switch firstName {
        case "status", "data", "errorType", "error", "warnings", "infos", "metric", "values": self = .prometheus
        case nil: return nil
        // The names of Kuma's documents have no fixed order, and no other format has these.
        default: self = .uptimeKuma
        }
    }

    /// The name of the first member of the document, or of its first element.
    private static func firstName(_ bytes: UnsafeRawBufferPointer) -> String? {
        var scanner = JSONScanner(bytes)
        do {
            if try scanner.kind() == .array, try !scanner.enterArray() { return nil }
            return try scanner.firstName()
        } catch {
            return nil
        }
    }
}
