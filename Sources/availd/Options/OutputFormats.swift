import ArgumentParser

/// How an answer is shown that is no table.
enum ProseFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json
}

/// How a table is shown.
enum TableFormat: String, ExpressibleByArgument, CaseIterable {
    case text, csv, json
}
