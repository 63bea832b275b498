import Foundation
import Testing

/// Exclusions of clauses 3.2 to 3.5 as they are recorded at the command line.
extension CommandTests {
    /// An hour down at the beginning of the month, in the ledger.
    private func recordOutage(_ folder: String) throws {
        var text = "at,service,state,cause\n"
        for minute in 0..<180 {
            let at = 1_790_787_600_000 + Int64(minute) * 60_000
            text += "\(at),acme-web," + ((30..<90).contains(minute) ? "down,status 522\n" : "up,\n")
        }
        try text.write(toFile: folder + "/s.csv", atomically: true, encoding: .utf8)
        let outcome = try run([
            "import", "--samples", folder + "/s.csv", "--config", folder + "/availd.yaml",
        ])
        #expect(outcome.status == 0)
    }

    private func cells(_ folder: String, asOf: String = "2026-10-01T03:00:00+07:00") throws -> [String: String] {
        let output = try run([
            "report", "--month", "2026-10", "--config", folder + "/availd.yaml", "--as-of", asOf,
        ]).output
        let rows = output.split(separator: "\r\n").map {
            $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
        guard rows.count == 2 else { return [:] }
        return Dictionary(zip(rows[0], rows[1]), uniquingKeysWith: { first, _ in first })
    }

    @Test func anOutageGivesItsOwnScopeAndInterval() throws {
        try inFolder { folder in
            try recordOutage(folder)
            let config = ["--config", folder + "/availd.yaml"]
            let add = ["exclusion", "add", "--category", "third_party", "--evidence", "ticket 4711"] + config
            let outcome = try run(add + ["--outage", "acme-web@2026-10-01T01:00:00+07:00"])
            #expect(outcome.output == "E1\n")
            let json = try run(["exclusion", "list", "--format", "json"] + config).output
            #expect(json.contains("\"from\" : \"2026-10-01T00:30:00+07:00\""))
            #expect(json.contains("\"to\" : \"2026-10-01T01:30:00+07:00\""))
            #expect(json.contains("\"scope\" : \"service:acme-web\""))
            #expect(json.contains("\"outage_service\" : \"acme-web\""))
            let missed = try run(add + ["--outage", "acme-web@2026-10-01T02:00:00+07:00"])
            #expect(missed.status == 65)
            #expect(missed.errors.contains("the nearest is from 2026-10-01T00:30:00+07:00"))
            #expect(try run(add + ["--outage", "acme-wbe@2026-10-01T01:00:00+07:00"]).status == 65)
        }
    }

    @Test func aKindBelongsToForceMajeure() throws {
        try inFolder { folder in
            let add = [
                "exclusion", "add", "--scope", "all", "--from", "2026-10-01T00:00:00Z", "--to", "2026-10-02T00:00:00Z",
                "--evidence", "letter", "--config", folder + "/availd.yaml",
            ]
            let other = try run(add + ["--category", "third_party", "--kind", "fire"])
            #expect(other.status == 65)
            #expect(other.errors.contains("--kind: third_party has no kind"))
            #expect(!FileManager.default.fileExists(atPath: folder + "/state"))
            // Scripts call it so: it is recorded, and the kinds are named.
            let bare = try run(add + ["--category", "force_majeure"])
            #expect(bare.status == 0 && bare.output == "E1\n")
            #expect(bare.errors.contains("E1 does not say what happened: --kind names it, fire, flood"))
            #expect(bare.errors.contains("clause 3.4"))
            let kind = try run(add + ["--category", "force_majeure", "--kind", "fire"])
            #expect(kind.output == "E2\n" && kind.errors.isEmpty)
        }
    }

    @Test(arguments: [
        ["--category", "third_party"], ["--category", "third_party", "--scope", "all"],
        ["--category", "third_party", "--outage", "acme-web@1", "--scope", "all"],
        ["--category", "third_party", "--outage", "acme-web"],
        ["--category", "force_majeure", "--kind", "hail", "--outage", "acme-web@1"],
    ])
    func halfAnExclusionIsUsage(_ arguments: [String]) throws {
        #expect(try run(["exclusion", "add"] + arguments).status == 64)
    }

    /// As of any instant, a lock is what it was then: open before it was unlocked, closed since.
    @Test func aLockIsOpenUntilItIsUnlocked() throws {
        try inFolder { folder in
            let config = ["--config", folder + "/availd.yaml"]
            let lock = [
                "suspension", "lock", "acme-web", "--breach", "clause 4", "--evidence", "letter", "--from",
                "2026-10-01T00:00:00+07:00",
            ]
            #expect(try run(lock + config).output == "E1\n")
            let again = try run(lock + config)
            #expect(again.status == 65)
            #expect(again.errors.contains("already locked by exclusion E1"))
            #expect(try run(["exclusion", "list"] + config).output.contains("open"))
            let between = Date()
            func excluded(_ date: Date) throws -> String? {
                try cells(folder, asOf: String(Int64(date.timeIntervalSince1970 * 1000)))["suspension_s"]
            }
            #expect(try excluded(between) == "2678400.000")
            let unlock = ["suspension", "unlock", "acme-web", "--at", "2026-10-02T00:00:00+07:00"] + config
            #expect(try run(unlock).output == "E2\n")
            #expect(try excluded(Date()) == "86400.000")
            #expect(try excluded(between) == "2678400.000")
            #expect(try run(unlock).status == 65)
            #expect(try run(["suspension", "unlock", "acme-wbe"] + config).status == 65)
            #expect(try run(["suspension", "unlock", "E2"] + config).errors.contains("no lock that is open"))
        }
    }

    @Test func anEndClosesTheLockOfTheSameServices() throws {
        try inFolder { folder in
            let config = ["--config", folder + "/availd.yaml"]
            let reasons = ["--breach", "clause 4", "--evidence", "letter"]
            let lock = ["suspension", "lock", "--scope", "customer:acme", "--from", "2026-10-01T00:00:00+07:00"]
            let end = ["suspension", "terminate", "--scope", "customer:acme", "--from", "2026-10-03T00:00:00+07:00"]
            #expect(try run(lock + reasons + config).output == "E1\n")
            #expect(try run(end + reasons + config).output == "E3\n")
            let json = try run(["exclusion", "list", "--format", "json"] + config).output
            #expect(json.contains("\"act\" : \"termination\""))
            #expect(json.contains("\"to\" : \"2026-10-03T00:00:00+07:00\""))
            #expect(try run(lock + reasons + config).errors.contains("already ended by exclusion E3"))
            #expect(try run(["suspension", "unlock", "E3"] + config).status == 65)
        }
    }

    /// Every refusal of the record: a message, its status, and nothing written.
    @Test func whatCannotBeSuspendedIsRefusedWithEveryReason() throws {
        try inFolder { folder in
            let config = ["--config", folder + "/availd.yaml"]
            let outcome = try run(
                ["suspension", "lock", "acme-wbe", "--breach", " ", "--evidence", "", "--from", "2999-01-01T00:00:00Z"]
                    + config)
            #expect(outcome.status == 65)
            #expect(outcome.errors.split(separator: "\n").count == 4)
            #expect(!FileManager.default.fileExists(atPath: folder + "/state"))
            #expect(try run(["suspension", "lock", "--breach", "b", "--evidence", "e"] + config).status == 64)
            #expect(try run(["suspension", "unlock", "acme-web"] + config).status == 66)
        }
    }

    @Test func whatCannotBeRevokedIsRefused() throws {
        try inFolder { folder in
            let config = ["--config", folder + "/availd.yaml"]
            let add = [
                "exclusion", "add", "--category", "third_party", "--scope", "all", "--from", "2026-10-01T00:00:00Z",
                "--to", "2026-10-02T00:00:00Z",
            ]
            let recorded = try run(add + config)
            #expect(recorded.status == 0)
            #expect(recorded.errors.contains("E1 is recorded but not admitted: no evidence cited"))
            func revoke(_ id: String, _ reason: String) throws -> Outcome {
                try run(["exclusion", "revoke", id, "--reason", reason] + config)
            }
            let before = try run(["exclusion", "list", "--format", "csv"] + config).output
            #expect(try revoke("E1", " ").status == 65)
            let unknown = try revoke("E9", "why")
            #expect(unknown.status == 65)
            #expect(unknown.errors.contains("there is no exclusion E9"))
            #expect(try run(["exclusion", "list", "--format", "csv"] + config).output == before)
            #expect(try revoke("E1", "why").status == 0)
            let twice = try revoke("E1", "again")
            #expect(twice.status == 65)
            #expect(twice.errors.contains("exclusion E1 is already revoked"))
        }
    }
}

/// `availd exclusion suggest`: what it shows can be run as it is.
extension CommandTests {
    @Test func aSuggestionShowsTheCommandThatRecordsIt() throws {
        try inFolder { folder in
            let config = ["--config", folder + "/availd.yaml"]
            var text = "at,service,state,cause\n"
            for minute in 0..<180 {
                let at = 1_790_787_600_000 + Int64(minute) * 60_000
                text += "\(at),acme-web,"
                text += (30..<90).contains(minute) ? "down,\"status 522, expected 200-399, it's\"\n" : "up,\n"
            }
            try text.write(toFile: folder + "/s.csv", atomically: true, encoding: .utf8)
            #expect(try run(["import", "--samples", folder + "/s.csv"] + config).status == 0)
            let suggest = ["exclusion", "suggest", "acme-web", "--month", "2026-10"] + config
            let shown = try run(suggest)
            #expect(shown.status == 0)
            #expect(shown.output.contains("acme-web: third_party, clause 3.5"))
            #expect(shown.output.contains("would take away 3600.000 s of down"))
            #expect(try run(suggest + ["--format", "json"]).output.contains("\"down_s\" : 3600"))

            let command = shown.output.split(separator: "\n").last { $0.contains("availd exclusion add") }
            let line = String(command ?? "").replacing("availd exclusion", with: "\"$0\" exclusion")
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/bin/sh")
            process.arguments = ["-c", line + " --config \(folder)/availd.yaml", BuiltProgram.program.path]
            process.standardOutput = FileHandle.nullDevice
            try process.run()
            process.waitUntilExit()
            #expect(process.terminationStatus == 0)
            let json = try run(["exclusion", "list", "--format", "json"] + config).output
            #expect(json.contains("\"admitted\" : true"))
            #expect(json.contains("it's"))
            // Nothing of it is left to suggest.
            #expect(try run(suggest).output == "Nothing is suggested.\n")
            #expect(try run(["exclusion", "suggest", "acme-wbe", "--month", "2026-10"] + config).status == 65)
        }
    }

    /// Scripts that were written for the names that --by had first go on to work.
    @Test func whoRecordsMayBeSaidByTheFormerNames() throws {
        try inFolder { folder in
            let config = ["--config", folder + "/availd.yaml"]
            let add = [
                "exclusion", "add", "--category", "third_party", "--scope", "all", "--from", "yesterday 10:00", "--to",
                "now",
                "--evidence", "x",
            ]
            #expect(try run(add + ["--recorded-by", "lan"] + config).output == "E1\n")
            #expect(try run(["exclusion", "revoke", "E1", "--reason", "x", "--revoked-by", "an"] + config).status == 0)
            let list = try run(["exclusion", "list", "--format", "json"] + config).output
            #expect(list.contains("\"recorded_by\" : \"lan\"") && list.contains("\"revoked_by\" : \"an\""))
        }
    }
}
