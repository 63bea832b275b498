import Digests
import Foundation
import Intake
import SLA
import Testing
import Wording

@testable import Interchange

/// The samples of other monitors: real shapes of their exports, in `Fixtures`.
enum Foreign {
    static let catalog: Catalog = {
        func check(_ id: String, _ url: String) -> Check {
            Check(id: id, probe: ProbeSpecification(url: url, scheme: .https, host: "h", port: 443))
        }
        return Catalog(
            agreement: Agreement(calendar: CivilCalendar(zone: .utc)), customers: [Customer(id: "acme")],
            services: [
                Service(
                    id: "acme-web", customer: "acme", paid: .empty,
                    checks: [check(Check.defaultID, "https://acme.example/")]),
                Service(
                    id: "acme-mail", customer: "acme", paid: .empty,
                    checks: [check("smtp", "smtp://mx.acme.example"), check("imap", "imaps://mx.acme.example")]),
            ])
    }()

    static let web = CheckID(service: "acme-web", check: "default")
    static let smtp = CheckID(service: "acme-mail", check: "smtp")

    static func fixture(_ name: String) throws -> String {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")
        return try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    }

    static func map(_ text: String) throws -> SeriesMap {
        try Array(text.utf8).withUnsafeBytes { try SeriesMap($0, file: "map.csv", catalog: catalog) }
    }

    static func read(_ text: String, as format: HistoryFormat? = nil, map: String? = nil) throws -> History {
        let map = try map.map { try Self.map($0) }
        return try Array(text.utf8).withUnsafeBytes {
            try HistoryFile.history($0, file: "f", as: format, map: map, catalog: catalog)
        }
    }

    static func mistakes(_ text: String, as format: HistoryFormat? = nil, map: String? = nil) -> [String] {
        do {
            _ = try read(text, as: format, map: map)
            return []
        } catch {
            return "\(error)".split(separator: "\n").map(String.init)
        }
    }

    /// The samples of a check, each as `seconds behind 1790787600:state`.
    static func samples(_ history: History, _ check: CheckID = web) -> [String] {
        (history.series[check] ?? []).map { entry in
            let ms = entry.sample.at.milliseconds - 1_790_787_600_000
            return "\(ms % 1000 == 0 ? "\(ms / 1000)" : "\(ms)ms"):\(entry.sample.state.name)"
        }
    }

    static func causes(_ history: History, _ check: CheckID = web) -> [String?] {
        (history.series[check] ?? []).map { history.observation($0, of: check).cause?.english }
    }
}

