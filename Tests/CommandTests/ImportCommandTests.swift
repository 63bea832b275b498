import Foundation
import Testing

/// `availd import` as it is run: what is taken, what is refused, and that a refusal writes nothing.
extension CommandTests {
    /// `samples` as a file of `folder`; its path.
    private func file(_ name: String, _ text: String, in folder: String) throws -> String {
        let path = folder + "/" + name
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }

    private func availability(_ folder: String, _ more: [String] = []) throws -> [String] {
        let report = try run(
            [
                "report", "--month", "2026-10", "--config", folder + "/availd.yaml", "--as-of",
                "2026-10-02T00:00:00+07:00",
            ]
                + more)
        let row = report.output.split(separator: "\r\n").last?.split(separator: ",", omittingEmptySubsequences: false)
        return (row ?? []).map(String.init)
    }

    /// A day of one sample a minute, the first hour down.
    private var day: String {
        (0..<1440).reduce(into: "at,service,state,cause,latency_ms\n") { text, minute in
            let at = 1_790_787_600_000 + Int64(minute) * 60_000
            text += "\(at),acme-web," + (minute < 60 ? "down,refused,\n" : "up,,12.5\n")
        }
    }

    @Test func importedSamplesGiveTheReportThatReplayGives() throws {
        try inFolder { folder in
            let config = ["--config", folder + "/availd.yaml"]
            let samples = try file("s.csv", day, in: folder)
            let first = try run(["import", "--samples", samples, "--by", "lan"] + config)
            #expect(first.status == 0)
            #expect(first.errors.contains("recorded 1440 samples"))
            #expect(try availability(folder)[4] == "95.8333")
            let replay = try run(
                ["replay", "--samples", samples, "--month", "2026-10", "--as-of", "2026-10-02T00:00:00+07:00"] + config)
            #expect(
                replay.output.split(separator: "\r\n").last.map(String.init)
                    == (try availability(folder)).joined(separator: ","))
            // So does what people and programs read: since when it is measured as well.
            for format in ["text", "json"] {
                let more = ["--month", "2026-10", "--as-of", "2026-10-02T00:00:00+07:00", "--format", format] + config
                let files = try run(["replay", "--samples", samples] + more).output
                #expect(files == (try run(["report"] + more).output))
                #expect(files.contains("2026-10-01T00:00:00+07:00"))
            }
            let list = try run(["import", "list", "--format", "json"] + config)
            #expect(list.output.contains("\"recorded\" : 1440"))
            #expect(list.output.contains("\"by\" : \"lan\""))
        }
    }

    /// A file whose samples are further apart than the check is read to be probed says so before it is taken, and is
    /// taken all the same: what was measured is so, and the correction that is named makes it read so.
    @Test func aCadenceThatDoesNotFitIsSaidBeforeAnythingIsWritten() throws {
        try inFolder { folder in
            let config = ["--config", folder + "/availd.yaml"]
            let sparse = (0..<288).reduce(into: "at,service,state\n") { text, number in
                text += "\(1_790_787_600_000 + Int64(number) * 300_000),acme-web,up\n"
            }
            let samples = try file("s.csv", sparse, in: folder)
            let warning =
                "warning: acme-web/default: samples 5 min apart from 2026-10-01T00:00:00+07:00 on, and read as taken "
                + "every 1 min, stale after 2 min 10 s: 13 h 33 min 10 s of 23 h 55 min would be unmeasured; "
                + "availd rules correct acme-web --check default --from 2026-10-01T00:00:00+07:00 --interval 5m says how "
                + "it was"
            let dry = try run(["import", "--samples", samples, "--dry-run"] + config)
            #expect(dry.errors.contains(warning), "\(dry.errors)")
            let taken = try run(["import", "--samples", samples] + config)
            #expect(taken.status == 0)
            #expect(taken.errors.contains(warning))
            #expect(taken.errors.contains("recorded 288 samples"))
            let mended = try run(
                [
                    "rules", "correct", "acme-web", "--check", "default", "--from", "2026-10-01T00:00:00+07:00",
                    "--interval", "5m", "--reason", "so it was", "--evidence", "the other monitor's configuration",
                ] + config)
            #expect(mended.status == 0, "\(mended.errors)")
            #expect(!(try run(["import", "--samples", samples] + config).errors.contains("warning")))
            // Known from now on; the last sample speaks for 10 min 10 s.
            let row = try run(["report", "--month", "2026-10"] + config).output.split(separator: "\r\n").last
            let cells = row?.split(separator: ",", omittingEmptySubsequences: false)
            #expect(cells?[10] == "86710.000")
        }
    }

    /// Who imports a year and then drops a service from the configuration has not unsold it.
    @Test func aServiceThatIsDroppedAfterTheImportKeepsItsRow() throws {
        try inFolder { folder in
            let config = ["--config", folder + "/availd.yaml"]
            let samples = try file("s.csv", day, in: folder)
            #expect(try run(["import", "--samples", samples] + config).status == 0)
            let before = try availability(folder)
            let yaml = try String(contentsOfFile: folder + "/availd.yaml", encoding: .utf8)
            _ = try file("availd.yaml", yaml.replacing("acme-web", with: "acme-new"), in: folder)
            let report = try run(["report", "--month", "2026-10", "--as-of", "2026-10-02T00:00:00+07:00"] + config)
            #expect(report.output.contains(before.joined(separator: ",")))
        }
    }

    @Test func theSameFileTwiceChangesNothing() throws {
        try inFolder { folder in
            let config = ["--config", folder + "/availd.yaml"]
            let samples = try file("s.csv", day, in: folder)
            #expect(try run(["import", "--samples", samples] + config).status == 0)
            let list = try run(["import", "list"] + config).output
            let again = try run(["import", "--samples", samples] + config)
            #expect(again.status == 0)
            #expect(again.errors.contains("nothing is written: the ledger has all of it already"))
            #expect(try run(["import", "list"] + config).output == list)
        }
    }

    @Test func aDryRunWritesNothing() throws {
        try inFolder { folder in
            let samples = try file("s.csv", day, in: folder)
            let outcome = try run(["import", "--samples", samples, "--dry-run", "--config", folder + "/availd.yaml"])
            #expect(outcome.status == 0)
            #expect(outcome.output.contains("1440"))
            #expect(!FileManager.default.fileExists(atPath: folder + "/state"))
        }
    }

    @Test func aContradictionIsNamedAndNothingIsWrittenUnlessTheLedgerIsKept() throws {
        try inFolder { folder in
            let config = ["--config", folder + "/availd.yaml"]
            let first = try file("s.csv", "at,service,state\n1790787600000,acme-web,up\n", in: folder)
            #expect(try run(["import", "--samples", first] + config).status == 0)
            let text = "at,service,state\n1790787600000,acme-web,down\n1790787660000,acme-web,up\n"
            let second = try file("t.csv", text, in: folder)
            let refused = try run(["import", "--samples", second] + config)
            #expect(refused.status == 65)
            #expect(refused.output.isEmpty)
            #expect(refused.errors.contains("at 2026-10-01T00:00:00+07:00: down, but the ledger has up"))
            #expect(try run(["import", "list"] + config).output.split(separator: "\n").count == 2)
            let kept = try run(["import", "--samples", second, "--keep-existing"] + config)
            #expect(kept.status == 0)
            #expect(kept.errors.contains("recorded 1 samples"))
            #expect(try run(["import", "list", "--format", "json"] + config).output.contains("\"kept\" : 1"))
        }
    }

    @Test(arguments: [
        ("at,service,state\n2999-01-01T00:00:00Z,acme-web,up\n", "in the future"),
        ("at,service,state\n1,acme-wbe,up\n", "did you mean acme-web?"),
        ("[{\"metric\":{\"instance\":\"x\"},\"values\":[[1790787600,\"1\"]]}]", "none of its 1 series is a check"),
        ("{\"status\":\"error\",\"error\":\"no\"}", "Prometheus refused the query: no"),
    ])
    func samplesThatCannotBeAreRefused(_ text: String, _ message: String) throws {
        try inFolder { folder in
            let samples = try file("s", text, in: folder)
            let outcome = try run(["import", "--samples", samples, "--config", folder + "/availd.yaml"])
            #expect(outcome.status == 65)
            #expect(outcome.errors.contains(message))
            #expect(!FileManager.default.fileExists(atPath: folder + "/state"))
        }
    }

    @Test func aMapToAnUnknownServiceIsBadData() throws {
        try inFolder { folder in
            let samples = try file(
                "s.json", "[{\"metric\":{\"instance\":\"x\"},\"values\":[[1790787600,\"1\"]]}]", in: folder)
            let map = try file("map.csv", "from,service\nx,acme-wbe\n", in: folder)
            let config = ["--config", folder + "/availd.yaml"]
            for command in [["import"], ["replay", "--month", "2026-10"]] {
                let outcome = try run(command + ["--samples", samples, "--map", map] + config)
                #expect(outcome.status == 65)
                #expect(outcome.errors.contains("map.csv:2: service: unknown service"))
            }
            try "from,service\nx,acme-web\n".write(toFile: map, atomically: true, encoding: .utf8)
            #expect(try run(["import", "--samples", samples, "--map", map] + config).status == 0)
        }
    }

    /// Imported now, an exclusion is not known as of an earlier instant, whatever its file says.
    @Test func importedExclusionsDoNotChangeWhatWasKnown() throws {
        try inFolder { folder in
            let config = ["--config", folder + "/availd.yaml"]
            let samples = try file("s.csv", day, in: folder)
            #expect(try run(["import", "--samples", samples] + config).status == 0)
            let text = """
                id,category,scope,from,to,notice_at,evidence,recorded_at,recorded_by,revoked_at
                X1,force_majeure,service:acme-web,2026-10-01T00:00:00+07:00,2026-10-01T01:00:00+07:00,,fire: report 7,2026-10-01T02:00:00+07:00,lan,
                X2,third_party,all,2026-10-01T00:00:00+07:00,2026-10-01T01:00:00+07:00,,t,,,2026-10-02T00:00:00+07:00
                """
            let exclusions = try file("e.csv", text, in: folder)
            let outcome = try run(["import", "--exclusions", exclusions, "--by", "minh"] + config)
            #expect(outcome.status == 0)
            #expect(try availability(folder)[4] == "95.8333")
            let list = try run(["exclusion", "list", "--format", "csv"] + config).output
            #expect(list.contains("fire: report 7"))
            #expect(list.contains(",minh,"))
            let json = try run(["exclusion", "list", "--format", "json"] + config).output
            #expect(json.contains("\"kind\" : \"fire\""))
            #expect(json.contains("recorded at 2026-10-01T02:00:00+07:00 by lan"))
            let again = try run(["import", "--exclusions", exclusions] + config)
            #expect(again.errors.contains("the ledger has all 2 exclusions already"))
            let changed = try file("f.csv", text.replacing("report 7", with: "report 8"), in: folder)
            let refused = try run(["import", "--exclusions", changed] + config)
            #expect(refused.status == 65)
            #expect(refused.errors.contains("exclusion X1 is recorded already, and says something else"))
        }
    }

    /// `--format` was what the samples' file is: whoever says so goes on to be understood.
    @Test func theFormatIsThatOfTheAnswerOrAsItOnceWasThatOfTheSamples() throws {
        try inFolder { folder in
            let config = ["--config", folder + "/availd.yaml", "--dry-run"]
            let series = #"[{"metric": {"instance": "http://127.0.0.1:1/"}, "values": [[1790787600, "1"]]}]"#
            let samples = try file("s.json", series, in: folder)
            for option in ["--format", "--samples-format"] {
                let taken = try run(["import", "--samples", samples, option, "prometheus"] + config)
                #expect(taken.status == 0 && taken.output.hasPrefix("WHAT"))
                let refused = try run(["import", "--samples", samples, option, "nagios"] + config)
                #expect(refused.status == 65 && refused.errors.contains("s.json:1: "))
            }
            let both = try run(
                ["import", "--samples", samples, "--samples-format", "prometheus", "--format", "csv"] + config)
            #expect(both.output.hasPrefix("dry_run,id,file,format,"))
            #expect(both.lines.last?.hasPrefix("yes,,\(samples),prometheus,") == true)
            #expect(try run(["import", "--samples", samples, "--format", "yaml"] + config).status == 64)
        }
    }

    /// What is wrong with the exclusions keeps the samples of the same command out as well, also in a dry run.
    @Test func samplesAndExclusionsAreHeldAgainstTheLedgerBeforeEitherIsWritten() throws {
        try inFolder { folder in
            let config = ["--config", folder + "/availd.yaml"]
            let samples = try file("s.csv", day, in: folder)
            let text = "id,category,scope,from,to,evidence\nX1,third_party,all,1790787600000,1790787660000,a\n"
            let first = try file("e.csv", text, in: folder)
            #expect(try run(["import", "--exclusions", first] + config).status == 0)
            let other = try file("f.csv", text.replacing(",a\n", with: ",b\n"), in: folder)
            for more in [[], ["--dry-run"]] {
                let refused = try run(["import", "--samples", samples, "--exclusions", other] + config + more)
                #expect(refused.status == 65 && refused.output.isEmpty)
                #expect(refused.errors.contains("exclusion X1 is recorded already, and says something else"))
            }
            #expect(try run(["import", "list"] + config).output.split(separator: "\n").count == 2)
        }
    }
}
