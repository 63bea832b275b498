import Glibc

/// Where the daemon keeps what no commit took: beside the ledger, and where that disk takes nothing at all, in a directory
/// that is on another one, or in memory.
package struct KeepingPlaces: Hashable, Sendable {
    /// The ledger's directory.
    let stateDirectory: String
    /// The other one; nil where there is none.
    let runtimeDirectory: String?

    /// - Parameters:
    ///   - stateDirectory: the ledger's directory.
    ///   - runtimeDirectory: the other one; nil where there is none.
    package init(stateDirectory: String, runtimeDirectory: String? = nil) {
        self.stateDirectory = stateDirectory
        self.runtimeDirectory = runtimeDirectory
    }

    /// The runtime directory that systemd gives a process which has this environment: the first, where there are several.
    static func runtimeDirectory(_ environment: [String: String]) -> String? {
        environment["RUNTIME_DIRECTORY"]?.split(separator: ":").first.map(String.init)
    }

    /// The paths of the file `name`, in the order in which they are tried.
    ///
    /// - Parameter isMade: whether it is made beside the ledger; else it is written there only where it is: beside a
    ///   ledger that is not there yet it would say that there was one.
    func paths(of name: String, isMade: Bool) -> [String] {
        let beside = stateDirectory + "/" + name
        let first = isMade || access(beside, F_OK) == 0 ? [beside] : []
        return first + (runtimeDirectory.map { [$0 + "/" + name] } ?? [])
    }
}
