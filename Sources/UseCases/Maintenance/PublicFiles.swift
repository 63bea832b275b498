import Foundation
import Ledger
import Reporting
import SLA

/// The public files of notices, kept as the ledger says.
public struct PublicFiles: Sendable {
    private let desk: NoticeDesk
    private let stateDirectory: String

    /// The files of `desk`; `stateDirectory` is whose owner a folder made by root belongs to.
    public init(_ desk: NoticeDesk, stateDirectory: String) {
        self.desk = desk
        self.stateDirectory = stateDirectory
    }

    /// The folder.
    public var directory: String { desk.settings.directory }

    /// Writes all of them anew, each whole or not at all; nothing where nothing was announced on the website.
    ///
    /// - Throws: `LedgerError`, `OutputFailure`, and what making the folder throws.
    public func write(from ledger: Ledger, at now: Instant) throws {
        let feed = try ledger.read { snapshot in
            desk.publicFeed(try snapshot.maintenance().known(asOf: now), try snapshot.notices(), at: now)
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
