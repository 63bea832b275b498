import Intake

/// What is wrong with what `read` reads, a line each; nothing where it can be read.
func mistakes(in read: () throws -> Void) -> [String] {
    do {
        try read()
        return []
    } catch let diagnostics as Diagnostics {
        return diagnostics.all.map(\.description)
    } catch {
        return ["\(error)"]
    }
}
