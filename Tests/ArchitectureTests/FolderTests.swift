import Testing

/// The folders as they are: what they hold, and which needs which.
@Suite struct FolderTests {
    private static func contract() throws -> FolderGraph {
        FolderGraph(try Repository.files().filter { $0.path.hasPrefix("SLA/") })
    }

    @Test func theFoldersOfTheContractFormNoCircle() throws {
        for circle in try Self.contract().circles { Issue.record("\(circle)") }
    }

    @Test func theFoldersOfTheContractKeepTheirOrder() throws {
        for violation in try Self.contract().violations(order: Architecture.contractFolders) {
            Issue.record("\(violation)")
        }
    }

    /// The checker sees the uses that are there: what is above needs what is below.
    @Test func theFoldersOfTheContractStandOnEachOther() throws {
        let uses = try Self.contract().uses
        #expect(uses["Quantities"]?["Text"]?.name == "Digits")
        #expect(uses["Catalog"]?["Agreement"] != nil)
        #expect(uses["Alerts/Services"]?["RunningMonth"] != nil)
        for folder in Architecture.contractFolders where !["Text", "Collections"].contains(folder) {
            #expect(uses[folder]?.isEmpty == false, "\(folder)")
        }
    }

    @Test func aFolderHoldsWhatAReaderCanTakeIn() throws {
        for wrong in Architecture.wrongSizes(try Repository.files().map(\.path)) { Issue.record("\(wrong)") }
    }
}
