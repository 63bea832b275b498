import ArgumentParser

/// Whose figures are shown.
struct SelectionOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Only what this customer may see: its own services (clause 5); may be repeated.", valueName: "id"))
    var customer: [String] = []

    @Option(
        help: ArgumentHelp("Only this service; may be repeated, and of both kinds what is in both.", valueName: "id"))
    var service: [String] = []
}
