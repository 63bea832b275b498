import Glibc

/// Paths as configuration files name them.
enum FilePath {
    /// The directory part of `path`, with its slash; empty where it has none.
    static func directory(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "" }
        return String(path[...slash])
    }

    /// `path`, taken from the directory of `file` where it is relative.
    static func resolve(_ path: String, relativeTo file: String) -> String {
        path.hasPrefix("/") ? path : directory(of: file) + path
    }

    /// The one name that all paths to a file share; nil where there is no such file.
    static func canonical(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        // realpath allocates its result with malloc, and hands it over.
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// Whether `pattern` can match several names.
    static func isPattern(_ pattern: String) -> Bool {
        pattern.contains { "*?[".contains($0) }
    }

    /// The files that `pattern`, relative to the directory of `file`, matches: sorted by their bytes, hidden ones
    /// only where the pattern names the dot.
    static func matches(of pattern: String, relativeTo file: String) -> [String] {
        // The directory is no part of the pattern, whatever characters it has.
        let prefix = pattern.hasPrefix("/") ? "" : directory(of: file)
        let escaped = prefix.map { "*?[\\".contains($0) ? "\\\($0)" : "\($0)" }.joined()
        var found = glob_t()
        // The structure is empty until glob fills it, and globfree is its counterpart, also after a failure.
        defer { globfree(&found) }
        guard glob(escaped + pattern, GLOB_NOSORT, nil, &found) == 0, let paths = found.gl_pathv else { return [] }
        return (0..<Int(found.gl_pathc)).compactMap { paths[$0].map { String(cString: $0) } }
            .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
}
