import Configuration
import Foundation
import Ledger
import Reporting
import SLA

/// The public files of notices, kept as the ledger says.
public struct PublicNotices: Sendable {
    private let composer: NoticeComposer
    private let stateDirectory: String

    /// The files as `configuration` has them.
    public init(_ configuration: Configuration) {
        self.init(NoticeComposer(configuration), stateDirectory: configuration.stateDirectory)
    }

    /// The files of `composer`; `stateDirectory` is whose owner a folder made by root belongs to.
    init(_ composer: NoticeComposer, stateDirectory: String) {
        self.composer = composer
        self.stateDirectory = stateDirectory
    }

    /// The folder.
    var directory: String { composer.settings.directory }

    /// Writes all of them anew, each whole or not at all; nothing where nothing was announced on the website.
    ///
    /// - Throws: `LedgerError`, `OutputFailure`, and what making the folder throws.
    public func write(from ledger: Ledger, at now: Instant) throws {
        let feed = try ledger.read { snapshot in
            composer.publicFeed(try snapshot.maintenance().known(asOf: now), try snapshot.notices(), at: now)
        }
        guard let feed else { return }
        try makeFolder()
        // A web server of another user reads them: nothing in them is secret.
        for file in feed.files { try ReportFile.write(file.text, to: directory + "/" + file.name, isPublic: true) }
    }

    private func makeFolder() throws {
        let files = FileManager.default
        if files.fileExists(atPath: directory) { return }
        var path = directory.hasPrefix("/") ? "" : "."
        for part in directory.split(separator: "/") {
            path += "/" + part
            // Whatever the mask of the process: a web server of another user goes through them.
            if mkdir(path, 0o755) == 0, chmod(path, 0o755) == 0 { continue }
            if errno != EEXIST { throw OutputFailure(path: directory, errno: errno) }
        }
        guard geteuid() == 0 else { return }
        let owner = try files.attributesOfItem(atPath: stateDirectory)
        let account = [FileAttributeKey.ownerAccountID, .groupOwnerAccountID]
        try files.setAttributes(owner.filter { account.contains($0.key) }, ofItemAtPath: directory)
    }
}
