import CPcre2

extension Pattern {
    /// What a search found.
    public enum Finding: Hashable, Sendable {
        case found, notFound
        /// It matches, and would perhaps not where the text went on: `$` does, and so may what must not follow.
        case foundByTheEnd
        /// It takes longer than it may.
        case outOfTime
        /// It takes more memory than it may: some patterns do, on some texts.
        case outOfRoom
    }

    /// Whether it matches anywhere in `text`.
    ///
    /// - Parameter left: how many ns it may still compute; asked between the slices of the search.
    public func search(_ text: String, left: () -> UInt64) -> Finding {
        search(text, inSlicesOf: 2048, left: left)
    }

    /// The same, in slices of `size` bytes where nothing is difficult.
    func search(_ text: String, inSlicesOf size: Int, left: () -> UInt64) -> Finding {
        var text = text
        // A Swift string is valid UTF-8, which PCRE2 need not look at again.
        return text.withUTF8 { PatternSearch(self, $0, usual: size).run(left) }
    }
}

/// A search in slices, between which the time is looked at.
///
/// PCRE2 bounds one run at one place by a number of steps, which says little of time: a step may read on for as long as
/// the text is, and there are as many places. So a run has a window of the text, which ends before the text does, some
/// places at which the match may begin, and steps for each, the product of all three bounded. Where a match would read
/// beyond its window (PCRE2 calls it partial), the window grows; where a place takes more steps, it is looked at by
/// itself, with more of them each time.
private final class PatternSearch {
    /// The most steps that one place is given: with what was tried before they take some two seconds.
    private static let mostSteps = 1 << 26
    /// What PCRE2 may keep to come back to, in KiB.
    private static let room: UInt32 = 16 * 1024

    private let pattern: Pattern
    private let text: UnsafeBufferPointer<UInt8>
    // Made in init, freed in deinit, and used by the one thread that searches.
    private let data: OpaquePointer
    private let context: OpaquePointer

    /// The window and the places of a run, where nothing is difficult, in bytes.
    private let usual: Int
    /// The most of window × places, in bytes².
    private var area: Int { usual * usual }
    /// About the most of window × places × steps: half a second where each step reads the whole window.
    private var work: Int { area * 128 }
    private var from = 0
    private var window: Int
    private var places: Int
    /// By how much more steps a place is given than usual.
    private var patience = 1

    init(_ pattern: Pattern, _ text: UnsafeBufferPointer<UInt8>, usual: Int) {
        self.pattern = pattern
        self.text = text
        self.usual = usual
        window = usual
        places = usual
        guard let data = pcre2_match_data_create_8(1, nil), let context = pcre2_match_context_create_8(nil) else {
            preconditionFailure("no memory for a hundred bytes")
        }
        self.data = data
        self.context = context
        pcre2_set_heap_limit_8(context, Self.room)
    }

    deinit {
        pcre2_match_data_free_8(data)
        pcre2_match_context_free_8(context)
    }

    /// Searches all of the text, for as long as `left` answers more than 0 ns.
    func run(_ left: () -> UInt64) -> Pattern.Finding {
        var before = left()
        while before > 0 {
            let end = boundary(from + window)
            let stop = min(boundary(from + places), end)
            let isLast = end == text.count
            let code = match(
                to: end, lastStart: isLast && stop == end ? end : stop - 1, isLast ? 0 : PCRE2_PARTIAL_HARD)
            let now = left()
            switch code {
            case 0...: return isLast ? findingInTheLastWindow() : .found
            case PCRE2_ERROR_NOMATCH:
                if pattern.isAnchored || isLast && stop == end { return .notFound }
                from = stop
                ease()
            case PCRE2_ERROR_PARTIAL:
                widen(at: pcre2_get_startchar_8(data))
            case PCRE2_ERROR_MATCHLIMIT:
                guard insist(took: before - min(before, now), left: now) else { return .outOfTime }
            default:
                return .outOfRoom
            }
            before = now
        }
        return .outOfTime
    }

    /// How many steps each place of the next run has.
    private var steps: Int { max(64, work / (window * places)) * patience }

    private func match(to end: Int, lastStart: Int, _ options: UInt32) -> Int32 {
        pcre2_set_match_limit_8(context, UInt32(clamping: steps))
        pcre2_set_offset_limit_8(context, lastStart)
        return pattern.match(
            UnsafeBufferPointer(rebasing: text[..<end]), from: from, options: options, data: data, context: context)
    }

    /// The first index from `index` on at which a character begins, and a line end does not continue.
    private func boundary(_ index: Int) -> Int {
        var index = min(index, text.count)
        while index < text.count, text[index] & 0xC0 == 0x80 || text[index] == 0x0A && text[index - 1] == 0x0D {
            index += 1
        }
        return index
    }

    /// A slice has nothing: the next may be as usual again, by and by.
    private func ease() {
        window = max(usual, window / 4)
        if patience > 1 { patience = max(1, patience / 4) } else { places *= 2 }
        places = max(1, min(places, usual, area / window))
    }

    /// A match that may begin at `start` goes on behind the window.
    private func widen(at start: Int) {
        if start == from { window = min(window * 4, text.count) }
        from = start
        places = max(1, min(places, area / window))
    }

    /// A place takes more steps than it had; returns whether there is time for more. What the next run takes is about as
    /// much more as it has more steps.
    private func insist(took: UInt64, left: UInt64) -> Bool {
        if places > 1 {
            places = max(1, places / 16)
            return true
        }
        guard took <= left / 2, steps < Self.mostSteps else { return false }
        patience *= took == 0 ? 4 : Int(min(4, left / took))
        return true
    }

    /// What the match that was just found in the last window is.
    private func findingInTheLastWindow() -> Pattern.Finding {
        guard pattern.endUse != .none else { return .found }
        let start = pcre2_get_startchar_8(data)
        // As a partial match PCRE2 reports that it would have read on.
        if again(text, at: start, PCRE2_PARTIAL_HARD) { return .found }
        guard pattern.endUse == .boundary else { return .foundByTheEnd }
        // A boundary at the end is one before a space, or one within a word, and not both.
        let holds = [" ", "a"].allSatisfy { next in
            (Array(text) + next.utf8).withUnsafeBufferPointer { again($0, at: start, 0) }
        }
        return holds ? .found : .foundByTheEnd
    }

    private func again(_ text: UnsafeBufferPointer<UInt8>, at start: Int, _ options: UInt32) -> Bool {
        pattern.match(text, from: start, options: options | PCRE2_ANCHORED, data: data, context: context) >= 0
    }
}