@Suite struct FormatDetectionTests {
    @Test(arguments: [
        ("prometheus-raw.json", HistoryFormat.prometheus), ("prometheus-range.json", .prometheus),
        ("kuma-heartbeats.json", .uptimeKuma), ("kuma-heartbeat.csv", .uptimeKuma), ("nagios.log", .nagios),
    ])
    func theContentTells(_ name: String, _ format: HistoryFormat) throws {
        let text = try Foreign.fixture(name)
        Array(text.utf8).withUnsafeBytes { #expect(HistoryFormat(detecting: $0) == format) }
    }

    @Test(arguments: ["at,service,state\n", "", "garbage\n"])
    func whatIsNothingElseIsOurs(_ text: String) {
        Array(text.utf8).withUnsafeBytes { #expect(HistoryFormat(detecting: $0) == .availd) }
    }

    @Test func jsonThatIsNothingIsAskedAbout() {
        #expect(Foreign.mistakes("[1, 2]").first?.contains("cannot tell what it is") == true)
    }

    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ])
    func theDigestIsThatOfTheStandard(_ text: String, _ digest: String) {
        Array(text.utf8).withUnsafeBytes { #expect(Digest.text(of: $0) == digest) }
    }
}

@Suite struct PrometheusTests {
    @Test func aRawRangeVectorIsExact() throws {
        let history = try Foreign.read(try Foreign.fixture("prometheus-raw.json"))
        #expect(
            Foreign.samples(history) == [
                "12345ms:up", "72347ms:up", "132345ms:down", "192345ms:down", "252345ms:unknown", "312345ms:up",
            ])
        #expect(history.remarks.isEmpty)
        #expect(history.tally.records == 9)
        #expect(history.tally.taken == 6)
        #expect(
            history.tally.dropped == [
                "of a series that is no check": 2, "of another metric than probe_success": 1,
            ])
        #expect(Foreign.causes(history)[2] == "Prometheus: probe_success is 0")
        #expect(Foreign.causes(history)[4] == "Prometheus: probe_success is NaN")
        #expect(Foreign.causes(history)[0] == nil)
    }

    @Test func aRangeQueryIsWarnedAbout() throws {
        let history = try Foreign.read(try Foreign.fixture("prometheus-range.json"))
        #expect(Foreign.samples(history) == ["0:up", "60:up", "120:up"])
        #expect(history.remarks.count == 1)
        #expect(history.remarks.first?.contains("grid of 1 min") == true)
    }

    @Test func theOrderOfMembersIsFree() throws {
        let text = """
            {"data": {"result": [{"values": [[1790787600.5, "1"]], "metric": {"instance": "acme-web"}}],
              "resultType": "matrix"}, "status": "success"}
            """
        #expect(Foreign.samples(try Foreign.read(text)) == ["500ms:up"])
    }

    @Test func labelsSayWhichCheckItIs() throws {
        let map =
            "from,service,check\n\"{job=\"\"blackbox-smtp\"\"}\",acme-mail,smtp\nhttps://acme.example/,acme-web,\n"
        let history = try Foreign.read(try Foreign.fixture("prometheus-raw.json"), map: map)
        #expect(Foreign.samples(history, Foreign.smtp) == ["912ms:up", "60912ms:up"])
        #expect(history.series[Foreign.web]?.count == 6)
        #expect(history.sources.allSatisfy { $0.check != nil })
    }

    @Test func whatTheMapDoesNotNameIsListed() throws {
        let map = "from,service,check\nhttps://acme.exmple/,acme-web,\nmx.acme.example:25,acme-mail,smtp\n"
        let history = try Foreign.read(try Foreign.fixture("prometheus-raw.json"), map: map)
        let untaken = history.sources.filter { $0.check == nil }
        #expect(untaken.map(\.nearest) == ["https://acme.exmple/"])
        #expect(untaken.map(\.samples) == [7])
        #expect(history.remarks.contains { $0.contains("line 2") })
    }

    @Test func everyBadValueIsNamedWithItsPlace() {
        let text = """
            {"status":"success","data":{"resultType":"matrix","result":[
            {"metric":{"instance":"acme-web"},"values":[[1,"2"],["x","1"],[1.0005,"1"],[3],7,[4,"1"]]},{"values":[]}]}}
            """
        #expect(
            Foreign.mistakes(text) == [
                "f:2: data.result[0].values[0]: found \"2\", expected 0, 1 or NaN",
                "f:2: data.result[0].values[1]: found a list, expected [seconds since the epoch, \"value\"]",
                "f:2: data.result[0].values[2]: found a list, expected [seconds since the epoch, \"value\"]",
                "f:2: data.result[0].values[3]: found a list, expected [seconds since the epoch, \"value\"]",
                "f:2: data.result[0].values[4]: found \"7\", expected [seconds since the epoch, \"value\"]",
                "f:2: data.result[1].metric: expected the labels of the series",
            ])
    }

    @Test(arguments: [
        (
            #"{"status":"error","errorType":"bad_data","error":"parse error"}"#,
            "Prometheus refused the query: parse error"
        ),
        (#"{"status":"success","data":{"resultType":"vector","result":[]}}"#, "expected matrix"),
        (#"{"status":"success"}"#, "data: the member is missing"),
        (#"{"status":"success","data":{"resultType":"matrix"}}"#, "data.result: the member is missing"),
    ])
    func anAnswerWithoutSamplesSaysWhy(_ text: String, _ expected: String) {
        #expect(Foreign.mistakes(text).first?.contains(expected) == true)
    }

    @Test func twoStatesAtOneInstantAreAMistake() {
        let text = #"[{"metric":{"instance":"acme-web"},"values":[[1,"1"],[1,"0"],[1,"1"]]}]"#
        #expect(
            Foreign.mistakes(text, as: .prometheus) == [
                "f: down for acme-web/default at 1000, but another record says up"
            ])
    }

    @Test(arguments: [
        ("1790787600", 1_790_787_600_000), ("1790787600.1", 1_790_787_600_100), ("0.001", 1), ("1.5000", 1500),
    ])
    func secondsAreExact(_ text: String, _ milliseconds: Int64) {
        Array(text.utf8).withUnsafeBytes {
            #expect(SecondsText.instant($0) == Instant(milliseconds: milliseconds))
        }
    }

    @Test(arguments: ["", ".", "1e9", "-1", "1.0001", "99999999999999999999", "NaN"])
    func whatIsNoInstantIsNone(_ text: String) {
        Array(text.utf8).withUnsafeBytes { #expect(SecondsText.instant($0) == nil) }
    }
}

@Suite struct KumaTests {
    @Test func aBeatIsAProbe() throws {
        let history = try Foreign.read(try Foreign.fixture("kuma-heartbeats.json"))
        let start: Int64 = 1_790_812_800_000
        let samples = (history.series[Foreign.web] ?? []).map(\.sample)
        #expect(samples.map(\.state) == [.up, .down, .down, .unknown, .up])
        #expect(samples.first?.at == Instant(milliseconds: start + 12_527))
        #expect(
            Foreign.causes(history) == [
                nil, "Uptime Kuma: failed, to be tried again: getaddrinfo ENOTFOUND acme.example",
                "Uptime Kuma: getaddrinfo ENOTFOUND acme.example", "Uptime Kuma: maintenance, not probed", nil,
            ])
        let last = try #require(history.series[Foreign.web]?.last)
        #expect(history.observation(last, of: Foreign.web).phases.total == 38_500)
        #expect(history.tally.dropped == ["of a monitor that is no check": 1])
        #expect(history.sources.map(\.name) == ["29 (Acme)", "30 (Test)"])
    }

    @Test func rowsOfTheTableAreReadAsTheyAreExported() throws {
        let history = try Foreign.read(try Foreign.fixture("kuma-heartbeat.csv"), map: "from,service\n29,acme-web\n")
        #expect((history.series[Foreign.web] ?? []).map(\.sample.state) == [.up, .down, .down])
        #expect(Foreign.causes(history)[2] == "Uptime Kuma: connect ECONNREFUSED 192.0.2.7:443")
    }

    @Test func rowsAsJSONMayNameTheirMonitor() throws {
        let text = #"""
            [{"id":1,"monitor_id":7,"monitor_name":"acme-web","status":1,"msg":"","time":"2026-10-01T07:00:00+07:00"}]
            """#
        #expect(
            try Foreign.read(text).series[Foreign.web]?.map(\.sample.at) == [
                Instant(milliseconds: 1_790_812_800_000)
            ])
    }

    @Test func everyBadBeatIsNamedWithItsPlace() {
        let text = #"""
            [{"monitor_id":1,"status":4,"time":"2026-10-01 00:00:00"},
            {"monitor_id":1,"status":1,"time":"yesterday"},
            {"status":1,"time":"2026-10-01 00:00:00"}, 3]
            """#
        #expect(
            Foreign.mistakes(text, as: .uptimeKuma) == [
                "f:1: [0].status: found \"4\", expected 0 (down), 1 (up), 2 (pending) or 3 (maintenance)",
                "f:2: [1].time: found \"yesterday\", expected UTC as 2026-10-01 00:00:00.250",
                "f:3: [2].monitor_id: found nothing, expected the monitor's number",
                "f:3: [3]: found \"3\", expected a heartbeat",
            ])
    }

    @Test func aBackupWithoutHeartbeatsSaysWhatToExport() {
        #expect(
            Foreign.mistakes(#"{"version":"1.23.0","notificationList":[],"monitorList":[{"id":1,"name":"a"}]}"#)
                .first?.contains("export its table heartbeat") == true)
    }
}

@Suite struct SeriesMapTests {
    private func mistakes(_ text: String) -> [String] {
        do {
            _ = try Foreign.map(text)
            return []
        } catch {
            return "\(error)".split(separator: "\n").map(String.init)
        }
    }

    @Test func everyBadLineIsNamed() {
        #expect(
            mistakes("from,service,check\na,acme-wbe,\nb,acme-mail,\nb,acme-mail,smpt\n,acme-web,\n") == [
                "map.csv:2: service: unknown service \"acme-wbe\", expected one of the configuration's; "
                    + "did you mean acme-web?",
                "map.csv:3: check: no check named of service acme-mail, expected smtp, imap",
                "map.csv:4: from: \"b\" is on line 3 already",
                "map.csv:4: check: unknown check \"smpt\" of service acme-mail, expected smtp, imap; did you mean smtp?",
                "map.csv:5: from: found nothing, expected the name of a series",
            ])
    }

    @Test(arguments: [
        (#"job="a",instance="b""#, ["job": "a", "instance": "b"]), (#"{ job="a\"b\\c" }"#, ["job": "a\"b\\c"]),
    ])
    func labelsAreRead(_ text: String, _ labels: [String: String]) {
        #expect(LabelText.labels(text) == labels)
        #expect(LabelText.labels(LabelText.text(labels)) == labels)
    }

    @Test(arguments: ["web1;HTTP", "", "{}", "a=b", "a=\"b", "=\"b\"", "https://h/?a=\"b\""])
    func whatIsNoLabelIsAName(_ text: String) {
        #expect(LabelText.labels(text)?["a"] == nil)
    }
}
