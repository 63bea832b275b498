import ArgumentParser

/// `availd rules`
struct RulesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules",
        abstract: "How each check is measured, since when: list, correct.",
        discussion: """
            Interval, timeout, stale_after, confirm, the checks of a service with what they ask, its mode, its customer \
            and its groups are kept with the instant at which they became known. A change of the configuration never \
            changes a minute of the past: each sample is read by the rules that were in force when it was taken. What \
            was recorded wrongly is corrected by somebody, for a reason and with evidence, and a closed month shows \
            that in its amendment.
            """,
        subcommands: [RulesList.self, RulesCorrect.self])
}
