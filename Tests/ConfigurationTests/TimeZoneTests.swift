import Foundation
import SLA
import Testing

@testable import Configuration

/// Runs a program to its end, and gives what it printed.
private func output(of program: String, _ arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
}

/// A moment and an offset, as zdump prints them:
/// `Europe/Berlin  Sun Mar 29 01:00:00 2026 UT = Sun Mar 29 03:00:00 2026 CEST isdst=1 gmtoff=7200`.
private func moment(_ line: Substring) -> (at: Instant, offset: Milliseconds)? {
    let words = line.split(separator: " ")
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    guard words.count == 16, words[6] == "UT", let month = months.firstIndex(of: String(words[2])),
        let day = Int(words[3]), let year = Int(words[5]),
        let date = CivilDate(year: year, month: month + 1, day: day),
        let offset = words[15].split(separator: "=").last.flatMap({ Int64($0) })
    else { return nil }
    let clock = words[4].split(separator: ":").compactMap { Int64($0) }
    let seconds = Int64(date.daysSinceEpoch) * 86_400 + clock[0] * 3600 + clock[1] * 60 + clock[2]
    return (Instant(milliseconds: seconds * 1000), offset * 1000)
}

@Test(arguments: [
    "Asia/Ho_Chi_Minh", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo",
    "Africa/Casablanca", "Asia/Kathmandu", "UTC", "Europe/Dublin", "America/Nuuk", "Antarctica/Troll",
])
func aZoneIsAsTheSystemHasIt(_ name: String) throws {
    let rules = try TimeZoneDatabase().rules(named: name)
    let dump = try output(of: "/usr/bin/zdump", ["-v", "-c", "1970,2100", name])
    let moments = dump.split(separator: "\n").compactMap(moment)
    #expect(name == "UTC" || !moments.isEmpty)
    for (at, offset) in moments { #expect(rules.offset(at: at) == offset, "\(name) at \(at.milliseconds)") }
    // As many changes as zdump knows: it prints the last second before each, and the first after it.
    let changes = stride(from: 0, to: moments.count - 1, by: 1).count { index in
        moments[index + 1].at - moments[index].at == 1000 && moments[index].offset != moments[index + 1].offset
    }
    let range = Interval(Instant(milliseconds: 0), Instant(milliseconds: 4_102_444_800_000))
    #expect(rules.transitions.count { range?.contains($0.at) == true } == changes)
}

@Test func slimAndFatFilesSayTheSame() throws {
    let directory = try TemporaryDirectory()
    let source = try directory.write(
        """
        Rule T 1980 max - Mar lastSun 1:00u 1:00 S
        Rule T 1980 max - Oct lastSun 1:00u 0 -
        Zone Test/Zone 0:53:28 - LMT 1893 Apr
        \t\t\t1:00 T CE%sT

        """, to: "source")
    for form in ["slim", "fat"] {
        _ = try output(of: "/usr/sbin/zic", ["-b", form, "-d", directory.path + "/" + form, source])
    }
    let slim = try TimeZoneDatabase(directory: directory.path + "/slim").rules(named: "Test/Zone")
    let fat = try TimeZoneDatabase(directory: directory.path + "/fat").rules(named: "Test/Zone")
    #expect(slim == fat)
    #expect(slim.transitions.count > 400)
}

/// A rule, a moment, and the offset that holds then, in s.
private struct PosixCase: Sendable {
    let rule: String
    let at: String
    let seconds: Int64

    init(_ rule: String, _ at: String, _ seconds: Int64) { (self.rule, self.at, self.seconds) = (rule, at, seconds) }
}

private let posixCases: [PosixCase] = [
    PosixCase("<+07>-7", "2026-07-01T00:00:00Z", 7 * 3600),
    PosixCase("CET-1CEST,M3.5.0,M10.5.0/3", "2199-07-01T00:00:00Z", 7200),
    // Ireland's standard time is its summer's.
    PosixCase("IST-1GMT0,M10.5.0,M3.5.0/1", "2026-01-01T00:00:00Z", 0),
    // Daylight time all year: each summer begins as the last one ends.
    PosixCase("XXX3EDT4,0/0,J365/23", "2026-01-01T03:00:00Z", -4 * 3600),
    PosixCase("XXX3EDT4,0/0,J365/23", "2026-12-31T23:59:59Z", -4 * 3600),
    // The Saturday before the last Sunday of March, as Nuuk has it.
    PosixCase("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2026-03-29T01:00:00Z", -3600),
    PosixCase("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2026-03-29T00:59:59Z", -7200),
    // J60 is March 1 of any year, 59 is February 29 of a leap year.
    PosixCase("AAA0BBB,J60/0,J300/0", "2028-02-29T23:59:59Z", 0),
    PosixCase("AAA0BBB,J60/0,J300/0", "2028-03-01T00:00:00Z", 3600),
    PosixCase("AAA0BBB,59/0,300/0", "2028-02-29T00:00:00Z", 3600),
    PosixCase("AAA0BBB,M5.1.1/167:30,M9.1.1", "2026-05-10T23:29:59Z", 0),
    PosixCase("AAA0BBB,M5.1.1/167:30,M9.1.1", "2026-05-10T23:30:00Z", 3600),
]

@Test(arguments: posixCases)
private func aPosixRuleIsCarriedOn(_ posix: PosixCase) throws {
    let rule = try #require(PosixTimeZone(posix.rule))
    let instant = try #require(RFC3339.instant(posix.at))
    let initial: Milliseconds = posix.rule.hasPrefix("<+07>") ? 7 * 3_600_000 : 0
    let rules = TimeZoneRules(name: "test", initialOffset: initial, transitions: rule.transitions(years: 2000...2200))
    #expect(rules.offset(at: instant) == posix.seconds * 1000)
}

@Test(arguments: [
    "", "CE-1", "CET", "CET-1CEST", "CET-1CEST,M3.5.0", "CET-1CEST,M13.1.0,M10.5.0", "CET-1CEST,M3.6.0,M10.5.0",
    "CET-1CEST,M3.5.0/168,M10.5.0", "CET-1CEST,J0,J365", "CET-25", "<+07-7", "CET-1CEST,M3.5.0,M10.5.0x",
])
func whatIsNoPosixRuleIsRefused(_ text: String) {
    #expect(PosixTimeZone(text) == nil)
}

@Test(arguments: ["../etc/passwd", "/etc/passwd", "Asia/../UTC", "", "Asia", "right/UTC", "tzdata.zi", "Mars/Base"])
func whatIsNoZoneIsUnknown(_ name: String) {
    #expect(throws: TimeZoneDatabase.Failure.self) { try TimeZoneDatabase().rules(named: name) }
}

@Test func aDamagedFileIsRefusedWhereverItIsCut() throws {
    let whole = try TextFile.bytes("/usr/share/zoneinfo/Europe/Berlin")
    #expect(TZifFile(whole) != nil)
    for length in 0..<whole.count { #expect(TZifFile(Array(whole[..<length])) == nil, "cut at \(length)") }
}
