import SLA

/// One row of the monthly report: each column's name with its value, in the promised order.
struct ReportRow {
    /// A value of the report, as it is printed.
    enum Cell: Equatable {
        case text(String)
        /// A decimal number.
        case number(String)
        /// An instant, in this zone; nil where there is none.
        case instant(Instant?, TimeZoneRules)
        /// There is no value.
        case none

        init(_ text: String?) { self = text.map(Cell.text) ?? .none }
        init(number: String?) { self = number.map(Cell.number) ?? .none }

        /// What a CSV cell or a table shows.
        var shown: String {
            switch self {
            case .text(let text), .number(let text): text
            case .instant(let instant?, let zone): RFC3339.text(instant, in: zone)
            case .none, .instant(nil, _): ""
            }
        }
    }

    let cells: [(column: String, cell: Cell)]

    init(_ figures: MonthFigures, under agreement: Agreement) {
        let partition = figures.partition
        func seconds(_ length: Milliseconds) -> Cell { .number(DurationText.seconds(length)) }
        var cells: [(String, Cell)] = [
            ("month", .text(figures.period.description)),
            ("customer", .text(figures.service.customer)),
            ("service", .text(figures.service.id)),
            ("objective_percent", .number(figures.objective.description)),
            ("availability_percent", Cell(number: figures.availability?.percentText)),
            ("availability_min_percent", Cell(number: figures.availabilityMin?.percentText)),
            ("availability_max_percent", Cell(number: figures.availabilityMax?.percentText)),
            ("verdict", .text(figures.verdict.rawValue)),
            ("certainty", Cell(figures.certainty?.rawValue)),
            ("committed_s", seconds(partition.committed.length)),
            ("up_s", seconds(partition.up.length)),
            ("down_s", seconds(partition.down.length)),
            ("unmeasured_s", seconds(partition.unmeasured.length)),
            ("excluded_s", seconds(partition.excludedLength)),
        ]
        for category in ExclusionCategory.allCases {
            cells.append(("\(category.rawValue)_s", seconds(partition.excluded[category]?.length ?? 0)))
        }
        cells += [
            ("outages", .number("\(figures.outages.count)")),
            ("transients", .number("\(figures.transients.count)")),
            ("longest_outage_s", seconds(figures.longestOutage)),
            ("credit_percent", Self.creditPercent(figures.credit)),
            ("credit_amount", Cell(number: figures.credit?.due?.text)),
            ("currency", Cell(figures.agreement.compensation.currency)),
            ("as_of", .instant(figures.asOf, agreement.calendar.zone)),
        ]
        self.cells = cells
    }

    /// The share of the price, or the word that says it is agreed (clause 7); none while it is to be settled.
    static func creditPercent(_ credit: Credit?) -> Cell {
        switch credit?.basis {
        case .tier(let percent): .number(percent.description)
        case .negotiate: .text("negotiate")
        case .toSettle: credit?.due == nil ? .none : .text("negotiate")
        case nil: .none
        }
    }
}
