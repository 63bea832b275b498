import Foundation
import Ledger
import LedgerSupport
import SLA

/// Another process for the ledger's tests: `LedgerChild WORK DIRECTORY [COUNT]`.
///
/// A line goes to standard output for each thing done, once it is done; an error goes there too, as
/// `error: …`, with exit status 1.
@main
enum LedgerChild {
    static func main() {
        let arguments = CommandLine.arguments
        do {
            try work(arguments[1], directory: arguments[2], count: arguments.count > 3 ? Int(arguments[3]) ?? 0 : 0)
        } catch {
            say("error: \(error)")
            exit(1)
        }
    }

    static func work(_ name: String, directory: String, count: Int) throws {
        switch name {
        case "commit": try commit(directory, count)
        case "record": try record(directory, count)
        case "hold":
            let ledger = try Ledger(directory: directory, access: .daemon)
            say("held")
            _ = readLine()
            try ledger.close()
        case "read-as-nobody":
            // Some other user than root, and no group of root's: 65534 is nobody on every Linux.
            guard setgroups(0, nil) == 0, setgid(65534) == 0, setuid(65534) == 0 else {
                say("error: cannot become nobody")
                exit(1)
            }
            say("\(try Ledger(directory: directory, access: .reader).sampleCount())")
        case "read-as-nobody-meanwhile":
            guard setgroups(0, nil) == 0, setgid(65534) == 0, setuid(65534) == 0 else { exit(1) }
            try Ledger(directory: directory, access: .reader).read { snapshot in
                say("\(try snapshot.sampleCount())")
                _ = readLine()
            }
        default:
            say("error: no such work: \(name)")
            exit(1)
        }
    }

    /// Commits pairs of samples, one to each of two checks, until `count` are done; after each, its number.
    static func commit(_ directory: String, _ count: Int) throws {
        let ledger = try Ledger(directory: directory, access: .daemon)
        let start = try ledger.sampleCount() / 2
        for number in start..<start + Int64(count) {
            let observations = ["a", "b"].map { service in
                Observation(
                    check: CheckID(service: service, check: "default"),
                    sample: Sample(at: Instant(milliseconds: number), state: .down), cause: .text("cause \(number)"))
            }
            try ledger.commit(Batch(observations: observations))
            say("\(number)")
        }
        try ledger.close()
    }

    /// Records `count` exclusions and revokes each.
    static func record(_ directory: String, _ count: Int) throws {
        let now = Instant(milliseconds: 1)
        for number in 0..<count {
            // Opened anew each time, as the command line does.
            let ledger = try Ledger(directory: directory, access: .recorder)
            guard let interval = Interval(Instant(milliseconds: 0), now) else { return }
            try ledger.record(
                Exclusion(
                    id: "E\(number)", category: .forceMajeure, scope: [.all], interval: interval, evidence: "flood",
                    recordedAt: now, recordedBy: "op"))
            try ledger.revoke(id: "E\(number)", at: now, by: "op", reason: "none")
            try ledger.close()
            say("\(number)")
        }
    }

    static func say(_ line: String) {
        FileHandle.standardOutput.write(Data((line + "\n").utf8))
    }
}
